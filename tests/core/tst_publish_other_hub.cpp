// SPDX-License-Identifier: Apache-2.0
// What the protocol leaves to the server, turned one by one: the bundle arrives all the same.
#include "core/base/sha256.h"
#include "tests/support/fault_matrix.h"

#include <QtTest>

#include <functional>

using namespace workbench;
using fakehub::FakeHub;
using fakehub::Fault;
using fakehub::FaultKind;
using fakehub::HubOptions;

namespace {

constexpr const char* Repo = HubWorld::Repo;
constexpr const char* ReadRepository = "/api/datasets/lab/signals";
constexpr const char* Create = "/api/repos/create";
constexpr const char* Batch = "/datasets/*/info/lfs/objects/batch";

struct OtherHub {
    const char* name;
    std::function<void(HubOptions&)> change;
};

const std::vector<OtherHub>& otherHubs()
{
    static const std::vector<OtherHub> all {
        {"everything travels in the commit", [](HubOptions& o) { o.lfsAbove = 1U << 30; }},
        {"everything is stored in one piece",
            [](HubOptions& o) {
                o.lfsAbove = 0;
                o.multipartFrom = 1U << 30;
            }},
        {"everything is stored in parts",
            [](HubOptions& o) {
                o.lfsAbove = 0;
                o.multipartFrom = 0;
                o.chunkSize = 700;
            }},
        {"no verify action", [](HubOptions& o) { o.verifyAction = false; }},
        {"headers for the storage", [](HubOptions& o) { o.basicUploadHeader = true; }},
        {"addresses without an end", [](HubOptions& o) { o.expiresIn = false; }},
        {"no oid before the upload", [](HubOptions& o) { o.preuploadOids = false; }},
        {"two files at once", [](HubOptions& o) { o.preuploadLimit = 2; }},
        {"one object a batch", [](HubOptions& o) { o.batchLimit = 1; }},
        {"two entries a page", [](HubOptions& o) { o.treePage = 2; }},
        {"the usual host in its answers", [](HubOptions& o) { o.defaultHostInAnswers = true; }},
        {"regular files by way of a cache", [](HubOptions& o) { o.regularViaResolveCache = true; }},
        {"a clock a day ahead", [](HubOptions& o) { o.clockSkew = 86'400; }},
        {"a clock a day behind", [](HubOptions& o) { o.clockSkew = -86'400; }},
        {"one commit a page", [](HubOptions& o) { o.commitsPage = 1; }},
    };
    return all;
}

} // namespace

class PublishOtherHubTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void another_hub_gets_the_bundle_whole_data();
    void another_hub_gets_the_bundle_whole();
    void a_creation_may_answer_anything_that_means_done_data();
    void a_creation_may_answer_anything_that_means_done();
    void a_missing_repository_may_answer_401();
    void a_storage_behind_the_hubs_own_name_is_reached_at_the_endpoint();
    void a_storage_that_gave_up_reading_is_tried_again();
    void parts_that_were_joined_before_the_answer_was_lost_are_not_joined_twice();
    void a_repository_renamed_meanwhile_gets_nothing_under_its_new_name();
    void an_answer_from_another_host_is_not_believed();
    void an_answer_that_trickles_for_ever_is_given_up();
    void a_token_that_a_server_sends_back_is_not_repeated_data();
    void a_token_that_a_server_sends_back_is_not_repeated();
    void a_servers_words_are_shown_in_every_form_data();
    void a_servers_words_are_shown_in_every_form();
};

void PublishOtherHubTest::another_hub_gets_the_bundle_whole_data()
{
    QTest::addColumn<int>("which");
    QTest::addColumn<bool>("exists");
    for (std::size_t i = 0; i < otherHubs().size(); ++i) {
        for (const bool exists : {true, false}) {
            QTest::newRow(qPrintable(QString(otherHubs()[i].name) + (exists ? "" : ", new")))
                << static_cast<int>(i) << exists;
        }
    }
}

void PublishOtherHubTest::another_hub_gets_the_bundle_whole()
{
    QFETCH(int, which);
    QFETCH(bool, exists);
    HubOptions options = smallParts();
    otherHubs()[static_cast<std::size_t>(which)].change(options);
    HubWorld world(options);
    if (exists) {
        seedOlder(world);
    }
    const PushPromise promise(world);
    const PushResult result = world.push();
    QVERIFY2(result.outcome.published && !result.outcome.error, qPrintable(messageOf(result)));
    QVERIFY(world.holds("first"));
    QCOMPARE(promise.brokenBy(world, result), QString());
    const PushResult again = world.push();
    QVERIFY2(again.outcome.published && !again.outcome.committed, qPrintable(messageOf(again)));
    QCOMPARE(again.outcome.revision, result.outcome.revision);
}

void PublishOtherHubTest::a_creation_may_answer_anything_that_means_done_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("body");
    QTest::newRow("no id") << 200 << R"({"url":"https://huggingface.co/datasets/lab/signals"})";
    QTest::newRow("nothing") << 201 << "";
    QTest::newRow("exists, in other words") << 409 << R"({"error":"Resource exists"})";
    QTest::newRow("exists, as a list") << 409 << R"({"error":["taken"],"url":"x"})";
}

void PublishOtherHubTest::a_creation_may_answer_anything_that_means_done()
{
    QFETCH(int, status);
    QFETCH(QString, body);
    HubWorld world;
    world.hub.createRepository(Repo); // private; the first look still misses it
    world.hub.fail({.method = "GET", .path = ReadRepository, .status = 404, .errorCode = "RepoNotFound"});
    world.hub.fail({.kind = FaultKind::Answer,
        .method = "POST",
        .path = Create,
        .status = status,
        .body = body.toStdString()});
    const PushResult result = world.push();
    QVERIFY2(result.outcome.published && !result.outcome.error, qPrintable(messageOf(result)));
    QVERIFY(world.holds("first"));
}

void PublishOtherHubTest::a_missing_repository_may_answer_401()
{
    HubWorld world;
    world.hub.fail(
        {.method = "GET", .path = ReadRepository, .status = 401, .message = "Invalid username or password."});
    const PushResult result = world.push();
    QVERIFY2(result.outcome.published && !result.outcome.error, qPrintable(messageOf(result)));
}

void PublishOtherHubTest::a_storage_behind_the_hubs_own_name_is_reached_at_the_endpoint()
{
    HubOptions options;
    options.lfsAbove = 6000; // dataset.jsonl or dataset_info.json alone
    HubWorld world(options);
    seedOlder(world);
    std::string objects;
    for (const std::string& name : world.folder.entries()) {
        if (name.starts_with("out/first/") && !name.ends_with('/')) {
            const std::string bytes = world.folder.read(name);
            objects += (objects.empty() ? "" : ",") + std::string(R"({"oid":")") + Sha256::of(bytes)
                + R"(","size":)" + std::to_string(bytes.size())
                + R"(,"actions":{"upload":{"href":"https://huggingface.co/put-here?k=%2Fa"}}})";
        }
    }
    world.hub.fail({.kind = FaultKind::Answer,
        .method = "POST",
        .path = Batch,
        .times = 0,
        .body = R"({"transfer":"basic","objects":[)" + objects + "]}"});
    world.hub.fail({.kind = FaultKind::Answer, .method = "PUT", .path = "/put-here", .times = 0});
    const PushResult result = world.push();
    QVERIFY(world.hub.count("PUT", "/put-here") > 0);
    const auto log = world.hub.requests();
    for (const auto& request : log) {
        QVERIFY(request.path != "/put-here" || (!request.hadToken && request.target.ends_with("?k=%2Fa")));
    }
    QVERIFY(!result.outcome.published); // the bytes went nowhere, and the commit says so
}

void PublishOtherHubTest::a_storage_that_gave_up_reading_is_tried_again()
{
    HubWorld world(smallParts());
    seedOlder(world);
    world.hub.fail({.kind = FaultKind::Answer,
        .method = "PUT",
        .status = 400,
        .body = "<Error><Code>RequestTimeout</Code></Error>",
        .contentType = "application/xml"});
    const PushResult result = world.push();
    QVERIFY2(result.outcome.published && !result.outcome.error, qPrintable(messageOf(result)));
    QCOMPARE(world.waits.size(), std::size_t(1));
}

void PublishOtherHubTest::parts_that_were_joined_before_the_answer_was_lost_are_not_joined_twice()
{
    HubOptions options = smallParts();
    options.completionOnce = true;
    HubWorld world(options);
    seedOlder(world);
    world.hub.fail({.kind = FaultKind::LostAnswer, .method = "POST", .path = "/api/complete_multipart"});
    const PushResult result = world.push();
    QVERIFY2(result.outcome.published && !result.outcome.error, qPrintable(messageOf(result)));
    QVERIFY(world.holds("first"));
}

void PublishOtherHubTest::a_repository_renamed_meanwhile_gets_nothing_under_its_new_name()
{
    HubWorld world;
    seedOlder(world);
    const auto before = world.hub.snapshot(Repo);
    world.hub.fail({.method = "GET", .path = "/api/*/tree/*", .status = 503});
    PushJob job = world.job();
    job.waiter = [&world](std::chrono::milliseconds, const std::stop_token&) {
        if (world.hub.snapshot(Repo).exists) {
            world.hub.rename(Repo, "lab/other");
        }
        return true;
    };
    const PushResult result = world.push(job);
    QVERIFY2(messageOf(result).contains("has another name now"), qPrintable(messageOf(result)));
    QCOMPARE(world.hub.snapshot("lab/other").files, before.files);
    QCOMPARE(world.hub.snapshot("lab/other").head, before.head);
    QCOMPARE(world.hub.uploadedBytes(), std::uint64_t(0));
}

void PublishOtherHubTest::an_answer_from_another_host_is_not_believed()
{
    HubWorld world;
    // A public repository; the other host would call it private.
    world.hub.createRepository(Repo, false);
    world.hub.fail(
        {.kind = FaultKind::Redirect, .method = "GET", .path = ReadRepository, .times = 0, .status = 301});
    const PushResult result = world.push();
    QVERIFY2(messageOf(result).contains("points to another server"), qPrintable(messageOf(result)));
    QCOMPARE(world.hub.requests().size(), std::size_t(1));
    QCOMPARE(world.hub.leaks(), std::size_t(0));
}

void PublishOtherHubTest::an_answer_that_trickles_for_ever_is_given_up()
{
    HubWorld world;
    seedOlder(world);
    const PushPromise promise(world);
    world.hub.fail(
        {.kind = FaultKind::SlowDrip, .method = "GET", .path = ReadRepository, .milliseconds = 50});
    PushJob job = world.job();
    job.stall = std::chrono::milliseconds {200};
    const PushResult result = world.push(job); // the second try answers at once
    QVERIFY2(result.outcome.published && !result.outcome.error, qPrintable(messageOf(result)));
    QVERIFY(!world.waits.empty());
    QCOMPARE(promise.brokenBy(world, result), QString());
}

void PublishOtherHubTest::a_token_that_a_server_sends_back_is_not_repeated_data()
{
    QTest::addColumn<int>("which");
    for (const auto& [name, which] : {std::pair("in an error", 0), std::pair("in a large file's error", 1),
             std::pair("as another name", 2), std::pair("in a header", 3), std::pair("as a user", 4)}) {
        QTest::newRow(name) << which;
    }
}

void PublishOtherHubTest::a_token_that_a_server_sends_back_is_not_repeated()
{
    QFETCH(int, which);
    const std::string token = FakeHub::WriteToken;
    HubWorld world(smallParts());
    seedOlder(world);
    PushJob job = world.job();
    Fault fault {.kind = FaultKind::Answer, .method = "GET", .path = ReadRepository, .times = 0};
    switch (which) {
    case 0:
        fault.status = 403;
        fault.body = R"({"error":"no, )" + token + R"(!"})";
        break;
    case 1:
        fault = {.method = "GET", .path = "/never"};
        world.hub.refuseObject(Sha256::of(world.folder.read("out/first/dataset.jsonl")), 422, token);
        break;
    case 2:
        fault.body = R"({"id":"lab/)" + token + R"(","private":true,"sha":")" + std::string(40, 'a') + "\"}";
        break;
    case 3:
        fault = {.method = "GET", .path = ReadRepository, .times = 0, .status = 403, .message = token};
        break;
    default:
        fault.path = "/api/whoami-v2";
        fault.body = R"({"name":")" + token + R"(","auth":{"accessToken":{"role":"read"}}})";
        job.publish.askWhoseToken = true;
        break;
    }
    world.hub.fail(fault);
    const PushResult result = world.push(job);
    QVERIFY(result.outcome.error);
    QVERIFY(!messageOf(result).contains(FakeHub::WriteToken));
    for (const PublishCheck& check : result.outcome.plan.checks) {
        QVERIFY(!QString::fromStdString(check.detail).contains(FakeHub::WriteToken));
    }
    for (const std::string& name : world.folder.entries()) {
        QVERIFY(name.ends_with('/') || world.folder.read(name).find(token) == std::string::npos);
    }
}

void PublishOtherHubTest::a_servers_words_are_shown_in_every_form_data()
{
    QTest::addColumn<QString>("body");
    QTest::newRow("text") << R"({"error":"the reason"})";
    QTest::newRow("list") << R"({"error":["one","the reason"]})";
    QTest::newRow("objects") << R"({"errors":[{"message":"the reason"}]})";
    QTest::newRow("described") << R"({"error":"code","error_description":"the reason"})";
    QTest::newRow("message") << R"({"message":"the reason","request_id":"x"})";
}

void PublishOtherHubTest::a_servers_words_are_shown_in_every_form()
{
    QFETCH(QString, body);
    HubWorld world;
    seedOlder(world);
    world.hub.fail({.kind = FaultKind::Answer,
        .method = "POST",
        .path = CommitPath,
        .status = 400,
        .body = body.toStdString()});
    const PushResult result = world.push();
    QVERIFY2(messageOf(result).contains("the reason"), qPrintable(messageOf(result)));
}

QTEST_GUILESS_MAIN(PublishOtherHubTest)
#include "tst_publish_other_hub.moc"
