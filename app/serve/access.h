// SPDX-License-Identifier: GPL-3.0-or-later
/// Who may ask: a browser on somebody else's behalf never, a program with the token if there is one.
#pragma once

#include "app/serve/http_message.h"
#include "core/base/result.h"
#include "core/config/export_config.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace workbench {

/// INTERNAL_TESTING_TOKEN, kept as its digest alone: it can be compared and nothing else.
class AccessToken {
public:
    explicit AccessToken(std::string_view secret);
    /// Takes the same time whatever is wrong with `text`.
    [[nodiscard]] bool equals(std::string_view text) const;

private:
    std::string m_digest;
};

/// Environment over env file; nothing when neither says anything. Errors: Usage for an empty one and for one
/// that no header could carry.
[[nodiscard]] Result<std::optional<AccessToken>> findAccessToken(
    const Environment& environment, const std::map<std::string, std::string>& envFile);

/// What the server is bound to.
struct BoundTo {
    std::string host; ///< as it was asked for: "127.0.0.1", "::1", "localhost", "0.0.0.0"
    std::uint16_t port = 0;
};

/// 127.0.0.0/8, ::1 and the same written as IPv6, "localhost".
[[nodiscard]] bool isLoopbackName(std::string_view host);

/// Against pages in a browser. A Host has to name this machine's loopback, what the server is bound to, or
/// the address that was reached (an address, unlike a name, cannot be rebound), at the server's port or none.
/// An Origin, when there is one, has to be the server's own; so has Sec-Fetch-Site. Answers the refusal, or
/// nothing.
[[nodiscard]] std::optional<ApiResponse> refuseForeign(const ApiRequest& request, const BoundTo& bound);

/// 401 unless the token is there. Nothing when none is set.
[[nodiscard]] std::optional<ApiResponse> refuseUnknown(
    const ApiRequest& request, const std::optional<AccessToken>& token);

inline constexpr std::string_view TokenHeader = "x-2ndmynd-internal";
inline constexpr const char* TokenKey = "INTERNAL_TESTING_TOKEN";

} // namespace workbench
