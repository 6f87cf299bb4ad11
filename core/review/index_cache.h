// SPDX-License-Identifier: Apache-2.0
/// The index of a folder, kept for the next time the same folder is opened. Safe to delete at any time, also
/// while it is in use. Holds numbers, masked shapes and allowlisted paths: no raw string, no file's name.
#pragma once

#include "core/review/index_file.h"
#include "core/review/index_state.h"

#include <cstdint>
#include <optional>
#include <string>

namespace workbench {

/// What of the cache's folder belongs to a folder of examples, and what it must say to be believed.
struct IndexCacheKey {
    std::string path; ///< of the kept index: one for each folder and schema
    /// Over the path, size, time and inode of every file, label files too, and of a store's log, the schema,
    /// the program and the form of the cache.
    std::string fingerprint;
};

/// Makes the cache's folder (0700) if need be and removes what killed programs left in it. Nothing when it
/// cannot be used: it belongs to somebody else, or others may write there.
[[nodiscard]] std::optional<IndexCacheKey> indexCacheKey(
    const std::string& cacheFolder, const ExampleFiles& files, const Schema& schema);

/// Whether size and time tell the files from what they may become: not while one was written so recently
/// that a further write could carry the same time.
[[nodiscard]] bool filesAreSettled(const ExampleFiles& files, UtcTime now);

/// A whole index and how it came about.
struct KeptIndex {
    ScanSummary summary;
    ExampleIndex::State state; ///< without segments until they are read
    std::vector<IndexFilePiece> pieces; ///< the segments, in their order
    IndexFile file;
    std::vector<std::byte> buffer; ///< one segment after the other

    /// The next segment of the state; false when it is damaged.
    [[nodiscard]] bool readSegment();
};

/// Nothing when there is none, when it is another's or when it is damaged.
[[nodiscard]] std::optional<KeptIndex> readIndexCache(
    const IndexCacheKey& key, const ExampleFiles& files, const SchemaPtr& schema);

/// Gives the file its name and removes the oldest others until all of them together are no larger than
/// `most` bytes. `state` is complete and its segments are the writer's pieces. An error means: not kept.
void keepIndex(const IndexCacheKey& key, const ExampleIndex::State& state, const ScanSummary& summary,
    IndexFileWriter& writer, std::uint64_t most);

} // namespace workbench
