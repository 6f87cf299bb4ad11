// SPDX-License-Identifier: Apache-2.0
/// What leaves beside the rows: a schema's names and values, and the message of a commit.
///
/// Each string that leaves, and what it passes before:
/// - of a row, everything: PiiGuard; a split's name is made of a row's source and industry, which are members
///   of closed sets;
/// - keys, enum values, units, name and version of a schema: their grammars and problemOfText(), when the
///   schema is read (schema_rules.h). With them: columns, closed sets, splits, dataset_info.json, the card;
/// - the message of a commit: problemOfCommitMessage(). Its last line is a digest;
/// - repository and branch: the Hub's grammar of names (`repoIdProblem`); the job's id: `isJobId`. Both are
///   chosen by whoever runs this, for this, and are refused nothing else;
/// - filters in dataset_info.json: a member of the schema's sources, an industry that rows came of (without
///   one nothing is written), times written anew, numbers;
/// - what was withheld, rules, the generator, the card's sentences, the name of the program in requests:
///   words of our own; counts, digests, times: made here.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace workbench {

/// "what looks like a phone number (phone)", with the rule's name, for the first pattern or secret in it;
/// nothing when there is none. Never repeats any of `text`.
[[nodiscard]] std::optional<std::string> problemOfText(std::string_view text);

/// `text` in quotes for a message, its shape instead when problemOfText() has something to say.
[[nodiscard]] std::string shownText(std::string_view text);

/// Why `message` may not become a commit's message, as one sentence; nothing when it may. It is read by all
/// who may read the repository and stays in its history. Never repeats any of it.
[[nodiscard]] std::optional<std::string> problemOfCommitMessage(std::string_view message);

} // namespace workbench
