// SPDX-License-Identifier: Apache-2.0
#include "core/hub/endpoint.h"

#include <QtTest>

using namespace workbench;

class HubEndpointTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nothing_said_means_the_public_hub();
    void an_endpoint_is_https_or_this_computer_data();
    void an_endpoint_is_https_or_this_computer();
    void the_token_belongs_to_scheme_host_and_port_data();
    void the_token_belongs_to_scheme_host_and_port();
    void the_hubs_default_hosts_in_answers_become_this_endpoint_data();
    void the_hubs_default_hosts_in_answers_become_this_endpoint();
    void an_endpoint_with_a_path_of_its_own_keeps_it_once();
    void a_segment_leaves_nothing_unencoded();
    void a_repository_has_an_owner_and_a_name_data();
    void a_repository_has_an_owner_and_a_name();
};

void HubEndpointTest::nothing_said_means_the_public_hub()
{
    const auto endpoint = HubEndpoint::parse("");
    QVERIFY(endpoint);
    QCOMPARE(endpoint->base(), std::string("https://huggingface.co"));
    QCOMPARE(endpoint->host(), std::string("huggingface.co"));
}

void HubEndpointTest::an_endpoint_is_https_or_this_computer_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("base"); // empty: refused
    const auto row
        = [](const char* text, const char* base) { QTest::newRow(text) << QString(text) << QString(base); };
    row("https://hub.example", "https://hub.example");
    row("https://hub.example/", "https://hub.example");
    row("https://hub.example:8443//", "https://hub.example:8443");
    row("https://hub.example/mirror", "https://hub.example/mirror");
    row("http://127.0.0.1:9000", "http://127.0.0.1:9000");
    row("http://localhost", "http://localhost");
    row("http://[::1]:80", "http://[::1]:80");
    row("http://hub.example", "");
    row("http://127.0.0.1.evil.example", "");
    row("http://localhost.evil.example", "");
    row("https://lena:secret@hub.example", "");
    row("https://", "");
    row("hub.example", "");
    row("ftp://hub.example", "");
    row("file:///etc/passwd", "");
    row("https://hub.example?x=1", "");
    row("https://hub.example#x", "");
    row("https://hub example", "");
    row("https://hub.example:0", "");
    row("https://hub.example:99999", "");
    row("https://hub.example:12x", "");
    row("https://hub.example\r\nX: y", "");
}

void HubEndpointTest::an_endpoint_is_https_or_this_computer()
{
    QFETCH(QString, text);
    QFETCH(QString, base);
    const auto endpoint = HubEndpoint::parse(text.toStdString());
    QCOMPARE(static_cast<bool>(endpoint), !base.isEmpty());
    if (endpoint) {
        QCOMPARE(QString::fromStdString(endpoint->base()), base);
    } else {
        QCOMPARE(endpoint.error().code, ErrorCode::Usage);
        QCOMPARE(endpoint.error().where, std::string("HF_ENDPOINT"));
        QVERIFY(endpoint.error().message.find("secret") == std::string::npos);
    }
}

void HubEndpointTest::the_token_belongs_to_scheme_host_and_port_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<bool>("owned");
    const auto row = [](const char* url, bool owned) { QTest::newRow(url) << QString(url) << owned; };
    row("https://hub.example/api/whoami-v2", true);
    row("https://HUB.example:443/api", true);
    row("https://hub.example", true);
    row("http://hub.example/api", false);
    row("https://hub.example:8443/api", false);
    row("https://hub.example.evil.example/api", false);
    row("https://evil.example/https://hub.example/", false);
    row("https://hub.example@evil.example/", false);
    row("https://evil.example\\@hub.example/", false);
    row("https://evil.example#@hub.example/", false);
    row("https://evil.example?hub.example", false);
    row("//hub.example/api", false);
    row("/api", false);
    row("", false);
}

void HubEndpointTest::the_token_belongs_to_scheme_host_and_port()
{
    QFETCH(QString, url);
    QFETCH(bool, owned);
    const auto endpoint = HubEndpoint::parse("https://hub.example");
    QVERIFY(endpoint);
    QCOMPARE(endpoint->owns(url.toStdString()), owned);
}

void HubEndpointTest::the_hubs_default_hosts_in_answers_become_this_endpoint_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("resolved");
    const auto row
        = [](const char* url, const char* to) { QTest::newRow(url) << QString(url) << QString(to); };
    row("https://huggingface.co/api/x?a=%2F", "http://127.0.0.1:9/api/x?a=%2F");
    row("https://hub-ci.huggingface.co/api", "http://127.0.0.1:9/api");
    row("https://huggingface.co", "http://127.0.0.1:9");
    row("https://huggingface.co.evil.example/api", "https://huggingface.co.evil.example/api");
    row("https://storage.example/k?X-Amz-Signature=a%2Bb&e=",
        "https://storage.example/k?X-Amz-Signature=a%2Bb&e=");
    row("/datasets/lab/x/resolve", "http://127.0.0.1:9/datasets/lab/x/resolve");
    row("//evil.example/x", "//evil.example/x");
}

void HubEndpointTest::the_hubs_default_hosts_in_answers_become_this_endpoint()
{
    QFETCH(QString, url);
    QFETCH(QString, resolved);
    const auto endpoint = HubEndpoint::parse("http://127.0.0.1:9");
    QVERIFY(endpoint);
    QCOMPARE(QString::fromStdString(endpoint->resolve(url.toStdString())), resolved);
}

void HubEndpointTest::an_endpoint_with_a_path_of_its_own_keeps_it_once()
{
    const auto endpoint = HubEndpoint::parse("https://hub.example/mirror/");
    QVERIFY(endpoint);
    QCOMPARE(endpoint->resolve("/api/x"), std::string("https://hub.example/mirror/api/x"));
    QCOMPARE(endpoint->resolve("/mirror/api/x"), std::string("https://hub.example/mirror/api/x"));
    QCOMPARE(endpoint->resolve("/mirrors/x"), std::string("https://hub.example/mirror/mirrors/x"));
    QCOMPARE(
        endpoint->resolve("https://huggingface.co/api/x"), std::string("https://hub.example/mirror/api/x"));
}

void HubEndpointTest::a_segment_leaves_nothing_unencoded()
{
    QCOMPARE(percentEncoded("refs/pr/3"), std::string("refs%2Fpr%2F3"));
    QCOMPARE(percentEncoded("splits/a b+c%.jsonl", true), std::string("splits/a%20b%2Bc%25.jsonl"));
    QCOMPARE(percentEncoded("\xC3\xA4-_.~"), std::string("%C3%A4-_.~"));
}

void HubEndpointTest::a_repository_has_an_owner_and_a_name_data()
{
    QTest::addColumn<QString>("repo");
    QTest::addColumn<bool>("valid");
    const auto row = [](const char* repo, bool valid) { QTest::newRow(repo) << QString(repo) << valid; };
    row("lab/signals_v1-private.2", true);
    row("2ndmynd/signals_v1_private", true);
    QTest::newRow("96 characters") << QString("lab/" + QString(96, QLatin1Char('a'))) << true;
    QTest::newRow("97 characters") << QString("lab/" + QString(97, QLatin1Char('a'))) << false;
    row("", false);
    row("signals", false);
    row("/signals", false);
    row("lab/", false);
    row("lab/a/b", false);
    row("lab/../x", false);
    row("lab/a..b", false);
    row("lab/a--b", false);
    row("lab/-a", false);
    row("lab/a.", false);
    row("lab/a.git", false);
    row("lab/a b", false);
    row("lab/a?b", false);
    row("lab/a\nb", false);
    row("lab/\xC3\xA4", false);
}

void HubEndpointTest::a_repository_has_an_owner_and_a_name()
{
    QFETCH(QString, repo);
    QFETCH(bool, valid);
    QCOMPARE(!repoIdProblem(repo.toStdString()), valid);
}

QTEST_GUILESS_MAIN(HubEndpointTest)
#include "tst_hub_endpoint.moc"
