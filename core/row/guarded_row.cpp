// SPDX-License-Identifier: Apache-2.0
#include "core/row/guarded_row.h"

namespace workbench {

GuardedRow GuardedBatch::operator[](std::size_t place) const
{
    const Entry& entry = m_entries[place];
    GuardedRow row;
    row.m_bytes = std::string_view(m_bytes).substr(entry.offset, entry.length);
    row.m_withheld = entry.withheld;
    row.m_source = entry.source;
    row.m_industry = entry.industry;
    return row;
}

void GuardedBatch::clear()
{
    m_bytes.clear();
    m_entries.clear();
}

} // namespace workbench
