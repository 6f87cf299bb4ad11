// SPDX-License-Identifier: Apache-2.0
/// Reading what the Hub answers: untrusted JSON, headers and words.
#pragma once

#include "core/hub/hub_client.h"
#include "core/json/json_node.h"

#include <optional>
#include <string>
#include <string_view>

namespace workbench::hub_answer {

/// A JSON document; null for text that is none. Answers are untrusted: nesting is bounded.
[[nodiscard]] JsonNode parsed(const std::string& text);
/// What a server says may be shown in one line, and no more of it than that, nor what looks like a token.
[[nodiscard]] std::string shown(const std::string& words);
/// 40 lower-case hex digits.
[[nodiscard]] bool isRevision(std::string_view text);
/// The server's own words for what went wrong, fit to be shown; may be empty.
[[nodiscard]] std::string serverWords(const HttpAnswer& answer);
[[nodiscard]] std::string requestId(const HttpAnswer& answer);
/// The URL of the next page in a Link header, or nothing.
[[nodiscard]] std::string nextPage(std::string_view link);
[[nodiscard]] HubError notAHub(const char* what);
[[nodiscard]] RemoteFile remoteFile(const JsonNode& entry);
/// What is to be done for one object of a batch answer; nothing when the answer makes no sense (section 7.3).
[[nodiscard]] std::optional<LfsUpload> lfsUpload(
    const JsonNode& entry, const LfsObject& object, const HubEndpoint& endpoint);

} // namespace workbench::hub_answer
