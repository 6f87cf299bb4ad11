// SPDX-License-Identifier: GPL-3.0-or-later
/// Fusion with the shapes of the design: flat frames of one pixel, slim scroll bars, one focus ring. No style
/// sheet: with one, each widget was matched against some fifty rules before the window could be seen, and
/// again for a theme. What widgets may ask for: button_look.h, surface.h, and of inputs panelInput="true" one
/// of the side panel (26 high), search="true" one with a picture at its side, refused="true" one whose
/// contents will not do.
#pragma once

#include <QProxyStyle>

namespace workbench {

class WorkbenchStyle final : public QProxyStyle {
    Q_OBJECT

public:
    WorkbenchStyle();

    using QProxyStyle::polish;
    void polish(QWidget* widget) override;
    int pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const override;
    int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
        QStyleHintReturn* returnData) const override;
    QSize sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& size,
        const QWidget* widget) const override;
    QRect subControlRect(ComplexControl control, const QStyleOptionComplex* option, SubControl subControl,
        const QWidget* widget) const override;
    QRect subElementRect(
        SubElement element, const QStyleOption* option, const QWidget* widget) const override;
    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
        const QWidget* widget) const override;
    void drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
        const QWidget* widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
        const QWidget* widget) const override;
};

} // namespace workbench
