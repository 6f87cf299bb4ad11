// SPDX-License-Identifier: Apache-2.0
#include "core/hub/endpoint.h"

#include <curl/curl.h>

#include <QtTest>

#include <array>
#include <memory>

using namespace workbench;

namespace {

/// "scheme host port user" as libcurl reads a URL when it connects; empty where it does not. A guessed scheme
/// and a user are what it would take without being told otherwise.
QByteArray asLibcurlGoes(const std::string& url)
{
    const std::unique_ptr<CURLU, decltype(&curl_url_cleanup)> read(curl_url(), &curl_url_cleanup);
    const unsigned flags = CURLU_GUESS_SCHEME | CURLU_NON_SUPPORT_SCHEME | CURLU_PATH_AS_IS;
    if (curl_url_set(read.get(), CURLUPART_URL, url.c_str(), flags) != CURLUE_OK) {
        return {};
    }
    QByteArray text;
    for (const CURLUPart part : {CURLUPART_SCHEME, CURLUPART_HOST, CURLUPART_PORT, CURLUPART_USER}) {
        char* value = nullptr;
        if (curl_url_get(read.get(), part, &value, CURLU_DEFAULT_PORT) == CURLUE_OK) {
            text += QByteArray(value).toLower();
            curl_free(value);
        }
        text += ' ';
    }
    return text;
}

} // namespace

class HubEndpointTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nothing_said_means_the_public_hub();
    void an_endpoint_is_https_or_this_computer_data();
    void an_endpoint_is_https_or_this_computer();
    void the_token_belongs_to_scheme_host_and_port_data();
    void the_token_belongs_to_scheme_host_and_port();
    void a_url_is_read_as_libcurl_reads_it_or_not_at_all_data();
    void a_url_is_read_as_libcurl_reads_it_or_not_at_all();
    void only_an_address_that_cannot_lead_away_is_this_computer();
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
    row("https://hub.example\\@evil.example/", false);
    row("https://hub.example/a\\b", false);
    row("https://hub.example:/api", true);
    row("https://hub.example/@evil.example", true);
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

/// Each end of a host that some reader knows, in each order, behind each of what may stand before it.
void HubEndpointTest::a_url_is_read_as_libcurl_reads_it_or_not_at_all_data()
{
    QTest::addColumn<QByteArray>("url");
    int number = 0;
    const auto row = [&number](const QByteArray& url) { QTest::addRow("%d", ++number) << url; };
    const std::array<const char*, 2> hosts {"hub.example", "evil.example"};
    for (const char* const between : {"@", "\\@", ":1@", "\\", "/@", "?@", "#@", "\\\\@", "/\\@", "%5C@",
             "%40", "%2F@", "%23@", "%3F@", "%00@", ";@", "&@", ",", "\t@", "\n@", "\r\n@", " @", "\x7F@",
             "\x01@", "@@", ":@:@", "[@]", "\xE3\x80\x82", "\xEF\xBC\x8F@", "\xEF\xBC\xA0"}) {
        for (std::size_t first = 0; first < hosts.size(); ++first) {
            row(QByteArray("https://") + hosts[first] + between + hosts[1 - first] + "/api");
        }
    }
    for (const char* const authority :
        {"hub.example", "HUB.Example", "hub.example.", "hub.example:", "hub.example:443", "hub.example:0443",
            "hub.example:+443", "hub.example: 443", "hub.example:0", "hub.example:65536",
            "hub.example:4294967739", "hub.example:443:443", "hub.example:80", "hub%2Eexample",
            "h\xC3\xBC"
            "b.example",
            "xn--hb-xka.example", "hub..example", ".hub.example", "[::1]", "[::1]:443", "[::1%25lo]",
            "[fe80::1%25eth0]", "[::1", "::1", "[hub.example]", "[::ffff:127.0.0.1]", "127.0.0.1", "127.1",
            "0x7f.1", "2130706433", "0177.0.0.1", "127.0.0.1.", "hub.example%00.evil.example", "@hub.example",
            ":@hub.example", "", " "}) {
        for (const char* const scheme :
            {"https://", "HTTPS://", "http://", "https:/", "https:///", "https:", "//", "ftp://"}) {
            row(QByteArray(scheme) + authority + "/api?x=a@b:1#c@d");
        }
    }
}

void HubEndpointTest::a_url_is_read_as_libcurl_reads_it_or_not_at_all()
{
    QFETCH(QByteArray, url);
    const std::string text = url.toStdString();
    const auto origin = originOf(text);
    if (origin) {
        const QByteArray ours = QByteArray::fromStdString(
            origin->scheme + ' ' + origin->host + ' ' + std::to_string(origin->port) + "  ");
        QCOMPARE(ours, asLibcurlGoes(text));
    }
    const auto endpoint = HubEndpoint::parse("https://hub.example");
    QVERIFY(endpoint);
    QVERIFY(!endpoint->owns(text) || asLibcurlGoes(text) == "https hub.example 443  ");
}

void HubEndpointTest::only_an_address_that_cannot_lead_away_is_this_computer()
{
    for (const char* const host : {"localhost", "[::1]", "127.0.0.1", "127.255.0.1"}) {
        QVERIFY2(isLoopback(host), host);
    }
    for (const char* const host : {"localhost.", "127.0.0.1.", "127.0.0.1.5", "127.1.2", "127.",
             "127.0.0.256", "[::2]", "128.0.0.1", "localhost.example", ""}) {
        QVERIFY2(!isLoopback(host), host); // what is no address is asked of a name server
    }
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
