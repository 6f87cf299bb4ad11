// SPDX-License-Identifier: Apache-2.0
/// A row that may leave. Only the guard can make one; whatever writes takes nothing else.
#pragma once

#include "core/guard/withheld.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace workbench {

/// A view of one accepted row; it dies when its batch changes, or what its lines were read into.
class GuardedRow {
public:
    /// The canonical line with its newline (contract, section 6).
    [[nodiscard]] std::string_view bytes() const { return m_bytes; }
    /// Place of the row's source in Schema::sources().
    [[nodiscard]] std::uint8_t source() const { return m_facts->source; }
    /// Place of the row's industry in Schema::industries().
    [[nodiscard]] std::uint8_t industry() const { return m_facts->industry; }
    [[nodiscard]] const std::array<std::uint16_t, WithheldReasonCount>& withheld() const
    {
        return m_facts->withheld;
    }

private:
    friend class GuardedBatch;
    struct Facts {
        std::array<std::uint16_t, WithheldReasonCount> withheld {};
        std::uint8_t source = 0;
        std::uint8_t industry = 0;
    };
    GuardedRow(std::string_view bytes, const Facts& facts) : m_bytes(bytes), m_facts(&facts) {}

    std::string_view m_bytes;
    const Facts* m_facts; ///< where the batch has them: a copy would be read before it is all written
};

/// Accepted rows, in order: side by side in one piece of memory, or each where its line was read.
class GuardedBatch {
public:
    [[nodiscard]] std::size_t size() const { return m_entries.size(); }
    [[nodiscard]] GuardedRow operator[](std::size_t place) const
    {
        const Entry& entry = m_entries[place];
        const char* const bytes = entry.line != nullptr ? entry.line : m_bytes.data() + entry.offset;
        return {std::string_view(bytes, entry.length), entry.facts};
    }
    /// Forgets the rows and keeps the memory.
    void clear();

private:
    friend class PiiGuard; // the only door: nobody else can put a row in

    struct Entry {
        const char* line = nullptr; ///< not null: the row is what was read there
        std::size_t offset = 0; ///< else: in m_bytes
        std::size_t length = 0;
        GuardedRow::Facts facts;
    };

    std::string m_bytes;
    std::vector<Entry> m_entries;
};

} // namespace workbench
