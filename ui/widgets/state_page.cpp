// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/state_page.h"

#include "ui/theme/icons.h"
#include "ui/theme/sizes.h"
#include "ui/widgets/announce.h"
#include "ui/widgets/buttons.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>

namespace workbench {
namespace {

constexpr int IconSize = 28;
constexpr int TextWidth = 420;

QLabel* centredLabel(const QFont& font, QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setFont(font);
    label->setAlignment(Qt::AlignCenter);
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    return label;
}

/// A wrapped label in a centred column is not asked how high it is at its width, so it is told.
void fitText(QLabel* label, const QString& text)
{
    label->setText(text);
    const QFontMetrics metrics(label->font());
    const int width = std::min(sized(TextWidth), metrics.horizontalAdvance(text) + 2);
    const QRect needed
        = metrics.boundingRect(QRect(0, 0, width, 4000), Qt::AlignCenter | Qt::TextWordWrap, text);
    label->setFixedSize(width, needed.height());
}

} // namespace

StatePage::StatePage(QWidget* parent)
    : QWidget(parent)
    , m_icon(new QLabel(this))
    , m_title(centredLabel(Theme::sectionFont(), this))
    , m_text(centredLabel(Theme::captionFont(), this))
    , m_first(makeButton(QString(), QString(), this))
    , m_second(makeButton(QString(), QString(), this))
{
    m_text->setProperty("tone", QStringLiteral("quiet"));
    m_icon->setAlignment(Qt::AlignCenter);
    connect(m_first, &QPushButton::clicked, this, &StatePage::firstClicked);
    connect(m_second, &QPushButton::clicked, this, &StatePage::secondClicked);

    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addStretch();
    buttons->addWidget(m_first);
    buttons->addWidget(m_second);
    buttons->addStretch();

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 20, 20, 20);
    column->setSpacing(8);
    column->addStretch(2);
    column->addWidget(m_icon);
    column->addSpacing(4);
    column->addWidget(m_title, 0, Qt::AlignHCenter);
    column->addWidget(m_text, 0, Qt::AlignHCenter);
    column->addSpacing(8);
    column->addLayout(buttons);
    column->addStretch(3);
    setButtons(QString());
}

void StatePage::setMessage(
    const QString& iconName, QColor ThemeColors::*token, const QString& title, const QString& text)
{
    const bool news = title != m_title->text() || text != m_text->text();
    m_iconName = iconName;
    m_token = token;
    fitText(m_title, title);
    fitText(m_text, text);
    m_text->setVisible(!text.isEmpty());
    setAccessibleName(title);
    setAccessibleDescription(text);
    showIcon();
    if (news && isVisible()) {
        announce(*this);
    }
}

void StatePage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (!title().isEmpty()) {
        announce(*this);
    }
}

void StatePage::setButtons(const QString& first, const QString& second, bool firstIsPrimary)
{
    m_first->setText(first);
    m_first->setVisible(!first.isEmpty());
    setPrimary(m_first, firstIsPrimary);
    m_second->setText(second);
    m_second->setVisible(!second.isEmpty());
}

QString StatePage::title() const { return m_title->text(); }

QString StatePage::text() const { return m_text->text(); }

void StatePage::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange) {
        showIcon();
    }
    QWidget::changeEvent(event);
}

void StatePage::paintEvent(QPaintEvent*) { QPainter(this).fillRect(rect(), Theme::colors().base); }

void StatePage::showIcon()
{
    if (!m_iconName.isEmpty()) {
        m_icon->setPixmap(
            iconPixmap(m_iconName, Theme::colors().*m_token, sized(IconSize), devicePixelRatioF()));
    }
}

} // namespace workbench
