// SPDX-License-Identifier: Apache-2.0
#include "core/hub/hub_settings.h"

#include "core/base/ascii.h"

#include <algorithm>
#include <array>

namespace workbench {

namespace {

/// As the Hub's own programs read it: everything that is not one of these is false.
bool isTrue(std::string text)
{
    std::ranges::transform(text, text.begin(), raised);
    constexpr std::array<std::string_view, 4> True {"1", "ON", "YES", "TRUE"};
    return std::find(True.begin(), True.end(), text) != True.end();
}

} // namespace

Result<HubSettings> resolveHubSettings(
    const Environment& environment, const std::map<std::string, std::string>& envFile)
{
    const auto value = [&](const char* key) {
        if (auto set = environment(key)) {
            return *set;
        }
        const auto found = envFile.find(key);
        return found == envFile.end() ? std::string() : found->second;
    };
    auto endpoint = HubEndpoint::parse(value("HF_ENDPOINT"));
    if (!endpoint) {
        return endpoint.error();
    }
    HubSettings settings {
        std::move(*endpoint), isTrue(value("HF_HUB_OFFLINE")) || isTrue(value("TRANSFORMERS_OFFLINE"))};
    settings.trustFile = value("SSL_CERT_FILE");
    settings.tokenSwitchedOff = isTrue(value("HF_HUB_DISABLE_IMPLICIT_TOKEN"));
    if (!settings.tokenSwitchedOff) {
        auto token = findToken(environment, envFile);
        if (!token) {
            return token.error();
        }
        settings.token = std::move(*token);
    }
    return settings;
}

} // namespace workbench
