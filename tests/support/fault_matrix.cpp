// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fault_matrix.h"

namespace workbench {

using fakehub::FakeHub;
using fakehub::Fault;
using fakehub::FaultKind;
using fakehub::HubOptions;

namespace {

constexpr const char* Repo = HubWorld::Repo;

} // namespace

const std::vector<PushStep>& pushSteps()
{
    static const std::vector<PushStep> all {
        {"whoami", "GET", "/api/whoami-v2", false},
        {"create", "POST", "/api/repos/create", false},
        {"repository", "GET", "/api/datasets/lab/signals", true},
        {"repository after creation", "GET", "/api/datasets/lab/signals", false, 2},
        {"listing", "GET", "/api/*/tree/*", true},
        {"published schema", "GET", "/datasets/*/resolve/*", true},
        {"preupload", "POST", "/api/*/preupload/*", true},
        {"batch", "POST", "/datasets/*/info/lfs/objects/batch", true},
        {"storage", "PUT", "", true},
        {"completion", "POST", "/api/complete_multipart", true},
        {"verify", "POST", "/datasets/*/info/lfs/objects/verify", true},
        {"commit", "POST", CommitPath, true},
        {"visibility before the commit", "GET", "/api/datasets/lab/signals", true, 2},
        {"visibility after the commit", "GET", "/api/datasets/lab/signals", true, 3},
        {"read-back", "GET", "/api/*/tree/*", true, 2},
    };
    return all;
}

const std::vector<Fault>& pushFaults()
{
    static const std::vector<Fault> all {{.kind = FaultKind::Status, .status = 400},
        {.kind = FaultKind::Status, .status = 401}, {.kind = FaultKind::Status, .status = 402},
        {.kind = FaultKind::Status, .status = 403}, {.kind = FaultKind::Status, .status = 404},
        {.kind = FaultKind::Status, .status = 408}, {.kind = FaultKind::Status, .status = 409},
        {.kind = FaultKind::Status, .status = 412}, {.kind = FaultKind::Status, .status = 413},
        {.kind = FaultKind::Status, .status = 422},
        {.kind = FaultKind::Status, .status = 429, .retryAfter = "7"},
        {.kind = FaultKind::Status, .status = 429, .retryDateIn = 9},
        {.kind = FaultKind::Status, .status = 429, .rateLimitReset = 11},
        {.kind = FaultKind::Status, .status = 500}, {.kind = FaultKind::Status, .status = 502},
        {.kind = FaultKind::Status, .status = 503}, {.kind = FaultKind::Status, .status = 504},
        {.kind = FaultKind::Status, .status = 500, .afterWork = true}, {.kind = FaultKind::Close},
        {.kind = FaultKind::Reset}, {.kind = FaultKind::Reset, .bytes = 100}, {.kind = FaultKind::LostAnswer},
        {.kind = FaultKind::TruncatedBody, .bytes = 10}, {.kind = FaultKind::NotJson},
        {.kind = FaultKind::LoginPage}, {.kind = FaultKind::WrongHash},
        {.kind = FaultKind::Redirect, .status = 302}, {.kind = FaultKind::Redirect, .status = 307},
        {.kind = FaultKind::Answer, .status = 204}, {.kind = FaultKind::Answer, .body = "[]"},
        {.kind = FaultKind::Answer, .body = "{}"}, {.kind = FaultKind::Answer, .body = "null"}};
    return all;
}

const std::vector<Fault>& slowFaults()
{
    static const std::vector<Fault> all {{.kind = FaultKind::Stall}, {.kind = FaultKind::Stall, .bytes = 100},
        {.kind = FaultKind::StallBody, .bytes = 10}, {.kind = FaultKind::SlowDrip}};
    return all;
}

QString nameOf(const Fault& fault)
{
    QString name = QString::fromLatin1(
        fakehub::nameOf(fault.kind).data(), static_cast<int>(fakehub::nameOf(fault.kind).size()));
    if (fault.status != 0) {
        name += ' ' + QString::number(fault.status);
    }
    if (fault.afterWork) {
        name += " after the work";
    }
    if (fault.status == 429) {
        name += fault.rateLimitReset ? " by window" : fault.retryDateIn ? " by date" : " in seconds";
    }
    if (fault.kind == FaultKind::Answer) {
        name += ' ' + QString::fromStdString(fault.body);
    }
    if (fault.bytes > 0) {
        name += " at byte " + QString::number(fault.bytes);
    }
    return name;
}

Fault faultAt(const PushStep& step, Fault fault)
{
    fault.method = step.method;
    fault.path = step.path;
    fault.nth = step.nth;
    return fault;
}

HubOptions smallParts()
{
    HubOptions options;
    options.lfsAbove = 1000;
    options.multipartFrom = 6000;
    options.chunkSize = 4000;
    return options;
}

void seedOlder(HubWorld& world)
{
    world.hub.createRepository(Repo);
    world.hub.commitFiles(Repo, world.olderBundle(), "An older bundle");
}

std::size_t commitCount(const FakeHub& hub)
{
    return hub.snapshot(Repo).exists ? hub.commits(Repo).size() : 1;
}

QString messageOf(const PushResult& result)
{
    return result.outcome.error ? QString::fromStdString(result.outcome.error->message) : QString();
}

PushPromise::PushPromise(const HubWorld& world)
    : m_before(world.hub.snapshot(Repo))
    , m_commits(commitCount(world.hub))
    , m_bundle(world.bundleBytes("first"))
{
}

QString PushPromise::brokenBy(const HubWorld& world, const PushResult& result) const
{
    const bool whole = world.holds("first");
    // Creating a repository puts a .gitattributes into it.
    const auto contentOf = [](fakehub::Snapshot snapshot) {
        snapshot.files.erase(".gitattributes");
        return snapshot.files;
    };
    const PublishOutcome& outcome = result.outcome;
    const bool unchanged = contentOf(world.hub.snapshot(Repo)) == contentOf(m_before);
    // The Hub confirmed a commit and then listed other bytes: not vouched for, but named.
    const bool doubted = !outcome.published && !outcome.revision.empty();
    const auto receipt = world.receipt();
    if (!receipt || outcome.error.has_value() == receipt->error.empty()
        || receipt->pushed != outcome.published) {
        return "the receipt says something else than was reported";
    }
    if (commitCount(world.hub) > m_commits + 1) {
        return "more than one commit";
    }
    // The Hub confirmed a commit that could not be read back: told as made, and as not vouched for.
    const bool unread = outcome.published && outcome.error.has_value();
    if (!whole && !unchanged && !doubted && !unread) {
        return "half a dataset that nobody knows of";
    }
    if (outcome.unknown && (!outcome.error || outcome.published)) {
        return "unknown, and yet told as known";
    }
    if (outcome.unknown && messageOf(result).contains("Nothing was committed")) {
        return "unknown, and yet told as not committed";
    }
    if (!outcome.unknown && !doubted && !unread && outcome.published != whole) {
        return "published is " + QString::number(static_cast<int>(outcome.published)) + ": "
            + messageOf(result);
    }
    if (outcome.published && receipt->revision != world.hub.snapshot(Repo).head) {
        return "another revision than the branch's";
    }
    if (!outcome.published && !outcome.error) {
        return "not published without a word why";
    }
    if (world.hub.leaks() != 0 || messageOf(result).contains(FakeHub::WriteToken)) {
        return "a token where none belongs";
    }
    return world.bundleBytes("first") == m_bundle ? QString() : "the bundle on disk was changed";
}

} // namespace workbench
