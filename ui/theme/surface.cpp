// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/surface.h"

#include "ui/theme/shapes.h"
#include "ui/theme/theme.h"

#include <QLabel>
#include <QPainter>
#include <QVariant>

namespace workbench {
namespace {

constexpr int CardRadius = 6;
constexpr int ChipRadius = 3;
constexpr int ChipSide = 7;
constexpr int ChipTop = 2;
constexpr const char* Dressed = "dressed"; ///< a label whose ink and margins are ours

struct Ink {
    QColor text;
    QColor ground;
};

Ink chipInk(const QString& chip)
{
    const ThemeColors& c = Theme::colors();
    if (chip == QLatin1String("ok")) {
        return {c.ok, c.okSoft};
    }
    if (chip == QLatin1String("bad")) {
        return {c.bad, c.badSoft};
    }
    if (chip == QLatin1String("warn")) {
        return {c.warn, c.warnSoft};
    }
    return chip == QLatin1String("true") ? Ink {c.text2, c.track} : Ink {};
}

QColor toneInk(const QString& tone)
{
    const ThemeColors& c = Theme::colors();
    if (tone == QLatin1String("quiet")) {
        return c.text2;
    }
    if (tone == QLatin1String("faint")) {
        return c.text3;
    }
    if (tone == QLatin1String("ok")) {
        return c.ok;
    }
    if (tone == QLatin1String("bad")) {
        return c.bad;
    }
    return tone == QLatin1String("warn") ? c.warn : QColor();
}

QString asked(const QWidget& widget, const char* property) { return widget.property(property).toString(); }

/// Line edits have a property "frame" of Qt's own, which is true or false.
QString askedFrame(const QWidget& widget)
{
    const QVariant frame = widget.property("frame");
    return frame.userType() == QMetaType::QString ? frame.toString() : QString();
}

void dressLabel(QLabel& label)
{
    const Ink chip = chipInk(asked(label, "chip"));
    const QColor ink = chip.text.isValid() ? chip.text : toneInk(asked(label, "tone"));
    if (!ink.isValid() && !label.property(Dressed).toBool()) {
        return;
    }
    label.setProperty(Dressed, true);
    QPalette palette;
    if (ink.isValid()) {
        palette.setColor(QPalette::WindowText, ink);
    }
    label.setPalette(palette);
    if (chip.ground.isValid()) {
        label.setContentsMargins(ChipSide, ChipTop, ChipSide, ChipTop);
        label.setAttribute(Qt::WA_StyledBackground);
    } else if (label.testAttribute(Qt::WA_StyledBackground)) {
        label.setContentsMargins({});
        label.setAttribute(Qt::WA_StyledBackground, false);
    }
}

} // namespace

void dressSurface(QWidget& widget)
{
    if (auto* label = qobject_cast<QLabel*>(&widget)) {
        dressLabel(*label);
    } else if (widget.property("rule").toBool() || !askedFrame(widget).isEmpty()) {
        widget.setAttribute(Qt::WA_StyledBackground);
    }
}

bool paintSurface(QPainter& painter, const QWidget& widget)
{
    const ThemeColors& c = Theme::colors();
    const QRect rect = widget.rect();
    if (const QColor ground = chipInk(asked(widget, "chip")).ground; ground.isValid()) {
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(ground);
        painter.drawRoundedRect(rect, ChipRadius, ChipRadius);
        painter.restore();
        return true;
    }
    if (widget.property("rule").toBool()) {
        painter.fillRect(rect, c.line);
        return true;
    }
    const QString frame = askedFrame(widget);
    if (frame == QLatin1String("card")) {
        drawFrame(painter, rect, c.line, c.base, CardRadius);
        return true;
    }
    if (frame.isEmpty()) {
        return false;
    }
    painter.fillRect(rect, frame == QLatin1String("base") ? c.base : c.window);
    if (frame == QLatin1String("bar")) {
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), c.line);
    } else if (frame == QLatin1String("foot")) {
        painter.fillRect(QRect(rect.left(), rect.top(), rect.width(), 1), c.line);
    }
    return true;
}

} // namespace workbench
