// SPDX-License-Identifier: Apache-2.0
/// A real bundle on disk, a Hub on the loopback address, and a push from one to the other.
#pragma once

#include "core/job/push_job.h"
#include "tests/support/fake_hub/fake_hub.h"
#include "tests/support/temporary_folder.h"

#include <chrono>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace workbench {

class HubWorld {
public:
    static constexpr const char* Repo = "lab/signals";

    /// With four rows in three splits, exported as job "first" (once a process, then copied).
    explicit HubWorld(fakehub::HubOptions options = {}, const fakehub::Tls& tls = {});

    /// Writes another bundle: `rows` of source mock, industry hvac, in one split.
    void exportFewer(const std::string& jobId, int rows = 2) const;
    /// By the shipped schema of that name.
    void exportWith(const std::string& jobId, const std::string& schemaName) const;

    /// One row in which just these features have a value; no keys: all of them.
    void exportWithValuesFor(const std::string& jobId, const std::vector<std::string>& keys) const;
    /// The files of another bundle of the same schema, one row of it, by path.
    [[nodiscard]] static const std::map<std::string, std::string>& olderBundle();
    /// The bytes of everything in a bundle's folder, by name.
    [[nodiscard]] std::vector<std::string> bundleBytes(const std::string& jobId) const;

    /// Everything allowed, private wanted, waits that do not wait.
    [[nodiscard]] PushJob job(const std::string& jobId = "first", const char* token = nullptr);
    PushResult push(const std::string& jobId = "first");
    PushResult push(const PushJob& job);

    /// Whether the Hub holds just the files of that bundle, byte for byte, beside `.gitattributes`.
    [[nodiscard]] bool holds(const std::string& jobId) const;
    [[nodiscard]] std::optional<PushReceipt> receipt(const std::string& jobId = "first") const;

    TemporaryFolder folder;
    fakehub::FakeHub hub;
    std::vector<std::chrono::milliseconds> waits;
    std::stop_source stop;
};

/// What a refusal may leave behind: nothing on the Hub, and not a byte of content on its way there.
[[nodiscard]] bool nothingLeft(const fakehub::FakeHub& hub);
/// Null when the plan does not list it.
[[nodiscard]] const PublishCheck* checkOf(const PublishPlan& plan, PublishCheckKind kind);

} // namespace workbench
