// SPDX-License-Identifier: Apache-2.0
/// Rows of a bundle guarded again and counted anew.
#pragma once

#include "core/base/sha256.h"
#include "core/bundle/dataset_info.h"
#include "core/bundle/split_plan.h"
#include "core/job/scan.h"

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace workbench {

/// Is told what is wrong, as the rest of a sentence about the file.
using ProblemFn = std::function<void(std::string what)>;

/// Guards the rows of one file again. What the guard would write is hashed and compared with what stands in
/// the file: where nothing differs, the hash is the file's own.
class RowRecount final : public ScanSink {
public:
    RowRecount(const Schema& schema, SplitStrategy strategy, ProblemFn problem);

    Result<void> accept(const GuardedRow& row, const SourceLine& at, const LineFacts& facts) override;
    Result<void> reject(
        std::span<const Finding> findings, const SourceLine& at, const LineFacts& facts) override;

    /// Whether a file of `bytes` holds just what the guard would write.
    [[nodiscard]] bool isWholeFile(std::uint64_t bytes) const
    {
        return m_firstOtherLine == 0 && m_whole.is.bytes == bytes;
    }
    /// What the file would hold if the guard had written it. Call once.
    [[nodiscard]] BundleFile canonical();
    /// What each split would hold, those that have rows. Call once.
    [[nodiscard]] std::map<std::string, BundleFile> splits();
    /// The first line that stands elsewhere or is another one than the guard would write; 0: none.
    [[nodiscard]] std::uint64_t firstOtherLine() const { return m_firstOtherLine; }
    /// Keys that no accepted row has a value for, in the schema's order. Nothing without rows, or when the
    /// scan did not collect values.
    [[nodiscard]] std::vector<std::string> featuresWithoutValue() const;

private:
    struct Part {
        Sha256 hash;
        BundleFile is;

        void add(std::string_view row);
        [[nodiscard]] BundleFile finish();
    };

    const Schema& m_schema;
    SplitPlan m_plan;
    bool m_split;
    ProblemFn m_problem;
    Part m_whole;
    std::vector<Part> m_parts; ///< one a name of the plan
    std::uint64_t m_firstOtherLine = 0;
    std::vector<std::size_t> m_withoutValue; ///< places of features, as far as rows have been seen
    bool m_valuesSeen = false;
};

} // namespace workbench
