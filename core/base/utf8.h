// SPDX-License-Identifier: Apache-2.0
/// Stepping through UTF-8.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace workbench {

inline constexpr std::string_view Utf8ByteOrderMark = "\xEF\xBB\xBF";

/// The code point at `at`, which moves behind it. A byte that is not UTF-8 is taken alone as U+FFFD.
[[nodiscard]] char32_t nextCodePoint(std::string_view text, std::size_t& at);
void appendUtf8(std::string& out, char32_t codePoint);
/// Code points in `text`; stops counting beyond `enough`.
[[nodiscard]] std::size_t codePointCount(std::string_view text, std::size_t enough = SIZE_MAX);
[[nodiscard]] bool isValidUtf8(std::string_view text);
/// `text` as it stands in a document: each byte that is not UTF-8 as U+FFFD.
[[nodiscard]] std::string asValidUtf8(std::string_view text);

} // namespace workbench
