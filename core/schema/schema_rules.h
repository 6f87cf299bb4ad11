// SPDX-License-Identifier: Apache-2.0
/// What a schema has to keep to before anything may leave by it (contract, sections 4 and 5).
#pragma once

#include "core/schema/feature.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace workbench {

inline constexpr std::size_t MaxFeatures = 1000;
/// A row's source and industry travel as one byte each, with room for "absent" and "other".
inline constexpr std::size_t MaxEnumValues = 250;

/// Grammars, ranges, blocked prefixes, and that no string holds what the guard's patterns strike: all of a
/// schema gets into rows, names of splits and the card. Such a string is told by its place and never
/// repeated. What is wrong, as the end of a sentence that begins with the schema's name; nothing when all is
/// well.
[[nodiscard]] std::optional<std::string> faultOfSchema(
    std::string_view name, std::string_view version, const std::vector<Feature>& features);

/// The blocked prefix that `key` starts with, if any.
[[nodiscard]] std::optional<std::string_view> blockedPrefixOf(std::string_view key);

} // namespace workbench
