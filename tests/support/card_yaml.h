// SPDX-License-Identifier: Apache-2.0
/// The metadata of a dataset card, as a YAML library reads it that nobody here wrote.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <yaml-cpp/yaml.h>

namespace workbench {

/// What stands between the first line `---` and the next. Throws std::runtime_error when the card does not
/// begin so, YAML::Exception when that is no YAML.
[[nodiscard]] YAML::Node cardMetadata(std::string_view card);

/// The files of each configuration by its name, as (split, path), in the order of the card.
[[nodiscard]] std::map<std::string, std::vector<std::pair<std::string, std::string>>> cardConfigs(
    const YAML::Node& metadata);

} // namespace workbench
