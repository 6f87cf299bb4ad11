// SPDX-License-Identifier: Apache-2.0
/// The plan together with what acting on it needs. For publish() alone.
#pragma once

#include "core/hub/publish.h"
#include "core/hub/publish_files.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace workbench {

/// The last words of a refusal because nobody answers.
inline constexpr std::string_view BundleStays
    = "The bundle is complete on this computer and can be published later.";

struct PlannedPublish {
    PublishPlan plan;
    std::vector<CommitFile> files; ///< the whole bundle, by path
    RemoteTree tree; ///< at plan.head
};

[[nodiscard]] Result<PlannedPublish> planWithFiles(const PublishRequest& request, HubClient& client,
    const std::stop_token& stop, const PublishProgressFn& progress, const PublishPlanFn& begun = {});

/// In its place among the others; what was found first makes room, for a Hub that answered once may stop.
void putCheck(PublishPlan& plan, PublishCheck check);

/// The Hub knows who asks and says no.
[[nodiscard]] bool isAboutRights(HubFault fault);

/// What a failed call means for the check that it fails.
[[nodiscard]] PublishReason reasonOf(const HubError& error);

/// Why a repository as it is may not get one byte; nothing when it may.
[[nodiscard]] std::optional<std::string> privacyRefusal(bool wantPrivate, const RepoInfo& info);

/// A failed call as the sentences of a refusal. `tokenFoundIn` names the place in which another token helps.
[[nodiscard]] std::string hubRefusal(
    const HubError& error, const std::string& repo, const std::string& tokenFoundIn = {});

} // namespace workbench
