// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/publish/refusal_banner.h"

#include "ui/theme/icons.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/tone_label.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace workbench {

namespace {

struct BannerLook {
    QColor ground;
    QColor ink;
    QString icon;
};

BannerLook lookOf(PublishTone tone)
{
    const ThemeColors& c = Theme::colors();
    switch (tone) {
    case PublishTone::Good:
        return {c.okSoft, c.ok, QStringLiteral("check")};
    case PublishTone::Note:
        return {c.track, c.text2, QStringLiteral("info")};
    case PublishTone::Warning:
        return {c.warnSoft, c.warn, QStringLiteral("warning")};
    case PublishTone::Bad:
        break;
    }
    return {c.badSoft, c.bad, QStringLiteral("warning")};
}

} // namespace

RefusalBanner::RefusalBanner(QWidget* parent)
    : QWidget(parent)
    , m_icon(new QLabel(this))
    , m_title(new ToneLabel(TextSize::Strong, TextTone::Plain, this))
    , m_text(new ToneLabel(TextSize::Caption, TextTone::Plain, this))
    , m_help(makeButton(helpText(PublishHelp::Settings), QStringLiteral("settings"), this))
    , m_again(makeButton(tr("Check again"), QStringLiteral("reload"), this))
    , m_open(makeButton(tr("Open on the Hub"), QStringLiteral("globe"), this))
    , m_copy(makeButton(tr("Copy revision"), QStringLiteral("copy"), this))
{
    setObjectName(QStringLiteral("publishBanner"));
    m_help->setObjectName(QStringLiteral("publishHelpButton"));
    m_again->setObjectName(QStringLiteral("checkAgainButton"));
    m_open->setObjectName(QStringLiteral("openOnHubButton"));
    m_copy->setObjectName(QStringLiteral("copyRevisionButton"));
    m_again->setAccessibleName(m_again->text());
    m_open->setAccessibleName(m_open->text());
    m_copy->setAccessibleName(m_copy->text());
    m_title->setWordWrap(true);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(m_title);
    words->addWidget(m_text);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(16, 10, 12, 10);
    row->setSpacing(8);
    row->addWidget(m_icon);
    row->addSpacing(4);
    row->addLayout(words, 1);
    for (QPushButton* button : {m_help, m_open, m_copy, m_again}) {
        row->addWidget(button);
    }
    hide();
}

void RefusalBanner::show(const PublishMessage& message)
{
    m_message = message;
    m_title->setText(message.title);
    m_text->setText(message.text);
    m_help->setText(helpText(message.help));
    m_help->setAccessibleName(m_help->text());
    if (message.help != PublishHelp::None) {
        m_help->setIcon(icon(helpIcon(message.help)));
    }
    m_help->setVisible(message.help != PublishHelp::None);
    m_again->setVisible(message.again);
    m_open->hide();
    m_copy->hide();
    setAccessibleName(message.title);
    setAccessibleDescription(message.text);
    showTone();
    setVisible(true);
}

void RefusalBanner::showPublished(const PublishMessage& message)
{
    show(message);
    m_open->show();
    m_copy->show();
}

void RefusalBanner::showTone()
{
    const BannerLook look = lookOf(m_message.tone);
    m_icon->setPixmap(iconPixmap(look.icon, look.ink, 20, devicePixelRatioF()));
    update();
}

void RefusalBanner::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange) {
        showTone();
    }
    QWidget::changeEvent(event);
}

void RefusalBanner::paintEvent(QPaintEvent*)
{
    const BannerLook look = lookOf(m_message.tone);
    QPainter painter(this);
    painter.fillRect(rect(), look.ground);
    painter.setPen(look.ink);
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
    const int left = isRightToLeft() ? width() - 3 : 0;
    painter.fillRect(QRect(left, 0, 3, height()), look.ink);
}

} // namespace workbench
