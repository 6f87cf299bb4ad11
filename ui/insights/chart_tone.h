// SPDX-License-Identifier: GPL-3.0-or-later
/// What a chart's colour stands for; the colour itself comes from the theme when it is painted.
#pragma once

#include "core/schema/feature.h"
#include "ui/theme/theme.h"

namespace workbench {

struct ChartTone {
    enum class Kind { Counts, Chosen, Nulls, OfFamily };
    Kind kind = Kind::Counts;
    Family family = Family::Context; ///< OfFamily only

    [[nodiscard]] static ChartTone of(Family which) { return {Kind::OfFamily, which}; }

    [[nodiscard]] QColor color() const
    {
        const ThemeColors& colors = Theme::colors();
        switch (kind) {
        case Kind::Counts:
            return colors.bar;
        case Kind::Chosen:
            return colors.accent;
        case Kind::Nulls:
            return colors.text2;
        case Kind::OfFamily:
            return colors.of(family);
        }
        return colors.bar;
    }

    friend bool operator==(const ChartTone&, const ChartTone&) = default;
};

} // namespace workbench
