// SPDX-License-Identifier: Apache-2.0
/// Rows of a bundle guarded again and counted anew.
#pragma once

#include "core/base/direct_file.h"
#include "core/base/sha256.h"
#include "core/bundle/compared_file.h"
#include "core/bundle/dataset_info.h"
#include "core/bundle/split_plan.h"
#include "core/job/scan.h"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace workbench {

/// Is told what is wrong, as the rest of a sentence about the file.
using ProblemFn = std::function<void(std::string what)>;

/// A split that rows belong in.
struct RecountedSplit {
    std::uint64_t rows = 0;
    std::optional<BundleFile> file; ///< what its file is, when it holds just these rows in their order
};

/// Guards the rows of one file again. What the guard would write is hashed and compared with what stands in
/// the file: where nothing differs, the hash is the file's own. Files of splits are compared beside it.
class RowRecount final : public ScanSink {
public:
    /// The file of a split, if there is one; to be hashed by `hashing`.
    using SplitFileFn
        = std::function<Result<std::optional<ComparedFile>>(const std::string& split, HashLane& hashing)>;

    RowRecount(const Schema& schema, SplitStrategy strategy, ProblemFn problem);

    /// Call before the first row: the rows of a split are compared with its file while they are guarded.
    /// Errors: what `fileOf` returned.
    [[nodiscard]] Result<void> compareSplits(const SplitFileFn& fileOf);

    Result<void> accept(const GuardedRow& row, const SourceLine& at, const LineFacts& facts) override;
    Result<void> reject(
        std::span<const Finding> findings, const SourceLine& at, const LineFacts& facts) override;
    bool help() override { return m_hashing.help(); }

    /// Whether a file of `bytes` holds just what the guard would write.
    [[nodiscard]] bool isWholeFile(std::uint64_t bytes) const
    {
        return m_firstOtherLine == 0 && m_whole.bytes == bytes;
    }
    /// What the file would hold if the guard had written it. Call once.
    [[nodiscard]] BundleFile canonical();
    /// The splits that have rows. Call once.
    [[nodiscard]] std::map<std::string, RecountedSplit> splits();
    /// Of split files, those that may differ among them.
    [[nodiscard]] std::uint64_t comparedBytes() const { return m_comparedBytes; }
    /// The first line that stands elsewhere or is another one than the guard would write; 0: none.
    [[nodiscard]] std::uint64_t firstOtherLine() const { return m_firstOtherLine; }
    /// Keys that no accepted row has a value for, in the schema's order. Nothing without rows, or when the
    /// scan did not collect values.
    [[nodiscard]] std::vector<std::string> featuresWithoutValue() const;

private:
    void hashBuffer();

    struct Split {
        BundleFile is;
        std::optional<ComparedFile> file;
    };

    const Schema& m_schema;
    SplitPlan m_plan;
    bool m_split;
    ProblemFn m_problem;
    BundleFile m_whole;
    WriteBuffers m_buffers {ComparedFile::PieceBytes}; ///< of the whole
    WriteBuffer m_buffer = m_buffers.take(); ///< what of the whole is not on its way to its hash
    std::shared_ptr<Sha256> m_wholeHash = std::make_shared<Sha256>();
    HashLane m_hashing;
    std::vector<Split> m_splits; ///< one a name of the plan
    std::uint64_t m_firstOtherLine = 0;
    std::uint64_t m_comparedBytes = 0;
    std::vector<std::size_t> m_withoutValue; ///< places of features, as far as rows have been seen
    bool m_valuesSeen = false;
};

} // namespace workbench
