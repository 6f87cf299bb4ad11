// SPDX-License-Identifier: Apache-2.0
/// Email, phone, address: they only say why something did not pass, never that something may.
#pragma once

#include <string>
#include <string_view>

namespace workbench {

struct TextPatterns {
    bool email = false;
    bool phone = false;
    bool address = false;
    bool tooLong = false;

    [[nodiscard]] bool any() const { return email || phone || address || tooLong; }
};

/// Looks at a string that would be exported (contract, section 5), in time linear in its length.
///
/// First the text is folded: full-width characters and decimal digits of other scripts become ASCII, any kind
/// of dash "-", any blank " ", other letters x; invisible and combining characters are dropped. Then:
/// - email: an "@";
/// - phone, with `s` for `[-.\s]`: `\d{3}s?\d{3}s?\d{4}` (the contract's), `\(\d{3}\)s*\d{3}s?\d{4}`, a "+"
/// and
///   8 to 15 digits with at most two of `s`, "(" and ")" before each, or `\d{3}[_:s]?\d{3}[_:s]?\d{4}` with
///   no digit before or behind it;
/// - address: words (split at all of ASCII but letters and digits): a number of 1 to 6 digits, perhaps with
/// one
///   letter, then 1 to 5 words, then a street suffix; a ZIP of 5 digits and a street suffix; the letters of
///   "po box" or "po box no" and a digit, with anything but letters and digits between them;
/// - tooLong: more than 100 characters (code points) of the text as it was.
[[nodiscard]] TextPatterns findPatterns(std::string_view text);

/// The same for text of the id grammar (ASCII, no blanks, parentheses, "+" or "@"), and quick.
[[nodiscard]] TextPatterns findPatternsInName(std::string_view name);

/// `text` folded as above, a byte a character.
[[nodiscard]] std::string foldedText(std::string_view text);

} // namespace workbench
