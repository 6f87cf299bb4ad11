// SPDX-License-Identifier: GPL-3.0-or-later
/// The workbench's own icons, tinted from the palette when they are loaded.
#pragma once

#include <QColor>
#include <QIcon>
#include <QPixmap>
#include <QString>

namespace workbench {

/// `name` as in resources/icons ("export"). Normal, disabled and selected are tinted from the palette.
[[nodiscard]] QIcon icon(const QString& name);
/// The same in one colour in all modes.
[[nodiscard]] QIcon icon(const QString& name, const QColor& color);
/// One picture of `size` device-independent pixels; cached; crisp at any device pixel ratio.
[[nodiscard]] QPixmap iconPixmap(const QString& name, const QColor& color, int size, qreal devicePixelRatio);

} // namespace workbench
