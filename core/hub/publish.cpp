// SPDX-License-Identifier: Apache-2.0
#include "core/hub/publish.h"

#include "core/hub/lfs_upload.h"
#include "core/hub/publish_plan.h"
#include "core/hub/retry_delay.h"

#include <algorithm>

namespace workbench {

namespace {

constexpr const char* Trailer = "Bundle-Digest: ";

Error refused(std::string message, const std::string& where)
{
    return {ErrorCode::PushRefused, std::move(message), where};
}

Error errorOf(const HubError& error, const std::string& repo)
{
    if (error.fault == HubFault::Cancelled) {
        return {ErrorCode::Cancelled, "Cancelled.", {}};
    }
    return refused(hubRefusal(error, repo), repo);
}

/// "README.md, dataset.jsonl and 3 more"
std::string listed(const std::vector<std::string>& paths)
{
    constexpr std::size_t Named = 3;
    std::string text;
    for (std::size_t i = 0; i < std::min(paths.size(), Named); ++i) {
        text += (i == 0 ? "" : ", ") + paths[i];
    }
    return paths.size() > Named ? text + " and " + std::to_string(paths.size() - Named) + " more" : text;
}

/// What stands differently at two revisions.
std::vector<std::string> changedPaths(const RemoteTree& before, const RemoteTree& after)
{
    std::vector<std::string> paths;
    for (const auto& [path, file] : after) {
        const auto old = before.find(path);
        if (old == before.end() || old->second.gitBlob != file.gitBlob || old->second.sha256 != file.sha256) {
            paths.push_back(path);
        }
    }
    for (const auto& [path, file] : before) {
        if (!after.contains(path)) {
            paths.push_back(path);
        }
    }
    return paths;
}

/// One publishing from plan to read-back.
class Publishing {
public:
    Publishing(const PublishRequest& request, HubClient& client, const std::stop_token& stop,
        const PublishProgressFn& progress)
        : m_request(request)
        , m_client(client)
        , m_stop(stop)
        , m_progress(progress)
    {
    }

    PublishOutcome run()
    {
        auto planned = planWithFiles(m_request, m_client, m_stop, m_progress);
        if (!planned) {
            m_outcome.error = planned.error();
            return std::move(m_outcome);
        }
        m_files = std::move(planned->files);
        m_treeBefore = std::move(planned->tree);
        m_outcome.plan = std::move(planned->plan);
        if (const PublishCheck* const refusal = plan().refusal()) {
            const bool schema = refusal->kind == PublishCheckKind::Schema;
            m_outcome.error = Error {
                schema ? ErrorCode::SchemaMismatch : ErrorCode::PushRefused, refusal->detail, m_request.repo};
            return std::move(m_outcome);
        }
        if (plan().changesNothing()) {
            done(plan().head);
            return std::move(m_outcome);
        }
        if (auto failed = act()) {
            m_outcome.error = std::move(failed);
        }
        return std::move(m_outcome);
    }

private:
    PublishPlan& plan() { return m_outcome.plan; }

    std::optional<Error> act()
    {
        if (!plan().repoExists) {
            if (auto failed = create()) {
                return failed;
            }
        }
        if (auto failed = upload()) {
            return failed;
        }
        if (auto failed = commit()) {
            return failed;
        }
        return readBack();
    }

    std::optional<Error> create()
    {
        report(PublishPhase::Asking);
        if (!plan().user) {
            auto user = m_client.whoami(m_stop);
            if (!user) {
                return errorOf(user.error, m_request.repo);
            }
            plan().user = *user;
        }
        const auto created
            = m_client.createRepo(m_request.repo, m_request.wantPrivate, plan().user->name, m_stop);
        if (!created) {
            return errorOf(created.error, m_request.repo);
        }
        // What was asked for is not what is: an organization's rule or an older repository may have won.
        const auto info = m_client.repoInfo(m_request.repo, m_stop);
        if (!info) {
            return errorOf(info.error, m_request.repo);
        }
        if (const auto refusal = privacyRefusal(m_request.wantPrivate, *info)) {
            return refused(*refusal, m_request.repo);
        }
        plan().repoExists = true;
        plan().isPrivate = info->isPrivate;
        plan().head = info->head;
        auto tree = m_client.tree(m_request.repo, info->head, m_stop);
        if (!tree) {
            return errorOf(tree.error, m_request.repo);
        }
        m_treeBefore = std::move(*tree);
        plan().files = planFiles(m_files, m_treeBefore);
        return std::nullopt;
    }

    std::optional<Error> upload()
    {
        for (const PlannedFile& planned : plan().files) {
            if (planned.change == FileChange::Added || planned.change == FileChange::Replaced) {
                const auto file = std::find_if(m_files.begin(), m_files.end(),
                    [&planned](const CommitFile& each) { return each.path == planned.path; });
                m_changed.push_back(*file);
            }
        }
        if (m_changed.empty()) {
            return std::nullopt; // deletions alone
        }
        report(PublishPhase::Asking);
        auto modes = m_client.preupload(m_request.repo, plan().branch, m_changed, m_stop);
        if (!modes) {
            return errorOf(modes.error, m_request.repo);
        }
        std::vector<const CommitFile*> large;
        for (CommitFile& file : m_changed) {
            const UploadMode mode = modes->at(file.path);
            if (mode.ignored) {
                return refused("The repository's .gitignore leaves out " + file.path
                        + ", so the bundle would not arrive whole. Nothing has been committed.",
                    file.path);
            }
            file.lfs = mode.lfs && file.identity.bytes > 0; // storage takes no empty objects
            if (file.lfs) {
                large.push_back(&file);
            }
        }
        const auto failed = uploadLfs(
            m_client, m_request.repo, plan().branch, large,
            [this](const CommitFile& file, std::uint64_t sent) { reportSent(file, sent); }, m_stop);
        return failed ? std::optional<Error>(errorOf(*failed, m_request.repo)) : std::nullopt;
    }

    CommitRequest commitRequest()
    {
        CommitRequest request;
        request.summary = plan().commitMessage;
        request.description = Trailer + plan().bundleDigest;
        request.parentCommit = plan().head;
        request.files = m_changed;
        for (const PlannedFile& planned : plan().files) {
            if (planned.change == FileChange::Deleted) {
                request.deletions.push_back(planned.path);
            }
        }
        return request;
    }

    /// One commit. What an answer does not say, the repository does; with the parent named, sending the same
    /// commit again can never make a second one.
    std::optional<Error> commit()
    {
        const CommitRequest request = commitRequest();
        for (int tries = 0;; ++tries) {
            report(PublishPhase::Committing);
            const auto made = m_client.commit(
                m_request.repo, plan().branch, request, [this](std::uint64_t sent) { reportCommit(sent); },
                m_stop);
            if (made) {
                m_outcome.committed = true;
                done(*made);
                return std::nullopt;
            }
            const bool mayHaveHappened = made.error.fault == HubFault::ServerTrouble
                || made.error.fault == HubFault::Stale || made.error.fault == HubFault::NotAHub
                || made.error.fault == HubFault::Cancelled;
            if (mayHaveHappened) {
                const Settled settled = settle(made.error);
                if (settled != Settled::NotThere) {
                    return settled == Settled::Ours ? std::nullopt : std::move(m_settleError);
                }
            }
            const bool again
                = made.error.fault == HubFault::Locked || made.error.fault == HubFault::ServerTrouble;
            if (!again || tries >= MaxRetries) {
                Error error = errorOf(made.error, m_request.repo);
                if (error.code != ErrorCode::Cancelled) {
                    error.message += " Nothing was committed.";
                }
                return error;
            }
            if (!m_client.wait(made.error.message, backoffDelay(tries), m_stop)) {
                return Error {ErrorCode::Cancelled, "Cancelled.", {}};
            }
        }
    }

    enum class Settled : std::uint8_t { Ours, NotThere, Failed };

    /// The commit's answer is missing or doubtful: looks whether it happened.
    Settled settle(const HubError& why)
    {
        // A person who cancelled still wants to know what became of it; so this goes on for a moment by
        // itself.
        const std::stop_token look = why.fault == HubFault::Cancelled ? std::stop_token() : m_stop;
        const int looks = why.fault == HubFault::Cancelled ? 1 : 4;
        for (int i = 0; i < looks; ++i) {
            const auto info = m_client.repoInfo(m_request.repo, look);
            if (!info) {
                m_outcome.unknown = true;
                m_settleError
                    = Error {why.fault == HubFault::Cancelled ? ErrorCode::Cancelled : ErrorCode::PushRefused,
                        "The Hub did not confirm the commit and cannot be read now, so nobody can say "
                        "whether it was made. "
                        "Publish the same bundle again later: it finds the commit if there is one and makes "
                        "no second. ("
                            + why.message + ")",
                        m_request.repo};
                return Settled::Failed;
            }
            if (info->head != plan().head) {
                return judge(info->head, look);
            }
            // The Hub may still be at work on it, or what was read lags behind.
            if (i + 1 < looks && !m_client.wait(why.message, backoffDelay(i), look)) {
                break;
            }
        }
        return Settled::NotThere;
    }

    /// The branch has moved: by our commit, or by somebody else's?
    Settled judge(const std::string& head, const std::stop_token& look)
    {
        if (const auto commits = m_client.commits(m_request.repo, head, look)) {
            for (const CommitTitle& commit : *commits) {
                if (commit.id == plan().head) {
                    break;
                }
                if (commit.message.find(Trailer + plan().bundleDigest) != std::string::npos) {
                    m_outcome.committed = true;
                    done(commit.id);
                    return Settled::Ours;
                }
            }
        }
        const auto tree = m_client.tree(m_request.repo, head, look);
        if (tree && differences(m_files, plan().files, *tree).empty()) {
            m_outcome.committed = true;
            done(head);
            return Settled::Ours;
        }
        std::string what;
        if (tree) {
            what = " Changed there: " + listed(changedPaths(m_treeBefore, *tree)) + ".";
        }
        m_settleError
            = refused(m_request.repo + " was changed by somebody else while this was published (now at "
                    + head.substr(0, 8) + ")." + what
                    + " Nothing of this bundle was committed. Look at that change, then publish again to put "
                      "this bundle in its place.",
                m_request.repo);
        return Settled::Failed;
    }

    std::optional<Error> readBack()
    {
        report(PublishPhase::ReadingBack);
        constexpr int Looks = 3; // a fresh revision may take a moment to be readable everywhere
        HubError last;
        for (int i = 0; i < Looks; ++i) {
            const auto tree = m_client.tree(m_request.repo, m_outcome.revision, m_stop);
            if (tree) {
                const auto wrong = differences(m_files, plan().files, *tree);
                if (wrong.empty()) {
                    m_outcome.changesReadBack
                        = static_cast<std::size_t>(std::count_if(plan().files.begin(), plan().files.end(),
                            [](const PlannedFile& file) { return file.change != FileChange::Same; }));
                    return std::nullopt;
                }
                return refused("The Hub holds other bytes than were sent at revision " + m_outcome.revision
                        + ": " + listed(wrong) + ". Do not use that revision; publish again.",
                    m_request.repo);
            }
            last = tree.error;
            if (last.fault != HubFault::NotFound
                || (i + 1 < Looks && !m_client.wait(last.message, backoffDelay(i), m_stop))) {
                break;
            }
        }
        Error error = errorOf(last, m_request.repo);
        error.message = "The commit " + m_outcome.revision.substr(0, 8)
            + " was made, but could not be read back. " + error.message;
        return error;
    }

    void done(const std::string& revision)
    {
        m_outcome.published = true;
        m_outcome.revision = revision;
        m_outcome.url = m_client.endpoint().base() + "/datasets/" + m_request.repo + "/commit/" + revision;
    }

    void report(PublishPhase phase)
    {
        m_now.phase = phase;
        m_now.file.clear();
        m_now.bytes = plan().bytesToSend;
        if (m_progress) {
            m_progress(m_now);
        }
    }

    void reportSent(const CommitFile& file, std::uint64_t sent)
    {
        if (m_now.file != file.path) {
            m_sentBefore += m_now.fileBytes;
        }
        m_now.phase = PublishPhase::Uploading;
        m_now.file = file.path;
        m_now.fileBytes = file.identity.bytes;
        m_now.fileSent = sent;
        m_now.bytes = plan().bytesToSend;
        m_now.sent = std::min(m_sentBefore + sent, m_now.bytes);
        if (m_progress) {
            m_progress(m_now);
        }
    }

    /// Small files travel in the commit as Base64: four bytes for three.
    void reportCommit(std::uint64_t sent)
    {
        const std::uint64_t large = m_sentBefore + m_now.fileBytes;
        m_now.phase = PublishPhase::Committing;
        m_now.sent = std::min(large + sent / 4 * 3, m_now.bytes);
        if (m_progress) {
            m_progress(m_now);
        }
    }

    const PublishRequest& m_request;
    HubClient& m_client;
    const std::stop_token& m_stop;
    const PublishProgressFn& m_progress;
    PublishOutcome m_outcome;
    std::vector<CommitFile> m_files; ///< the whole bundle
    std::vector<CommitFile> m_changed; ///< added and replaced
    RemoteTree m_treeBefore;
    std::optional<Error> m_settleError;
    PublishProgress m_now;
    std::uint64_t m_sentBefore = 0; ///< bytes of large files that are through
};

} // namespace

PublishOutcome publish(const PublishRequest& request, HubClient& client, const std::stop_token& stop,
    const PublishProgressFn& progress)
{
    return Publishing(request, client, stop, progress).run();
}

Result<DatasetInfo> publishedInfo(
    HubClient& client, const std::string& reference, const std::stop_token& stop)
{
    constexpr std::uint64_t LargestInfo = 64U << 20;
    const std::size_t at = reference.find('@');
    const std::string repo = reference.substr(0, at);
    const std::string revision = at == std::string::npos ? "main" : reference.substr(at + 1);
    if (const auto problem = repoIdProblem(repo); problem || revision.empty()) {
        return Error {ErrorCode::Usage,
            "hub:" + reference + " names no repository" + (problem ? ": " + *problem : std::string())
                + ". Use hub:OWNER/NAME or hub:OWNER/NAME@REVISION.",
            reference};
    }
    const auto text = client.fetch(repo, revision, "dataset_info.json", LargestInfo, stop);
    if (!text) {
        return errorOf(text.error, repo);
    }
    return parseDatasetInfo(*text, "hub:" + reference);
}

} // namespace workbench
