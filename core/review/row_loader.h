// SPDX-License-Identifier: Apache-2.0
/// Reads single rows again, for the rows somebody is looking at.
#pragma once

#include "core/base/result.h"
#include "core/guard/pii_guard.h"
#include "core/review/example_index.h"
#include "core/review/masked_line.h"

#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace workbench {

/// A row as it may be shown.
struct LoadedRow {
    RowNumber row = 0;
    SourceLine at;
    RowExplanation explanation;
};

/// Not thread-safe: one for each thread that reads. Keeps the files open.
class RowLoader {
public:
    static constexpr std::size_t RevealedCharacters = 2000;

    explicit RowLoader(IndexPtr index);
    ~RowLoader();
    RowLoader(RowLoader&&) noexcept;
    RowLoader& operator=(RowLoader&&) noexcept;
    RowLoader(const RowLoader&) = delete;
    RowLoader& operator=(const RowLoader&) = delete;

    /// Errors: Io, also when the file changed since it was indexed ("The file changed. Reload to see this
    /// value."); Cancelled, for a row that stands far into a packed file.
    [[nodiscard]] Result<LoadedRow> load(RowNumber row, const std::stop_token& stop = {});
    [[nodiscard]] Result<MaskedLine> maskedLine(RowNumber row, const std::stop_token& stop = {});
    /// The raw value a finding is about, for a person who asked for just this one, at most `limit`
    /// characters. The caller shows it and keeps no copy. This is the one place where a raw value leaves the
    /// source file.
    [[nodiscard]] Result<std::string> reveal(const IndexedFinding& finding,
        std::size_t limit = RevealedCharacters, const std::stop_token& stop = {});

private:
    struct State;
    std::unique_ptr<State> m_state;
};

/// The canonical row indented for reading, keys in order.
[[nodiscard]] std::string indentCanonical(std::string_view canonicalLine);

} // namespace workbench
