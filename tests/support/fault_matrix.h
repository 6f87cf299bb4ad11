// SPDX-License-Identifier: Apache-2.0
/// Every fault at every request of a push, and the promise that holds whatever happens.
#pragma once

#include "tests/support/hub_world.h"

#include <QString>

#include <cstddef>
#include <string>
#include <vector>

namespace workbench {

/// A request of a push, by its place in it.
struct PushStep {
    const char* name;
    const char* method;
    const char* path;
    bool exists; ///< the repository, before the push
    unsigned nth = 1;
};

inline constexpr const char* CommitPath = "/api/*/commit/*";

[[nodiscard]] const std::vector<PushStep>& pushSteps();
[[nodiscard]] const std::vector<fakehub::Fault>& pushFaults();
/// Those that a client ends by its own patience.
[[nodiscard]] const std::vector<fakehub::Fault>& slowFaults();
[[nodiscard]] QString nameOf(const fakehub::Fault& fault);
/// The fault at that step.
[[nodiscard]] fakehub::Fault faultAt(const PushStep& step, fakehub::Fault fault);

/// Limits that send a bundle of four rows all three ways: in the commit, in one piece and in parts.
[[nodiscard]] fakehub::HubOptions smallParts();
/// A repository with an older bundle in it, put there without a request.
void seedOlder(HubWorld& world);
/// The commit that creation makes counts, whether or not there is a repository yet.
[[nodiscard]] std::size_t commitCount(const fakehub::FakeHub& hub);
[[nodiscard]] QString messageOf(const PushResult& result);

/// What was there before a push, to hold its end against.
class PushPromise {
public:
    explicit PushPromise(const HubWorld& world);
    /// Empty when the promise was kept: published whole or unchanged or truthfully unknown, one commit at
    /// most, the receipt as reported, no token where none belongs, the bundle on disk as it was.
    [[nodiscard]] QString brokenBy(const HubWorld& world, const PushResult& result) const;
    [[nodiscard]] std::size_t commits() const { return m_commits; }

private:
    fakehub::Snapshot m_before;
    std::size_t m_commits = 0;
    std::vector<std::string> m_bundle;
};

} // namespace workbench
