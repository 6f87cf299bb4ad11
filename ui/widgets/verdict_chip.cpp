// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/verdict_chip.h"

#include "ui/theme/icons.h"
#include "ui/theme/sizes.h"
#include "ui/theme/theme.h"

#include <QFontMetrics>
#include <QPainter>

namespace workbench {

namespace {

constexpr int Margin = 7;
constexpr int Gap = 4;

} // namespace

VerdictChip::VerdictChip(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void VerdictChip::showVerdict(Tone tone, const QString& text)
{
    m_tone = tone;
    m_text = text;
    setAccessibleName(text);
    updateGeometry();
    update();
}

QSize VerdictChip::sizeHint() const
{
    const QFontMetrics metrics(Theme::captionFont());
    return {2 * Margin + sized(14) + Gap + metrics.horizontalAdvance(m_text), metrics.height() + 4};
}

void VerdictChip::paintEvent(QPaintEvent*)
{
    const ThemeColors& colors = Theme::colors();
    const bool isOk = m_tone == Tone::Ok;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(isOk ? colors.okSoft : colors.badSoft);
    painter.drawRoundedRect(rect(), 3, 3);
    const QColor ink = isOk ? colors.ok : colors.bad;
    const int iconSize = sized(14);
    const bool leftToRight = layoutDirection() == Qt::LeftToRight;
    const int iconLeft = leftToRight ? Margin : width() - Margin - iconSize;
    painter.drawPixmap(QRect(iconLeft, (height() - iconSize) / 2, iconSize, iconSize),
        iconPixmap(
            isOk ? QStringLiteral("check") : QStringLiteral("cross"), ink, iconSize, devicePixelRatioF()));
    painter.setPen(ink);
    painter.setFont(Theme::captionFont());
    const QRect text = leftToRight ? rect().adjusted(Margin + iconSize + Gap, 0, 0, 0)
                                   : rect().adjusted(Margin, 0, -(Margin + iconSize + Gap), 0);
    painter.drawText(text, Qt::AlignVCenter | Qt::AlignLeft, m_text);
}

} // namespace workbench
