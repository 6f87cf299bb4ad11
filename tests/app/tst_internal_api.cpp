// SPDX-License-Identifier: GPL-3.0-or-later
// The internal API: what it does with what it is asked, and that its description says so.
#include "tests/app/api_world.h"

#include "core/base/rfc3339.h"
#include "tests/support/json_schema.h"

#include <QtTest>

#include <set>

using namespace workbench;
using namespace std::chrono_literals;

class InternalApiTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void an_export_is_started_and_its_record_is_the_answer_to_status()
    {
        const ApiWorld world;
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
        ApiWorld world;
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
        const ApiWorld world;
        const auto before = world.state();
        const ApiResponse response = world.ask(request("POST", Export, body.toStdString()));
        QCOMPARE(response.status, 400);
        QVERIFY2(response.body.find(named.toStdString()) != std::string::npos, response.body.c_str());
        QVERIFY(world.state() == before);
    }

    void an_answer_quotes_nothing_that_could_be_somebodys_data()
    {
        const ApiWorld world;
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
        const ApiWorld world;
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
        const ApiWorld world;
        ApiRequest large = request("POST", Export);
        large.bodyTooLarge = true;
        QCOMPARE(world.ask(large).status, 413);
        QCOMPARE(world.json(request("GET", Jobs))["jobs"].size(), 0U);
    }

    void a_full_queue_is_429_and_cancelling_makes_room()
    {
        ApiWorld world;
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
        const ApiWorld world;
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
        const ApiWorld world;
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
        ApiWorld world;
        const auto document = nlohmann::json::parse(
            world.ask(request("GET", "/api/internal/hf/openapi.json?internal=1")).body);
        QFile shipped(QStringLiteral(WORKBENCH_SOURCE_DIR "/resources/openapi.json"));
        QVERIFY(shipped.open(QIODevice::ReadOnly));
        QVERIFY(document == nlohmann::json::parse(shipped.readAll().toStdString()));
        const ApiWorld guarded(AccessToken("t"));
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
