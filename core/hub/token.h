// SPDX-License-Identifier: Apache-2.0
/// The Hub's token: where it comes from, and a type that cannot be printed.
#pragma once

#include "core/base/result.h"
#include "core/config/export_config.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace workbench {

/// Holds a secret. There is no way to stream, compare or format it; only HttpTransport's own
/// Authorization header reads it. Wiped from our memory when it goes.
class HubToken {
public:
    /// Where it was found, for people: "HF_TOKEN", ".env", "the token file", "the desktop's keyring".
    HubToken(std::string secret, std::string foundIn, std::string caution = {});
    ~HubToken();
    HubToken(const HubToken&) = default;
    HubToken(HubToken&& other) noexcept = default;
    HubToken& operator=(const HubToken& other)
    {
        *this = HubToken(other); // the copy takes what stood here before along, and wipes it
        return *this;
    }
    HubToken& operator=(HubToken&& other) noexcept
    {
        std::swap(m_secret, other.m_secret);
        std::swap(m_foundIn, other.m_foundIn);
        std::swap(m_caution, other.m_caution);
        return *this;
    }

    [[nodiscard]] const std::string& foundIn() const { return m_foundIn; }
    /// One sentence when others may read where it was found; else empty. No reason to refuse it.
    [[nodiscard]] const std::string& caution() const { return m_caution; }
    /// `text` with the secret replaced, should a server have sent it back: as it is, or with any of its
    /// characters escaped as in JSON or in a URL.
    [[nodiscard]] std::string redacted(std::string_view text) const;

private:
    friend class CurlTransport;

    std::string m_secret;
    std::string m_foundIn;
    std::string m_caution;
};

/// HF_TOKEN in the environment, then in the env file; HUGGING_FACE_HUB_TOKEN; the file HF_TOKEN_PATH, else
/// `$HF_HOME/token`, else `$XDG_CACHE_HOME/huggingface/token`, else `~/.cache/huggingface/token`. Blanks
/// around it are dropped; an empty one counts as absent. Errors: Usage for a token that holds other than
/// printable ASCII, and for a file that is there and cannot be read.
[[nodiscard]] Result<std::optional<HubToken>> findToken(
    const Environment& environment, const std::map<std::string, std::string>& envFile);

} // namespace workbench
