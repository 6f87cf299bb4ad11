// SPDX-License-Identifier: Apache-2.0
/// One commit, and the truth about it when its answer is lost. For publish() alone.
#pragma once

#include "core/hub/hub_client.h"
#include "core/hub/publish.h"

#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace workbench {

struct CommitTask {
    std::string repo;
    std::string branch;
    std::string bundleDigest;
    CommitRequest request; ///< parentCommit is the head that the plan was made at
    std::vector<CommitFile> files; ///< the whole bundle
    std::vector<PlannedFile> plan;
    RemoteTree treeBefore; ///< at parentCommit
    /// Asked before each try, with the repository as it is then: a sentence forbids it. May be empty.
    std::function<std::optional<std::string>(const RepoInfo&)> whyNot {};
};

/// One of `revision`, `error`, or `error` with `unknown`.
struct CommitEnd {
    std::string revision; ///< 40 hex digits when the commit is there
    std::optional<Error> error;
    bool unknown = false; ///< nobody can say whether it was made
    bool noRight = false; ///< the Hub knows who asks and says no
};

/// The last line of the description: what a lost commit is found again by.
[[nodiscard]] std::string bundleTrailer(const std::string& bundleDigest);

/// Never makes a second commit: the parent is named, so that sending the same again can only be refused.
/// Tries again, as often and after such waits as the Hub's protocol says, what did not happen or may not have
/// happened; once a try may still have an effect, only the Hub's word ends the doubt: another commit on the
/// branch, a 412.
[[nodiscard]] CommitEnd commitOnce(HubClient& client, const CommitTask& task,
    const std::function<void(std::uint64_t sent)>& sent, const std::stop_token& stop);

} // namespace workbench
