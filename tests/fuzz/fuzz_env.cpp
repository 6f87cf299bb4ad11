// SPDX-License-Identifier: Apache-2.0
// An env file: what it says can be written down and reads as the same; what it does not say is not quoted.
#include "core/config/export_config.h"
#include "tests/fuzz/promise.h"
#include "tests/fuzz/targets.h"

#include <algorithm>
#include <string>

namespace workbench::fuzz {

namespace {

std::string quoted(const std::string& value)
{
    std::string text = "\"";
    for (const char c : value) {
        if (c == '"' || c == '\\' || c == '$') {
            text += '\\';
        }
        text += c == '\r' ? "\\r" : std::string(1, c);
    }
    return text + '"';
}

} // namespace

void readEnvFile(std::string_view input)
{
    const auto entries = parseEnvFile(input, "file");
    if (!entries) {
        promise(entries.error().message.starts_with("file:"), "a refusal does not name file and line");
        return;
    }
    std::string written;
    for (const auto& [key, value] : *entries) {
        promise(!key.empty() && key.find_first_of(" \t\r\n=\"'") == std::string::npos, "a key that is none");
        promise(value.find('\0') == std::string::npos, "a value that no environment could hold");
        written += key + "=" + quoted(value) + "\n";
    }
    const auto again = parseEnvFile(written, "written");
    promise(again && *again == *entries, "an env file does not read back to what it said");

    const auto nothing = [](const char*) { return std::optional<std::string>(); };
    if (const auto config = resolveConfig({}, nothing, *entries)) {
        promise(config->maxRows.value >= 1, "no rows at all are allowed");
        promise(std::ranges::count(config->repo.value, '/') == 1, "a repository without an owner");
    } else {
        promise(config.error().code == ErrorCode::Usage
                && config.error().message.find("HF_") != std::string::npos,
            "a wrong setting is not named");
    }
}

} // namespace workbench::fuzz
