// SPDX-License-Identifier: Apache-2.0
#include "core/row/guarded_row.h"

namespace workbench {

void GuardedBatch::clear()
{
    m_bytes.clear();
    m_entries.clear();
}

} // namespace workbench
