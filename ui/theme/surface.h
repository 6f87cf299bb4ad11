// SPDX-License-Identifier: GPL-3.0-or-later
/// Grounds and tones that widgets ask for in dynamic properties, in the colours of today's theme:
/// frame="bar|foot|card|window|base" a container; rule="true" a line; chip="true|ok|bad|warn" a label with a
/// ground of its own; tone="quiet|faint|ok|bad|warn" a label's ink. GUI thread.
#pragma once

class QPainter;
class QWidget;

namespace workbench {

/// Makes `widget` paint the ground it asks for, and a label wear its tone. Again after a property or the
/// theme changed; other widgets are left alone.
void dressSurface(QWidget& widget);
/// Paints the ground of a widget that was dressed; false: it asked for none.
bool paintSurface(QPainter& painter, const QWidget& widget);

} // namespace workbench
