// SPDX-License-Identifier: Apache-2.0
/// Examples that are kept in a SQLite database: table training_examples, one row an example.
#pragma once

#include "core/base/result.h"
#include "core/input/example_files.h"
#include "core/input/example_filter.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace workbench {

/// A statement and what stands for its question marks.
struct StoreQuery {
    std::string sql;
    std::vector<std::string> parameters;
};

/// All rows by number, in the order they are read: created_at, id, both bytewise, then the row's number.
[[nodiscard]] StoreQuery storeOrderQuery();
/// The numbers of all rows that could match, so that an index can leave out the others; nothing when there is
/// nothing to narrow by. Whether a row does match is ExampleFilter's decision alone: the times here are a day
/// wider on both sides, because a time's text may be of another zone.
[[nodiscard]] std::optional<StoreQuery> storeFilterQuery(const ExampleFilter& filter);

/// One look at a database in one read transaction: it sees one state however long it takes. Writes nothing,
/// neither into the database nor beside it. Not thread-safe.
class StoreReader {
public:
    /// Errors: Io naming the file: no database, damaged, locked for longer than some seconds, left in the
    /// middle of a write, no such table or columns, or no longer as it was listed. Cancelled.
    [[nodiscard]] static Result<StoreReader> open(const ExampleFile& file, const std::stop_token& stop);
    ~StoreReader();
    StoreReader(StoreReader&&) noexcept;
    StoreReader& operator=(StoreReader&&) noexcept;
    StoreReader(const StoreReader&) = delete;
    StoreReader& operator=(const StoreReader&) = delete;

    /// Row numbers that a query gives. Errors: Io, Cancelled.
    [[nodiscard]] Result<std::vector<std::int64_t>> rows(
        const StoreQuery& query, const std::stop_token& stop);
    /// Appends the row as one line of JSON with its newline (store_row.h). Errors: Io, Cancelled.
    [[nodiscard]] Result<void> appendLine(std::int64_t row, std::string& out, const std::stop_token& stop);
    /// Where nothing keeps writers away, whether one came: Io when the file is not as it was listed.
    [[nodiscard]] Result<void> finish() const;

private:
    struct State;
    explicit StoreReader(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace workbench
