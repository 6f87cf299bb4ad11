// SPDX-License-Identifier: Apache-2.0
// What a Hub, or whoever stands in its place, may answer: understood, or refused, and shown in one harmless
// line.
#include "core/hub/hub_answer.h"

#include <QtTest>

using namespace workbench;
using namespace workbench::hub_answer;

namespace {

const LfsObject TenBytes {std::string(64, 'a'), 10};

HubEndpoint endpoint() { return *HubEndpoint::parse("https://hub.example"); }

std::optional<LfsUpload> uploadOf(const std::string& json)
{
    return lfsUpload(parsed(json), TenBytes, endpoint());
}

/// An upload in parts, by what stands in its header.
std::optional<LfsUpload> partsOf(const std::string& header)
{
    return uploadOf(R"({"actions":{"upload":{"href":"https://s.example/done","header":{)" + header + "}}}}");
}

} // namespace

class HubAnswerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void an_object_without_an_upload_is_stored_already_data();
    void an_object_without_an_upload_is_stored_already();
    void parts_have_to_fit_the_object_data();
    void parts_have_to_fit_the_object();
    void an_upload_that_makes_no_sense_is_none_data();
    void an_upload_that_makes_no_sense_is_none();
    void headers_of_the_transport_and_two_lines_in_one_are_not_passed_on_data();
    void headers_of_the_transport_and_two_lines_in_one_are_not_passed_on();
    void a_file_in_a_listing_is_known_by_either_hash_data();
    void a_file_in_a_listing_is_known_by_either_hash();
    void the_servers_words_are_found_wherever_they_stand_data();
    void the_servers_words_are_found_wherever_they_stand();
    void what_a_server_says_is_one_harmless_line();
    void a_request_is_named_by_the_first_id_there_is();
    void the_next_page_is_the_one_that_says_so_data();
    void the_next_page_is_the_one_that_says_so();
    void a_revision_is_forty_lower_case_hex_digits();
};

void HubAnswerTest::an_object_without_an_upload_is_stored_already_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("verify");
    QTest::newRow("no actions") << QByteArray(R"({"oid":"x"})") << QByteArray();
    QTest::newRow("no upload") << QByteArray(R"({"actions":{}})") << QByteArray();
    QTest::newRow("an upload that is null") << QByteArray(R"({"actions":{"upload":null}})") << QByteArray();
    QTest::newRow("to be verified alone")
        << QByteArray(R"({"actions":{"verify":{"href":"https://hub.example/v"}}})")
        << QByteArray("https://hub.example/v");
    QTest::newRow("verified by nothing") << QByteArray(R"({"actions":{"verify":"no"}})") << QByteArray();
}

void HubAnswerTest::an_object_without_an_upload_is_stored_already()
{
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, verify);
    const auto upload = uploadOf(json.toStdString());
    QVERIFY(upload);
    QVERIFY(upload->href.empty() && upload->parts.empty() && upload->headers.empty());
    QCOMPARE(upload->verifyHref, verify.toStdString());
}

void HubAnswerTest::parts_have_to_fit_the_object_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<int>("parts"); ///< 0: refused
    const auto row = [](const char* name, const char* header, int parts) {
        QTest::newRow(name) << QByteArray(header) << parts;
    };
    row("one part as large as the object", R"("chunk_size":"10","1":"u1")", 1);
    row("one part that is larger", R"("chunk_size":"11","1":"u1")", 1);
    row("two, the last one shorter", R"("chunk_size":"9","1":"u1","2":"u2")", 2);
    row("two of the same size", R"("chunk_size":"5","00001":"u1","00002":"u2")", 2);
    row("beside words and numbers", R"("chunk_size":"5","1":"u1","2":"u2","note":"x","3":3,"":"e")", 2);
    row("ten in the order of their numbers, not of their text",
        R"("chunk_size":"1","1":"u1","10":"u10","2":"u2","3":"u3","4":"u4","5":"u5","6":"u6","7":"u7","8":"u8","9":"u9")",
        10);
    row("one too few", R"("chunk_size":"5","1":"u1")", 0);
    row("one too many", R"("chunk_size":"5","1":"u1","2":"u2","3":"u3")", 0);
    row("not from one on", R"("chunk_size":"5","2":"u2","3":"u3")", 0);
    row("a gap", R"("chunk_size":"4","1":"u1","2":"u2","4":"u4")", 0);
    row("zero", R"("chunk_size":"5","0":"u0","1":"u1")", 0);
    row("a number of ten digits", R"("chunk_size":"5","1":"u1","1000000002":"u2")", 0);
    row("pieces of nothing", R"("chunk_size":"0","1":"u1")", 0);
    row("a size that is no number", R"("chunk_size":"five","1":"u1","2":"u2")", 0);
    row("a negative one", R"("chunk_size":"-5","1":"u1","2":"u2")", 0);
    row("an empty one", R"("chunk_size":"","1":"u1","2":"u2")", 0);
    row("one that is no text", R"("chunk_size":5,"1":"u1","2":"u2")", 0);
    row("one of eighteen digits", R"("chunk_size":"999999999999999999","1":"u1")", 1);
    row("one of nineteen", R"("chunk_size":"9999999999999999999","1":"u1")", 0);
}

void HubAnswerTest::parts_have_to_fit_the_object()
{
    QFETCH(QByteArray, header);
    QFETCH(int, parts);
    const auto upload = partsOf(header.toStdString());
    QCOMPARE(upload.has_value(), parts > 0);
    if (upload) {
        QCOMPARE(upload->href, std::string("https://s.example/done"));
        QCOMPARE(upload->parts.size(), static_cast<std::size_t>(parts));
        for (int part = 0; part < parts; ++part) {
            QCOMPARE(upload->parts[static_cast<std::size_t>(part)], "u" + std::to_string(part + 1));
        }
        QVERIFY(upload->chunkBytes > 0 && upload->headers.empty());
    }
}

void HubAnswerTest::an_upload_that_makes_no_sense_is_none_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("actions that are a list") << QByteArray(R"({"actions":[]})");
    QTest::newRow("actions that are null") << QByteArray(R"({"actions":null})");
    QTest::newRow("no address") << QByteArray(R"({"actions":{"upload":{}}})");
    QTest::newRow("an empty address") << QByteArray(R"({"actions":{"upload":{"href":""}}})");
    QTest::newRow("an address that is a number") << QByteArray(R"({"actions":{"upload":{"href":1}}})");
    QTest::newRow("parts without an address")
        << QByteArray(R"({"actions":{"upload":{"header":{"chunk_size":"10","1":"u1"}}}})");
}

void HubAnswerTest::an_upload_that_makes_no_sense_is_none()
{
    QFETCH(QByteArray, json);
    QVERIFY(!uploadOf(json.toStdString()));
}

void HubAnswerTest::headers_of_the_transport_and_two_lines_in_one_are_not_passed_on_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<bool>("passed");
    const auto row = [](const char* name, const char* header, bool passed) {
        QTest::newRow(name) << QByteArray(header) << passed;
    };
    row("one of the storage", R"("x-amz-acl":"private")", true);
    row("with an empty value", R"("x-amz-acl":"")", true);
    row("authorization", R"("Authorization":"Bearer x")", false);
    row("connection", R"("connection":"close")", false);
    row("content-length", R"("Content-Length":"1")", false);
    row("host", R"("HOST":"other.example")", false);
    row("transfer-encoding", R"("transfer-encoding":"chunked")", false);
    row("no name", R"("":"x")", false);
    row("a name with a colon", R"("a: b\r\nc":"x")", false);
    row("a name with a blank", R"("a b":"x")", false);
    row("a name with a line break", R"("a\nb":"x")", false);
    row("a value with a line break", R"("a":"x\r\nHost: other.example")", false);
    row("a value with a delete", "\"a\":\"x\x7F\"", false);
    row("no text", R"("a":1)", false);
}

void HubAnswerTest::headers_of_the_transport_and_two_lines_in_one_are_not_passed_on()
{
    QFETCH(QByteArray, header);
    QFETCH(bool, passed);
    const auto upload = partsOf(header.toStdString());
    QVERIFY(upload);
    QCOMPARE(upload->headers.size(), passed ? std::size_t(1) : std::size_t(0));
    QCOMPARE(upload->chunkBytes, std::uint64_t {0});
}

void HubAnswerTest::a_file_in_a_listing_is_known_by_either_hash_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<quint64>("size");
    QTest::addColumn<QByteArray>("gitBlob");
    QTest::addColumn<QByteArray>("sha256");
    QTest::newRow("small") << QByteArray(R"({"size":3,"oid":"b"})") << quint64(3) << QByteArray("b")
                           << QByteArray();
    QTest::newRow("large") << QByteArray(R"({"size":130,"oid":"b","lfs":{"oid":"s","size":5000}})")
                           << quint64(5000) << QByteArray("b") << QByteArray("s");
    QTest::newRow("by its other name") << QByteArray(R"({"size":9,"oid":"b","lfs":{"sha256":"s"}})")
                                       << quint64(9) << QByteArray("b") << QByteArray("s");
    QTest::newRow("lfs is null") << QByteArray(R"({"size":3,"oid":"b","lfs":null})") << quint64(3)
                                 << QByteArray("b") << QByteArray();
    QTest::newRow("a size that is none")
        << QByteArray(R"({"size":-3,"oid":"b","lfs":{"oid":"s","size":"5"}})") << quint64(0)
        << QByteArray("b") << QByteArray("s");
    QTest::newRow("nothing") << QByteArray("{}") << quint64(0) << QByteArray() << QByteArray();
}

void HubAnswerTest::a_file_in_a_listing_is_known_by_either_hash()
{
    QFETCH(QByteArray, json);
    QFETCH(quint64, size);
    QFETCH(QByteArray, gitBlob);
    QFETCH(QByteArray, sha256);
    const RemoteFile file = remoteFile(parsed(json.toStdString()));
    QCOMPARE(file.size, std::uint64_t {size});
    QCOMPARE(file.gitBlob, gitBlob.toStdString());
    QCOMPARE(file.sha256, sha256.toStdString());
}

void HubAnswerTest::the_servers_words_are_found_wherever_they_stand_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("words");
    QTest::newRow("error") << QByteArray(R"({"error":"a"})") << QByteArray("a");
    QTest::newRow("message") << QByteArray(R"({"message":"a"})") << QByteArray("a");
    QTest::newRow("the first of both") << QByteArray(R"({"message":"b","error":"a"})") << QByteArray("a");
    QTest::newRow("its description before all")
        << QByteArray(R"({"error_description":"d","error":"a"})") << QByteArray("d");
    QTest::newRow("a list") << QByteArray(R"({"error":["a","b"]})") << QByteArray("a, b");
    QTest::newRow("a list of objects")
        << QByteArray(R"({"errors":[{"message":"a"},{"message":"b"},{"no":"c"},7]})") << QByteArray("a, b");
    QTest::newRow("words and a list")
        << QByteArray(R"({"error":"a","errors":[{"message":"b"}]})") << QByteArray("a, b");
    QTest::newRow("no JSON") << QByteArray("<html>") << QByteArray();
    QTest::newRow("a list alone") << QByteArray(R"(["a"])") << QByteArray();
    QTest::newRow("nothing") << QByteArray() << QByteArray();
}

void HubAnswerTest::the_servers_words_are_found_wherever_they_stand()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, words);
    QCOMPARE(serverWords({400, {}, body.toStdString()}), words.toStdString());
    QCOMPARE(serverWords({400, {{"x-error-message", "said before all"}}, body.toStdString()}),
        std::string("said before all"));
    QCOMPARE(serverWords({400, {{"x-error-message", ""}}, body.toStdString()}), words.toStdString());
}

void HubAnswerTest::what_a_server_says_is_one_harmless_line()
{
    const std::string line = shown("bad\r\n\x1b[31mrow\t" + std::string(500, 'x'));
    QVERIFY(line.find_first_of("\r\n\t\x1b") == std::string::npos);
    QVERIFY(line.size() < 210);
    const std::string token = "hf_" + std::string(30, 'Q');
    QVERIFY(shown("token " + token + " is bad").find(token) == std::string::npos);
}

void HubAnswerTest::a_request_is_named_by_the_first_id_there_is()
{
    QCOMPARE(requestId({500, {}, {}}), std::string());
    QCOMPARE(requestId({500, {{"X-Amz-Cf-Id", "c"}}, {}}), std::string("c"));
    QCOMPARE(requestId({500, {{"X-Amz-Cf-Id", "c"}, {"X-Amzn-Trace-Id", "b"}}, {}}), std::string("b"));
    QCOMPARE(requestId({500, {{"X-Amzn-Trace-Id", "b"}, {"x-request-id", "a"}}, {}}), std::string("a"));
    QCOMPARE(requestId({500, {{"X-Request-Id", ""}, {"X-Amzn-Trace-Id", "b"}}, {}}), std::string("b"));
    QCOMPARE(requestId({500, {{"X-Request-Id", std::string(500, 'a')}}, {}}).size(), std::size_t(80));
}

void HubAnswerTest::the_next_page_is_the_one_that_says_so_data()
{
    QTest::addColumn<QByteArray>("link");
    QTest::addColumn<QByteArray>("next");
    const auto row = [](const char* name, const char* link, const char* next) {
        QTest::newRow(name) << QByteArray(link) << QByteArray(next);
    };
    row("quoted", R"(<https://h/a?c=1>; rel="next")", "https://h/a?c=1");
    row("without quotes", "<https://h/a>; rel=next", "https://h/a");
    row("behind another", R"(<https://h/p>; rel="prev", <https://h/n>; rel="next")", "https://h/n");
    row("before another", R"(<https://h/n>; rel="next", <https://h/p>; rel="prev")", "https://h/n");
    row("only others", R"(<https://h/p>; rel="prev")", "");
    row("no end", R"(<https://h/n; rel="next")", "");
    row("no address", R"(rel="next")", "");
    row("nothing", "", "");
}

void HubAnswerTest::the_next_page_is_the_one_that_says_so()
{
    QFETCH(QByteArray, link);
    QFETCH(QByteArray, next);
    QCOMPARE(nextPage(link.toStdString()), next.toStdString());
}

void HubAnswerTest::a_revision_is_forty_lower_case_hex_digits()
{
    QVERIFY(isRevision(std::string(40, 'a')) && isRevision("0123456789abcdef0123456789abcdef01234567"));
    for (const std::string& wrong : {std::string(), std::string(39, 'a'), std::string(41, 'a'),
             std::string(40, 'A'), std::string(40, 'g'), std::string(39, 'a') + '\n'}) {
        QVERIFY(!isRevision(wrong));
    }
}

QTEST_APPLESS_MAIN(HubAnswerTest)
#include "tst_hub_answer.moc"
