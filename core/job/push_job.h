// SPDX-License-Identifier: Apache-2.0
/// Publishes a bundle and writes down truthfully what became of it.
#pragma once

#include "core/hub/hub_settings.h"
#include "core/hub/publish.h"
#include "core/job/job_record.h"

#include <stop_token>
#include <string>

namespace workbench {

struct PushJob {
    PublishRequest publish; ///< hasToken and tokenFoundIn are filled in from `hub`
    HubSettings hub;
    Waiter waiter; ///< realWaiter() outside tests
    WaitNotice onWait; ///< may be empty
};

struct PushResult {
    PublishOutcome outcome;
    PushReceipt receipt;
};

/// Reads only. Errors as planPublish().
[[nodiscard]] Result<PublishPlan> planPush(
    const PushJob& job, const std::stop_token& stop, const PublishProgressFn& progress);

/// Publishes, and puts the receipt into the record of the job that wrote the bundle, when there is one beside
/// it.
[[nodiscard]] PushResult runPush(
    const PushJob& job, const std::stop_token& stop, const PublishProgressFn& progress);

} // namespace workbench
