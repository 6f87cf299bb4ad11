// SPDX-License-Identifier: Apache-2.0
/// Files of examples gone wrong in every way that we could think of, each defect in every place it can be in.
#pragma once

#include <string>
#include <vector>

namespace workbench {

/// In each wrong text, and in what is withheld of right ones: it may be in nothing that is written or said.
/// With a blank in it, it is no id.
inline constexpr const char* BadCanary = "Qjz vorn";

struct BadFile {
    std::string name; ///< "0017_cut_sequence_in_id.jsonl", in bytewise order
    std::string bytes; ///< good lines around bad ones
};

[[nodiscard]] std::vector<BadFile> filesOfBadEncoding();
[[nodiscard]] std::vector<BadFile> filesOfBadLines();
[[nodiscard]] std::vector<BadFile> filesOfBadStructure();
[[nodiscard]] std::vector<BadFile> filesOfBadNumbers();
[[nodiscard]] std::vector<BadFile> filesOfBadTypes();
[[nodiscard]] std::vector<BadFile> filesOfBadFields();

} // namespace workbench
