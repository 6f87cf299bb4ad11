// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/message_bar.h"

#include "ui/theme/icons.h"
#include "ui/widgets/announce.h"
#include "ui/widgets/buttons.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>

namespace workbench {
namespace {

struct Look {
    QColor ground;
    QColor ink;
    const char* icon;
};

Look lookOf(MessageTone tone)
{
    const ThemeColors& c = Theme::colors();
    switch (tone) {
    case MessageTone::Note:
        return {c.selection, c.onSelection, "info"};
    case MessageTone::Warning:
        return {c.warnSoft, c.warn, "warning"};
    case MessageTone::Bad:
        return {c.badSoft, c.bad, "warning"};
    }
    return {};
}

} // namespace

MessageBar::MessageBar(QWidget* parent)
    : QWidget(parent)
    , m_icon(new QLabel(this))
    , m_title(new QLabel(this))
    , m_text(new QLabel(this))
    , m_button(makeBarButton(QString(), QString(), this))
{
    QFont strong = Theme::captionFont();
    strong.setWeight(QFont::DemiBold);
    m_title->setFont(strong);
    m_text->setFont(Theme::captionFont());
    m_title->setTextFormat(Qt::PlainText);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);

    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 6, 12, 6);
    row->setSpacing(8);
    row->addWidget(m_icon);
    row->addWidget(m_title);
    row->addWidget(m_text, 1);
    row->addWidget(m_button);
    connect(m_button, &QPushButton::clicked, this, &MessageBar::buttonClicked);
    hide();
}

void MessageBar::setMessage(
    MessageTone tone, const QString& title, const QString& text, const QString& button)
{
    const bool news = !isVisible() || title != m_title->text() || text != m_text->text();
    m_tone = tone;
    m_title->setText(title);
    m_title->setVisible(!title.isEmpty());
    m_text->setText(text);
    m_button->setText(button);
    m_button->setVisible(!button.isEmpty());
    setAccessibleName(title);
    setAccessibleDescription(text);
    showTone();
    show();
    if (news) {
        announce(*this);
    }
}

void MessageBar::clear() { hide(); }

QString MessageBar::title() const { return m_title->text(); }

QString MessageBar::text() const { return m_text->text(); }

void MessageBar::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange) {
        showTone();
    }
    QWidget::changeEvent(event);
}

void MessageBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), lookOf(m_tone).ground);
    painter.setPen(QPen(Theme::colors().line, 1));
    painter.drawLine(rect().bottomLeft(), rect().bottomRight());
}

void MessageBar::showTone()
{
    const Look look = lookOf(m_tone);
    m_icon->setPixmap(iconPixmap(QLatin1String(look.icon), look.ink, 16, devicePixelRatioF()));
    update();
}

} // namespace workbench
