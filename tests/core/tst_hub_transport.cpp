// SPDX-License-Identifier: Apache-2.0
#include "core/hub/hub_client.h"
#include "core/hub/patience.h"
#include "tests/support/fake_hub/fake_hub.h"

#include <QElapsedTimer>
#include <QtTest>

#include <thread>

using namespace workbench;
using fakehub::FakeHub;
using fakehub::FaultKind;
using namespace std::chrono_literals;

namespace {

const std::stop_token Never;

HubEndpoint endpointOf(const FakeHub& hub) { return *HubEndpoint::parse(hub.url()); }

std::unique_ptr<HttpTransport> transportTo(const FakeHub& hub)
{
    return makeCurlTransport(endpointOf(hub), HubToken(FakeHub::WriteToken, "HF_TOKEN"));
}

HttpRequest get(const std::string& url)
{
    HttpRequest request;
    request.url = url;
    request.authorize = true;
    request.stall = 1s;
    return request;
}

/// A body whose length is a lie, or whose file fails.
class WrongBody final : public HttpBody {
public:
    WrongBody(std::uint64_t stated, std::uint64_t given) : m_stated(stated), m_given(given) {}
    [[nodiscard]] std::uint64_t size() const override { return m_stated; }
    [[nodiscard]] Result<std::size_t> read(std::span<char> room) override
    {
        if (m_read >= m_given) {
            return Error {ErrorCode::Io, "the file ended early", {}};
        }
        const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(room.size(), m_given - m_read));
        std::fill_n(room.begin(), count, 'x');
        m_read += count;
        return count;
    }
    [[nodiscard]] Result<void> rewind() override
    {
        m_read = 0;
        return {};
    }

private:
    std::uint64_t m_stated;
    std::uint64_t m_given;
    std::uint64_t m_read = 0;
};

} // namespace

class HubTransportTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void the_token_goes_to_its_own_origin();
    void the_token_never_goes_to_another_port_whatever_is_asked();
    void the_token_goes_nowhere_when_a_url_names_two_servers_data();
    void the_token_goes_nowhere_when_a_url_names_two_servers();
    void a_redirect_is_an_answer_and_not_followed();
    void reading_across_hosts_is_followed_without_the_token();
    void writing_across_hosts_is_refused();
    void a_stop_ends_a_silent_exchange_at_once_data();
    void a_stop_ends_a_silent_exchange_at_once();
    void a_silent_server_is_given_up_data();
    void a_silent_server_is_given_up();
    void an_upload_has_its_exact_length();
    void a_file_that_fails_breaks_the_request_off();
    void a_longer_answer_than_expected_is_not_kept();
    void nobody_there_is_told_apart_from_a_broken_connection();
    void http_goes_to_this_computer_alone();
    void one_connection_serves_many_requests();
    void a_long_body_has_its_time_and_no_more();
    void a_date_is_counted_by_the_clock_that_was_handed_in();
};

void HubTransportTest::the_token_goes_to_its_own_origin()
{
    const FakeHub hub;
    const auto outcome = transportTo(hub)->send(get(hub.url() + "/api/whoami-v2"), Never);
    QVERIFY(outcome.answer);
    QCOMPARE(outcome.answer->status, 200);
    QVERIFY(hub.requests().back().hadToken);
    QVERIFY(QByteArray::fromStdString(hub.requests().back().userAgent).startsWith("signals-workbench/"));
}

void HubTransportTest::the_token_never_goes_to_another_port_whatever_is_asked()
{
    const FakeHub hub;
    const auto outcome = transportTo(hub)->send(get(hub.storageUrl() + "/anything"), Never);
    QVERIFY(outcome.answer);
    QVERIFY(!hub.requests().back().hadToken);
    QCOMPARE(hub.leaks(), std::size_t(0));
}

void HubTransportTest::the_token_goes_nowhere_when_a_url_names_two_servers_data()
{
    QTest::addColumn<QString>("between");
    for (const char* const between : {"@", "\\@", ":x@", "\\:x@", "%5C@", "\t@"}) {
        QTest::newRow(between) << QString(between);
    }
}

/// A server says where its next answer is: in a redirect, or as the address that checks an upload.
void HubTransportTest::the_token_goes_nowhere_when_a_url_names_two_servers()
{
    QFETCH(QString, between);
    FakeHub hub;
    const std::string storage = hub.storageUrl().substr(std::string("http://").size());
    const std::string away = hub.url() + between.toStdString() + storage + "/x";
    hub.fail({.kind = FaultKind::Redirect, .method = "GET", .times = 0, .status = 307, .location = away});
    const auto transport = transportTo(hub);
    const auto direct = transport->send(get(away), Never);
    QVERIFY(!direct.answer);
    QCOMPARE(direct.failure.fault, HttpFault::BadUrl);
    HubClient client({endpointOf(hub), std::nullopt, transport.get(), realWaiter(), {}});
    QVERIFY(!client.whoami(Never));
    QVERIFY(!client.verifyUpload(away, {std::string(64, '0'), 1}, Never));
    QCOMPARE(hub.count("", ""), std::size_t(1)); // the one that was redirected
    QCOMPARE(hub.leaks(), std::size_t(0));
}

void HubTransportTest::a_redirect_is_an_answer_and_not_followed()
{
    FakeHub hub;
    hub.fail({.kind = FaultKind::Redirect, .path = "/api/whoami-v2"});
    const auto outcome = transportTo(hub)->send(get(hub.url() + "/api/whoami-v2"), Never);
    QVERIFY(outcome.answer);
    QCOMPARE(outcome.answer->status, 302);
    QCOMPARE(hub.requests().size(), std::size_t(1));
}

void HubTransportTest::reading_across_hosts_is_followed_without_the_token()
{
    FakeHub hub;
    hub.createRepository("lab/x");
    hub.commitFiles("lab/x", {{"a.bin", std::string(5000, 'a')}}, "large", {}, true);
    const auto transport = transportTo(hub);
    HubClient client({endpointOf(hub), std::nullopt, transport.get(), realWaiter(), {}});
    const auto text = client.fetch("lab/x", "main", "a.bin", 1U << 20, Never);
    QVERIFY(text);
    QCOMPARE(text->size(), std::size_t(5000));
    QCOMPARE(hub.requests().back().port, fakehub::Port::Storage);
    QCOMPARE(hub.leaks(), std::size_t(0));
}

void HubTransportTest::writing_across_hosts_is_refused()
{
    FakeHub hub;
    hub.fail({.kind = FaultKind::Redirect, .method = "POST", .status = 307});
    const auto transport = transportTo(hub);
    HubClient client({endpointOf(hub), std::nullopt, transport.get(), realWaiter(), {}});
    const auto made = client.createRepo("lab/x", true, "lena", Never);
    QVERIFY(!made);
    QCOMPARE(made.error.fault, HubFault::Untrusted);
    QCOMPARE(hub.requests().size(), std::size_t(1));
    QCOMPARE(hub.leaks(), std::size_t(0));
}

void HubTransportTest::a_stop_ends_a_silent_exchange_at_once_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<quint64>("bytes");
    QTest::newRow("no answer") << static_cast<int>(FaultKind::Stall) << quint64(0);
    QTest::newRow("half an answer") << static_cast<int>(FaultKind::StallBody) << quint64(5);
}

void HubTransportTest::a_stop_ends_a_silent_exchange_at_once()
{
    QFETCH(int, kind);
    QFETCH(quint64, bytes);
    FakeHub hub;
    hub.fail({.kind = static_cast<FaultKind>(kind), .times = 0, .bytes = bytes});
    const auto transport = transportTo(hub);
    HttpRequest request = get(hub.url() + "/api/whoami-v2");
    request.stall = 60s;
    std::stop_source stop;
    QElapsedTimer sinceStop;
    std::thread stopper([&] {
        while (hub.requests().empty()) {
            std::this_thread::sleep_for(5ms);
        }
        sinceStop.start();
        stop.request_stop();
    });
    const auto outcome = transport->send(request, stop.get_token());
    stopper.join();
    QVERIFY(!outcome.answer);
    QCOMPARE(outcome.failure.fault, HttpFault::Cancelled);
    QVERIFY2(sinceStop.elapsed() < 1000, "a stop is noticed within 100 ms, and this machine may be busy");
}

void HubTransportTest::a_silent_server_is_given_up_data() { a_stop_ends_a_silent_exchange_at_once_data(); }

void HubTransportTest::a_silent_server_is_given_up()
{
    QFETCH(int, kind);
    QFETCH(quint64, bytes);
    FakeHub hub;
    hub.fail({.kind = static_cast<FaultKind>(kind), .times = 0, .bytes = bytes});
    const auto outcome = transportTo(hub)->send(get(hub.url() + "/api/whoami-v2"), Never);
    QVERIFY(!outcome.answer);
    QCOMPARE(outcome.failure.fault, HttpFault::Broken);
    QCOMPARE(outcome.failure.message, std::string("127.0.0.1 said nothing for 1 s."));
}

void HubTransportTest::an_upload_has_its_exact_length()
{
    const FakeHub hub;
    TextBody body(std::string(700'000, 'x'));
    HttpRequest request = get(hub.storageUrl() + "/nowhere");
    request.method = "PUT";
    request.body = &body;
    std::uint64_t sent = 0;
    request.sent = [&sent](std::uint64_t count) { sent = count; };
    const auto outcome = transportTo(hub)->send(request, Never);
    QVERIFY(outcome.answer);
    QVERIFY(outcome.answer->status != 501); // what storage says to a body of no stated length
    QCOMPARE(hub.requests().back().bodyBytes, std::uint64_t(700'000));
    QCOMPARE(sent, std::uint64_t(700'000));
}

void HubTransportTest::a_file_that_fails_breaks_the_request_off()
{
    const FakeHub hub;
    WrongBody body(100'000, 50'000);
    HttpRequest request = get(hub.storageUrl() + "/nowhere");
    request.method = "PUT";
    request.body = &body;
    const auto outcome = transportTo(hub)->send(request, Never);
    QVERIFY(!outcome.answer);
    QCOMPARE(outcome.failure.fault, HttpFault::LocalFile);
    QCOMPARE(outcome.failure.message, std::string("the file ended early"));
}

void HubTransportTest::a_longer_answer_than_expected_is_not_kept()
{
    FakeHub hub;
    hub.fail({.kind = FaultKind::HugeJson, .bytes = 3'000'000});
    HttpRequest request = get(hub.url() + "/api/whoami-v2");
    request.largestAnswer = 1'000'000;
    const auto outcome = transportTo(hub)->send(request, Never);
    QVERIFY(!outcome.answer);
    QCOMPARE(outcome.failure.fault, HttpFault::TooLarge);
}

void HubTransportTest::nobody_there_is_told_apart_from_a_broken_connection()
{
    FakeHub hub;
    const auto transport = transportTo(hub);
    hub.fail({.kind = FaultKind::Reset, .times = 0});
    const auto broken = transport->send(get(hub.url() + "/api/whoami-v2"), Never);
    QVERIFY(!broken.answer);
    QCOMPARE(broken.failure.fault, HttpFault::Broken);
    hub.stop();
    const auto nobody = transport->send(get(hub.url() + "/api/whoami-v2"), Never);
    QVERIFY(!nobody.answer);
    QCOMPARE(nobody.failure.fault, HttpFault::NoConnection);
}

void HubTransportTest::http_goes_to_this_computer_alone()
{
    const FakeHub hub;
    for (const char* const url :
        {"http://storage.example/x", "ftp://127.0.0.1/x", "file:///etc/passwd", "/x"}) {
        const auto outcome = transportTo(hub)->send(get(url), Never);
        QVERIFY(!outcome.answer);
        QCOMPARE(outcome.failure.fault, HttpFault::BadUrl);
    }
}

void HubTransportTest::one_connection_serves_many_requests()
{
    FakeHub hub;
    const auto transport = transportTo(hub);
    for (int i = 0; i < 20; ++i) {
        const auto outcome = transport->send(get(hub.url() + "/api/whoami-v2"), Never);
        QVERIFY(outcome.answer);
        QCOMPARE(outcome.answer->status, 200);
    }
    QCOMPARE(hub.count("GET", "/api/whoami-v2"), std::size_t(20));
}

void HubTransportTest::a_long_body_has_its_time_and_no_more()
{
    HttpRequest request;
    request.total = 300s;
    QCOMPARE(longestOf(request), std::chrono::milliseconds(300s));
    WrongBody part(16'000'000, 0);
    request.body = &part;
    QCOMPARE(longestOf(request), std::chrono::milliseconds(300s + 976s));
}

void HubTransportTest::a_date_is_counted_by_the_clock_that_was_handed_in()
{
    /// Too many requests, come again at five past; it does not say what time it is.
    class NoDate final : public HttpTransport {
    public:
        [[nodiscard]] HttpOutcome send(const HttpRequest&, const std::stop_token&) override
        {
            return {HttpAnswer {429, {{"Retry-After", "Tue, 01 Dec 2026 12:05:00 GMT"}}, {}}, {}};
        }
    };
    NoDate transport;
    std::vector<std::chrono::milliseconds> waits;
    HubClientOptions options {*HubEndpoint::parse(""), std::nullopt, &transport,
        [&waits](std::chrono::milliseconds howLong, const std::stop_token&) {
            waits.push_back(howLong);
            return false;
        },
        {}};
    options.clock
        = [] { return UtcTime {std::chrono::sys_days {std::chrono::December / 1 / 2026} + 12h + 4min}; };
    HubClient client(options);
    QVERIFY(!client.whoami(Never));
    QCOMPARE(waits, (std::vector<std::chrono::milliseconds> {61s}));
}

QTEST_GUILESS_MAIN(HubTransportTest)
#include "tst_hub_transport.moc"
