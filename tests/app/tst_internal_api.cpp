// SPDX-License-Identifier: GPL-3.0-or-later
// The internal API as functions: requests in, answers out, no socket.
#include "app/serve/internal_api.h"
#include "core/base/rfc3339.h"
#include "core/schema/builtin_schemas.h"
#include "tests/support/example_builder.h"
#include "tests/support/json_schema.h"
#include "tests/support/temporary_folder.h"

#include <QtTest>

#include <atomic>
#include <set>
#include <thread>

using namespace workbench;
using namespace std::chrono_literals;

namespace {

const std::string Export = "/api/internal/hf/export?internal=1";
const std::string Status = "/api/internal/hf/status?internal=1&job_id=";
const std::string Cancel = "/api/internal/hf/cancel?internal=1&job_id=";
const std::string Jobs = "/api/internal/hf/jobs?internal=1";

ApiRequest request(std::string method, std::string target, std::string body = {}, HttpFields headers = {})
{
    ApiRequest request;
    request.method = std::move(method);
    request.target = std::move(target);
    request.body = std::move(body);
    request.headers = std::move(headers);
    if (headerOf(request, "host").count == 0) {
        request.headers.emplace_back("Host", "127.0.0.1:3000");
    }
    return request;
}

/// A folder with data, a queue whose pushes wait at a door, and the API over both.
class World {
public:
    explicit World(std::optional<AccessToken> token = {}, const std::string& host = "127.0.0.1")
    {
        std::string lines;
        for (int i = 0; i < 10; ++i) {
            lines += ExampleBuilder().with("id", "ex_" + std::to_string(i)).json() + '\n';
        }
        folder.write("data/a.jsonl", lines);
        QueueSettings settings;
        settings.schema = defaultSchema();
        settings.dataDir = folder.path("data");
        settings.outDir = folder.path("out");
        settings.push = [this](const std::string&, const std::string& repo, const std::stop_token& stop) {
            while (!doorIsOpen && !stop.stop_requested()) {
                std::this_thread::sleep_for(1ms);
            }
            return PushReceipt {false, repo, {}, {}, "pushing is switched off"};
        };
        auto opened = JobQueue::open(settings);
        if (!opened) {
            qFatal("no queue: %s", opened.error().message.c_str());
        }
        queue = std::move(*opened);
        api.emplace(*queue,
            ApiSettings {{host, 3000}, std::move(token),
                {defaultSchema(), 50000, SplitStrategy::BySourceIndustry, "owner/name"}});
    }
    ~World() { doorIsOpen = true; }
    World(const World&) = delete;
    World& operator=(const World&) = delete;
    World(World&&) = delete;
    World& operator=(World&&) = delete;

    [[nodiscard]] ApiResponse ask(const ApiRequest& asked) const { return api->answer(asked); }
    [[nodiscard]] nlohmann::json json(const ApiRequest& asked) const
    {
        return nlohmann::json::parse(ask(asked).body, nullptr, false);
    }
    [[nodiscard]] std::string started(const std::string& body = "{}") const
    {
        return json(request("POST", Export, body)).value("job_id", "");
    }
    [[nodiscard]] std::string waitForEnd(const std::string& jobId) const
    {
        for (int tries = 0; tries < 6000; ++tries) {
            const std::string status = json(request("GET", Status + jobId)).value("status", "");
            if (status != "queued" && status != "running") {
                return status;
            }
            std::this_thread::sleep_for(5ms);
        }
        return "for ever";
    }
    /// All that the folder holds: what a refused request must not change.
    [[nodiscard]] std::vector<std::string> state() const { return folder.entries(); }

    TemporaryFolder folder;
    std::atomic<bool> doorIsOpen = false;
    std::unique_ptr<JobQueue> queue;
    std::optional<InternalApi> api;
};

} // namespace

class InternalApiTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void an_export_is_started_and_its_record_is_the_answer_to_status()
    {
        const World world;
        const ApiResponse response
            = world.ask(request("POST", Export, R"({"source":"mock","max_rows":4,"split":"none"})"));
        QCOMPARE(response.status, 202);
        const auto started = nlohmann::json::parse(response.body);
        QCOMPARE(started.size(), 2U);
        QCOMPARE(started.value("status", ""), std::string("started"));
        const std::string jobId = started.value("job_id", "");
        QCOMPARE(world.waitForEnd(jobId), std::string("completed"));
        const auto record = world.json(request("GET", Status + jobId));
        QCOMPARE(record["rows"].value("exported", 0), 4);
        QCOMPARE(record.value("split", ""), std::string("none"));
        QVERIFY(record["push"].is_null() && record["error"].is_null());
        QCOMPARE(world.json(request("GET", Jobs))["jobs"].size(), 1U);
    }

    void a_push_that_is_not_allowed_is_told_in_the_record()
    {
        World world;
        world.doorIsOpen = true;
        const std::string jobId = world.started(R"({"push":true,"repo":"some/where"})");
        QCOMPARE(world.waitForEnd(jobId), std::string("completed"));
        const auto push = world.json(request("GET", Status + jobId))["push"];
        QCOMPARE(push.value("pushed", true), false);
        QCOMPARE(push.value("repo", ""), std::string("some/where"));
        QCOMPARE(push.value("error", ""), std::string("pushing is switched off"));
    }

    void what_cannot_be_understood_is_400_and_named_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("named");
        const auto row = [](const char* body, const char* named) {
            QTest::newRow(QByteArray(body).left(60).constData()) << QByteArray(body) << QByteArray(named);
        };
        row(R"({"sauce":"mock"})", "sauce");
        row(R"({"__proto__":{}})", "__proto__");
        row(R"({"job_id":"x"})", "job_id");
        row(R"({"Source":"mock"})", "Source");
        row(R"({"source":1})", "source");
        row(R"({"source":null})", "source");
        row(R"({"source":["mock"]})", "source");
        row(R"({"source":"fake"})", "source");
        row(R"({"source":""})", "source");
        row(R"({"industry":7})", "industry");
        row(R"({"industry":""})", "industry");
        row(R"({"industry":"../../etc/passwd"})", "industry");
        row(R"({"max_rows":"5"})", "max_rows");
        row(R"({"max_rows":0})", "max_rows");
        row(R"({"max_rows":-1})", "max_rows");
        row(R"({"max_rows":1.5})", "max_rows");
        row(R"({"max_rows":1e3})", "max_rows");
        row(R"({"max_rows":99999999999999999999})", "max_rows");
        row(R"({"max_rows":true})", "max_rows");
        row(R"({"maxRows":{}})", "maxRows");
        row(R"({"max_rows":1,"maxRows":1})", "maxRows");
        row(R"({"push":"true"})", "push");
        row(R"({"push":1})", "push");
        row(R"({"push":null})", "push");
        row(R"({"split":"weekly"})", "split");
        row(R"({"split":3})", "split");
        row(R"({"repo":"nobody"})", "repo");
        row(R"({"repo":"../x"})", "repo");
        row(R"({"repo":"a/b/c"})", "repo");
        row(R"({"on_rejection":"ignore"})", "on_rejection");
        row(R"({"on_rejection":false})", "on_rejection");
        row(R"({"source":"mock","source":"real"})", "source");
        row(R"([])", "body");
        row(R"("mock")", "body");
        row(R"(null)", "body");
        row(R"({)", "body");
        row(R"({} {})", "body");
        row("{\"source\":\"\xff\"}", "body");
        row("source=mock", "body");
    }

    void what_cannot_be_understood_is_400_and_named()
    {
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, named);
        const World world;
        const auto before = world.state();
        const ApiResponse response = world.ask(request("POST", Export, body.toStdString()));
        QCOMPARE(response.status, 400);
        QVERIFY2(response.body.find(named.toStdString()) != std::string::npos, response.body.c_str());
        QVERIFY(world.state() == before);
    }

    void an_answer_quotes_nothing_that_could_be_somebodys_data()
    {
        const World world;
        for (const char* const body :
            {R"({"jane@example.com":1})", R"({"call 555-123-4567":1})", R"({"a5551234567":1})",
                R"({"source":"jane@example.com"})", R"({"industry":"jane@example.com"})",
                R"({"repo":"jane@example.com"})", R"({"jane@example.com":1,"jane@example.com":2})",
                "jane@example.com", R"({"<script>alert(1)</script>":"jane"})"}) {
            const ApiResponse response = world.ask(request("POST", Export, body));
            QCOMPARE(response.status, 400);
            for (const char* const secret : {"jane", "555", "script"}) {
                QVERIFY2(response.body.find(secret) == std::string::npos, response.body.c_str());
            }
        }
    }

    void bombs_are_refused_quickly()
    {
        const World world;
        QElapsedTimer timer;
        timer.start();
        std::string many = "{";
        for (int i = 0; i < 5000; ++i) {
            many += "\"k" + std::string(1, static_cast<char>('a' + i % 26)) + "\":1,";
        }
        const std::string spaces = std::string(60'000, ' ') + "{}";
        QCOMPARE(world.ask(request("POST", Export, std::string(65'000, '['))).status, 400);
        QCOMPARE(
            world.ask(request("POST", Export, std::string(32'000, '[') + std::string(32'000, ']'))).status,
            400);
        std::string nested;
        for (int i = 0; i < 10'000; ++i) {
            nested += "{\"a\":";
        }
        QCOMPARE(world.ask(request("POST", Export, nested)).status, 400);
        QCOMPARE(world.ask(request("POST", Export, many)).status, 400);
        QCOMPARE(world.ask(request("POST", Export, "{\"max_rows\":1e999999}")).status, 400);
        QCOMPARE(world.ask(request("POST", Export, std::string(InternalApi::MostBody + 1, ' '))).status, 413);
        QCOMPARE(world.ask(request("POST", Export, spaces)).status, 202);
        QVERIFY2(timer.elapsed() < 5000, qPrintable(QString::number(timer.elapsed())));
    }

    void a_body_that_is_too_large_is_413()
    {
        const World world;
        ApiRequest large = request("POST", Export);
        large.bodyTooLarge = true;
        QCOMPARE(world.ask(large).status, 413);
        QCOMPARE(world.json(request("GET", Jobs))["jobs"].size(), 0U);
    }

    void thirty_spellings_of_a_path_are_no_job_data()
    {
        QTest::addColumn<QByteArray>("spelling");
        for (const char* const spelling : {"../../etc/passwd", "..%2f..%2fetc%2fpasswd",
                 "%2e%2e/%2e%2e/etc/passwd", "%2e%2e%2f%2e%2e%2fetc%2fpasswd", "..%252f..%252fetc",
                 "....//....//etc", "..\\..\\etc", "..%5c..%5cetc", "%c0%ae%c0%ae/etc", "%c0%2e%c0%2e/",
                 "/etc/passwd", "%2fetc%2fpasswd", "file:///etc/passwd", "./x", ".", "..", ".hidden",
                 ".queue-lock", "x/../y", "x/", "/x", "~root", "a%00b", "%00", "a%0a", "a%0d%0aSet-Cookie:x",
                 "%ef%bc%8e%ef%bc%8e%ef%bc%8f", "..;/x", "a+b", "a%20b", "*", "a?b", "%", "%zz", "", "$(id)",
                 "`id`", "a|b", "a;b", "%u002e%u002e"}) {
            QTest::newRow(*spelling == '\0' ? "nothing" : spelling) << QByteArray(spelling);
        }
        QTest::newRow("65 characters") << QByteArray(65, 'a');
    }

    void thirty_spellings_of_a_path_are_no_job()
    {
        QFETCH(QByteArray, spelling);
        const World world;
        const auto before = world.state();
        for (const ApiRequest& asked : {request("GET", Status + spelling.toStdString()),
                 request("POST", Cancel + spelling.toStdString())}) {
            const ApiResponse response = world.ask(asked);
            QVERIFY2(response.status == 400 || response.status == 404, response.body.c_str());
            QVERIFY(response.body.find("root:") == std::string::npos);
            QVERIFY(response.body.find("passwd") == std::string::npos);
        }
        QVERIFY(world.state() == before);
    }

    void a_job_that_nobody_knows_is_404()
    {
        const World world;
        QCOMPARE(world.ask(request("GET", Status + "nobody")).status, 404);
        QCOMPARE(world.ask(request("POST", Cancel + "nobody")).status, 404);
        QCOMPARE(world.ask(request("GET", "/api/internal/hf/status?internal=1")).status, 400);
        QCOMPARE(world.ask(request("GET", Status + "a&job_id=b")).status, 400);
    }

    void without_internal_1_there_is_nothing_here_data()
    {
        QTest::addColumn<QByteArray>("target");
        for (const char* const target : {"/api/internal/hf/export", "/api/internal/hf/export?internal=0",
                 "/api/internal/hf/export?internal", "/api/internal/hf/export?internal=1&internal=1",
                 "/api/internal/hf/export?internal=11", "/api/internal/hf/export?Internal=1",
                 "/api/internal/hf/export?internal=true", "/api/internal/hf/export#?internal=1",
                 "/api/internal/hf/export/?internal=1", "//api/internal/hf/export?internal=1",
                 "/api/internal/hf/../hf/export?internal=1", "/api/internal/hf/%65xport?internal=1",
                 "/API/internal/hf/export?internal=1", "/api/internal/hf/export;x?internal=1",
                 "http://127.0.0.1:3000/api/internal/hf/export?internal=1", "/", "", "*", "?internal=1",
                 "/api/internal/hf/nothing?internal=1", "/etc/passwd", "/../../etc/passwd"}) {
            QTest::newRow(*target == '\0' ? "nothing" : target) << QByteArray(target);
        }
    }

    void without_internal_1_there_is_nothing_here()
    {
        QFETCH(QByteArray, target);
        const World world;
        const ApiResponse response = world.ask(request("POST", target.toStdString(), "{}"));
        QCOMPARE(response.status, 404);
        // Nor can it be told from a path that there never was.
        QCOMPARE(response.body, world.ask(request("POST", "/nowhere", "{}")).body);
        QCOMPARE(world.json(request("GET", Jobs))["jobs"].size(), 0U);
    }

    void another_method_is_405_and_the_right_one_named_data()
    {
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<QByteArray>("allowed");
        QTest::newRow("export") << QByteArray::fromStdString(Export) << QByteArray("POST");
        QTest::newRow("cancel") << QByteArray::fromStdString(Cancel + "x") << QByteArray("POST");
        QTest::newRow("status") << QByteArray::fromStdString(Status + "x") << QByteArray("GET, HEAD");
        QTest::newRow("jobs") << QByteArray::fromStdString(Jobs) << QByteArray("GET, HEAD");
        QTest::newRow("health") << QByteArray("/healthz") << QByteArray("GET, HEAD");
        QTest::newRow("metrics") << QByteArray("/metrics") << QByteArray("GET, HEAD");
    }

    void another_method_is_405_and_the_right_one_named()
    {
        QFETCH(QByteArray, target);
        QFETCH(QByteArray, allowed);
        const World world;
        for (const char* const method : {"GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE",
                 "CONNECT", "get", "post", "BREW", ""}) {
            if (allowed.contains(method) && *method != '\0') {
                continue;
            }
            const ApiResponse response = world.ask(request(method, target.toStdString()));
            QCOMPARE(response.status, 405);
            QCOMPARE(response.headers.size(), 1U);
            QCOMPARE(response.headers.front().first, std::string("Allow"));
            QCOMPARE(response.headers.front().second, allowed.toStdString());
        }
    }

    void hosts_and_origins_data()
    {
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<QByteArray>("origin");
        QTest::addColumn<bool>("allowed");
        const auto row = [](const char* host, const char* origin, bool allowed) {
            QTest::newRow(QByteArray(host).append(" | ").append(origin).constData())
                << QByteArray(host) << QByteArray(origin) << allowed;
        };
        for (const char* const ours :
            {"127.0.0.1:3000", "127.0.0.1", "localhost:3000", "LocalHost:3000", "localhost", "[::1]:3000",
                "[::1]", "[0:0:0:0:0:0:0:1]:3000", "127.0.0.2:3000", "[::ffff:127.0.0.1]:3000"}) {
            row(ours, "", true);
        }
        for (const char* const foreign :
            {"", "evil.example", "evil.example:3000", "127.0.0.1.evil.example:3000", "localhost.evil.example",
                "localhost.", "127.0.0.1:3001", "127.0.0.1:", "127.0.0.1:03000x", "127.0.0.1:99999",
                "127.0.0.1:-1", "127.0.0.1:3000:3000", "user@127.0.0.1:3000", "127.0.0.1:3000@evil.example",
                "0.0.0.0:3000", "10.0.0.1:3000", "::1", "[::1", "[::1]x", "[localhost]", "[::]:3000", "127.1",
                "2130706433", "0x7f000001", "0177.0.0.1", "127.0.0.1 ", " 127.0.0.1", "127.0.0.1/",
                "127.0.0.1,evil.example", "[::ffff:10.0.0.1]",
                "\xef\xbc\x91"
                "27.0.0.1"}) {
            row(foreign, "", false);
        }
        for (const char* const ours : {"http://127.0.0.1:3000", "http://localhost:3000",
                 "HTTP://LOCALHOST:3000", "http://[::1]:3000"}) {
            row("127.0.0.1:3000", ours, true);
        }
        for (const char* const foreign : {"null", "http://evil.example", "https://127.0.0.1:3000",
                 "http://127.0.0.1", "http://127.0.0.1:8080", "http://localhost:3000.evil.example",
                 "http://localhost:3000/", "http://127.0.0.1:3000 http://evil.example", "file://", "*",
                 "http://user@localhost:3000", "chrome-extension://abc", "http://", "127.0.0.1:3000"}) {
            row("127.0.0.1:3000", foreign, false);
        }
    }

    void hosts_and_origins()
    {
        QFETCH(QByteArray, host);
        QFETCH(QByteArray, origin);
        QFETCH(bool, allowed);
        const World world;
        HttpFields headers {{"hOsT", host.toStdString()}};
        if (!origin.isEmpty()) {
            headers.emplace_back("Origin", origin.toStdString());
        }
        for (const char* const target : {"/healthz", "/metrics", "/nowhere", Jobs.c_str()}) {
            const int status = world.ask(request("GET", target, {}, headers)).status;
            QCOMPARE(status == 403, !allowed);
        }
        const ApiResponse response = world.ask(request("POST", Export, "{}", headers));
        QCOMPARE(response.status, allowed ? 202 : 403);
        QVERIFY(allowed || world.json(request("GET", Jobs))["jobs"].empty());
        for (const auto& [name, value] : response.headers) {
            QVERIFY2(name.find("Access-Control") == std::string::npos, value.c_str());
        }
    }

    void two_hosts_or_another_site_are_foreign()
    {
        const World world;
        const HttpFields two {{"Host", "127.0.0.1:3000"}, {"Host", "127.0.0.1:3000"}};
        QCOMPARE(world.ask(request("GET", "/healthz", {}, two)).status, 403);
        ApiRequest without = request("GET", "/healthz");
        without.headers.clear();
        QCOMPARE(world.ask(without).status, 403);
        for (const char* const site : {"cross-site", "same-site", ""}) {
            QCOMPARE(world.ask(request("GET", "/healthz", {}, {{"Sec-Fetch-Site", site}})).status, 403);
        }
        for (const char* const site : {"same-origin", "none"}) {
            QCOMPARE(world.ask(request("GET", "/healthz", {}, {{"Sec-Fetch-Site", site}})).status, 200);
        }
    }

    void a_server_bound_elsewhere_goes_by_its_own_name_or_the_address_that_was_reached()
    {
        const World world(AccessToken("t"), "0.0.0.0");
        const auto statusFor = [&world](const char* host, const char* local) {
            ApiRequest asked = request("GET", "/healthz", {}, {{"Host", host}});
            asked.localAddress = local;
            return world.ask(asked).status;
        };
        QCOMPARE(statusFor("10.1.2.3:3000", "10.1.2.3"), 200);
        QCOMPARE(statusFor("[fe80::1]:3000", "fe80::1"), 200);
        QCOMPARE(statusFor("10.1.2.3:3000", "::ffff:10.1.2.3"), 200);
        QCOMPARE(statusFor("localhost:3000", "127.0.0.1"), 200);
        QCOMPARE(statusFor("evil.example:3000", "10.1.2.3"), 403);
        QCOMPARE(statusFor("10.1.2.4:3000", "10.1.2.3"), 403);
    }

    void the_token_is_asked_for_where_there_is_one()
    {
        const World world(AccessToken("s3cret-token"));
        const auto statusFor = [&world](const HttpFields& headers, const std::string& target = Jobs) {
            return world.ask(request("GET", target, {}, headers)).status;
        };
        QCOMPARE(statusFor({}), 401);
        for (const char* const wrong : {"", "s", "s3cret-toke", "s3cret-token ", "s3cret-tokenx",
                 "S3CRET-TOKEN", "Bearer s3cret-token", "s3cret-token, s3cret-token"}) {
            QCOMPARE(statusFor({{"x-2ndmynd-internal", wrong}}), 401);
        }
        QCOMPARE(statusFor({{"x-2ndmynd-internal", "s3cret-token"}}), 200);
        QCOMPARE(statusFor({{"X-2ndMynd-Internal", "s3cret-token"}}), 200);
        QCOMPARE(
            statusFor({{"x-2ndmynd-internal", "s3cret-token"}, {"x-2ndmynd-internal", "s3cret-token"}}), 401);
        QCOMPARE(statusFor({{"Authorization", "Bearer s3cret-token"}}), 401);
        QCOMPARE(statusFor({}, "/healthz"), 200);
        QCOMPARE(statusFor({}, "/metrics"), 401);
        // Each refusal tells no more than the one before allowed.
        QCOMPARE(statusFor({}, "/api/internal/hf/jobs"), 404);
        QCOMPARE(statusFor({{"Host", "evil.example"}}), 403);
        QCOMPARE(world.ask(request("DELETE", Jobs)).status, 401);
        QCOMPARE(world.ask(request("POST", Export, std::string(70'000, 'x'))).status, 401);
        QCOMPARE(world.ask(request("POST", Export, "{\"x\":1}")).status, 401);
        QCOMPARE(world.ask(request("GET", Status + "../x")).status, 401);
        QVERIFY(world.ask(request("GET", Jobs)).body.find("s3cret") == std::string::npos);
    }

    void a_token_that_no_header_can_carry_is_refused_at_the_start()
    {
        const auto found = [](std::optional<std::string> environment, const char* file) {
            std::map<std::string, std::string> entries;
            if (file != nullptr) {
                entries[TokenKey] = file;
            }
            return findAccessToken([environment](const char*) { return environment; }, entries);
        };
        QVERIFY(found(std::nullopt, nullptr) && !*found(std::nullopt, nullptr));
        for (const char* const text : {"", " ", "a b", "a\nb", "\xc3\xa4"}) {
            QVERIFY(!found(text, nullptr));
            QVERIFY(!found(std::nullopt, text));
            QVERIFY(!found(text, "fine"));
            QCOMPARE(found(text, nullptr).error().code, ErrorCode::Usage);
        }
        QVERIFY((*found("one", "other"))->equals("one"));
        QVERIFY((*found(std::nullopt, "other"))->equals("other"));
    }

    void a_full_queue_is_429_and_cancelling_makes_room()
    {
        World world;
        const std::string first = world.started(R"({"push":true})");
        while (world.json(request("GET", Status + first)).value("status", "") != "running") {
            std::this_thread::sleep_for(1ms);
        }
        std::string last;
        for (int i = 0; i < 100; ++i) {
            last = world.started();
            QVERIFY(!last.empty());
        }
        const ApiResponse full = world.ask(request("POST", Export, "{}"));
        QCOMPARE(full.status, 429);
        QCOMPARE(full.headers.front().first, std::string("Retry-After"));
        QCOMPARE(world.ask(request("POST", Cancel + last)).status, 200);
        QCOMPARE(world.ask(request("POST", Cancel + last)).status, 409);
        QCOMPARE(world.json(request("GET", Status + last)).value("status", ""), std::string("cancelled"));
        QCOMPARE(world.ask(request("POST", Export, "{}")).status, 202);
        QCOMPARE(world.ask(request("POST", Cancel + first)).status, 202);
        QCOMPARE(world.waitForEnd(first), std::string("completed")); // its bundle was there before
        world.queue->stop(0ms);
        QCOMPARE(world.ask(request("POST", Export, "{}")).status, 503);
    }

    void figures_are_told_in_the_form_of_prometheus()
    {
        const World world;
        QCOMPARE(world.waitForEnd(world.started()), std::string("completed"));
        std::string text;
        for (int tries = 0; tries < 1000 && text.find("state=\"completed\"} 1\n") == std::string::npos;
             ++tries) {
            text = world.ask(request("GET", "/metrics")).body;
            std::this_thread::sleep_for(1ms);
        }
        for (const char* const line : {"# TYPE signals_export_jobs gauge\n",
                 "signals_export_jobs{state=\"completed\"} 1\n", "signals_export_jobs{state=\"queued\"} 0\n",
                 "signals_export_rows_total{kind=\"exported\"} 10\n",
                 "signals_export_rejections_total{rule=\"email\"} 0\n",
                 "signals_export_job_seconds_count 1\n"}) {
            QVERIFY2(text.find(line) != std::string::npos, line);
        }
        static const QRegularExpression Form(
            QStringLiteral("^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\\{[a-z]+=\"[a-z_]+\"\\})? [0-9.e+-]+)$"));
        for (const QString& line :
            QString::fromStdString(text).split(QLatin1Char('\n'), Qt::SkipEmptyParts)) {
            QVERIFY2(Form.match(line).hasMatch(), qPrintable(line));
        }
    }

    /// Of records that say all they can: what stands in one for a moment only is met in an answer by luck.
    void all_that_a_record_can_say_is_described()
    {
        const World world;
        const auto document = nlohmann::json::parse(
            world.ask(request("GET", "/api/internal/hf/openapi.json?internal=1")).body);
        for (const JobStatus status : {JobStatus::Queued, JobStatus::Running, JobStatus::Completed}) {
            JobRecord record;
            record.jobId = "full";
            record.status = status;
            record.queuedAt = record.startedAt = record.completedAt = "2026-11-30T12:00:00.000Z";
            record.seconds = 1.5;
            record.done = 0.5;
            record.rows = {10, 9, 7, 2};
            record.overLimit = 1;
            record.rejectionsByRule = {{"email", 2}};
            record.withheldFields = 3;
            record.labelsWithoutExample = 4;
            record.bundleDir = "out/full";
            record.infoSha256 = std::string(64, 'a');
            record.schemaName = "signals_v1";
            record.schemaHash = "c47f7d39";
            record.split = SplitStrategy::BySource;
            record.filters = {"mock", "hvac", parseRfc3339("2026-11-01T00:00:00Z")->time,
                parseRfc3339("2026-12-01T00:00:00Z")->time, true, 9};
            record.dataDir = "data";
            record.push
                = PushReceipt {true, "owner/name", std::string(40, 'b'), "http://127.0.0.1/x", "Words."};
            record.error = "Words.";
            record.request = QueuedRequest {1, true, true, "owner/name", std::string(64, 'c')};
            QCOMPARE(schemaFault(document, document["components"]["schemas"]["Job"],
                         nlohmann::json::parse(toJson(record))),
                std::string());
        }
    }

    void every_answer_is_what_the_description_says()
    {
        World world;
        const auto document = nlohmann::json::parse(
            world.ask(request("GET", "/api/internal/hf/openapi.json?internal=1")).body);
        QFile shipped(QStringLiteral(WORKBENCH_SOURCE_DIR "/resources/openapi.json"));
        QVERIFY(shipped.open(QIODevice::ReadOnly));
        QVERIFY(document == nlohmann::json::parse(shipped.readAll().toStdString()));
        const World guarded(AccessToken("t"));
        std::set<std::string> seen;
        const auto check = [&](const ApiRequest& asked, const ApiResponse& answer) {
            const std::string path = asked.target.substr(0, asked.target.find('?'));
            std::string method = asked.method == "POST" ? "post" : "get";
            if (!document["paths"].contains(path)) {
                return std::string("not described: ") + path;
            }
            if (!document["paths"][path].contains(method)) {
                method = document["paths"][path].begin().key(); // 405
            }
            const auto& responses = document["paths"][path][method]["responses"];
            const std::string status = std::to_string(answer.status);
            if (!responses.contains(status)) {
                return path + " does not describe " + status;
            }
            seen.insert(method + ' ' + path + ' ' + status);
            const auto& content = resolved(document, responses[status])["content"];
            if (content.contains("text/plain")) {
                return std::string(
                    answer.contentType == "text/plain; version=0.0.4; charset=utf-8" ? "" : "type");
            }
            return schemaFault(document, content["application/json"]["schema"],
                nlohmann::json::parse(answer.body, nullptr, false));
        };
        const std::string first = world.started(R"({"push":true})");
        const std::string second = world.started();
        const std::string third = world.started();
        std::vector<ApiRequest> all;
        for (const std::string& jobId : {first, second, third}) {
            all.push_back(request("GET", Status + jobId));
        }
        all.push_back(request("POST", Cancel + third));
        all.push_back(request("POST", Cancel + third));
        all.push_back(request("GET", Status + third));
        all.push_back(request("POST", Export, R"({"x":1})"));
        all.push_back(request("POST", Export, std::string(70'000, 'x')));
        const std::vector<std::string> targets {Export, Status + "x", Status + ".", Jobs, Cancel + "x",
            "/api/internal/hf/openapi.json?internal=1", "/api/internal/hf/jobs", "/healthz", "/healthz?x=1",
            "/metrics", "/metrics?x=1"};
        for (const std::string& target : targets) {
            for (const char* const method : {"GET", "POST", "DELETE"}) {
                all.push_back(request(method, target, method == std::string("POST") ? "{}" : ""));
                all.push_back(request(method, target, {}, {{"Host", "evil.example"}}));
            }
        }
        for (const ApiRequest& asked : all) {
            const std::string fault = check(asked, world.ask(asked));
            QVERIFY2(fault.empty(), (asked.method + ' ' + asked.target + ": " + fault).c_str());
            const std::string guardedFault = check(asked, guarded.ask(asked));
            QVERIFY2(guardedFault.empty(), guardedFault.c_str());
        }
        world.doorIsOpen = true;
        QCOMPARE(world.waitForEnd(second), std::string("completed"));
        for (const std::string& jobId : {first, second}) {
            const ApiRequest asked = request("GET", Status + jobId);
            QCOMPARE(check(asked, world.ask(asked)), std::string());
        }
        const ApiRequest list = request("GET", Jobs);
        QCOMPARE(check(list, world.ask(list)), std::string());
        for (const char* const wanted : {"post /api/internal/hf/export 202",
                 "post /api/internal/hf/export 413", "post /api/internal/hf/cancel 200",
                 "post /api/internal/hf/cancel 409", "get /api/internal/hf/status 200",
                 "get /api/internal/hf/status 404", "get /metrics 401", "get /healthz 200"}) {
            QVERIFY2(seen.count(wanted) == 1, wanted);
        }
    }
};

QTEST_GUILESS_MAIN(InternalApiTest)
#include "tst_internal_api.moc"
