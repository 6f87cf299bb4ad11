// SPDX-License-Identifier: GPL-3.0-or-later
/// The body of POST …/export: a small JSON object to what the queue is asked for.
#pragma once

#include "core/base/result.h"
#include "core/job/job_queue.h"

#include <string_view>

namespace workbench {

/// What a body leaves unsaid.
struct OrderDefaults {
    SchemaPtr schema; ///< tells which sources there are
    std::uint64_t maxRows = 50000;
    SplitStrategy split = SplitStrategy::BySourceIndustry;
    std::string repo;
};

/// An empty body asks for the defaults. Errors: Usage, one sentence that names the field and what is allowed,
/// and quotes nothing of what was sent but the name of an unknown field, when that looks like one.
[[nodiscard]] Result<QueuedExport> parseOrder(std::string_view body, const OrderDefaults& defaults);

} // namespace workbench
