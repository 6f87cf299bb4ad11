// SPDX-License-Identifier: Apache-2.0
/// What the files of a bundle are called (contract, section 6).
#pragma once

#include <string>
#include <string_view>

namespace workbench {

inline constexpr const char* DatasetName = "dataset.jsonl";
inline constexpr const char* CardName = "README.md";
inline constexpr const char* InfoName = "dataset_info.json";
inline constexpr const char* SplitsFolder = "splits";

/// "splits/mock.jsonl", in the bundle.
[[nodiscard]] inline std::string splitPath(std::string_view split)
{
    return std::string(SplitsFolder) + '/' + std::string(split) + ".jsonl";
}

} // namespace workbench
