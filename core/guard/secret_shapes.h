// SPDX-License-Identifier: Apache-2.0
/// Access tokens and payment card numbers: of no grammar that they may fit by chance.
#pragma once

#include <string_view>

namespace workbench {

/// Whether `text` holds, with no letter or digit before it, what nothing but a secret looks like:
/// - a token of a known service: `hf_` and 20 letters or digits, `ghp_` (`gho_`, `ghu_`, `ghs_`, `ghr_`) and
///   36, `github_pat_` and 22 of these or `_`, `glpat-` and 20 of these or `_-`, `AKIA` or `ASIA` and 16
///   capitals or digits, `AIza` and 35 of letters, digits, `_-`, `xoxb-` (`xoxa-`, `xoxp-`, `xoxr-`, `xoxs-`)
///   and 14 letters, digits or `-`, `sk-` and 20 letters or digits, `sk_live_` or `rk_live_` and 16; or more
///   of them, but for `AKIA`;
/// - a JSON Web Token: `eyJ` and 8 of letters, digits, `_-`, a dot, and `eyJ` again;
/// - a card number in its four groups of four digits with one of `-._: ` between, the same each time, whose
///   last digit is right (Luhn). In one piece it is a phone number to the guard anyway.
/// There is no rule of that name in the contract: such a text is no identifier, hence `unexpected_string`.
[[nodiscard]] bool holdsSecret(std::string_view text);

} // namespace workbench
