// SPDX-License-Identifier: Apache-2.0
#include "tests/support/card_yaml.h"

#include <stdexcept>

namespace workbench {

YAML::Node cardMetadata(std::string_view card)
{
    constexpr std::string_view Fence = "---\n";
    const std::size_t end = card.find("\n---\n", Fence.size() - 1);
    if (!card.starts_with(Fence) || end == std::string_view::npos) {
        throw std::runtime_error("the card has no metadata");
    }
    return YAML::Load(std::string(card.substr(Fence.size(), end + 1 - Fence.size())));
}

std::map<std::string, std::vector<std::pair<std::string, std::string>>> cardConfigs(
    const YAML::Node& metadata)
{
    std::map<std::string, std::vector<std::pair<std::string, std::string>>> configs;
    for (const YAML::Node& config : metadata["configs"]) {
        auto& files = configs[config["config_name"].as<std::string>()];
        for (const YAML::Node& file : config["data_files"]) {
            files.emplace_back(file["split"].as<std::string>(), file["path"].as<std::string>());
        }
    }
    return configs;
}

} // namespace workbench
