// SPDX-License-Identifier: Apache-2.0
#include "core/hub/publish_commit.h"

#include "core/hub/publish_plan.h"
#include "core/hub/retry_delay.h"

#include <algorithm>

namespace workbench {

namespace {

/// "README.md, dataset.jsonl, NOTES.md and 3 more"
std::string listed(const std::vector<std::string>& paths)
{
    constexpr std::size_t Named = 3;
    if (paths.empty()) {
        return "no file"; // what came was taken back again
    }
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

constexpr const char* NobodyCanSay = "The Hub did not confirm the commit, so nobody can say yet whether it "
                                     "was made. Publish the same bundle again "
                                     "later: it finds the commit if there is one and makes no second.";

/// A try that ended so may have an effect, if all of it was on its way: a Hub that gave up waiting for itself
/// may finish up to a minute later (hub protocol, section 9).
bool leavesDoubt(HubFault fault)
{
    return fault == HubFault::ServerTrouble || fault == HubFault::Cancelled || fault == HubFault::NotAHub;
}

/// The Hub, or this computer, says that the try had no effect.
bool hadNoEffect(HubFault fault)
{
    return fault == HubFault::Offline || fault == HubFault::LocalFile || fault == HubFault::Untrusted
        || fault == HubFault::Locked || fault == HubFault::RateLimited;
}

bool mayGoBetterNextTime(HubFault fault)
{
    return fault == HubFault::Offline || fault == HubFault::Locked || fault == HubFault::RateLimited
        || fault == HubFault::ServerTrouble;
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
        for (int tries = 0;; ++tries) {
            if (auto end = stopped(tries == 0)) {
                return *end;
            }
            std::uint64_t sentNow = 0;
            const auto made = m_client.commit(
                m_task.repo, m_task.branch, m_task.request,
                [&sentNow, &sent](std::uint64_t count) {
                    sentNow = count;
                    sent(count);
                },
                m_stop);
            if (made) {
                return {*made, std::nullopt, false, false};
            }
            const HubError& why = made.error;
            m_inDoubt = m_inDoubt || (sentNow >= m_size && leavesDoubt(why.fault));
            if (!hadNoEffect(why.fault)) {
                if (auto end = lookFor(why)) {
                    return *end;
                }
            }
            if (!mayGoBetterNextTime(why.fault) || tries >= MaxRetries) {
                return notCommitted(why);
            }
            if (!m_client.wait(why.message, why.askedWait.value_or(backoffDelay(tries)), m_stop)) {
                return cancelled();
            }
        }
    }

private:
    /// What forbids the next try. While we uploaded or waited, the repository may have become public, or have
    /// got a commit.
    std::optional<CommitEnd> stopped(bool first)
    {
        if (first && !m_task.whyNot) {
            return std::nullopt;
        }
        const auto info = m_client.repoInfo(m_task.repo, m_stop);
        if (!info) {
            return info.error.fault == HubFault::Cancelled ? cancelled() : notCommitted(info.error);
        }
        if (const auto why = m_task.whyNot ? m_task.whyNot(*info) : std::nullopt) {
            return m_inDoubt
                ? CommitEnd {{}, refused(*why + ' ' + NobodyCanSay), true, false}
                : CommitEnd {{},
                    refused(*why + " Nothing was committed; what was uploaded belongs to no revision."),
                    false, false};
        }
        // What the first try is told of is for the Hub to say, by a 412: a head just read may lag behind.
        return first || info->head == m_task.request.parentCommit ? std::nullopt : judge(info->head, m_stop);
    }

    /// The end after a try without a commit of ours in sight.
    [[nodiscard]] CommitEnd notCommitted(const HubError& why) const
    {
        if (m_inDoubt) {
            return unknown(why);
        }
        if (why.fault == HubFault::Cancelled) {
            return {{}, Error {ErrorCode::Cancelled, "Cancelled. Nothing was committed.", {}}, false, false};
        }
        return {{}, refused(hubRefusal(why, m_task.repo) + " Nothing was committed."), false,
            isAboutRights(why.fault)};
    }

    /// Who cancels between two tries wants to know what became of the last one, too.
    CommitEnd cancelled()
    {
        const HubError why {HubFault::Cancelled, "Cancelled.", 0};
        if (m_inDoubt) {
            if (auto end = lookFor(why)) {
                return *end;
            }
        }
        return notCommitted(why);
    }

    [[nodiscard]] Error refused(std::string message) const
    {
        return {ErrorCode::PushRefused, std::move(message), m_task.repo};
    }

    [[nodiscard]] CommitEnd unknown(const HubError& why) const
    {
        const bool wasCancelled = why.fault == HubFault::Cancelled;
        return {{},
            Error {wasCancelled ? ErrorCode::Cancelled : ErrorCode::PushRefused,
                NobodyCanSay + (wasCancelled ? std::string() : " " + why.message), m_task.repo},
            true, false};
    }

    /// Looks whether it happened after all. Nothing: it did not, or not yet.
    std::optional<CommitEnd> lookFor(const HubError& why)
    {
        const bool wasCancelled = why.fault == HubFault::Cancelled;
        // Who cancelled still wants to know what became of it, but will not wait for it.
        const std::stop_token look = wasCancelled ? std::stop_token() : m_stop;
        if (wasCancelled) {
            m_client.hurry();
        }
        // A clear refusal needs one look; a lost answer several, for the Hub may still be at work on it, and
        // a head just read may lag behind the one that a 412 speaks of.
        const bool doubtful = m_inDoubt || why.fault == HubFault::Stale;
        const int looks = doubtful && !wasCancelled ? 4 : 1;
        for (int i = 0; i < looks; ++i) {
            const auto info = m_client.repoInfo(m_task.repo, look);
            if (!info && info.error.fault == HubFault::Cancelled) {
                return cancelled(); // who stops the look gets a last, short one
            }
            if (!info || info->head != m_task.request.parentCommit) {
                auto end = info ? judge(info->head, look) : std::nullopt;
                return end || !m_inDoubt ? end : unknown(why);
            }
            if (i + 1 < looks && !m_client.wait(why.message, backoffDelay(i), look)) {
                return cancelled();
            }
        }
        return std::nullopt;
    }

    /// The branch has moved: by our commit, or by somebody else's? Nothing: what can be read does not tell.
    std::optional<CommitEnd> judge(const std::string& head, const std::stop_token& look)
    {
        bool sawParent = false;
        if (const auto commits = m_client.commits(m_task.repo, head, look)) {
            for (const CommitTitle& commit : *commits) {
                if (commit.id == m_task.request.parentCommit) {
                    sawParent = true;
                    break;
                }
                if (commit.message.find(bundleTrailer(m_task.bundleDigest)) != std::string::npos) {
                    return CommitEnd {commit.id, std::nullopt, false, false};
                }
            }
        }
        const auto tree = m_client.tree(m_task.repo, head, look);
        if (tree && differences(m_task.files, m_task.plan, *tree).empty()) {
            return CommitEnd {head, std::nullopt, false, false};
        }
        if (!sawParent || !tree) {
            return std::nullopt;
        }
        // Somebody else's commit stands where ours would have to: no try of ours can be made any more.
        return CommitEnd {{},
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
    bool m_inDoubt = false; ///< a try may have had an effect, or may yet have one
};

} // namespace

std::string bundleTrailer(const std::string& bundleDigest) { return "Bundle-Digest: " + bundleDigest; }

CommitEnd commitOnce(HubClient& client, const CommitTask& task,
    const std::function<void(std::uint64_t sent)>& sent, const std::stop_token& stop)
{
    return Committing(client, task, stop).run(sent);
}

} // namespace workbench
