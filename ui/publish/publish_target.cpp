// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/publish/publish_target.h"

#include "core/hub/endpoint.h"
#include "ui/bridge/qt_text.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/tone_label.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace workbench {

namespace {

constexpr int WidestName = 340; ///< of the field; a longer one scrolls

constexpr int RingRoom = 3; ///< of the focus ring, beyond what has the keyboard

/// The mono font in the size of the words beside it.
QFont nameFont()
{
    QFont mono = Theme::monoFont();
    if (Theme::bodyFont().pixelSize() > 0) {
        mono.setPixelSize(Theme::bodyFont().pixelSize());
    } else {
        mono.setPointSizeF(Theme::bodyFont().pointSizeF());
    }
    return mono;
}

} // namespace

PublishTarget::PublishTarget(QWidget* parent) : QWidget(parent)
{
    m_to = new ToneLabel(TextSize::Body, TextTone::Secondary, this);
    m_to->setText(tr("to", "to a repository"));
    m_repo = new ElidedLabel(Qt::ElideMiddle, this);
    m_repo->setFont(nameFont());
    m_repo->setObjectName(QStringLiteral("publishRepo"));
    m_chip = new QWidget(this);
    m_chip->setAttribute(Qt::WA_StyledBackground);
    m_badgeIcon = new QLabel(m_chip);
    m_badge = new QLabel(m_chip);
    m_badge->setObjectName(QStringLiteral("publishBadge"));
    m_badge->setFont(Theme::captionFont());
    m_place = new ToneLabel(TextSize::Body, TextTone::Secondary, this);
    m_place->setObjectName(QStringLiteral("publishPlace"));
    m_edit = new QLineEdit(this);
    m_edit->setObjectName(QStringLiteral("publishRepoEdit"));
    m_edit->setAccessibleName(tr("Repository to publish to, OWNER/NAME"));
    m_edit->setPlaceholderText(tr("OWNER/NAME"));
    m_edit->setFont(nameFont());
    m_edit->setFixedWidth(WidestName);
    m_edit->installEventFilter(this);
    m_problem = new ToneLabel(TextSize::Caption, TextTone::Bad, this);
    m_problem->setObjectName(QStringLiteral("publishRepoProblem"));
    m_check = makeButton(tr("Check"), QStringLiteral("reload"), this);
    m_check->setObjectName(QStringLiteral("checkRepoButton"));
    m_check->setToolTip(tr("Ask the Hub what publishing to this repository would do"));
    m_keep = makeLinkButton(tr("Keep the other"), this);
    m_other = makeLinkButton(tr("Other repository…"), this);
    m_other->setObjectName(QStringLiteral("otherRepoButton"));
    for (QPushButton* button : {m_check, m_keep, m_other}) {
        button->setAccessibleName(button->text());
    }

    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(0, RingRoom, 0, RingRoom);
    line->setSpacing(8);
    line->addWidget(m_to);
    line->addWidget(m_repo);
    auto* chip = new QHBoxLayout(m_chip);
    chip->setContentsMargins(7, 2, 7, 2);
    chip->setSpacing(4);
    chip->addWidget(m_badgeIcon);
    chip->addWidget(m_badge);
    line->addWidget(m_chip);
    line->addWidget(m_place);
    line->addWidget(m_edit);
    line->addWidget(m_check);
    line->addWidget(m_keep);
    line->addWidget(m_problem);
    line->addStretch(1);
    line->addWidget(m_other);

    connect(m_other, &QPushButton::clicked, this, [this] { edit(true); });
    connect(m_keep, &QPushButton::clicked, this, [this] { edit(false); });
    connect(m_check, &QPushButton::clicked, this, &PublishTarget::choose);
    connect(m_edit, &QLineEdit::returnPressed, this, &PublishTarget::choose);
    connect(m_edit, &QLineEdit::textEdited, this, [this] { m_problem->clear(); });
    edit(false);
}

void PublishTarget::setRepo(const QString& repo)
{
    m_repo->setFullText(repo);
    m_repo->setAccessibleName(tr("Repository %1").arg(repo));
    m_place->clear();
    m_asked = false;
    edit(false);
}

void PublishTarget::setLook(const PublishLook& look)
{
    const PublishPlan& plan = look.plan;
    m_repo->setFullText(toQt(plan.repo));
    m_repo->setAccessibleName(tr("Repository %1").arg(toQt(plan.repo)));
    const bool known = plan.isPrivate.has_value();
    const bool isPrivate = known ? *plan.isPrivate : look.wantsPrivate;
    const bool alarming = !isPrivate && look.wantsPrivate;
    m_asked
        = known || (plan.published.state == PublishedDataset::State::Nothing && plan.refusal() == nullptr);
    QString word;
    if (m_asked) {
        word = known ? (isPrivate ? tr("Private") : tr("Public"))
                     : (isPrivate ? tr("New, private") : tr("New, public"));
    }
    const ThemeColors& colors = Theme::colors();
    m_badgeIcon->setPixmap(iconPixmap(isPrivate ? QStringLiteral("lock") : QStringLiteral("globe"),
        alarming        ? colors.bad
            : isPrivate ? colors.ok
                        : colors.warn,
        14, devicePixelRatioF()));
    m_badge->setText(word);
    const QString tone = alarming ? QStringLiteral("bad")
        : isPrivate               ? QStringLiteral("ok")
                                  : QStringLiteral("warn");
    workbench::setLook(m_chip, "chip", tone);
    workbench::setLook(m_badge, "tone", tone);
    m_place->setText(tr("%1, branch %2").arg(toQt(plan.host), toQt(plan.branch)));
    if (m_edit->isHidden()) {
        showBadge(m_asked);
    }
}

void PublishTarget::setChangeable(bool changeable)
{
    if (!changeable) {
        edit(false);
    }
    m_other->setVisible(changeable && m_edit->isHidden());
}

void PublishTarget::edit(bool editing)
{
    const bool hadFocus = m_edit->hasFocus() || m_keep->hasFocus() || m_check->hasFocus();
    m_edit->setVisible(editing);
    m_check->setVisible(editing);
    m_keep->setVisible(editing);
    m_problem->setVisible(editing);
    m_problem->clear();
    m_repo->setVisible(!editing);
    m_place->setVisible(!editing);
    m_other->setVisible(!editing);
    showBadge(!editing && m_asked);
    if (editing) {
        m_edit->setText(m_repo->fullText());
        m_edit->selectAll();
        m_edit->setFocus();
    } else if (hadFocus) {
        m_other->setFocus();
    }
}

void PublishTarget::choose()
{
    const QString repo = m_edit->text().trimmed();
    if (const auto problem = repoIdProblem(fromQt(repo))) {
        m_problem->setText(tr("A repository is OWNER/NAME."));
        m_problem->setToolTip(toQt(*problem));
        m_edit->setFocus();
        return;
    }
    if (repo == m_repo->fullText()) {
        edit(false);
        return;
    }
    setRepo(repo);
    Q_EMIT repoChosen(repo);
}

void PublishTarget::showBadge(bool shown) { m_chip->setVisible(shown); }

bool PublishTarget::eventFilter(QObject* watched, QEvent* event)
{
    // Esc leaves the field, not the sheet.
    if (watched == m_edit && event->type() == QEvent::KeyPress
        && static_cast<const QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        edit(false);
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace workbench
