// SPDX-License-Identifier: Apache-2.0
/// Writes the files of a bundle into a folder. Takes guarded rows and nothing else.
#pragma once

#include "core/base/file.h"
#include "core/base/result.h"
#include "core/base/sha256.h"
#include "core/bundle/dataset_info.h"
#include "core/bundle/split_plan.h"
#include "core/bundle/write_lane.h"
#include "core/row/guarded_row.h"
#include "core/schema/schema.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace workbench {

/// A file that is hashed while it is written, in large pieces.
class HashedFile {
public:
    /// `folder`/`name` is opened with the first bytes and must not exist. Messages say `bundle` for the
    /// folder. With a `lane` pieces are hashed and written there; a failure is then told by a later call.
    HashedFile(const std::string& folder, std::string bundle, std::string name, std::size_t bufferBytes,
        WriteLane* lane = nullptr);

    [[nodiscard]] Result<void> append(std::string_view row)
    {
        m_buffer.append(row);
        ++m_stated.rows;
        return m_buffer.size() < m_bufferBytes ? Result<void>() : handBuffer();
    }
    /// Writes the rest, flushes to disk and closes.
    [[nodiscard]] Result<void> finish();

    [[nodiscard]] std::uint64_t rows() const { return m_stated.rows; }
    /// Complete after finish().
    [[nodiscard]] const BundleFile& stated() const { return m_stated; }

private:
    /// What the writing thread touches; stays where it is when the file moves.
    struct Output {
        std::string path;
        FileDescriptor file;
        Sha256 hash;
        std::atomic<int> error = 0; ///< what errno said first

        void write(std::string_view bytes);
    };

    [[nodiscard]] Result<void> handBuffer();
    [[nodiscard]] Error failure(int errorNumber) const;

    std::shared_ptr<Output> m_output; ///< shared with pieces on their way
    std::string m_bundle;
    std::string m_name;
    std::size_t m_bufferBytes;
    WriteLane* m_lane;
    std::string m_buffer;
    BundleFile m_stated;
};

/// dataset.jsonl, the splits, README.md and dataset_info.json, in this order.
class BundleWriter {
public:
    /// Writes into `folder`, which is empty; messages name `shownAs`, where it will appear.
    /// With more than one of `threads`, hashing and writing have threads of their own. Errors: Usage when the
    /// schema's closed sets give no file names (or twice the same) for the splits.
    [[nodiscard]] static Result<BundleWriter> create(std::string folder, std::string shownAs,
        SchemaPtr schema, SplitStrategy strategy, unsigned threads = 1);

    /// Errors: Io, "no space left in …".
    [[nodiscard]] Result<void> add(const GuardedRow& row);

    /// Completes `info` with schema, counts, splits and files, writes card and info, and flushes all files.
    /// `info` comes with what the writer cannot know: times, generator, job, rejections, withheld, filters.
    [[nodiscard]] Result<void> finish(DatasetInfo& info);

    [[nodiscard]] std::uint64_t rows() const { return m_dataset.rows(); }

private:
    BundleWriter(
        std::string folder, std::string shownAs, SchemaPtr schema, SplitStrategy strategy, unsigned threads);
    [[nodiscard]] Result<void> finishRows(DatasetInfo& info);
    [[nodiscard]] Result<BundleFile> writeText(const std::string& name, std::string_view text);

    std::string m_folder;
    std::string m_shownAs;
    SchemaPtr m_schema;
    SplitStrategy m_strategy;
    SplitPlan m_plan;
    std::unique_ptr<WriteLane> m_datasetLane; ///< null: the caller's thread writes
    std::unique_ptr<WriteLane> m_splitsLane;
    HashedFile m_dataset;
    std::vector<HashedFile> m_splits; ///< one a name of the plan; most are never opened
    bool m_splitsFolderMade = false;
    std::vector<std::uint64_t> m_bySource;
    std::vector<std::uint64_t> m_byIndustry;
};

} // namespace workbench
