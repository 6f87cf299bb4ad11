// SPDX-License-Identifier: GPL-3.0-or-later
/// Push buttons in the ranks of the design, which a button asks for in dynamic properties:
/// primary="true" the one button of a view; flat="true" without a frame until it is pointed at; link="true" a
/// word that can be pressed, in tone="quiet|ok|bad" or the accent; segment="first|middle|last|only" a choice
/// among neighbours, as the eye sees them; bar="true" one of a bar (24 high); narrow="true" as wide as its
/// picture. GUI thread.
#pragma once

#include <QColor>
#include <QFont>
#include <QSize>
#include <QStyle>

class QPainter;
class QStyleOptionButton;
class QWidget;

namespace workbench {

struct ButtonLook {
    QColor fill; ///< transparent: none
    QColor frame; ///< transparent: there, but not seen
    QColor ink;
    int padding = 0; ///< pixels between frame and contents, on either side
    int leastHeight = 0; ///< pixels, the frame included
    int border = 1; ///< 0: no frame at all
    bool strong = false; ///< in bold as it is now
    bool maybeStrong = false; ///< in bold in some state, so there has to be room
    bool underlined = false;
    bool openLeft = false; ///< the neighbour's frame closes it
    bool roundLeft = true;
    bool roundRight = true;

    [[nodiscard]] static ButtonLook of(const QWidget* button, QStyle::State state);
};

/// How large a button with these contents is.
[[nodiscard]] QSize buttonSize(const QStyleOptionButton& option, const QWidget* button, QSize contents);
void drawButtonBevel(QPainter& painter, const QStyleOptionButton& option, const QWidget* button);
/// Picture and word side by side, in the middle.
void drawButtonLabel(
    QPainter& painter, const QStyleOptionButton& option, const QWidget* button, const QStyle& style);

} // namespace workbench
