// SPDX-License-Identifier: Apache-2.0
/// What the environment says of the Hub (contract, section 2; hub protocol, section 2.5).
#pragma once

#include "core/base/result.h"
#include "core/config/export_config.h"
#include "core/hub/endpoint.h"
#include "core/hub/token.h"

#include <map>
#include <optional>
#include <string>

namespace workbench {

struct HubSettings {
    HubEndpoint endpoint;
    bool offline = false; ///< HF_HUB_OFFLINE or TRANSFORMERS_OFFLINE: 1, on, yes or true in any case
    std::optional<HubToken> token {};
    bool tokenSwitchedOff = false; ///< HF_HUB_DISABLE_IMPLICIT_TOKEN: no token is looked for anywhere
    std::string trustFile {}; ///< SSL_CERT_FILE: certificates to trust in place of the system's
};

/// Environment over env file. Errors: Usage naming the key.
[[nodiscard]] Result<HubSettings> resolveHubSettings(
    const Environment& environment, const std::map<std::string, std::string>& envFile);

} // namespace workbench
