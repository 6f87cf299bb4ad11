// SPDX-License-Identifier: GPL-3.0-or-later
// Whom the internal API answers, and under which names, methods and hosts.
#include "tests/app/api_world.h"

#include <QtTest>

using namespace workbench;

class ApiAccessTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
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
        const ApiWorld world;
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
        const ApiWorld world;
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
        const ApiWorld world;
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
        const ApiWorld world;
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
        const ApiWorld world(AccessToken("t"), "0.0.0.0");
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
        const ApiWorld world(AccessToken("s3cret-token"));
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
        const ApiWorld world;
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
        const ApiWorld world;
        QCOMPARE(world.ask(request("GET", Status + "nobody")).status, 404);
        QCOMPARE(world.ask(request("POST", Cancel + "nobody")).status, 404);
        QCOMPARE(world.ask(request("GET", "/api/internal/hf/status?internal=1")).status, 400);
        QCOMPARE(world.ask(request("GET", Status + "a&job_id=b")).status, 400);
    }
};

QTEST_GUILESS_MAIN(ApiAccessTest)
#include "tst_api_access.moc"
