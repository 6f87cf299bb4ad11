// SPDX-License-Identifier: GPL-3.0-or-later
/// A request and its answer as plain values: what handlers see instead of a socket.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace workbench {

using HttpFields = std::vector<std::pair<std::string, std::string>>;

struct ApiRequest {
    std::string method; ///< "GET", as it came
    std::string target; ///< "/path?query", undecoded
    HttpFields headers; ///< names as they came, in their order
    std::string body;
    bool bodyTooLarge = false; ///< then `body` is not all of it
    std::string localAddress; ///< the address the client reached, "127.0.0.1" or "::1"; may be empty
};

struct ApiResponse {
    int status = 200;
    std::string contentType = "application/json; charset=utf-8";
    std::string body;
    HttpFields headers = {}; ///< besides those that every answer has
};

/// How often a header stands in the request, and its first value.
struct HeaderValue {
    std::size_t count = 0;
    std::string value;
};
[[nodiscard]] HeaderValue headerOf(const ApiRequest& request, std::string_view lowerCaseName);

/// The path as it came, and the query's parameters decoded, in their order.
struct RequestTarget {
    std::string path;
    HttpFields query;
};
/// Nothing when the query is not encoded as it should be (a lone %, an encoded NUL).
[[nodiscard]] std::optional<RequestTarget> parseTarget(std::string_view target);

/// {"error": sentence} with that status.
[[nodiscard]] ApiResponse errorResponse(int status, std::string_view sentence);

} // namespace workbench
