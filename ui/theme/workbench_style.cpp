// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/workbench_style.h"

#include "ui/theme/button_look.h"
#include "ui/theme/icons.h"
#include "ui/theme/shapes.h"
#include "ui/theme/sizes.h"
#include "ui/theme/surface.h"
#include "ui/theme/theme.h"

#include <QAbstractSpinBox>
#include <QComboBox>
#include <QLineEdit>
#include <QPainter>
#include <QStyleFactory>
#include <QStyleOption>

#include <algorithm>
#include <cmath>

namespace workbench {
namespace {

constexpr int InputHeight = 28;
constexpr int PanelInputHeight = 26;
constexpr int ScrollExtent = 12;
constexpr int ChevronRoom = 24;
constexpr int InputSide = 7; ///< a line's frame to its text
constexpr int SearchSide = 2; ///< the same where a picture stands at its side
constexpr int ToolButtonMargin = 4;
constexpr QSize MenuBarItemRoom {16, 8};
constexpr int TextInset = 6; ///< an input's frame to its text, the editor's own margin apart

bool has(const QStyleOption* option, QStyle::StateFlag flag) { return option->state.testFlag(flag); }

void drawInputFrame(QPainter* painter, const QStyleOption* option)
{
    const ThemeColors& c = Theme::colors();
    const bool enabled = has(option, QStyle::State_Enabled);
    const bool pointedAt = enabled && has(option, QStyle::State_MouseOver);
    drawFrame(*painter, option->rect, pointedAt ? c.bar : c.line, enabled ? c.base : c.window);
}

void drawCheckBox(QPainter* painter, const QStyleOption* option)
{
    const ThemeColors& c = Theme::colors();
    const bool enabled = has(option, QStyle::State_Enabled);
    const bool on = has(option, QStyle::State_On);
    const bool partly = has(option, QStyle::State_NoChange);
    const QColor ink = enabled ? c.accent : c.text3;
    drawFrame(*painter, option->rect, on || partly ? ink : c.text3, on || partly ? ink : c.base, 3);
    if (on) {
        const qreal ratio = painter->device()->devicePixelRatioF();
        painter->drawPixmap(
            option->rect, iconPixmap(QStringLiteral("check"), c.onAccent, option->rect.width(), ratio));
    } else if (partly) {
        painter->fillRect(
            option->rect.adjusted(3, option->rect.height() / 2 - 1, -3, -(option->rect.height() / 2)),
            c.onAccent);
    }
}

void drawRadioButton(QPainter* painter, const QStyleOption* option)
{
    const ThemeColors& c = Theme::colors();
    const bool on = has(option, QStyle::State_On);
    const QColor ink = on && has(option, QStyle::State_Enabled) ? c.accent : c.text3;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QRectF circle = QRectF(option->rect).adjusted(0.75, 0.75, -0.75, -0.75);
    painter->setPen(QPen(ink, 1.5));
    painter->setBrush(on ? ink : c.base);
    painter->drawEllipse(circle);
    if (on) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(c.base);
        const qreal inset = circle.width() * 0.31;
        painter->drawEllipse(circle.adjusted(inset, inset, -inset, -inset));
    }
    painter->restore();
}

void drawProgress(QPainter* painter, const QStyleOptionProgressBar* option)
{
    const ThemeColors& c = Theme::colors();
    painter->fillRect(option->rect, c.track);
    const int range = option->maximum - option->minimum;
    QRect done = option->rect;
    if (range > 0) {
        const double share = static_cast<double>(option->progress - option->minimum) / range;
        done.setWidth(static_cast<int>(std::lround(option->rect.width() * std::clamp(share, 0.0, 1.0))));
    } else {
        done.setWidth(option->rect.width() / 4); // how much there is to do is not known yet
    }
    const bool mirrored = option->direction == Qt::RightToLeft;
    painter->fillRect(mirrored ? QStyle::visualRect(Qt::RightToLeft, option->rect, done) : done, c.accent);
}

void drawScrollBar(QPainter* painter, const QStyleOptionSlider* option, const QRect& slider)
{
    const ThemeColors& c = Theme::colors();
    painter->fillRect(option->rect, c.window);
    if (option->maximum <= option->minimum) {
        return;
    }
    const bool active = has(option, QStyle::State_MouseOver) || has(option, QStyle::State_Sunken);
    const int inset = 3;
    const QRect handle = option->orientation == Qt::Vertical ? slider.adjusted(inset, 1, -inset, -1)
                                                             : slider.adjusted(1, inset, -1, -inset);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(active ? c.text3 : c.bar);
    painter->drawRoundedRect(handle, 3, 3);
    painter->restore();
}

void drawHeaderSection(QPainter* painter, const QStyleOptionHeader* option)
{
    const ThemeColors& c = Theme::colors();
    painter->fillRect(option->rect, c.window);
    painter->setPen(QPen(c.line, 1));
    painter->drawLine(option->rect.bottomLeft(), option->rect.bottomRight());
    const bool last = option->position == QStyleOptionHeader::End
        || option->position == QStyleOptionHeader::OnlyOneSection;
    if (option->orientation == Qt::Horizontal && !last) {
        const bool mirrored = option->direction == Qt::RightToLeft;
        const int x = mirrored ? option->rect.left() : option->rect.right();
        painter->drawLine(x, option->rect.top(), x, option->rect.bottom());
    }
}

void drawHeader(
    QPainter* painter, const QStyleOptionHeaderV2& header, const QStyle& style, const QWidget* widget)
{
    painter->save();
    painter->setClipRect(header.rect, Qt::IntersectClip);
    style.drawControl(QStyle::CE_HeaderSection, &header, painter, widget);
    QStyleOptionHeaderV2 part = header;
    part.rect = style.subElementRect(QStyle::SE_HeaderLabel, &header, widget);
    if (part.rect.isValid()) {
        style.drawControl(QStyle::CE_HeaderLabel, &part, painter, widget);
    }
    if (header.sortIndicator != QStyleOptionHeader::None) {
        part.rect = style.subElementRect(QStyle::SE_HeaderArrow, &header, widget);
        part.rect.moveTop(header.rect.center().y() - part.rect.height() / 2);
        style.drawPrimitive(QStyle::PE_IndicatorHeaderArrow, &part, painter, widget);
    }
    painter->restore();
}

/// One inside a spin box or a combo box has its frame from there.
bool isPartOfInput(const QWidget* widget)
{
    const QWidget* outer = widget ? widget->parentWidget() : nullptr;
    return qobject_cast<const QAbstractSpinBox*>(outer) || qobject_cast<const QComboBox*>(outer);
}

int lineEditSide(const QWidget* widget)
{
    return widget && widget->property("search").toBool() ? SearchSide : InputSide;
}

void drawLineEdit(QPainter* painter, const QStyleOption* option, const QWidget* widget)
{
    if (widget && widget->property("refused").toBool()) {
        drawFrame(*painter, option->rect, Theme::colors().bad, Theme::colors().base);
        return;
    }
    drawInputFrame(painter, option);
}

void drawToolButton(QPainter* painter, const QStyleOptionToolButton* option)
{
    const ThemeColors& c = Theme::colors();
    if (!has(option, QStyle::State_Enabled)) {
        return;
    }
    const bool down = has(option, QStyle::State_Sunken) || has(option, QStyle::State_On);
    if (down || has(option, QStyle::State_MouseOver)) {
        const QColor ground = down ? c.line : c.track;
        drawFrame(*painter, option->rect, ground, ground);
    }
}

void drawMenuBarItem(QPainter* painter, const QStyleOptionMenuItem* option, const QStyle& style)
{
    painter->fillRect(option->rect, Theme::colors().window);
    if (has(option, QStyle::State_Selected) || has(option, QStyle::State_Sunken)) {
        const QColor& ground = Theme::colors().track;
        drawFrame(*painter, option->rect, ground, ground);
    }
    const bool marked = style.styleHint(QStyle::SH_UnderlineShortcut, option) != 0;
    style.drawItemText(painter, option->rect,
        Qt::AlignCenter | Qt::TextSingleLine | (marked ? Qt::TextShowMnemonic : Qt::TextHideMnemonic),
        option->palette, has(option, QStyle::State_Enabled), option->text, QPalette::ButtonText);
}

} // namespace

WorkbenchStyle::WorkbenchStyle() : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion"))) {}

void WorkbenchStyle::polish(QWidget* widget)
{
    QProxyStyle::polish(widget);
    if (qobject_cast<QComboBox*>(widget) || qobject_cast<QAbstractSpinBox*>(widget)
        || qobject_cast<QLineEdit*>(widget)) {
        widget->setAttribute(Qt::WA_Hover);
    }
    dressSurface(*widget);
}

int WorkbenchStyle::pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const
{
    switch (metric) {
    case PM_FocusFrameHMargin:
    case PM_FocusFrameVMargin:
        return 3;
    case PM_ScrollBarExtent:
        return ScrollExtent;
    case PM_ScrollBarSliderMin:
        return 28;
    case PM_SmallIconSize:
    case PM_ButtonIconSize:
        return sized(16);
    case PM_SplitterWidth:
        return 1;
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
        return sized(14);
    case PM_HeaderMargin:
        return 8;
    case PM_HeaderMarkSize:
        return 10;
    case PM_CheckBoxLabelSpacing:
    case PM_RadioButtonLabelSpacing:
        return 8;
    case PM_MenuBarHMargin:
        return 4;
    case PM_MenuBarVMargin:
        return 1;
    case PM_ToolTipLabelFrameWidth:
        return 4;
    case PM_MenuBarItemSpacing:
    case PM_MenuBarPanelWidth:
    case PM_MenuButtonIndicator: // the word or picture says it
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
        return 0;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int WorkbenchStyle::styleHint(
    StyleHint hint, const QStyleOption* option, const QWidget* widget, QStyleHintReturn* returnData) const
{
    switch (hint) {
    case SH_Widget_Animate: // no motion
    case SH_EtchDisabledText:
    case SH_ComboBox_Popup:
    case SH_DialogButtonBox_ButtonsHaveIcons:
    case SH_ScrollBar_Transient:
        return 0;
    case SH_FocusFrame_AboveWidget: // on the window: what stands beside or around the control cuts nothing
                                    // off
        return 1;
    case SH_Table_GridLineColor:
        return static_cast<int>(Theme::colors().hair.rgb());
    case SH_ToolTipLabel_Opacity:
        return 255;
    default:
        return QProxyStyle::styleHint(hint, option, widget, returnData);
    }
}

QSize WorkbenchStyle::sizeFromContents(
    ContentsType type, const QStyleOption* option, const QSize& size, const QWidget* widget) const
{
    const bool inPanel = widget && widget->property("panelInput").toBool();
    switch (type) {
    case CT_PushButton:
        if (const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option)) {
            return buttonSize(*button, widget, size);
        }
        break;
    case CT_ToolButton:
        return size + QSize(2, 2) * (ToolButtonMargin + 1);
    case CT_MenuBarItem:
        return size + MenuBarItemRoom;
    case CT_LineEdit: {
        if (isPartOfInput(widget)) {
            return size;
        }
        const int least = inPanel ? PanelInputHeight : InputHeight;
        return {size.width() + 2 * (lineEditSide(widget) + 1), std::max(size.height() + 2, least)};
    }
    default:
        break;
    }
    QSize result = QProxyStyle::sizeFromContents(type, option, size, widget);
    if (type == CT_ComboBox || type == CT_SpinBox) {
        const int least = inPanel ? PanelInputHeight : InputHeight;
        result.setHeight(std::max(least, option->fontMetrics.lineSpacing() + 8));
    }
    return result;
}

QRect WorkbenchStyle::subControlRect(ComplexControl control, const QStyleOptionComplex* option,
    SubControl subControl, const QWidget* widget) const
{
    if (control == CC_ScrollBar) { // no arrow buttons: the groove is the whole bar
        if (const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option)) {
            const bool vertical = bar->orientation == Qt::Vertical;
            const int length = vertical ? bar->rect.height() : bar->rect.width();
            const qint64 range = static_cast<qint64>(bar->maximum) - bar->minimum;
            int slider = length;
            if (range > 0) {
                const qint64 all = range + bar->pageStep;
                slider = static_cast<int>(all > 0 ? static_cast<qint64>(bar->pageStep) * length / all : 0);
                slider = std::clamp(slider, std::min(length, 28), length);
            }
            const int start = sliderPositionFromValue(
                bar->minimum, bar->maximum, bar->sliderPosition, length - slider, bar->upsideDown);
            const auto part = [&](int from, int extent) {
                const QRect rect = vertical
                    ? QRect(bar->rect.x(), bar->rect.y() + from, bar->rect.width(), extent)
                    : QRect(bar->rect.x() + from, bar->rect.y(), extent, bar->rect.height());
                return visualRect(vertical ? Qt::LeftToRight : bar->direction, bar->rect, rect);
            };
            switch (subControl) {
            case SC_ScrollBarGroove:
                return part(0, length);
            case SC_ScrollBarSlider:
                return part(start, slider);
            case SC_ScrollBarSubPage:
                return part(0, start);
            case SC_ScrollBarAddPage:
                return part(start + slider, length - start - slider);
            default:
                return {};
            }
        }
    }
    if (control == CC_ComboBox && subControl == SC_ComboBoxEditField) {
        const QRect field = option->rect.adjusted(TextInset, 1, -ChevronRoom, -1);
        return visualRect(option->direction, option->rect, field);
    }
    return QProxyStyle::subControlRect(control, option, subControl, widget);
}

QRect WorkbenchStyle::subElementRect(
    SubElement element, const QStyleOption* option, const QWidget* widget) const
{
    if (element == SE_PushButtonContents) { // the label stands in the middle of it all
        return option->rect;
    }
    if (element == SE_LineEditContents) {
        const int side = lineEditSide(widget) + 1;
        return isPartOfInput(widget) ? option->rect : option->rect.adjusted(side, 1, -side, -1);
    }
    QRect rect = QProxyStyle::subElementRect(element, option, widget);
    if (element == SE_HeaderLabel) { // the margin is for the sides; letters need the height
        rect.setTop(option->rect.top());
        rect.setBottom(option->rect.bottom() - 1);
    }
    return rect;
}

void WorkbenchStyle::drawPrimitive(
    PrimitiveElement element, const QStyleOption* option, QPainter* painter, const QWidget* widget) const
{
    switch (element) {
    case PE_Widget:
        if (widget && paintSurface(*painter, *widget)) {
            return;
        }
        break;
    case PE_PanelLineEdit:
        if (!isPartOfInput(widget)) {
            drawLineEdit(painter, option, widget);
        }
        return;
    case PE_PanelTipLabel:
        painter->fillRect(option->rect, Theme::colors().base);
        painter->setPen(QPen(Theme::colors().line, 1));
        painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
        return;
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck:
        drawCheckBox(painter, option);
        return;
    case PE_IndicatorRadioButton:
        drawRadioButton(painter, option);
        return;
    case PE_FrameFocusRect: // in views: a frame on the current cell; buttons and inputs have the ring
        if (widget && widget->inherits("QAbstractItemView")) {
            painter->setPen(QPen(Theme::colors().accent, 1));
            painter->setBrush(Qt::NoBrush);
            painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
        }
        return;
    case PE_PanelScrollAreaCorner:
        painter->fillRect(option->rect, Theme::colors().window);
        return;
    case PE_IndicatorHeaderArrow:
        if (const auto* header = qstyleoption_cast<const QStyleOptionHeader*>(option)) {
            drawChevron(*painter, header->rect.center(), Theme::colors().text2,
                header->sortIndicator == QStyleOptionHeader::SortDown, 8);
        }
        return;
    default:
        break;
    }
    QProxyStyle::drawPrimitive(element, option, painter, widget);
}

void WorkbenchStyle::drawControl(
    ControlElement element, const QStyleOption* option, QPainter* painter, const QWidget* widget) const
{
    switch (element) {
    case CE_PushButtonBevel:
        if (const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option)) {
            drawButtonBevel(*painter, *button, widget);
            return;
        }
        break;
    case CE_PushButtonLabel:
        if (const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option)) {
            drawButtonLabel(*painter, *button, widget, *proxy());
            return;
        }
        break;
    case CE_MenuBarItem:
        if (const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(option)) {
            drawMenuBarItem(painter, item, *proxy());
            return;
        }
        break;
    case CE_MenuBarEmptyArea:
        painter->fillRect(option->rect, Theme::colors().window);
        return;
    case CE_Splitter:
        painter->fillRect(option->rect,
            has(option, State_Enabled) && has(option, State_MouseOver) ? Theme::colors().accent
                                                                       : Theme::colors().line);
        return;
    case CE_ProgressBar:
        if (const auto* progress = qstyleoption_cast<const QStyleOptionProgressBar*>(option)) {
            drawProgress(painter, progress);
            return;
        }
        break;
    case CE_Header: // the base would place the words by its own margins, which cut letters off below
        if (const auto* header = qstyleoption_cast<const QStyleOptionHeaderV2*>(option)) {
            drawHeader(painter, *header, *proxy(), widget);
            return;
        }
        break;
    case CE_HeaderSection:
        if (const auto* header = qstyleoption_cast<const QStyleOptionHeader*>(option)) {
            drawHeaderSection(painter, header);
            return;
        }
        break;
    case CE_HeaderEmptyArea:
        painter->fillRect(option->rect, Theme::colors().window);
        painter->setPen(QPen(Theme::colors().line, 1));
        painter->drawLine(option->rect.bottomLeft(), option->rect.bottomRight());
        return;
    case CE_FocusFrame: {
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(QPen(Theme::colors().accent, 2));
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(
            QRectF(option->rect).adjusted(1, 1, -1, -1), FrameRadius + 2, FrameRadius + 2);
        painter->restore();
        return;
    }
    default:
        break;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void WorkbenchStyle::drawComplexControl(
    ComplexControl control, const QStyleOptionComplex* option, QPainter* painter, const QWidget* widget) const
{
    const ThemeColors& c = Theme::colors();
    const QColor ink = has(option, State_Enabled) ? c.text2 : c.text3;
    if (control == CC_ToolButton) {
        if (const auto* button = qstyleoption_cast<const QStyleOptionToolButton*>(option)) {
            drawToolButton(painter, button);
            proxy()->drawControl(CE_ToolButtonLabel, button, painter, widget);
            return;
        }
    }
    if (control == CC_ComboBox) {
        drawInputFrame(painter, option);
        const QRect arrow = visualRect(option->direction, option->rect,
            QRect(
                option->rect.right() - ChevronRoom, option->rect.top(), ChevronRoom, option->rect.height()));
        drawChevron(*painter, arrow.center(), ink, false, 8);
        return;
    }
    if (control == CC_SpinBox) {
        if (const auto* spin = qstyleoption_cast<const QStyleOptionSpinBox*>(option)) {
            if (spin->frame) {
                drawInputFrame(painter, option);
            }
            if (spin->buttonSymbols != QAbstractSpinBox::NoButtons) {
                for (const auto part : {SC_SpinBoxUp, SC_SpinBoxDown}) {
                    const bool up = part == SC_SpinBoxUp;
                    const bool can = spin->stepEnabled.testFlag(
                        up ? QAbstractSpinBox::StepUpEnabled : QAbstractSpinBox::StepDownEnabled);
                    const QRect rect = proxy()->subControlRect(CC_SpinBox, option, part, widget);
                    drawChevron(*painter, rect.center() + QPoint(0, up ? 1 : -1), can ? ink : c.line, up, 6);
                }
            }
            return;
        }
    }
    if (control == CC_ScrollBar) {
        if (const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option)) {
            drawScrollBar(
                painter, bar, proxy()->subControlRect(CC_ScrollBar, option, SC_ScrollBarSlider, widget));
            return;
        }
    }
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

} // namespace workbench
