// SPDX-License-Identifier: Apache-2.0
/// Characters of ASCII, the same under every locale.
#pragma once

#include <string>
#include <string_view>

namespace workbench {

[[nodiscard]] constexpr bool isDigit(char c) { return c >= '0' && c <= '9'; }
[[nodiscard]] constexpr bool isLower(char c) { return c >= 'a' && c <= 'z'; }
[[nodiscard]] constexpr bool isUpper(char c) { return c >= 'A' && c <= 'Z'; }
[[nodiscard]] constexpr bool isLetter(char c) { return isLower(c) || isUpper(c); }
[[nodiscard]] constexpr bool isAlphanumeric(char c) { return isLetter(c) || isDigit(c); }
/// Letters, digits and `_-`: safe in a file's name.
[[nodiscard]] constexpr bool isNameCharacter(char c) { return isAlphanumeric(c) || c == '_' || c == '-'; }

[[nodiscard]] constexpr char lowered(char c) { return isUpper(c) ? static_cast<char>(c - 'A' + 'a') : c; }
[[nodiscard]] constexpr char raised(char c) { return isLower(c) ? static_cast<char>(c - 'a' + 'A') : c; }

[[nodiscard]] inline std::string lowerCase(std::string_view text)
{
    std::string lower(text);
    for (char& c : lower) {
        c = lowered(c);
    }
    return lower;
}

} // namespace workbench
