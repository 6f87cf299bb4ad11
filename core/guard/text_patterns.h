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
/// of dash "-", any blank " ", letters lower case; invisible and combining characters are dropped. Then:
/// - email: an "@";
/// - phone: `\d{3}[-.\s]?\d{3}[-.\s]?\d{4}`, `\(\d{3}\)\s*\d{3}[-.\s]?\d{4}`, or a "+" and 8 to 15 digits
///   with at most two of `[-.\s()]` between one and the next;
/// - address: words (split at blanks and commas, dots at their ends dropped): a number of 1 to 6 digits,
/// perhaps with one
///   letter, then 1 to 5 words, then a street suffix; a ZIP (5 digits, or 5-4) and a street suffix; "po box"
///   ("p.o.", "p o", "pobox" too) and a number, perhaps with "#" before it;
/// - tooLong: more than 100 characters (code points) of the text as it was.
[[nodiscard]] TextPatterns findPatterns(std::string_view text);

/// Just whether the phone pattern strikes, for text of the id grammar: ASCII, no blanks, no parentheses, no
/// "+".
[[nodiscard]] bool holdsPhoneNumber(std::string_view asciiWord);

} // namespace workbench
