// SPDX-License-Identifier: Apache-2.0
#include "core/hub/publish_commit.h"

#include "core/hub/publish_plan.h"
#include "core/hub/retry_delay.h"

#include <algorithm>

namespace workbench {

namespace {

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

class Committing {
public:
    Committing(HubClient& client, const CommitTask& task, const std::stop_token& stop)
        : m_client(client)
        , m_task(task)
        , m_stop(stop)
        , m_size(CommitBody(task.request).size())
    {
    }

    CommitEnd run(const std::function<void(std::uint64_t)>& sent)
    {
        for (m_tries = 0;; ++m_tries) {
            m_sent = 0;
            if (m_task.mayCommit) {
                if (auto refusal = m_task.mayCommit()) {
                    return {{}, std::move(refusal), false, false};
                }
            }
            const auto made = m_client.commit(
                m_task.repo, m_task.branch, m_task.request,
                [this, &sent](std::uint64_t count) {
                    m_sent = count;
                    sent(count);
                },
                m_stop);
            if (made) {
                return {*made, std::nullopt, false, false};
            }
            const HubFault fault = made.error.fault;
            const bool nothingLeft
                = fault == HubFault::Offline || fault == HubFault::LocalFile || fault == HubFault::Untrusted;
            if (!nothingLeft && fault != HubFault::Locked) {
                if (auto end = lookFor(made.error)) {
                    return *end;
                }
            }
            const bool again = fault == HubFault::Locked || fault == HubFault::ServerTrouble;
            if (!again || m_tries >= MaxRetries) {
                return notCommitted(made.error);
            }
            if (!m_client.wait(made.error.message, backoffDelay(m_tries), m_stop)) {
                return notCommitted({HubFault::Cancelled, "Cancelled.", 0});
            }
        }
    }

private:
    CommitEnd notCommitted(const HubError& why) const
    {
        if (why.fault == HubFault::Cancelled) {
            return {{}, Error {ErrorCode::Cancelled, "Cancelled. Nothing was committed.", {}}, false, false};
        }
        return {{}, refused(hubRefusal(why, m_task.repo) + " Nothing was committed."), false,
            isAboutRights(why.fault)};
    }

    Error refused(std::string message) const
    {
        return {ErrorCode::PushRefused, std::move(message), m_task.repo};
    }

    CommitEnd unknown(const HubError& why) const
    {
        return {{},
            Error {why.fault == HubFault::Cancelled ? ErrorCode::Cancelled : ErrorCode::PushRefused,
                "The Hub did not confirm the commit and cannot be asked now, so nobody can say whether it "
                "was "
                "made. Publish the same bundle again later: it finds the commit if there is one and makes no "
                "second."
                    + (why.fault == HubFault::Cancelled ? std::string() : " " + why.message),
                m_task.repo},
            true, false};
    }

    /// The commit's answer is missing or doubtful: looks whether it happened. Nothing: it did not.
    std::optional<CommitEnd> lookFor(const HubError& why)
    {
        const bool cancelled = why.fault == HubFault::Cancelled;
        // A clear refusal needs one look; a lost answer several, for the Hub may still be at work on it.
        const bool doubtful = cancelled || why.fault == HubFault::ServerTrouble
            || why.fault == HubFault::Stale || why.fault == HubFault::NotAHub;
        // Who cancelled still wants to know what became of it, but will not wait for it.
        const std::stop_token look = cancelled ? std::stop_token() : m_stop;
        if (cancelled) {
            m_client.hurry();
        }
        const int looks = doubtful && !cancelled ? 4 : 1;
        for (int i = 0; i < looks; ++i) {
            const auto info = m_client.repoInfo(m_task.repo, look);
            if (!info) {
                // Stale at the first try was somebody else; later it may have been our own.
                const bool others = why.fault == HubFault::Stale && m_tries == 0;
                const bool inDoubt = doubtful && !others && (!cancelled || m_sent > 0);
                return inDoubt ? std::optional<CommitEnd>(unknown(why)) : std::nullopt;
            }
            if (info->head != m_task.request.parentCommit) {
                return judge(info->head, why, look);
            }
            if (i + 1 < looks && !m_client.wait(why.message, backoffDelay(i), look)) {
                return unknown({HubFault::Cancelled, "Cancelled.", 0});
            }
        }
        // All of it was on its way when the wish to stop came: it may yet be made.
        return cancelled && m_sent >= m_size ? std::optional<CommitEnd>(unknown(why)) : std::nullopt;
    }

    /// The branch has moved: by our commit, or by somebody else's?
    CommitEnd judge(const std::string& head, const HubError& why, const std::stop_token& look)
    {
        bool sawParent = false;
        if (const auto commits = m_client.commits(m_task.repo, head, look)) {
            for (const CommitTitle& commit : *commits) {
                if (commit.id == m_task.request.parentCommit) {
                    sawParent = true;
                    break;
                }
                if (commit.message.find(bundleTrailer(m_task.bundleDigest)) != std::string::npos) {
                    return {commit.id, std::nullopt, false, false};
                }
            }
        }
        const auto tree = m_client.tree(m_task.repo, head, look);
        if (tree && differences(m_task.files, m_task.plan, *tree).empty()) {
            return {head, std::nullopt, false, false};
        }
        // 412 without a commit of ours in sight is somebody else's doing, were it not our own first try.
        if (!sawParent || !tree) {
            return unknown(why);
        }
        return {{},
            refused(m_task.repo + " was changed by somebody else while this was published (now at "
                + head.substr(0, 8) + "). Changed there: " + listed(changedPaths(m_task.treeBefore, *tree))
                + ". Nothing of this bundle was committed. Look at that change, then publish again to put "
                  "this bundle in its place."),
            false, false};
    }

    HubClient& m_client;
    const CommitTask& m_task;
    const std::stop_token& m_stop;
    std::uint64_t m_size;
    std::uint64_t m_sent = 0;
    int m_tries = 0; ///< before this one
};

} // namespace

std::string bundleTrailer(const std::string& bundleDigest) { return "Bundle-Digest: " + bundleDigest; }

CommitEnd commitOnce(HubClient& client, const CommitTask& task,
    const std::function<void(std::uint64_t sent)>& sent, const std::stop_token& stop)
{
    return Committing(client, task, stop).run(sent);
}

} // namespace workbench
