// SPDX-License-Identifier: Apache-2.0
/// One column of a schema: what a feature is called, what it may hold and where it belongs.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace workbench {

enum class FeatureKind : std::uint8_t {
    Enum, ///< a string out of `values`
    Integer, ///< a whole number in [min, max]
    Number, ///< a finite number in [min, max]
};

/// What a column is about. A schema's features use the first six; targets and labels complete a row.
enum class Family : std::uint8_t { Context, Volume, Timing, Revenue, Ratio, Flag, Targets, Labels };

inline constexpr std::size_t FamilyCount = 8;

struct Feature {
    std::string key;
    FeatureKind kind = FeatureKind::Number;
    Family family = Family::Context;
    double min = 0; ///< inclusive; not used for enums
    double max = 0; ///< inclusive; not used for enums
    std::string unit; ///< "days", "USD"; empty for enums
    std::vector<std::string> values; ///< enums only, in order

    friend bool operator==(const Feature&, const Feature&) = default;
};

[[nodiscard]] std::string_view kindName(FeatureKind kind); ///< "enum", "integer", "number"
[[nodiscard]] std::string_view familyName(Family family); ///< "context", "volume", …
[[nodiscard]] std::optional<FeatureKind> kindFromName(std::string_view name);
[[nodiscard]] std::optional<Family> familyFromName(std::string_view name);

} // namespace workbench
