// SPDX-License-Identifier: Apache-2.0
/// The fake Hub failing on demand, commanded from outside, and as a program.
#include "tests/support/hub_talk.h"

#include <QProcess>
#include <QTest>

#include <curl/curl.h>

#include <future>
#include <memory>

using namespace workbench;
using namespace workbench::fakehub;
using nlohmann::json;

namespace {

const std::string Id = "lab/clean";
const std::string Api = "/api/datasets/lab/clean";

const std::vector<json> OneFile {headerLine("Export"), fileLine("a.txt", "a")};

} // namespace

class TestFakeHubFaults : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_fault_strikes_its_requests_and_no_others();
    void a_status_says_when_to_come_back();
    void faults_without_an_answer_data();
    void faults_without_an_answer();
    void an_upload_is_reset_in_its_middle();
    void an_answer_is_cut_short_or_drips();
    void answers_that_are_no_json();
    void a_lost_answer_has_done_the_work();
    void a_server_error_after_the_work();
    void a_wrong_hash_is_stored_or_answered();
    void a_redirect_leads_to_another_host();
    void a_certificate_is_good_or_bad_data();
    void a_certificate_is_good_or_bad();
    void stopping_wakes_what_stalls();
    void the_control_endpoint_does_what_the_methods_do();
    void the_program_serves_until_its_input_ends_data();
    void the_program_serves_until_its_input_ends();
};

void TestFakeHubFaults::a_fault_strikes_its_requests_and_no_others()
{
    FakeHub hub;
    hub.createRepository(Id);
    hub.fail({.method = "GET", .path = "/api/datasets/*/tree/*", .nth = 2, .times = 2, .status = 503});
    const HubTalk lena {hub};
    QCOMPARE(lena.get(Api + "/tree/main").status, 200);
    QCOMPARE(lena.get(Api + "/tree/main").status, 503);
    QCOMPARE(lena.get(Api).status, 200);
    QCOMPARE(lena.get(Api + "/tree/main").status, 503);
    QCOMPARE(lena.get(Api + "/tree/main").status, 200);
    QCOMPARE(hub.count("GET", "/api/*/tree/*"), std::size_t(4));
    QCOMPARE(hub.requests().at(1).fault, std::string("status"));
}

void TestFakeHubFaults::a_status_says_when_to_come_back()
{
    FakeHub hub;
    hub.fail({.status = 429, .message = "slow down", .retryAfter = "7", .rateLimitReset = 12});
    hub.fail({.nth = 2, .status = 503, .retryDateIn = 60});
    const HubTalk lena {hub};
    const PlainAnswer first = lena.get("/api/whoami-v2");
    QCOMPARE(first.status, 429);
    QCOMPARE(first.header("retry-after"), std::string("7"));
    QCOMPARE(first.header("ratelimit"), std::string("\"api\";r=0;t=12"));
    const PlainAnswer second = lena.get("/api/whoami-v2");
    QCOMPARE(second.status, 503);
    QVERIFY(curl_getdate(second.header("retry-after").c_str(), nullptr)
            - curl_getdate(second.header("date").c_str(), nullptr)
        >= 59);
    QCOMPARE(lena.get("/api/whoami-v2").status, 200);
}

void TestFakeHubFaults::faults_without_an_answer_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("curlCode");
    QTest::newRow("stall") << static_cast<int>(FaultKind::Stall)
                           << static_cast<int>(CURLE_OPERATION_TIMEDOUT);
    QTest::newRow("close") << static_cast<int>(FaultKind::Close) << static_cast<int>(CURLE_GOT_NOTHING);
    QTest::newRow("reset") << static_cast<int>(FaultKind::Reset) << static_cast<int>(CURLE_RECV_ERROR);
}

void TestFakeHubFaults::faults_without_an_answer()
{
    QFETCH(const int, kind);
    QFETCH(const int, curlCode);
    FakeHub hub;
    hub.createRepository(Id);
    const Snapshot before = hub.snapshot(Id);
    hub.fail({.kind = static_cast<FaultKind>(kind), .path = "/api/*/commit/main"});
    const PlainAnswer answer = send({.method = "POST",
        .url = hub.url() + Api + "/commit/main",
        .token = FakeHub::WriteToken,
        .headers = {"Content-Type: application/x-ndjson"},
        .body = OneFile[0].dump() + "\n" + OneFile[1].dump(),
        .timeoutMilliseconds = 500});
    QCOMPARE(answer.curlCode, curlCode);
    QVERIFY(hub.snapshot(Id) == before);
    QCOMPARE(hub.requests().back().status, 0);
    QCOMPARE((HubTalk {hub}.commit(Id, OneFile).status), 200);
}

void TestFakeHubFaults::an_upload_is_reset_in_its_middle()
{
    FakeHub hub;
    hub.createRepository(Id);
    const HubTalk lena {hub};
    const std::string content(4'000'000, 'z');
    const std::string href = lena.batch(Id, content)["actions"]["upload"]["href"].get<std::string>();
    hub.fail({.kind = FaultKind::Reset, .method = "PUT", .bytes = 1'000'000});
    QCOMPARE(lena.put(href, content).status, 0);
    QCOMPARE(hub.requests().back().bodyBytes, std::uint64_t(1'000'000));
    QVERIFY(lena.batch(Id, content).contains("actions"));
    QCOMPARE(lena.put(href, content).status, 200);
    QVERIFY(!lena.batch(Id, content).contains("actions"));
}

void TestFakeHubFaults::an_answer_is_cut_short_or_drips()
{
    FakeHub hub;
    hub.createRepository(Id);
    hub.fail({.kind = FaultKind::TruncatedBody, .path = Api, .bytes = 10});
    hub.fail({.kind = FaultKind::StallBody, .path = Api, .nth = 2, .bytes = 10});
    hub.fail({.kind = FaultKind::SlowDrip, .path = "/api/validate-yaml", .milliseconds = 1});
    const HubTalk lena {hub};
    const PlainAnswer cut = lena.get(Api);
    QCOMPARE(cut.curlCode, static_cast<int>(CURLE_PARTIAL_FILE));
    QCOMPARE(cut.body.size(), std::size_t(10));
    const PlainAnswer stalled
        = send({.url = hub.url() + Api, .token = FakeHub::WriteToken, .timeoutMilliseconds = 500});
    QCOMPARE(stalled.curlCode, static_cast<int>(CURLE_OPERATION_TIMEDOUT));
    QCOMPARE(stalled.body.size(), std::size_t(10));
    const PlainAnswer slow = lena.post("/api/validate-yaml", {{"content", "# Hi"}, {"repoType", "dataset"}});
    QCOMPARE(slow.body, std::string(R"({"errors":[],"warnings":[]})"));
}

void TestFakeHubFaults::answers_that_are_no_json()
{
    FakeHub hub;
    hub.fail({.kind = FaultKind::NotJson});
    hub.fail({.kind = FaultKind::LoginPage, .nth = 2});
    hub.fail({.kind = FaultKind::HugeJson, .nth = 3, .bytes = 300'000});
    hub.fail({.kind = FaultKind::Answer, .nth = 4, .status = 207, .body = "[]"});
    const HubTalk lena {hub};
    const PlainAnswer broken = lena.get("/api/whoami-v2");
    QCOMPARE(broken.status, 200);
    QVERIFY(broken.header("content-type").starts_with("application/json") && broken.json().is_discarded());
    const PlainAnswer page = lena.get("/api/whoami-v2");
    QCOMPARE(page.status, 200);
    QVERIFY(page.header("content-type").starts_with("text/html"));
    const PlainAnswer huge = lena.get("/api/whoami-v2");
    QVERIFY(huge.body.size() >= 300'000 && huge.json().is_array());
    const PlainAnswer other = lena.get("/api/whoami-v2");
    QCOMPARE(other.status, 207);
    QCOMPARE(other.body, std::string("[]"));
}

void TestFakeHubFaults::a_lost_answer_has_done_the_work()
{
    FakeHub hub;
    hub.createRepository(Id);
    hub.fail({.kind = FaultKind::LostAnswer, .path = "/api/*/commit/*"});
    const HubTalk lena {hub};
    const std::string head = hub.snapshot(Id).head;
    const std::vector<json> lines {headerLine("Export", head), fileLine("a.txt", "a")};
    QCOMPARE(lena.commit(Id, lines).status, 0);
    QCOMPARE(hub.commits(Id).size(), std::size_t(2));
    QVERIFY(hub.snapshot(Id).files.contains("a.txt"));
    QCOMPARE(lena.commit(Id, lines).status, 412); // with the parent named, sending it again is safe
    QCOMPARE(hub.commits(Id).size(), std::size_t(2));
}

void TestFakeHubFaults::a_server_error_after_the_work()
{
    FakeHub hub;
    hub.createRepository(Id);
    hub.fail({.path = "/api/*/commit/*", .status = 500, .afterWork = true});
    hub.fail(Fault::lockedRepository());
    const HubTalk lena {hub};
    QCOMPARE(lena.commit(Id, OneFile).status, 500);
    QCOMPARE(hub.commits(Id).size(), std::size_t(2));
    hub.clearFaults();
    hub.fail(Fault::lockedRepository());
    QCOMPARE(lena.commit(Id, OneFile).status, 409);
    QCOMPARE(hub.commits(Id).size(), std::size_t(2));
}

void TestFakeHubFaults::a_wrong_hash_is_stored_or_answered()
{
    FakeHub hub;
    hub.createRepository(Id);
    const HubTalk lena {hub};
    hub.fail({.kind = FaultKind::WrongHash, .method = "PUT"});
    QVERIFY(lena.store(Id, "content"));
    QCOMPARE(lena.commit(Id, {headerLine("x"), lfsLine("large", "content")}).status, 200);
    QVERIFY(hub.snapshot(Id).files.at("large").sha256 != sha256("content"));
    hub.fail({.kind = FaultKind::WrongHash, .path = "/api/*/commit/*"});
    QCOMPARE(lena.commit(Id, OneFile).status, 200);
    QVERIFY(hub.snapshot(Id).files.at("a.txt").sha256 != sha256("a"));
    hub.fail({.kind = FaultKind::WrongHash, .path = "/api/*/tree/*"});
    const json wrong = lena.get(Api + "/tree/main").json();
    const json right = lena.get(Api + "/tree/main").json();
    QCOMPARE(wrong.size(), right.size());
    QVERIFY(wrong.at(0)["oid"] != right.at(0)["oid"]);
}

void TestFakeHubFaults::a_redirect_leads_to_another_host()
{
    FakeHub hub;
    hub.createRepository(Id);
    hub.fail({.kind = FaultKind::Redirect, .status = 307});
    const PlainAnswer answer = HubTalk {hub}.get(Api);
    QCOMPARE(answer.status, 307);
    QCOMPARE(answer.header("location"), hub.storageUrl() + "/elsewhere" + Api);
    QCOMPARE(send({.url = answer.header("location"), .token = FakeHub::WriteToken}).status, 400);
    QCOMPARE(hub.leaks(), std::size_t(1));
}

void TestFakeHubFaults::a_certificate_is_good_or_bad_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<int>("validToDays");
    QTest::addColumn<bool>("trusted");
    QTest::addColumn<QString>("priorities");
    QTest::addColumn<int>("status");
    const QString here = QStringLiteral("127.0.0.1");
    QTest::newRow("good") << here << 30 << true << QString() << 200;
    QTest::newRow("signed by itself") << here << 30 << false << QString() << 0;
    QTest::newRow("of another host") << QStringLiteral("127.0.0.9") << 30 << true << QString() << 0;
    QTest::newRow("expired") << here << -1 << true << QString() << 0;
    QTest::newRow("old protocol") << here << 30 << true << QStringLiteral("NORMAL:-VERS-ALL:+VERS-TLS1.0")
                                  << 0;
}

void TestFakeHubFaults::a_certificate_is_good_or_bad()
{
    QFETCH(const QString, address);
    QFETCH(const int, validToDays);
    QFETCH(const bool, trusted);
    QFETCH(const QString, priorities);
    QFETCH(const int, status);
    Tls tls = selfSigned({.address = address.toStdString(), .validFromDays = -9, .validToDays = validToDays});
    tls.priorities = priorities.toStdString();
    FakeHub hub({}, tls);
    const PlainAnswer answer = send({.url = hub.url() + "/api/whoami-v2",
        .token = FakeHub::WriteToken,
        .trusted = trusted ? tls.certificate : std::string()});
    QCOMPARE(answer.status, status);
    QCOMPARE(hub.requests().size(), std::size_t(status == 200 ? 1 : 0));
}

void TestFakeHubFaults::stopping_wakes_what_stalls()
{
    auto hub = std::make_unique<FakeHub>();
    hub->fail({.kind = FaultKind::Stall});
    auto waiting = std::async(
        std::launch::async, [url = hub->url()] { return send({.url = url + "/api/whoami-v2"}); });
    QTRY_COMPARE(hub->requests().size(), std::size_t(1));
    hub.reset();
    QCOMPARE(waiting.get().status, 0);
}

void TestFakeHubFaults::the_control_endpoint_does_what_the_methods_do()
{
    FakeHub hub;
    const HubTalk nobody {hub, ""};
    const auto tell = [&](const json& command) { return nobody.post("/__control", command); };
    QCOMPARE(tell({{"command", "create_repository"}, {"repo", Id}}).status, 200);
    QCOMPARE(tell({{"command", "commit_files"}, {"repo", Id}, {"files", {{"a.txt", "a"}}}}).status, 200);
    const json fault {{"kind", "status"}, {"path", Api}, {"status", 418}, {"error_code", "Teapot"}};
    QCOMPARE(tell({{"command", "fail"}, {"fault", fault}}).status, 200);
    QCOMPARE((HubTalk {hub}.get(Api).header("x-error-code")), std::string("Teapot"));
    QCOMPARE(tell({{"command", "options"}, {"options", {{"lfs_above", 1}}}}).status, 200);
    QCOMPARE(hub.options().lfsAbove, std::uint64_t(1));
    const json log = tell({{"command", "log"}}).json();
    QCOMPARE(log["requests"].size(), std::size_t(1)); // commands are not counted
    QCOMPARE(log["requests"][0]["status"].get<int>(), 418);
    QVERIFY(log["requests"][0]["had_token"].get<bool>());
    const json snapshot = tell({{"command", "snapshot"}, {"repo", Id}}).json();
    QCOMPARE(snapshot["files"]["a.txt"]["sha256"].get<std::string>(), sha256("a"));
    QCOMPARE(tell({{"command", "fail"}, {"fault", {{"knid", "status"}}}}).status, 400);
    QCOMPARE(tell({{"command", "no such"}}).status, 400);
}

void TestFakeHubFaults::the_program_serves_until_its_input_ends_data()
{
    QTest::addColumn<bool>("bySignal");
    QTest::newRow("end of input") << false;
    QTest::newRow("SIGTERM") << true;
}

void TestFakeHubFaults::the_program_serves_until_its_input_ends()
{
    QFETCH(const bool, bySignal);
    QProcess program;
    program.start(QStringLiteral(FAKE_HUB_PROGRAM),
        {QStringLiteral("--fail"), QStringLiteral(R"({"kind":"status","status":503})")});
    QVERIFY(program.waitForReadyRead(20'000));
    const json first = json::parse(program.readLine().toStdString(), nullptr, false);
    QVERIFY(first.is_object());
    const std::string url = first["endpoint"].get<std::string>() + "/api/whoami-v2";
    const std::string token = first["token"].get<std::string>();
    QCOMPARE(send({.url = url, .token = token}).status, 503);
    QCOMPARE(send({.url = url, .token = token}).status, 200);
    if (bySignal) {
        program.terminate();
    } else {
        program.closeWriteChannel();
    }
    QVERIFY(program.waitForFinished(20'000));
    QCOMPARE(program.exitStatus(), QProcess::NormalExit);
    QCOMPARE(program.exitCode(), 0);
}

QTEST_GUILESS_MAIN(TestFakeHubFaults)
#include "tst_fake_hub_faults.moc"
