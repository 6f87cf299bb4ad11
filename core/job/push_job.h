// SPDX-License-Identifier: Apache-2.0
/// Publishes a bundle and writes down truthfully what became of it.
#pragma once

#include "core/hub/hub_settings.h"
#include "core/hub/publish.h"
#include "core/job/job_record.h"
#include "core/schema/schema_reference.h"

#include <chrono>
#include <optional>
#include <stop_token>
#include <string>

namespace workbench {

struct PushJob {
    PublishRequest publish; ///< hasToken and tokenFoundIn are filled in from `hub`
    HubSettings hub;
    Waiter waiter; ///< realWaiter() outside tests
    WaitNotice onWait; ///< may be empty
    /// Silence after which a request is given up; the Hub's own time for a commit when not set.
    std::optional<std::chrono::milliseconds> stall {};
    /// As HubClientOptions: for a person who waits for an answer.
    std::optional<std::chrono::milliseconds> patience {};
};

struct PushResult {
    PublishOutcome outcome;
    PushReceipt receipt;
};

/// Reads only. Errors as planPublish().
[[nodiscard]] Result<PublishPlan> planPush(const PushJob& job, const std::stop_token& stop,
    const PublishProgressFn& progress, const PublishPlanFn& begun = {});

/// Publishes, and puts the receipt into the record of the job that wrote the bundle, when there is one beside
/// it and no other run by the same id.
[[nodiscard]] PushResult runPush(
    const PushJob& job, const std::stop_token& stop, const PublishProgressFn& progress);

/// What the record of the job that wrote the bundle says of its last push; nothing where there is none.
[[nodiscard]] std::optional<PushReceipt> lastReceipt(const std::string& bundleDir);

/// Whose token it is and what it may do with the repository.
struct HubAccess {
    HubUser user;
    bool repoExists = false;
    std::optional<bool> isPrivate; ///< as the Hub says
    std::optional<bool> mayWrite; ///< nothing when only publishing would show it
};

/// Asks and changes nothing. Errors: PushRefused with a sentence and its remedy, Cancelled.
[[nodiscard]] Result<HubAccess> askHubAccess(const PushJob& job, const std::stop_token& stop);

/// The schema of a published dataset, `OWNER/NAME[@REVISION]`. Errors: Io when the Hub cannot be asked, Usage
/// when that names or holds no schema, Cancelled.
[[nodiscard]] Result<SchemaReference> loadHubSchema(
    const PushJob& job, const std::string& reference, const std::stop_token& stop);

} // namespace workbench
