// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rejections/reveal_box.h"

#include "ui/bridge/qt_text.h"
#include "ui/rejections/findings_model.h"
#include "ui/rejections/reveal_length.h"
#include "ui/rejections/secret_view.h"
#include "ui/theme/icons.h"
#include "ui/theme/sizes.h"
#include "ui/theme/theme.h"
#include "ui/widgets/buttons.h"

#include <QBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace workbench {

namespace {

/// Runs down from full to empty.
class TimeBar final : public QWidget {
public:
    TimeBar(const SecretView& secret, QWidget* parent) : QWidget(parent), m_secret(secret)
    {
        setFixedHeight(4);
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.fillRect(rect(), Theme::colors().track);
        const int left = static_cast<int>(width() * m_secret.shareLeft());
        painter.fillRect(layoutDirection() == Qt::LeftToRight ? 0 : width() - left, 0, left, height(),
            Theme::colors().bad);
    }

private:
    const SecretView& m_secret;
};

} // namespace

RevealBox::RevealBox(WorkbenchState& state, QWidget* parent)
    : QWidget(parent)
    , m_state(state)
    , m_button(makeButton(tr("Reveal value"), QStringLiteral("eye"), this))
    , m_note(new QLabel(this))
    , m_field(new QLabel(this))
    , m_secret(new SecretView(this))
    , m_timeBar(new TimeBar(*m_secret, this))
{
    m_button->setObjectName(QStringLiteral("revealButton"));
    m_button->installEventFilter(this);
    m_note->setFont(Theme::captionFont());
    m_note->setWordWrap(true);
    setLook(m_note, "tone", QStringLiteral("quiet"));
    QFont strong = Theme::captionFont();
    strong.setWeight(QFont::DemiBold);
    m_field->setFont(strong);
    m_field->setTextFormat(Qt::PlainText);

    auto* row = new QBoxLayout(lettersAreLarge() ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    row->setSpacing(12);
    row->addWidget(m_button, 0, Qt::AlignTop | Qt::AlignLeading);
    row->addWidget(m_note, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addWidget(m_field);
    column->addWidget(m_secret);
    column->addWidget(m_timeBar);
    column->addLayout(row);

    connect(m_button, &QPushButton::clicked, this, &RevealBox::toggle);
    connect(m_secret, &SecretView::ticked, this, &RevealBox::showState);
    connect(m_secret, &SecretView::hidden, this, &RevealBox::showState);
    connect(&m_state.rows(), &RowService::revealed, this, &RevealBox::revealed);
    connect(&m_state.rows(), &RowService::revealFailed, this, &RevealBox::failed);
    showState();
}

void RevealBox::setFinding(const std::optional<IndexedFinding>& finding, const QString& path)
{
    m_path = path;
    if (finding && m_finding && sameFinding(*finding, *m_finding)) {
        return;
    }
    hideValue();
    m_finding = finding;
    showState();
}

void RevealBox::toggle()
{
    if (m_secret->showsValue() || m_waiting) {
        hideValue();
    } else if (m_finding && m_button->isEnabled() && stillListed()) {
        m_waiting = true;
        m_state.rows().requestReveal(*m_finding);
        showState();
    }
}

/// While a folder is read again the list may be older than what would be read: the same numbers could mean
/// another value.
bool RevealBox::stillListed() const
{
    const IndexPtr& index = m_state.index();
    if (!index || m_finding->row >= index->rows()) {
        return false;
    }
    const auto findings = index->findingsOf(m_finding->row);
    return std::any_of(findings.begin(), findings.end(),
        [this](const IndexedFinding& finding) { return sameFinding(finding, *m_finding); });
}

void RevealBox::hideValue()
{
    m_waiting = false;
    m_secret->hideValue();
    showState();
}

void RevealBox::extend() { m_secret->extend(); }

bool RevealBox::showsValue() const { return m_secret->showsValue(); }

bool RevealBox::active() const { return m_waiting || showsValue(); }

void RevealBox::revealed(const IndexedFinding& finding, const QString& raw)
{
    // Asked for one finding and meanwhile looking at another, or elsewhere: not shown.
    if (!m_waiting || !m_finding || !sameFinding(finding, *m_finding) || !isVisible()) {
        return;
    }
    m_waiting = false;
    m_field->show(); // before the value: a hidden parent would hide it again
    m_secret->show();
    m_timeBar->show();
    m_secret->showValue(raw, revealSeconds());
}

void RevealBox::failed(const IndexedFinding& finding, const Error& error)
{
    if (m_waiting && m_finding && sameFinding(finding, *m_finding)) {
        m_waiting = false;
        showState();
        m_note->setText(toQt(error.message));
    }
}

void RevealBox::showState()
{
    const bool shows = m_secret->showsValue();
    // A missing field has no value to look at.
    const bool hasValue = m_finding && m_finding->rule != Rule::MissingField;
    const QString text = shows ? tr("Hide now") : tr("Reveal value");
    if (m_button->text() != text) {
        m_button->setText(text);
        m_button->setIcon(icon(shows ? QStringLiteral("eye-off") : QStringLiteral("eye")));
    }
    m_button->setEnabled(hasValue);
    m_field->setVisible(shows);
    m_secret->setVisible(shows);
    m_timeBar->setVisible(shows);
    m_timeBar->update();
    if (shows) {
        m_field->setText(m_path);
        const QString time
            = tr("Hidden again in %1 s. Space starts the time again. It cannot be selected or copied.")
                  .arg(m_secret->secondsLeft());
        m_note->setText(m_secret->scrolls()
                ? tr("%1 It goes on: turn the wheel over it, or use the arrow keys.").arg(time)
                : time);
    } else if (m_finding && !hasValue) {
        m_note->setText(tr("There is no value to reveal."));
    } else {
        m_note->setText(
            tr("Hidden again after %1 seconds. Never copied, never logged.").arg(revealSeconds()));
    }
    if (m_wasActive != active()) {
        m_wasActive = active();
        Q_EMIT activeChanged();
    }
}

bool RevealBox::eventFilter(QObject* watched, QEvent* event)
{
    // Space on the button would click it, and so hide what the person wants to keep looking at.
    const bool isKey = event->type() == QEvent::KeyPress || event->type() == QEvent::KeyRelease;
    if (isKey && m_secret->showsValue() && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Space) {
        if (event->type() == QEvent::KeyPress) {
            m_secret->extend();
        }
        return true;
    }
    if (event->type() == QEvent::KeyPress && m_secret->scrollByKey(static_cast<QKeyEvent*>(event)->key())) {
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace workbench
