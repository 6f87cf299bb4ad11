// SPDX-License-Identifier: GPL-3.0-or-later
/// The workbench's own icons, tinted from the theme when they are painted.
#pragma once

#include "ui/theme/theme.h"

#include <QColor>
#include <QIcon>
#include <QPixmap>
#include <QString>

namespace workbench {

/// Reads all of them, a millisecond or two: call it once at start, so that none is read when it is wanted at
/// once.
void prepareIcons();
/// `name` as in resources/icons ("export"). Follows the theme: text, disabled and selected colours.
[[nodiscard]] QIcon icon(const QString& name);
/// The same in one of the theme's colours, which it keeps following: icon(name, &ThemeColors::ok).
/// Disabled it is text3 all the same.
[[nodiscard]] QIcon icon(const QString& name, QColor ThemeColors::*token);
/// The same in one colour in all modes.
[[nodiscard]] QIcon icon(const QString& name, const QColor& color);
/// One picture of `size` device-independent pixels; cached; crisp at any device pixel ratio.
[[nodiscard]] QPixmap iconPixmap(const QString& name, const QColor& color, int size, qreal devicePixelRatio);

} // namespace workbench
