// SPDX-License-Identifier: Apache-2.0
/// Writes the files of a bundle into a folder. Takes guarded rows and nothing else.
#pragma once

#include "core/base/direct_file.h"
#include "core/base/result.h"
#include "core/base/sha256.h"
#include "core/bundle/dataset_info.h"
#include "core/bundle/hash_lane.h"
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

/// What takes a piece off whoever appends rows; null where he does it himself.
struct FileLanes {
    /// So much of a file is flushed while more is written, in bytes: else all waits for the disk when the
    /// last row is there. Other sizes are for measuring what they would bring.
    static constexpr std::size_t FlushedEarly = std::size_t {4} << 20;

    HashLane* hashing = nullptr;
    WriteLane* writing = nullptr; ///< waits for the disk, and costs no processor time worth mentioning
    WriteLane* flushing = nullptr; ///< has what is written flushed while more is; only with one that writes
    std::size_t flushedEarly = FlushedEarly;
};

/// A file that is hashed while it is written, in large pieces.
class HashedFile {
public:
    /// `folder`/`name` is opened with the first bytes and must not exist. Messages say `bundle` for the
    /// folder. Pieces are as large as the `buffers`. With a lane that writes, a failure is told by a later
    /// call; one that hashes needs one that writes, to which it alone hands.
    HashedFile(const std::string& folder, std::string bundle, std::string name,
        std::shared_ptr<WriteBuffers> buffers, FileLanes lanes = {});

    [[nodiscard]] Result<void> append(std::string_view row)
    {
        ++m_stated.rows;
        m_stated.bytes += row.size();
        for (;;) {
            row.remove_prefix(m_buffer.append(row));
            if (row.empty()) {
                return {};
            }
            if (auto handed = handBuffer(); !handed) {
                return handed;
            }
        }
    }
    /// Writes the rest, flushes to disk and closes.
    [[nodiscard]] Result<void> finish();

    [[nodiscard]] std::uint64_t rows() const { return m_stated.rows; }
    /// Complete after finish().
    [[nodiscard]] const BundleFile& stated() const { return m_stated; }

private:
    /// What the lanes touch; stays where it is when the file moves.
    struct Output {
        std::string path;
        DirectFile file;
        Sha256 hash;
        std::atomic<int> error = 0; ///< what errno said first
        std::size_t unflushed = 0; ///< bytes; for who writes

        void write(std::string_view bytes);
        void flush();
        void finish();

    private:
        void note(int errorNumber);
    };

    /// Makes room: what is full goes to the lanes or to the disk.
    [[nodiscard]] Result<void> handBuffer();
    /// Once much was written: has it flushed while more is, unless the lane is behind.
    static void flushEarly(const std::shared_ptr<Output>& output, const FileLanes& lanes);
    [[nodiscard]] Error failure(int errorNumber) const;

    std::shared_ptr<Output> m_output; ///< shared with pieces on their way
    std::string m_bundle;
    std::string m_name;
    std::shared_ptr<WriteBuffers> m_buffers;
    FileLanes m_lanes;
    WriteBuffer m_buffer; ///< none before the first row
    BundleFile m_stated;
};

/// dataset.jsonl, the splits, README.md and dataset_info.json, in this order.
class BundleWriter {
public:
    /// Writes into `folder`, which is empty; messages name `shownAs`, where it will appear.
    /// Waiting for the disk has threads of its own, two, with more than one of `threads` a third for the
    /// splits; pieces are then hashed by who calls hashing()->help(), and by the caller when nobody does.
    /// Errors: Usage when the schema's closed sets give no file names (or twice the same) for the splits.
    [[nodiscard]] static Result<BundleWriter> create(std::string folder, std::string shownAs,
        SchemaPtr schema, SplitStrategy strategy, unsigned threads = 1);

    /// Errors: Io, "no space left in …".
    [[nodiscard]] Result<void> add(const GuardedRow& row);

    /// Completes `info` with schema, counts, splits and files, writes card and info, and flushes all files.
    /// `info` comes with what the writer cannot know: times, generator, job, rejections, withheld, filters.
    [[nodiscard]] Result<void> finish(DatasetInfo& info);

    [[nodiscard]] std::uint64_t rows() const { return m_dataset.rows(); }
    /// Stays usable when the writer is gone.
    [[nodiscard]] const std::shared_ptr<HashLane>& hashing() const { return m_hashing; }

private:
    struct CloseLane {
        void operator()(HashLane* lane) const { lane->close(); }
    };

    BundleWriter(
        std::string folder, std::string shownAs, SchemaPtr schema, SplitStrategy strategy, unsigned threads);
    [[nodiscard]] Result<void> finishRows(DatasetInfo& info);
    [[nodiscard]] Result<void> finishFiles(); ///< of rows
    [[nodiscard]] Result<BundleFile> writeText(const std::string& name, std::string_view text);

    std::string m_folder;
    std::string m_shownAs;
    SchemaPtr m_schema;
    SplitStrategy m_strategy;
    SplitPlan m_plan;
    std::unique_ptr<WriteLane> m_flushing; // above those that write, and offer to it
    std::unique_ptr<WriteLane> m_writing;
    std::unique_ptr<WriteLane> m_writingSplits; ///< null: the dataset's is for both
    std::shared_ptr<HashLane> m_hashing;
    // Below the lanes that write, so that it goes first: what is hashed is handed to them.
    std::unique_ptr<HashLane, CloseLane> m_open;
    std::shared_ptr<WriteBuffers> m_buffers; ///< one store for all: less lies about unused
    HashedFile m_dataset;
    std::vector<HashedFile> m_splits; ///< one a name of the plan; most are never opened
    bool m_splitsFolderMade = false;
    std::vector<std::uint64_t> m_bySource;
    std::vector<std::uint64_t> m_byIndustry;
};

} // namespace workbench
