// SPDX-License-Identifier: Apache-2.0
#include "core/hub/publish.h"

#include "core/bundle/bundle_names.h"
#include "core/hub/lfs_upload.h"
#include "core/hub/publish_commit.h"
#include "core/hub/publish_plan.h"
#include "core/hub/retry_delay.h"

#include <algorithm>

namespace workbench {

namespace {

Error refused(std::string message, const std::string& where)
{
    return {ErrorCode::PushRefused, std::move(message), where};
}

Error errorOf(const HubError& error, const std::string& repo, const std::string& tokenFoundIn = {})
{
    if (error.fault == HubFault::Cancelled) {
        return cancelledError();
    }
    return refused(hubRefusal(error, repo, tokenFoundIn), repo);
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
        if (auto error = act()) {
            m_outcome.error = std::move(error);
        }
        return std::move(m_outcome);
    }

private:
    PublishPlan& plan() { return m_outcome.plan; }

    /// What the Hub refuses in the end is what the check was about, whatever was found beforehand.
    Error failed(const HubError& error)
    {
        Error refusal = errorOf(error, m_request.repo, m_request.tokenFoundIn);
        if (isAboutRights(error.fault)) {
            putCheck(
                plan(), {PublishCheckKind::MayWrite, CheckState::Failed, refusal.message, reasonOf(error)});
        }
        return refusal;
    }

    std::optional<Error> act()
    {
        m_outcome.begun = true;
        if (!plan().repoExists) {
            if (auto error = create()) {
                return error;
            }
        }
        if (auto error = upload()) {
            return error;
        }
        if (auto error = commit()) {
            return error;
        }
        auto exposed = checkPrivateAfter();
        auto error = readBack();
        if (error && exposed) {
            error->message += " " + exposed->message;
        }
        return error ? error : exposed;
    }

    std::optional<Error> create()
    {
        report(PublishPhase::Asking);
        if (!plan().user) {
            auto user = m_client.whoami(m_stop);
            if (!user) {
                return failed(user.error);
            }
            plan().user = *user;
        }
        HubResult<RepoInfo> info;
        for (int tries = 0; !info; ++tries) {
            const auto created
                = m_client.createRepo(m_request.repo, m_request.wantPrivate, plan().user->name, m_stop);
            if (!created) {
                return failed(created.error);
            }
            // What was asked for is not what is: an organization's rule or an older repository may have won.
            info = m_client.repoInfo(m_request.repo, m_stop);
            // "Exists" and yet not there: another operation on that name is still going on.
            const bool again = !info && info.error.fault == HubFault::NotFound && tries < MaxRetries;
            if (!info && (!again || !m_client.wait(info.error.message, backoffDelay(tries), m_stop))) {
                return failed(info.error);
            }
        }
        if (const auto refusal = privacyRefusal(m_request.wantPrivate, *info)) {
            return refused(*refusal, m_request.repo);
        }
        plan().repoExists = true;
        plan().isPrivate = info->isPrivate;
        plan().head = info->head;
        auto tree = m_client.tree(m_request.repo, info->head, m_stop);
        if (!tree) {
            return failed(tree.error);
        }
        m_treeBefore = std::move(*tree);
        if (m_treeBefore.contains(InfoName)) {
            return refused(m_request.repo
                    + " holds a dataset, although it was not there a moment ago. Nothing was sent. Look at "
                      "it, "
                      "then publish again.",
                m_request.repo); // its schema has not been compared
        }
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
            return failed(modes.error);
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
        const auto broken = uploadLfs(
            m_client, m_request.repo, plan().branch, large,
            [this](const CommitFile& file, std::uint64_t sent) { reportSent(file, sent); }, m_stop);
        if (broken) {
            return failed(*broken);
        }
        for (const CommitFile* const file : large) {
            if (const auto still = checkUnchanged(file->localPath, file->identity); !still) {
                return still.error();
            }
        }
        return std::nullopt;
    }

    std::optional<Error> commit()
    {
        CommitTask task {plan().repo, plan().branch, plan().bundleDigest, {}, m_files, plan().files,
            std::move(m_treeBefore)};
        task.request.summary = plan().commitMessage;
        task.request.description = bundleTrailer(plan().bundleDigest);
        task.request.parentCommit = plan().head;
        task.request.files = m_changed;
        for (const PlannedFile& planned : plan().files) {
            if (planned.change == FileChange::Deleted) {
                task.request.deletions.push_back(planned.path);
            }
        }
        if (m_request.wantPrivate) {
            task.whyNot = [this](const RepoInfo& now) { return notPrivateAnyMore(now); };
        }
        report(PublishPhase::Committing);
        CommitEnd end = commitOnce(
            m_client, task, [this](std::uint64_t sent) { reportCommit(sent); }, m_stop);
        m_outcome.unknown = end.unknown;
        if (end.noRight) {
            putCheck(plan(),
                {PublishCheckKind::MayWrite, CheckState::Failed, end.error->message,
                    PublishReason::MayNotWrite});
        }
        if (!end.error) {
            m_outcome.committed = true;
            done(end.revision);
        }
        return std::move(end.error);
    }

    /// Between the plan and the commit somebody may have made the repository public, or an upload may have
    /// taken an hour.
    std::optional<std::string> notPrivateAnyMore(const RepoInfo& now)
    {
        const auto refusal = privacyRefusal(true, now);
        if (!refusal) {
            return std::nullopt;
        }
        plan().isPrivate = now.isPrivate;
        return "The repository was private when this began. " + *refusal;
    }

    /// The rows are there now: if they can be seen, a person has to know at once.
    std::optional<Error> checkPrivateAfter()
    {
        if (!m_request.wantPrivate) {
            return std::nullopt;
        }
        report(PublishPhase::ReadingBack);
        const std::string made = "The commit " + m_outcome.revision.substr(0, 8) + " was made, but ";
        const auto info = m_client.repoInfo(m_request.repo, m_stop);
        if (!info) {
            Error error = errorOf(info.error, m_request.repo);
            error.message
                = made + "whether the repository is still private could not be asked. " + error.message;
            return error;
        }
        m_outcome.privateAfter = info->isPrivate;
        plan().isPrivate = info->isPrivate;
        if (info->isPrivate == true) {
            return std::nullopt;
        }
        return refused(info->isPrivate == false
                ? made
                    + "the repository is public now: everybody can read it. Make it private on the Hub under "
                      "Settings, Visibility."
                : made + "the Hub does not say any more whether the repository is private. Look at it there.",
            m_request.repo);
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
                m_outcome.published = false;
                return refused("The Hub holds other bytes than were sent at revision " + m_outcome.revision
                        + ": " + wrong.front()
                        + (wrong.size() > 1 ? " and " + std::to_string(wrong.size() - 1) + " more" : "")
                        + ". Do not use that revision; publish again.",
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
    PublishProgress m_now;
    std::uint64_t m_sentBefore = 0; ///< bytes of large files that are through
};

} // namespace

PublishOutcome publish(const PublishRequest& request, HubClient& client, const std::stop_token& stop,
    const PublishProgressFn& progress)
{
    return Publishing(request, client, stop, progress).run();
}

Result<std::string> publishedInfoText(
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
    const auto text = client.fetch(repo, revision, InfoName, LargestInfo, stop);
    if (!text) {
        return errorOf(text.error, repo);
    }
    return *text;
}

Result<DatasetInfo> publishedInfo(
    HubClient& client, const std::string& reference, const std::stop_token& stop)
{
    const auto text = publishedInfoText(client, reference, stop);
    return text ? parseDatasetInfo(*text, "hub:" + reference) : Result<DatasetInfo>(text.error());
}

} // namespace workbench
