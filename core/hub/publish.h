// SPDX-License-Identifier: Apache-2.0
/// A verified bundle to one commit on the Hub, or nothing at all (contract, section 7).
#pragma once

#include "core/base/result.h"
#include "core/bundle/bundle_verifier.h"
#include "core/bundle/dataset_info.h"
#include "core/hub/hub_client.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace workbench {

struct PublishRequest {
    std::string bundleDir;
    std::string repo; ///< OWNER/NAME
    bool wantPrivate
        = true; ///< HF_DATASET_PRIVATE: not one byte leaves before the repo is known to be private
    bool enabled = false; ///< HF_EXPORT_ENABLED
    bool offline = false; ///< HF_HUB_OFFLINE
    bool hasToken = false;
    bool tokenSwitchedOff = false; ///< HF_HUB_DISABLE_IMPLICIT_TOKEN
    std::string tokenFoundIn;
    std::string tokenCaution; ///< HubToken::caution(): a warning, no refusal
    std::string commitMessage; ///< empty: one is made of rows and schema hash; else problemOfCommitMessage()
    bool allowSchemaChange = false;
    bool askWhoseToken = false; ///< one request more; for people who want to see it
    SchemaPtr schema; ///< to guard the rows again with; null: the shipped one of that fingerprint
    unsigned threads = 1;
    /// When set: the head that was shown to a person. Another one now is a refusal, not a surprise.
    std::optional<std::string> expectedHead;
    /// When set: the digest of the bundle that was shown. Another one in its place was reviewed by nobody.
    std::optional<std::string> expectedDigest;
};

enum class CheckState : std::uint8_t {
    Passed,
    Warning, ///< worth reading; refuses nothing
    Failed,
    Open, ///< not looked at, because an earlier one failed
};

/// In the order in which they refuse.
enum class PublishCheckKind : std::uint8_t {
    SwitchedOn,
    Token,
    Online,
    RepoName,
    CommitMessage,
    BundleVerifies,
    FeaturesWithoutValue, ///< warns, never refuses
    HubAnswers,
    MayWrite,
    Private,
    Schema,
    HeadAsShown,
    LastPush, ///< listed only where the last one was not read back and the Hub does not hold the bundle;
              ///< warns
};

/// What a failed check means, where its kind alone does not tell.
enum class PublishReason : std::uint8_t {
    Other, ///< `detail` says it
    NoToken, ///< none was found
    MayNotWrite, ///< the token is known and may not
    NoAnswer, ///< nobody answers
    Trouble, ///< somebody answers, and not as a Hub should
    NotVerified, ///< the bundle could not be looked at to its end
    NotAsShown, ///< it is another bundle than a person was shown
};

struct PublishCheck {
    PublishCheckKind kind = PublishCheckKind::SwitchedOn;
    CheckState state = CheckState::Open;
    std::string detail; ///< Failed: the refusal as one sentence. Else what was found, or empty.
    PublishReason reason = PublishReason::Other;
};

enum class FileChange : std::uint8_t { Deleted, Added, Replaced, Same };

struct PlannedFile {
    std::string path;
    FileChange change = FileChange::Same;
    std::uint64_t before = 0; ///< bytes on the Hub now
    std::uint64_t after = 0;
};

/// What the repository holds now. Not to know it is another thing than that there is nothing.
struct PublishedDataset {
    enum class State : std::uint8_t {
        NotKnown, ///< the Hub was not asked or did not say, or what is there does not describe itself
        Nothing, ///< no repository, or no dataset in it
        Known,
    };
    State state = State::NotKnown;
    DatasetInfo info; ///< when known

    [[nodiscard]] bool known() const { return state == State::Known; }
};

/// What publishing would do. Made by reading alone; nothing is sent but questions.
struct PublishPlan {
    std::string repo;
    std::string host;
    std::string branch = "main";
    std::vector<PublishCheck> checks;
    bool repoExists = false;
    std::optional<bool> isPrivate; ///< as the Hub says; nothing when there is no such repo yet
    std::optional<HubUser> user; ///< when asked for
    std::string head; ///< 40 hex digits; empty without a repo
    std::vector<PlannedFile> files; ///< deleted, added, replaced, the same; by path within each
    std::uint64_t bytesToSend = 0; ///< of added and replaced files
    Verification verification; ///< of the bundle
    PublishedDataset published; ///< before anything is sent
    std::string commitMessage; ///< empty when it is refused: it is not repeated
    std::string bundleDigest; ///< "sha256:…" over the sorted list of files and hashes

    /// The first refusal, or nothing.
    [[nodiscard]] const PublishCheck* refusal() const;
    [[nodiscard]] bool changesNothing() const; ///< the repo holds just this already
};

enum class PublishPhase : std::uint8_t { Verifying, Asking, Uploading, Committing, ReadingBack, Waiting };

struct PublishProgress {
    PublishPhase phase = PublishPhase::Verifying;
    std::string file; ///< path being sent, or empty
    std::uint64_t fileBytes = 0;
    std::uint64_t fileSent = 0;
    std::uint64_t bytes = 0; ///< in all
    std::uint64_t sent = 0;
    std::string note; ///< Waiting: why
    std::uint64_t waitMs = 0;
};

using PublishProgressFn = std::function<void(const PublishProgress&)>;

/// Told once what is known before the Hub is asked: rows, message, the checks here at home; the rest is open.
using PublishPlanFn = std::function<void(const PublishPlan&)>;

/// How it ended. Either the whole bundle is the branch's content, or the branch is as it was.
struct PublishOutcome {
    PublishPlan plan;
    bool begun = false; ///< more than questions went to the Hub
    bool published = false; ///< the Hub holds the bundle (also when it did before)
    bool committed = false; ///< a commit was made for it
    std::string revision; ///< 40 hex digits when published
    std::string url;
    std::size_t changesReadBack = 0;
    /// As the Hub said after the commit; nothing when it was not asked, or did not say.
    std::optional<bool> privateAfter;
    /// PushRefused, SchemaMismatch, Cancelled. Also with `published`, when the Hub holds the bundle and
    /// something about it is not as it has to be: it could not be read back, or the repository is not private
    /// any more.
    std::optional<Error> error;
    /// The one case in which nobody can say: all of the commit was sent, its answer was lost or no clear one,
    /// and the Hub cannot be read or has not made it yet. The next publish of the same bundle finds out by
    /// its digest.
    bool unknown = false;
};

/// Errors: Io when the bundle cannot be read, Cancelled. A refusal is part of the plan.
[[nodiscard]] Result<PublishPlan> planPublish(const PublishRequest& request, HubClient& client,
    const std::stop_token& stop, const PublishProgressFn& progress, const PublishPlanFn& begun = {});

/// Plans, and when nothing refuses, acts: creates the repo when missing, uploads what the Hub does not have,
/// makes one commit with additions and deletions, reads every size and hash back. Where private is wanted,
/// the repository's visibility is asked for again right before each try of the commit, and after it.
[[nodiscard]] PublishOutcome publish(const PublishRequest& request, HubClient& client,
    const std::stop_token& stop, const PublishProgressFn& progress);

/// The dataset_info.json of a published dataset, `OWNER/NAME[@REVISION]`. Errors: as publishedInfo().
[[nodiscard]] Result<std::string> publishedInfoText(
    HubClient& client, const std::string& reference, const std::stop_token& stop);

/// The same, read. Errors: PushRefused, Usage, Cancelled.
[[nodiscard]] Result<DatasetInfo> publishedInfo(
    HubClient& client, const std::string& reference, const std::stop_token& stop);

} // namespace workbench
