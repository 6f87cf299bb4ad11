// SPDX-License-Identifier: Apache-2.0
// What is written is a guarded row: an example as it was read is not taken for one.
#include "core/job/scan.h"

workbench::Result<void> write(
    workbench::ScanSink& sink, const workbench::GuardedRow& row, const workbench::TrainingExample& example)
{
#ifdef MISUSE
    static_cast<void>(row);
    return sink.accept(example, {}, {});
#else
    static_cast<void>(example);
    return sink.accept(row, {}, {});
#endif
}
