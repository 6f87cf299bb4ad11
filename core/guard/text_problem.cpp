// SPDX-License-Identifier: Apache-2.0
#include "core/guard/text_problem.h"

#include "core/base/quoted.h"
#include "core/base/utf8.h"
#include "core/guard/finding.h"
#include "core/guard/known_limits.h"
#include "core/guard/mask.h"
#include "core/guard/secret_shapes.h"
#include "core/guard/text_patterns.h"

#include <algorithm>

namespace workbench {

namespace {

std::string withRule(const std::string& what, Rule rule)
{
    return what + " (" + std::string(ruleName(rule)) + ")";
}

} // namespace

std::optional<std::string> problemOfText(std::string_view text)
{
    const TextPatterns found = findPatterns(text);
    if (found.email) {
        return withRule("what looks like an e-mail address", Rule::Email);
    }
    if (found.phone) {
        return withRule("what looks like a phone number", Rule::Phone);
    }
    if (found.address) {
        return withRule("what looks like a street address or a PO box", Rule::Address);
    }
    if (found.tooLong) {
        return withRule("more than " + std::to_string(MaxStringLength) + " characters", Rule::TooLong);
    }
    if (holdsSecret(foldedText(text))) {
        return withRule("what looks like an access token or a card number", Rule::UnexpectedString);
    }
    return std::nullopt;
}

std::string shownText(std::string_view text)
{
    return problemOfText(text) ? inQuotes(maskShape(text)) : inQuotes(text);
}

std::optional<std::string> problemOfCommitMessage(std::string_view message)
{
    if (const auto problem = problemOfText(message)) {
        return "The commit message holds " + *problem
            + ". It would stay in the repository's history; write one without.";
    }
    const auto isControl = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
    // A second line could say what our own last one says: which bundle it was.
    if (std::ranges::any_of(message, isControl)) {
        return "The commit message has more than one line or holds control characters. One line of text is "
               "wanted.";
    }
    if (!isValidUtf8(message)) {
        return "The commit message is not UTF-8.";
    }
    return std::nullopt;
}

} // namespace workbench
