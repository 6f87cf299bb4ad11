// SPDX-License-Identifier: Apache-2.0
#include "core/config/kept_variables.h"

#include "core/base/wiped_text.h"

#include <openssl/crypto.h>

#include <array>
#include <cstdlib>
#include <cstring>
#include <map>

namespace workbench {

namespace {

constexpr std::array<const char*, 3> TokenVariables {
    "HF_TOKEN", "HUGGING_FACE_HUB_TOKEN", "INTERNAL_TESTING_TOKEN"};

/// One environment a process, one of these beside it.
std::map<std::string, WipedText>& keptVariables()
{
    static std::map<std::string, WipedText> all;
    return all;
}

} // namespace

void keepTokensFromPrograms()
{
    for (const char* const name : TokenVariables) {
        if (char* const value = std::getenv(name)) {
            keptVariables().emplace(name, std::string(value));
            OPENSSL_cleanse(value, std::strlen(value)); // the very bytes that the kernel shows
            ::unsetenv(name);
        }
    }
}

std::optional<std::string> keptVariable(const char* name)
{
    const auto found = keptVariables().find(name);
    return found == keptVariables().end() ? std::nullopt : std::optional<std::string>(found->second.text());
}

} // namespace workbench
