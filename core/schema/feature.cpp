// SPDX-License-Identifier: Apache-2.0
#include "core/schema/feature.h"

#include <array>

namespace workbench {

namespace {

constexpr std::array<std::string_view, 3> KindNames {"enum", "integer", "number"};
constexpr std::array<std::string_view, FamilyCount> FamilyNames {
    "context", "volume", "timing", "revenue", "ratio", "flag", "targets", "labels"};

template <class Named, std::size_t Size>
std::optional<Named> named(const std::array<std::string_view, Size>& names, std::string_view name)
{
    for (std::size_t place = 0; place < Size; ++place) {
        if (names[place] == name) {
            return static_cast<Named>(place);
        }
    }
    return std::nullopt;
}

} // namespace

std::string_view kindName(FeatureKind kind) { return KindNames[static_cast<std::size_t>(kind)]; }

std::string_view familyName(Family family) { return FamilyNames[static_cast<std::size_t>(family)]; }

std::optional<FeatureKind> kindFromName(std::string_view name) { return named<FeatureKind>(KindNames, name); }

std::optional<Family> familyFromName(std::string_view name) { return named<Family>(FamilyNames, name); }

} // namespace workbench
