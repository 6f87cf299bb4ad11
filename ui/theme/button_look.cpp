// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/button_look.h"

#include "ui/theme/shapes.h"
#include "ui/theme/theme.h"

#include <QFontMetrics>
#include <QPainter>
#include <QPainterPath>
#include <QStyleOptionButton>
#include <QVariant>
#include <QWidget>

#include <algorithm>

namespace workbench {
namespace {

constexpr int IconGap = 4;

bool asks(const QWidget* button, const char* property)
{
    return button && button->property(property).toBool();
}

QFont inBold(QFont font)
{
    font.setWeight(QFont::DemiBold);
    return font;
}

/// What a state makes of the colours that a rank begins with.
struct Inks {
    QColor fill;
    QColor frame;
    QColor ink;
};

Inks plainInks(const ThemeColors& c, bool pointedAt, bool down)
{
    return {down ? c.track : pointedAt ? c.alt : c.button, pointedAt ? c.bar : c.line, c.text};
}

Inks primaryInks(const ThemeColors& c, bool pointedAt, bool down)
{
    const QColor ground = down ? blend(c.accent, c.text, 0.24)
        : pointedAt            ? blend(c.accent, c.text, 0.12)
                               : c.accent;
    return {ground, ground, c.onAccent};
}

QColor linkInk(const ThemeColors& c, const QString& tone)
{
    return tone == QLatin1String("quiet") ? c.text2
        : tone == QLatin1String("ok")     ? c.ok
        : tone == QLatin1String("bad")    ? c.bad
                                          : c.accent;
}

/// A frame that is rounded on one side, or open on the left.
QPainterPath outline(const QRectF& rect, const ButtonLook& look)
{
    const qreal r = FrameRadius;
    QPainterPath path;
    path.moveTo(look.roundLeft ? rect.left() + r : rect.left(), rect.top());
    path.lineTo(look.roundRight ? rect.right() - r : rect.right(), rect.top());
    if (look.roundRight) {
        path.arcTo(QRectF(rect.right() - 2 * r, rect.top(), 2 * r, 2 * r), 90, -90);
        path.lineTo(rect.right(), rect.bottom() - r);
        path.arcTo(QRectF(rect.right() - 2 * r, rect.bottom() - 2 * r, 2 * r, 2 * r), 0, -90);
    } else {
        path.lineTo(rect.bottomRight());
    }
    path.lineTo(look.roundLeft ? rect.left() + r : rect.left(), rect.bottom());
    if (look.roundLeft) {
        path.arcTo(QRectF(rect.left(), rect.bottom() - 2 * r, 2 * r, 2 * r), 270, -90);
        path.lineTo(rect.left(), rect.top() + r);
        path.arcTo(QRectF(rect.left(), rect.top(), 2 * r, 2 * r), 180, -90);
    } else if (!look.openLeft) {
        path.lineTo(rect.topLeft());
    }
    return path;
}

} // namespace

ButtonLook ButtonLook::of(const QWidget* button, QStyle::State state)
{
    const ThemeColors& c = Theme::colors();
    const bool enabled = state.testFlag(QStyle::State_Enabled);
    const bool pointedAt = enabled && state.testFlag(QStyle::State_MouseOver);
    const bool pressed = enabled && state.testFlag(QStyle::State_Sunken);
    const bool chosen = enabled && state.testFlag(QStyle::State_On);
    const QColor none(Qt::transparent);
    const QString segment = button ? button->property("segment").toString() : QString();

    ButtonLook look;
    look.padding = 11;
    look.leastHeight = 28;
    Inks inks = plainInks(c, pointedAt, pressed || chosen);
    if (asks(button, "bar")) {
        look.padding = 9;
        look.leastHeight = 24;
    }
    if (asks(button, "primary")) {
        inks = primaryInks(c, pointedAt, pressed);
        look.maybeStrong = true;
        look.strong = enabled;
    }
    if (!enabled) {
        inks = {c.window, c.line, c.text3};
    }
    if (asks(button, "flat")) {
        look.padding = 7;
        inks.fill = pressed ? c.line : pointedAt || chosen ? c.track : none;
        inks.frame = none;
    } else if (asks(button, "link")) {
        look.padding = 2;
        look.leastHeight = 24;
        look.border = 0;
        look.underlined = pointedAt;
        inks = {none, none, enabled ? linkInk(c, button->property("tone").toString()) : c.text3};
    } else if (!segment.isEmpty()) {
        look.padding = 9;
        look.leastHeight = 26;
        look.maybeStrong = true;
        look.strong = chosen;
        look.openLeft = segment == QLatin1String("middle") || segment == QLatin1String("last");
        look.roundLeft = segment == QLatin1String("first") || segment == QLatin1String("only");
        look.roundRight = segment == QLatin1String("last") || segment == QLatin1String("only");
        inks.frame = c.line;
        if (chosen) {
            inks.fill = c.selection;
            inks.ink = c.onSelection;
        }
    }
    if (asks(button, "narrow")) {
        look.padding = 0;
    }
    look.fill = inks.fill;
    look.frame = inks.frame;
    look.ink = inks.ink;
    return look;
}

QSize buttonSize(const QStyleOptionButton& option, const QWidget* button, QSize contents)
{
    const ButtonLook look = ButtonLook::of(button, option.state);
    int width = contents.width();
    if (look.maybeStrong && button) { // so that neighbours stay when the weight changes
        const auto in = [&option](const QFont& font) {
            return QFontMetrics(font).size(Qt::TextShowMnemonic, option.text).width();
        };
        width += std::max(0, in(inBold(button->font())) - in(button->font()));
    }
    width += 2 * (look.padding + look.border) - (look.openLeft ? look.border : 0);
    return {width, std::max(contents.height() + 2 * look.border, look.leastHeight)};
}

void drawButtonBevel(QPainter& painter, const QStyleOptionButton& option, const QWidget* button)
{
    const ButtonLook look = ButtonLook::of(button, option.state);
    if (look.border == 0) {
        return;
    }
    if (look.roundLeft && look.roundRight) {
        drawFrame(painter, option.rect, look.frame, look.fill);
        return;
    }
    QRectF rect = QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5);
    if (look.openLeft) {
        rect.setLeft(rect.left() - 0.5);
    }
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const QPainterPath path = outline(rect, look);
    painter.fillPath(path, look.fill);
    painter.strokePath(path, QPen(look.frame, 1));
    painter.restore();
}

void drawButtonLabel(
    QPainter& painter, const QStyleOptionButton& option, const QWidget* button, const QStyle& style)
{
    const ButtonLook look = ButtonLook::of(button, option.state);
    const bool enabled = option.state.testFlag(QStyle::State_Enabled);
    QFont font = button ? button->font() : painter.font();
    font = look.strong ? inBold(font) : font;
    font.setUnderline(look.underlined);
    const int flags = Qt::AlignVCenter | Qt::TextSingleLine
        | (style.styleHint(QStyle::SH_UnderlineShortcut, &option, button) != 0 ? Qt::TextShowMnemonic
                                                                               : Qt::TextHideMnemonic);
    const QFontMetrics metrics(font);
    const QSize picture = option.icon.isNull() ? QSize(0, 0) : option.iconSize;
    const int words = option.text.isEmpty() ? 0 : metrics.size(flags, option.text).width();
    const int gap = words > 0 && picture.width() > 0 ? IconGap : 0;
    const QRect& all = option.rect;
    const int left = all.left() + std::max(0, (all.width() - picture.width() - gap - words) / 2);

    painter.save();
    painter.setFont(font);
    if (picture.width() > 0) {
        const QRect place = QStyle::visualRect(option.direction, all,
            QRect(QPoint(left, all.top() + (all.height() - picture.height()) / 2), picture));
        option.icon.paint(&painter, place, Qt::AlignCenter, enabled ? QIcon::Normal : QIcon::Disabled,
            option.state.testFlag(QStyle::State_On) ? QIcon::On : QIcon::Off);
    }
    if (words > 0) {
        QRect place = all;
        place.setLeft(left + picture.width() + gap);
        place.setWidth(std::max(words, 0) + 1);
        QPalette palette = option.palette;
        palette.setColor(QPalette::ButtonText, look.ink);
        style.drawItemText(&painter, QStyle::visualRect(option.direction, all, place),
            flags | Qt::AlignHCenter, palette, enabled, option.text, QPalette::ButtonText);
    }
    painter.restore();
}

} // namespace workbench
