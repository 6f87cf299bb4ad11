// SPDX-License-Identifier: Apache-2.0
/// Where the Hub is, and what belongs to it (hub protocol, section 2.1).
#pragma once

#include "core/base/result.h"

#include <optional>
#include <string>
#include <string_view>

namespace workbench {

/// Scheme, host and port of a URL: the unit that a token belongs to.
struct UrlOrigin {
    std::string scheme; ///< lower case
    std::string host; ///< lower case, IPv6 with its brackets
    int port = 0; ///< the scheme's own when the URL names none

    friend bool operator==(const UrlOrigin&, const UrlOrigin&) = default;
};

/// As libcurl reads it, which then goes there. Nothing for what is no absolute http or https URL, names a
/// user, or holds a backslash, a blank or a control character.
[[nodiscard]] std::optional<UrlOrigin> originOf(std::string_view url);
[[nodiscard]] bool isLoopback(std::string_view host);

class HubEndpoint {
public:
    /// `https://huggingface.co` for an empty text. Errors: Usage for what is no https URL; http is allowed to
    /// this computer alone.
    [[nodiscard]] static Result<HubEndpoint> parse(std::string_view text);

    [[nodiscard]] const std::string& base() const { return m_base; } ///< no slash at the end
    [[nodiscard]] const UrlOrigin& origin() const { return m_origin; }
    [[nodiscard]] std::string host() const; ///< for people: "huggingface.co", "127.0.0.1:8080"

    /// A URL from an answer: one of the Hub's default hosts becomes this endpoint, a path gets it in front,
    /// anything else stays byte for byte.
    [[nodiscard]] std::string resolve(std::string_view url) const;
    /// Whether the token may go there.
    [[nodiscard]] bool owns(std::string_view url) const;

private:
    std::string m_base;
    UrlOrigin m_origin;
};

/// Everything but letters, digits and `-_.~` percent-encoded; with `keepSlashes` a path stays one.
[[nodiscard]] std::string percentEncoded(std::string_view text, bool keepSlashes = false);

/// The Hub's path of a dataset, `namespace/name`.
[[nodiscard]] std::string datasetPath(std::string_view repo);

/// `namespace/name` as the Hub's clients check it (section 3). Nothing: it is one; else what is wrong.
[[nodiscard]] std::optional<std::string> repoIdProblem(std::string_view repo);

} // namespace workbench
