// SPDX-License-Identifier: Apache-2.0
/// Sends single requests over libcurl and keeps all of the answer: no redirects, no retries, no opinions.
#pragma once

#include <nlohmann/json.hpp>

#include <map>
#include <string>
#include <vector>

namespace workbench {

struct PlainAnswer {
    int status = 0; ///< 0: no answer came
    int curlCode = 0; ///< CURLE_…: 0 when all of the answer came
    std::map<std::string, std::string> headers = {}; ///< names in lower case
    std::string body = {};

    /// The body as JSON; "discarded" when it is none.
    [[nodiscard]] nlohmann::json json() const { return nlohmann::json::parse(body, nullptr, false); }
    [[nodiscard]] std::string header(const std::string& name) const
    {
        const auto found = headers.find(name);
        return found == headers.end() ? std::string() : found->second;
    }
};

struct PlainRequest {
    std::string method = "GET";
    std::string url = {};
    std::string token = {}; ///< sent as Bearer when there is one
    std::vector<std::string> headers = {}; ///< "Name: value"
    std::string body = {};
    long timeoutMilliseconds = 20'000;
    bool chunked = false;
    std::string trusted = {}; ///< a certificate in PEM that is trusted besides
};

[[nodiscard]] PlainAnswer send(const PlainRequest& request);

} // namespace workbench
