// SPDX-License-Identifier: Apache-2.0
#include "core/schema/builtin_schemas.h"
#include "tests/support/fault_matrix.h"

#include <QtTest>

using namespace workbench;
using fakehub::FakeHub;
using fakehub::HubOptions;

namespace {

constexpr const char* Repo = HubWorld::Repo;

const PlannedFile* planned(const PublishPlan& plan, const std::string& path)
{
    for (const PlannedFile& file : plan.files) {
        if (file.path == path) {
            return &file;
        }
    }
    return nullptr;
}

} // namespace

class PublishTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_new_repository_is_private_and_has_the_bundle_in_one_commit();
    void a_commit_message_is_read_as_easily_as_the_window();
    void a_repository_of_ones_own_needs_no_organization();
    void the_same_bundle_again_makes_no_commit();
    void an_interrupted_push_is_recognised_when_it_had_succeeded();
    void stale_splits_go_with_the_same_commit_and_other_files_stay();
    void a_plan_says_what_would_be_added_replaced_and_deleted();
    void features_without_any_value_are_a_warning_that_names_the_schema_without_them();
    void whose_token_it_is_and_where_it_may_write_is_asked_and_nothing_is_sent();
    void a_public_repository_is_fine_when_public_is_wanted();
    void large_files_go_to_storage_data();
    void large_files_go_to_storage();
    void what_is_stored_already_is_not_sent_again();
    void the_protocol_needs_no_more_requests_than_these();
    void the_published_schema_can_be_read_by_name_and_revision();
    void progress_ends_at_all_bytes();
    void a_record_of_the_job_holds_the_receipt();
};

void PublishTest::a_new_repository_is_private_and_has_the_bundle_in_one_commit()
{
    HubWorld world;
    const PushResult result = world.push();
    QVERIFY2(!result.outcome.error, qPrintable(messageOf(result)));
    QVERIFY(result.outcome.published && result.outcome.committed);
    QVERIFY(world.holds("first"));
    const auto there = world.hub.snapshot(Repo);
    QVERIFY(there.isPrivate);
    QCOMPARE(result.outcome.revision, there.head);
    QCOMPARE(result.outcome.url, world.hub.url() + "/datasets/lab/signals/commit/" + there.head);
    const auto commits = world.hub.commits(Repo);
    QCOMPARE(commits.size(), std::size_t(2)); // the one that creation made, and ours
    QVERIFY(QString::fromStdString(commits.front().message)
                .contains(QString::fromStdString("Bundle-Digest: " + result.outcome.plan.bundleDigest)));
    QCOMPARE(commits.front().title, std::string("Update signals_v1 dataset: 4 rows, c47f7d39"));
    QCOMPARE(world.hub.leaks(), std::size_t(0));
    QVERIFY(result.outcome.changesReadBack >= 6);
}

void PublishTest::a_commit_message_is_read_as_easily_as_the_window()
{
    HubWorld world;
    world.exportFewer("many", 1214);
    world.exportFewer("one", 1);
    const auto many = planPush(world.job("many"), {}, {});
    const auto one = planPush(world.job("one"), {}, {});
    QVERIFY(many && one);
    QCOMPARE(many->commitMessage, std::string("Update signals_v1 dataset: 1,214 rows, c47f7d39"));
    QCOMPARE(one->commitMessage, std::string("Update signals_v1 dataset: 1 row, c47f7d39"));
}

void PublishTest::a_repository_of_ones_own_needs_no_organization()
{
    HubWorld world;
    PushJob job = world.job();
    job.publish.repo = "lena/signals";
    const PushResult result = world.push(job);
    QVERIFY2(result.outcome.published, qPrintable(messageOf(result)));
    QVERIFY(world.hub.snapshot("lena/signals").isPrivate);
}

void PublishTest::the_same_bundle_again_makes_no_commit()
{
    HubWorld world;
    const PushResult first = world.push();
    QVERIFY(first.outcome.published);
    world.hub.clearRequests();
    const PushResult second = world.push();
    QVERIFY2(!second.outcome.error, qPrintable(messageOf(second)));
    QVERIFY(second.outcome.published && !second.outcome.committed);
    QCOMPARE(second.outcome.revision, first.outcome.revision);
    QVERIFY(nothingLeft(world.hub));
}

void PublishTest::an_interrupted_push_is_recognised_when_it_had_succeeded()
{
    HubWorld world;
    world.hub.createRepository(Repo);
    // The answer is lost, and then nobody answers any more.
    world.hub.fail({.kind = fakehub::FaultKind::LostAnswer, .method = "POST", .path = "/api/*/commit/*"});
    world.hub.fail(
        {.kind = fakehub::FaultKind::Close, .path = "/api/datasets/lab/signals", .nth = 3, .times = 0});
    world.hub.fail({.kind = fakehub::FaultKind::Status,
        .method = "POST",
        .path = "/api/*/commit/*",
        .nth = 2,
        .times = 0});
    const PushResult first = world.push();
    QVERIFY(first.outcome.error && first.outcome.unknown && !first.outcome.published);
    QVERIFY(messageOf(first).contains("nobody can say"));
    world.hub.clearFaults();
    const PushResult second = world.push();
    QVERIFY2(second.outcome.published && !second.outcome.committed, qPrintable(messageOf(second)));
    QCOMPARE(world.hub.commits(Repo).size(), std::size_t(2));
}

void PublishTest::stale_splits_go_with_the_same_commit_and_other_files_stay()
{
    HubWorld world;
    QVERIFY(world.push().outcome.published);
    world.hub.commitFiles(
        Repo, {{"NOTES.md", "mine"}, {"splits/notes.txt", "mine"}, {"splits/old/a.jsonl", "mine"}});
    world.exportFewer("second");
    const PushResult result = world.push("second");
    QVERIFY2(result.outcome.published, qPrintable(messageOf(result)));
    const auto files = world.hub.snapshot(Repo).files;
    QVERIFY(files.contains("splits/mock_hvac.jsonl"));
    QVERIFY(!files.contains("splits/real_plumbing.jsonl"));
    QVERIFY(!files.contains("splits/mock_plumbing.jsonl"));
    QVERIFY(files.contains("NOTES.md") && files.contains("splits/notes.txt")
        && files.contains("splits/old/a.jsonl"));
    QCOMPARE(world.hub.commits(Repo).size(), std::size_t(4));
}

void PublishTest::a_plan_says_what_would_be_added_replaced_and_deleted()
{
    HubWorld world;
    QVERIFY(world.push().outcome.published);
    const auto before = world.hub.snapshot(Repo);
    world.hub.clearRequests();
    world.exportFewer("second");
    const auto plan = planPush(world.job("second"), {}, {});
    QVERIFY(plan);
    QVERIFY(plan->refusal() == nullptr);
    QVERIFY(nothingLeft(world.hub));
    QCOMPARE(world.hub.snapshot(Repo), before);
    const PlannedFile* const deleted = planned(*plan, "splits/real_plumbing.jsonl");
    QVERIFY(deleted != nullptr);
    QCOMPARE(deleted->change, FileChange::Deleted);
    QCOMPARE(deleted->before, before.files.at("splits/real_plumbing.jsonl").size);
    const PlannedFile* const replaced = planned(*plan, "dataset.jsonl");
    QVERIFY(replaced != nullptr);
    QCOMPARE(replaced->change, FileChange::Replaced);
    QCOMPARE(replaced->before, before.files.at("dataset.jsonl").size);
    QCOMPARE(replaced->after, std::uint64_t(world.folder.read("out/second/dataset.jsonl").size()));
}

void PublishTest::features_without_any_value_are_a_warning_that_names_the_schema_without_them()
{
    const auto warningOf
        = [](const PublishPlan& plan) { return *checkOf(plan, PublishCheckKind::FeaturesWithoutValue); };
    HubWorld world;
    const SchemaPtr core = builtinSchema("signals_v1_core48");
    std::vector<std::string> captured;
    for (const Feature& feature : core->features()) {
        captured.push_back(feature.key);
    }
    world.exportWithValuesFor("captured", captured);
    const auto plan = planPush(world.job("captured"), {}, {});
    QVERIFY(plan);
    QCOMPARE(warningOf(*plan).state, CheckState::Warning);
    QCOMPARE(warningOf(*plan).detail,
        std::string("22 features have no value in any row; signals_v1_core48 is the schema without them."));
    QVERIFY2(plan->refusal() == nullptr, "a warning refuses nothing");

    captured.erase(std::find(captured.begin(), captured.end(), "window_days"));
    world.exportWithValuesFor("fewer", captured);
    const auto fewer = planPush(world.job("fewer"), {}, {});
    QVERIFY(fewer);
    QCOMPARE(warningOf(*fewer).detail,
        std::string(
            "23 features have no value in any row; signals_v1_core48 is the schema without 22 of them."));

    std::vector<std::string> most;
    for (const Feature& feature : defaultSchema()->features()) {
        most.push_back(feature.key);
    }
    most.erase(std::find(most.begin(), most.end(), "window_days"));
    world.exportWithValuesFor("most", most);
    const auto one = planPush(world.job("most"), {}, {});
    QVERIFY(one);
    QCOMPARE(warningOf(*one).detail, std::string("1 feature has no value in any row: window_days."));

    for (const char* const key : {"total_revenue", "avg_job_value", "median_job_value"}) {
        most.erase(std::find(most.begin(), most.end(), key));
    }
    world.exportWithValuesFor("four", most);
    const auto four = planPush(world.job("four"), {}, {});
    QVERIFY(four);
    QCOMPARE(warningOf(*four).detail,
        std::string(
            "4 features have no value in any row: window_days, total_revenue, avg_job_value and 1 more."));

    world.exportWithValuesFor("all", {});
    const auto none = planPush(world.job("all"), {}, {});
    QVERIFY(none);
    QCOMPARE(warningOf(*none).state, CheckState::Passed);
}

void PublishTest::whose_token_it_is_and_where_it_may_write_is_asked_and_nothing_is_sent()
{
    HubWorld world;
    world.hub.createRepository(Repo);
    const auto access = [&world](const char* token) { return askHubAccess(world.job("first", token), {}); };
    const auto write = access(FakeHub::WriteToken);
    QVERIFY(write && write->user.name == "lena" && write->mayWrite == true);
    QVERIFY(write->repoExists && write->isPrivate == true);
    const auto read = access(FakeHub::ReadToken);
    QVERIFY(read && read->mayWrite == false);
    const auto fine = access(FakeHub::FineGrainedToken);
    QVERIFY(fine && !fine->mayWrite.has_value()); // only trying would show
    const auto otto = access(FakeHub::ReaderToken);
    QVERIFY(otto && otto->user.name == "otto" && otto->mayWrite == false); // a reader in the organization
    const auto revoked = access(FakeHub::RevokedToken);
    QVERIFY(!revoked && revoked.error().code == ErrorCode::PushRefused);
    QVERIFY(nothingLeft(world.hub));
}

void PublishTest::a_public_repository_is_fine_when_public_is_wanted()
{
    HubWorld world;
    PushJob job = world.job();
    job.publish.wantPrivate = false;
    const PushResult result = world.push(job);
    QVERIFY2(result.outcome.published, qPrintable(messageOf(result)));
    QVERIFY(!world.hub.snapshot(Repo).isPrivate);
}

void PublishTest::large_files_go_to_storage_data()
{
    QTest::addColumn<quint64>("multipartFrom");
    QTest::addColumn<bool>("verify");
    QTest::addColumn<bool>("uploadHeader");
    QTest::addColumn<bool>("defaultHost");
    QTest::newRow("whole, verified") << quint64(1'000'000) << true << false << false;
    QTest::newRow("whole, not verified") << quint64(1'000'000) << false << false << false;
    QTest::newRow("whole, with a header") << quint64(1'000'000) << true << true << false;
    QTest::newRow("in parts, verified") << quint64(3000) << true << false << false;
    QTest::newRow("in parts, not verified") << quint64(3000) << false << false << false;
    QTest::newRow("the Hub's own host in answers") << quint64(3000) << true << false << true;
}

void PublishTest::large_files_go_to_storage()
{
    QFETCH(quint64, multipartFrom);
    QFETCH(bool, verify);
    QFETCH(bool, uploadHeader);
    QFETCH(bool, defaultHost);
    HubOptions options;
    options.lfsAbove = 1000;
    options.multipartFrom = multipartFrom;
    options.chunkSize = 1700;
    options.verifyAction = verify;
    options.basicUploadHeader = uploadHeader;
    options.defaultHostInAnswers = defaultHost;
    HubWorld world(options);
    const PushResult result = world.push();
    QVERIFY2(!result.outcome.error, qPrintable(messageOf(result)));
    QVERIFY(world.holds("first"));
    QVERIFY(world.hub.snapshot(Repo).files.at("dataset.jsonl").lfs);
    QCOMPARE(world.hub.count("POST", "/datasets/*/info/lfs/objects/verify") > 0, verify);
    QCOMPARE(world.hub.count("POST", "/api/complete_multipart") > 0, multipartFrom < 1'000'000);
    QCOMPARE(world.hub.leaks(), std::size_t(0));
    // And again: nothing to do.
    world.hub.clearRequests();
    const PushResult again = world.push();
    QCOMPARE(again.outcome.revision, result.outcome.revision);
    QVERIFY(nothingLeft(world.hub));
}

void PublishTest::what_is_stored_already_is_not_sent_again()
{
    HubOptions options;
    options.lfsAbove = 1000;
    HubWorld world(options);
    world.hub.createRepository(Repo);
    world.hub.fail(
        {.method = "POST", .path = "/api/*/commit/*", .times = 0, .status = 400, .message = "not today"});
    const auto before = world.hub.snapshot(Repo);
    const PushResult failed = world.push();
    QVERIFY2(messageOf(failed).contains("not today") && messageOf(failed).contains("Nothing was committed"),
        qPrintable(messageOf(failed)));
    QCOMPARE(world.hub.snapshot(Repo), before);
    QVERIFY(world.hub.count("PUT", "") > 0);
    world.hub.clearFaults();
    world.hub.clearRequests();
    const PushResult result = world.push();
    QVERIFY2(result.outcome.published, qPrintable(messageOf(result)));
    QCOMPARE(world.hub.count("PUT", ""), std::size_t(0));
    QVERIFY(world.holds("first"));
}

void PublishTest::the_protocol_needs_no_more_requests_than_these()
{
    HubWorld world;
    world.hub.createRepository(Repo);
    QVERIFY(world.push().outcome.published);
    // repository, listing, preupload, still private?, commit, still private?, read-back
    QCOMPARE(world.hub.requests().size(), std::size_t(7));
}

void PublishTest::the_published_schema_can_be_read_by_name_and_revision()
{
    HubWorld world;
    const std::string revision = world.push().outcome.revision;
    const PushJob job = world.job();
    const auto transport = makeCurlTransport(job.hub.endpoint, job.hub.token);
    HubClient client({job.hub.endpoint, job.hub.token, transport.get(), job.waiter, {}});
    for (const std::string& reference : {std::string(Repo), Repo + ("@" + revision)}) {
        const auto info = publishedInfo(client, reference, {});
        QVERIFY(info);
        QCOMPARE(info->schemaHash, std::string("c47f7d39"));
    }
    const auto none = publishedInfo(client, "lab/none", {});
    QVERIFY(!none);
    QCOMPARE(none.error().code, ErrorCode::PushRefused);
    for (const char* const wrong : {"none", "lab/signals@", "lab/../x", ""}) {
        const auto usage = publishedInfo(client, wrong, {});
        QVERIFY(!usage);
        QCOMPARE(usage.error().code, ErrorCode::Usage);
    }
}

void PublishTest::progress_ends_at_all_bytes()
{
    HubOptions options;
    options.lfsAbove = 3000;
    HubWorld world(options);
    std::vector<PublishProgress> seen;
    const PushResult result
        = runPush(world.job(), {}, [&seen](const PublishProgress& progress) { seen.push_back(progress); });
    QVERIFY2(result.outcome.published, qPrintable(messageOf(result)));
    std::uint64_t sent = 0;
    for (const PublishProgress& progress : seen) {
        QVERIFY(progress.sent >= sent && progress.sent <= progress.bytes);
        QVERIFY(progress.fileSent <= progress.fileBytes);
        sent = progress.sent;
    }
    QCOMPARE(sent, result.outcome.plan.bytesToSend);
    QCOMPARE(seen.back().phase, PublishPhase::ReadingBack);
}

void PublishTest::a_record_of_the_job_holds_the_receipt()
{
    HubWorld world;
    PushJob job = world.job();
    job.publish.enabled = false;
    (void)world.push(job);
    auto receipt = world.receipt();
    QVERIFY(receipt && !receipt->pushed && receipt->revision.empty());
    QCOMPARE(receipt->repo, std::string(Repo));
    QVERIFY(!receipt->error.empty());
    const PushResult result = world.push();
    receipt = world.receipt();
    QVERIFY(receipt && receipt->pushed && receipt->error.empty());
    QCOMPARE(receipt->revision, result.outcome.revision);
    QCOMPARE(receipt->url, result.outcome.url);
    QVERIFY(world.folder.read("out_jobs/first.json").find(FakeHub::WriteToken) == std::string::npos);
}

QTEST_GUILESS_MAIN(PublishTest)
#include "tst_publish.moc"
