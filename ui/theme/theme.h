// SPDX-License-Identifier: GPL-3.0-or-later
/// The workbench's colours, sizes and fonts by name; no hex value stands anywhere else.
#pragma once

#include "core/schema/feature.h"

#include <QColor>
#include <QFont>
#include <QPalette>
#include <QString>

namespace workbench {

/// One theme's colours (the table of tokens of the design). Contrasts are checked by tst_theme.
struct ThemeColors {
    QColor window, base, alt, button, line, hair;
    QColor text, text2, text3, accent, onAccent, selection, onSelection;
    QColor ok, okSoft, bad, badSoft, warn, warnSoft;
    QColor bar, track, nullChip;
    QColor jsonKey, jsonString, jsonNumber, jsonLiteral;
    QColor family[FamilyCount]; ///< by Family

    [[nodiscard]] const QColor& of(Family which) const { return family[static_cast<std::size_t>(which)]; }
};

enum class Appearance { System, Light, Dark };

/// What is in force now. GUI thread only. Widgets read it when they paint and when
/// QEvent::PaletteChange reaches them; they keep no copies.
class Theme {
public:
    [[nodiscard]] static const ThemeColors& colors();
    [[nodiscard]] static bool isDark();
    /// Sets palette, fonts and style of the application; every later call changes the colours alone.
    static void apply(Appearance appearance);
    [[nodiscard]] static Appearance appearance();
    /// Call once at start, before apply(): remembers the platform's own palette and font.
    static void initialize();

    /// Both themes, whichever is in force.
    [[nodiscard]] static const ThemeColors& lightColors();
    [[nodiscard]] static const ThemeColors& darkColors();
    /// True when a palette's window is darker than its text.
    [[nodiscard]] static bool isDarkPalette(const QPalette& palette);
    /// True for black on white or white on black throughout: chosen by people who need it, left as it is.
    [[nodiscard]] static bool isHighContrast(const QPalette& palette);
    /// WCAG 2 contrast of two opaque colours, 1 to 21.
    [[nodiscard]] static double contrast(const QColor& one, const QColor& other);

    [[nodiscard]] static const QFont& bodyFont(); ///< 13 px at 96 dpi
    [[nodiscard]] static const QFont& strongFont(); ///< body, semibold
    [[nodiscard]] static const QFont& tableFont(); ///< 12
    [[nodiscard]] static const QFont& captionFont(); ///< 12, for captions
    [[nodiscard]] static const QFont& headerFont(); ///< 11
    [[nodiscard]] static const QFont& monoFont(); ///< 11, fixed pitch
    [[nodiscard]] static const QFont& sectionFont(); ///< 15 semibold
    [[nodiscard]] static const QFont& titleFont(); ///< 18 semibold
    [[nodiscard]] static const QFont& firstRunFont(); ///< 20 semibold
    [[nodiscard]] static const QFont& figureFont(); ///< 24 semibold
    [[nodiscard]] static const QFont& hashFont(); ///< 28, fixed pitch
    /// A font whose digits are equally wide, for numbers in columns; the size of tableFont().
    [[nodiscard]] static const QFont& numberFont();
    /// max(24, line height + 8).
    [[nodiscard]] static int rowHeight();
};

} // namespace workbench
