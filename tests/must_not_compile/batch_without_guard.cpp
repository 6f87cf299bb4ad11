// SPDX-License-Identifier: Apache-2.0
// Nor can anybody else put bytes among the accepted rows.
#include "core/row/guarded_row.h"

std::size_t smuggle(workbench::GuardedBatch& batch)
{
#ifdef MISUSE
    batch.m_bytes += "anything";
#endif
    batch.clear();
    return batch.size();
}
