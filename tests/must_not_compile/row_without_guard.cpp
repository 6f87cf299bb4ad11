// SPDX-License-Identifier: Apache-2.0
// A row that may leave comes from the guard; nobody makes one.
#include "core/row/guarded_row.h"

workbench::GuardedRow take(const workbench::GuardedBatch& batch)
{
#ifdef MISUSE
    static_cast<void>(batch);
    return workbench::GuardedRow();
#else
    return batch[0];
#endif
}
