// SPDX-License-Identifier: Apache-2.0
/// The fake Hub against the protocol's own examples: what it keeps, answers and refuses.
#include "tests/support/hub_talk.h"

#include <QTest>

using namespace workbench;
using namespace workbench::fakehub;
using nlohmann::json;
using namespace std::string_literals;

namespace {

const std::string Id = "lab/clean";
const std::string Api = "/api/datasets/lab/clean";
constexpr std::size_t Limit = 100'000; ///< of a regular file, in the tests of commits

std::string text(const json& value) { return value.is_string() ? value.get<std::string>() : value.dump(); }

} // namespace

class TestFakeHub : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whoami_tells_the_role_of_the_token();
    void a_repository_without_a_type_becomes_a_model();
    void creating_what_exists_is_409_and_leaves_the_visibility_alone();
    void no_access_looks_like_absence_data();
    void no_access_looks_like_absence();
    void a_renamed_repository_is_redirected_by_a_relative_location();
    void ids_are_those_of_git();
    void a_long_tree_comes_in_pages();
    void paths_info_takes_json_and_forms();
    void the_upload_mode_is_the_servers_choice();
    void a_large_object_is_stored_once_and_checked();
    void an_object_in_parts_is_completed_by_its_etags();
    void storage_refuses_what_storage_refuses();
    void a_token_at_the_storage_is_a_leak();
    void a_commit_changes_all_that_it_names();
    void a_commit_that_is_refused_changes_nothing_data();
    void a_commit_that_is_refused_changes_nothing();
    void a_regular_file_downloads_from_the_hub_and_a_large_one_from_storage();
    void every_answer_of_the_hub_carries_its_limits();
    void a_twice_encoded_revision_is_not_found();
};

void TestFakeHub::whoami_tells_the_role_of_the_token()
{
    FakeHub hub;
    QCOMPARE(text(HubTalk {hub}.get("/api/whoami-v2").json()["auth"]["accessToken"]["role"]), "write"s);
    QCOMPARE(
        text(HubTalk {hub, FakeHub::ReadToken}.get("/api/whoami-v2").json()["auth"]["accessToken"]["role"]),
        "read"s);
    const PlainAnswer revoked = HubTalk {hub, FakeHub::RevokedToken}.get("/api/whoami-v2");
    QCOMPARE(revoked.status, 401);
    QCOMPARE(revoked.header("x-error-message"), "Invalid credentials in Authorization header"s);
}

void TestFakeHub::a_repository_without_a_type_becomes_a_model()
{
    FakeHub hub;
    const HubTalk lena {hub};
    QCOMPARE(lena.post("/api/repos/create", {{"name", "clean"}, {"organization", "lab"}}).status, 200);
    QCOMPARE(lena.get(Api).status, 404);
    QCOMPARE(lena.get("/api/models/lab/clean").status, 200);
}

void TestFakeHub::creating_what_exists_is_409_and_leaves_the_visibility_alone()
{
    FakeHub hub;
    const HubTalk lena {hub};
    const PlainAnswer made = lena.create("clean", "public");
    QCOMPARE(made.status, 200);
    QCOMPARE(text(made.json()["url"]), hub.url() + "/datasets/lab/clean"s);
    const PlainAnswer again = lena.create("clean", "private");
    QCOMPARE(again.status, 409);
    QCOMPARE(text(again.json()["url"]), hub.url() + "/datasets/lab/clean"s);
    QVERIFY(!lena.get(Api).json()["private"].get<bool>());
    QCOMPARE(text(lena.get(Api).json()["sha"]).size(), std::size_t(40));
    QCOMPARE((HubTalk {hub, FakeHub::ReaderToken}.create("other").status), 403);
}

void TestFakeHub::no_access_looks_like_absence_data()
{
    QTest::addColumn<QString>("token");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("code");
    QTest::newRow("nobody") << QString() << 401 << QString();
    QTest::newRow("not a member") << QStringLiteral("hf_fake_stranger") << 404
                                  << QStringLiteral("RepoNotFound");
    QTest::newRow("revoked") << QString::fromLatin1(FakeHub::RevokedToken) << 401 << QString();
    QTest::newRow("member") << QString::fromLatin1(FakeHub::ReadToken) << 200 << QString();
}

void TestFakeHub::no_access_looks_like_absence()
{
    QFETCH(const QString, token);
    QFETCH(const int, status);
    QFETCH(const QString, code);
    FakeHub hub;
    hub.add(User {.name = "stranger"});
    hub.add(Token {.value = "hf_fake_stranger", .user = "stranger"});
    hub.createRepository(Id, true);
    const HubTalk talk {hub, token.toStdString()};
    const PlainAnswer answer = talk.get(Api);
    QCOMPARE(answer.status, status);
    QCOMPARE(QString::fromStdString(answer.header("x-error-code")), code);
    if (status != 200) { // an absent one answers just the same
        QCOMPARE(talk.get("/api/datasets/lab/absent").body, answer.body);
    }
}

void TestFakeHub::a_renamed_repository_is_redirected_by_a_relative_location()
{
    FakeHub hub;
    hub.createRepository(Id);
    hub.rename(Id, "lab/cleaner");
    const PlainAnswer answer = HubTalk {hub}.get(Api + "/tree/main?recursive=true");
    QCOMPARE(answer.status, 307);
    QCOMPARE(answer.header("location"), "/api/datasets/lab/cleaner/tree/main?recursive=true"s);
    QCOMPARE(HubTalk {hub}.get("/api/datasets/LAB/Cleaner").header("location"), "/api/datasets/lab/cleaner"s);
}

void TestFakeHub::ids_are_those_of_git()
{
    FakeHub hub;
    hub.createRepository(Id);
    hub.commitFiles(Id, {{"hello.txt", "hello\n"}});
    hub.commitFiles(Id, {{"large.bin", "hello\n"}}, "large", {}, true);
    const json entries
        = HubTalk {hub}.post(Api + "/paths-info/main", {{"paths", {"hello.txt", "large.bin"}}}).json();
    QCOMPARE(text(entries.at(0)["oid"]), "ce013625030ba8dba906f756967f9e9ca394464a"s); // git hash-object
    QCOMPARE(text(entries.at(1)["lfs"]["oid"]),
        "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03"s); // sha256sum
    QCOMPARE(text(entries.at(1)["lfs"]["pointerSize"]), "126"s);
    QCOMPARE(text(entries.at(1)["oid"]), gitBlobId(lfsPointer(text(entries.at(1)["lfs"]["oid"]), 6)));
    const json siblings = HubTalk {hub}.get(Api + "?blobs=true").json()["siblings"];
    QCOMPARE(text(siblings.at(1)["rfilename"]), "hello.txt"s);
    QCOMPARE(text(siblings.at(1)["blobId"]), text(entries.at(0)["oid"]));
    QCOMPARE(text(siblings.at(2)["lfs"]["sha256"]), text(entries.at(1)["lfs"]["oid"]));
}

void TestFakeHub::a_long_tree_comes_in_pages()
{
    FakeHub hub({.treePage = 3});
    hub.createRepository(Id);
    std::map<std::string, std::string> files;
    for (int i = 0; i < 7; ++i) {
        files["splits/part_" + std::to_string(i) + ".jsonl"] = "{}\n";
    }
    hub.commitFiles(Id, files);
    std::string next = Api + "/tree/main?recursive=true&expand=false";
    std::vector<std::string> seen;
    int pages = 0;
    while (!next.empty() && pages < 10) {
        const PlainAnswer answer = HubTalk {hub}.get(next);
        QCOMPARE(answer.status, 200);
        for (const json& entry : answer.json()) {
            seen.push_back(text(entry["type"]) + " " + text(entry["path"]));
        }
        const std::string link = answer.header("link");
        next = link.empty() ? "" : link.substr(1 + hub.url().size(), link.find('>') - 1 - hub.url().size());
        ++pages;
    }
    QCOMPARE(pages, 3);
    QCOMPARE(seen.size(), std::size_t(9)); // a folder, .gitattributes and seven
    QCOMPARE(seen.front(), "directory splits"s);
    QCOMPARE(seen.back(), "file splits/part_6.jsonl"s);
    QCOMPARE(HubTalk {hub}.get(Api + "/tree/main/nowhere").header("x-error-code"), "EntryNotFound"s);
}

void TestFakeHub::paths_info_takes_json_and_forms()
{
    FakeHub hub;
    hub.createRepository(Id);
    hub.commitFiles(Id, {{"a b.txt", "1"}, {"c.txt", "2"}});
    const PlainAnswer asJson = HubTalk {hub}.post(
        Api + "/paths-info/main", {{"paths", {"a b.txt", "c.txt", "absent"}}, {"expand", false}});
    const PlainAnswer asForm = send({.method = "POST",
        .url = hub.url() + Api + "/paths-info/main",
        .token = FakeHub::WriteToken,
        .headers = {"Content-Type: application/x-www-form-urlencoded"},
        .body = "paths=a+b.txt&paths=c.txt&paths=absent&expand=false"});
    QCOMPARE(asJson.json().size(), std::size_t(2));
    QCOMPARE(asForm.body, asJson.body);
    const std::vector<std::string> many(1001, "c.txt");
    QCOMPARE((HubTalk {hub}.post(Api + "/paths-info/main", {{"paths", many}}).status), 413);
}

void TestFakeHub::the_upload_mode_is_the_servers_choice()
{
    FakeHub hub({.lfsAbove = 100});
    hub.createRepository(Id);
    hub.commitFiles(Id, {{"c.txt", "2"}, {".gitignore", "*.log\n"}});
    const HubTalk lena {hub};
    QCOMPARE(text(lena.preupload(Id, "small.jsonl", "{}\n")["uploadMode"]), "regular"s);
    QCOMPARE(text(lena.preupload(Id, "big.jsonl", std::string(101, 'x'))["uploadMode"]), "lfs"s);
    QCOMPARE(text(lena.preupload(Id, "small.parquet", "{}\n")["uploadMode"]), "lfs"s); // .gitattributes
    QCOMPARE(text(lena.preupload(Id, "empty.parquet", "")["uploadMode"]), "regular"s);
    QVERIFY(lena.preupload(Id, "a.log", "x")["shouldIgnore"].get<bool>());
    QCOMPARE(text(lena.preupload(Id, "c.txt", "3")["oid"]), gitBlobId("2"));
    const json badSample {{"files", {{{"path", "x"}, {"size", 3}, {"sample", base64("xx")}}}}};
    QCOMPARE(lena.post(Api + "/preupload/main", badSample).status, 400);
    QCOMPARE(
        (HubTalk {hub, FakeHub::ReadToken}.post(Api + "/preupload/main", {{"files", json::array()}}).status),
        403);
}

void TestFakeHub::a_large_object_is_stored_once_and_checked()
{
    FakeHub hub;
    hub.createRepository(Id);
    const HubTalk lena {hub};
    const std::string content(3'000'000, 'z'); // goes to disk on the way
    const json object = lena.batch(Id, content);
    const std::string href = text(object["actions"]["upload"]["href"]);
    QVERIFY(href.starts_with(hub.storageUrl()));
    const std::string verify = text(object["actions"]["verify"]["href"]).substr(hub.url().size());
    const json asked {{"oid", sha256(content)}, {"size", content.size()}};
    QCOMPARE(lena.post(verify, asked).status, 404);
    QCOMPARE(lena.put(href, std::string(content.size(), 'y')).status, 400); // other bytes
    QCOMPARE(lena.put(href, content + "z").status, 400); // another size
    QCOMPARE(lena.put(href, content).status, 200);
    QCOMPARE(lena.post(verify, asked).status, 200);
    QVERIFY(!lena.batch(Id, content).contains("actions"));
    hub.refuseObject(sha256("x"), 422, "reason");
    QCOMPARE(text(lena.batch(Id, "x")["error"]["message"]), "reason"s);
}

void TestFakeHub::an_object_in_parts_is_completed_by_its_etags()
{
    FakeHub hub({.multipartFrom = 10, .chunkSize = 4});
    hub.createRepository(Id);
    const HubTalk lena {hub};
    const std::string content = "0123456789";
    QVERIFY(!lena.batch(Id, content, {"basic"})["actions"]["upload"].contains("header"));
    const json object = lena.batch(Id, content);
    QCOMPARE(text(object["actions"]["upload"]["header"]["chunk_size"]), "4"s); // a string
    QCOMPARE(object["actions"]["upload"]["header"].size(), std::size_t(4));
    const json parts = lena.putParts(object, content);
    json wrong = parts;
    wrong["parts"][1]["etag"] = "\"0000\"";
    QCOMPARE(lena.complete(object, wrong).status, 400);
    wrong = parts;
    std::swap(wrong["parts"][0], wrong["parts"][1]);
    QCOMPARE(lena.complete(object, wrong).status, 400);
    wrong = parts;
    wrong["parts"].erase(2);
    QCOMPARE(lena.complete(object, wrong).status, 400);
    QVERIFY(lena.batch(Id, content).contains("actions"));
    QCOMPARE(lena.complete(object, parts).status, 200);
    QVERIFY(!lena.batch(Id, content).contains("actions"));
}

void TestFakeHub::storage_refuses_what_storage_refuses()
{
    FakeHub hub;
    hub.createRepository(Id);
    const HubTalk lena {hub};
    std::string href = text(lena.batch(Id, "content")["actions"]["upload"]["href"]);
    QCOMPARE(send({.method = "PUT", .url = href, .body = "content", .chunked = true}).status, 501);
    std::string tidied = href;
    tidied.replace(tidied.find("%7e"), 3, "~");
    QCOMPARE(lena.put(tidied, "content").status, 403);
    hub.expireUploads();
    const PlainAnswer expired = lena.put(href, "content");
    QCOMPARE(expired.status, 403);
    QVERIFY(expired.body.find("Request has expired") != std::string::npos);
    href = text(lena.batch(Id, "content")["actions"]["upload"]["href"]);
    QCOMPARE(lena.put(href, "").status, 501);
    QCOMPARE(lena.put(href, "content").status, 200);
}

void TestFakeHub::a_token_at_the_storage_is_a_leak()
{
    FakeHub hub;
    hub.createRepository(Id);
    const HubTalk lena {hub};
    const std::string href = text(lena.batch(Id, "content")["actions"]["upload"]["href"]);
    QCOMPARE(hub.leaks(), std::size_t(0));
    QCOMPARE(send({.method = "PUT", .url = href, .token = "anything", .body = "content"}).status, 400);
    QCOMPARE(hub.leaks(), std::size_t(1));
    QCOMPARE(lena.get(std::string("/api/whoami-v2?token=") + FakeHub::WriteToken).status, 200);
    QCOMPARE(hub.leaks(), std::size_t(2));
}

void TestFakeHub::a_commit_changes_all_that_it_names()
{
    FakeHub hub;
    hub.createRepository(Id);
    hub.commitFiles(
        Id, {{"old.jsonl", "1"}, {"splits/a.jsonl", "1"}, {"splits/b.jsonl", "1"}, {"kept.txt", "1"}});
    const HubTalk lena {hub};
    const std::string content = "large enough";
    QVERIFY(lena.store(Id, content));
    const std::string head = hub.snapshot(Id).head;
    const PlainAnswer answer = lena.commit(Id,
        {headerLine("Export", head.substr(0, 7)), fileLine("README.md", "---\nlicense: other\n---\n# Hi\n"),
            lfsLine("dataset.jsonl", content), deletedLine("deletedFile", "old.jsonl"),
            deletedLine("deletedFolder", "splits/")});
    QCOMPARE(answer.status, 200);
    const Snapshot after = hub.snapshot(Id);
    QCOMPARE(text(answer.json()["commitOid"]), after.head);
    QCOMPARE(after.files.size(), std::size_t(4));
    QCOMPARE(after.files.at("dataset.jsonl").sha256, sha256(content));
    QVERIFY(after.files.at("dataset.jsonl").lfs && after.files.contains("kept.txt"));
    const std::string attributes = hub.content(Id, ".gitattributes");
    QVERIFY(attributes.find("dataset.jsonl filter=lfs") != std::string::npos);
    QCOMPARE(hub.commits(Id).size(), std::size_t(3));
    QCOMPARE(text(lena.get(Api + "/commits/main").json().at(0)["title"]), "Export"s);
}

void TestFakeHub::a_commit_that_is_refused_changes_nothing_data()
{
    QTest::addColumn<QString>("lines");
    QTest::addColumn<int>("status");
    const auto row = [](const char* name, const std::vector<json>& lines, int status) {
        std::string all;
        for (const json& line : lines) {
            all += line.dump() + "\n";
        }
        QTest::newRow(name) << QString::fromStdString(all) << status;
    };
    const json good = fileLine("new.txt", "new");
    row("empty summary", {headerLine(""), good}, 400);
    row("no header", {good}, 400);
    row("unknown object", {headerLine("x"), good, lfsLine("a.jsonl", "never sent")}, 400);
    row("regular and too large", {headerLine("x"), good, fileLine("a", std::string(Limit + 1, 'a'))}, 400);
    row("a much longer line", {headerLine("x"), good, fileLine("a", std::string(3 * Limit, 'a'))}, 400);
    row("deleting what is not there", {headerLine("x"), good, deletedLine("deletedFile", "absent")}, 404);
    row("deleting a folder as a file", {headerLine("x"), good, deletedLine("deletedFile", "splits")}, 404);
    row("stale parent", {headerLine("x", std::string(40, '0')), good}, 412);
    row("a path out of the repository", {headerLine("x"), good, fileLine("../a", "a")}, 400);
    row("a file that is a folder", {headerLine("x"), good, fileLine("splits", "a")}, 400);
    row("a path twice", {headerLine("x"), good, good}, 400);
    row("a card that does not end", {headerLine("x"), good, fileLine("README.md", "---\nlicense: other\n")},
        400);
    row("no Base64",
        {headerLine("x"), good,
            {{"key", "file"}, {"value", {{"path", "a"}, {"encoding", "base64"}, {"content", "a-_="}}}}},
        400);
}

void TestFakeHub::a_commit_that_is_refused_changes_nothing()
{
    QFETCH(const QString, lines);
    QFETCH(const int, status);
    FakeHub hub({.regularLimit = Limit});
    hub.createRepository(Id);
    hub.commitFiles(Id, {{"splits/a.jsonl", "1"}});
    const Snapshot before = hub.snapshot(Id);
    const auto push = [&](const std::string& body, const char* token) {
        return send({.method = "POST",
            .url = hub.url() + Api + "/commit/main",
            .token = token,
            .headers = {"Content-Type: application/x-ndjson"},
            .body = body});
    };
    QCOMPARE(push(lines.toStdString(), FakeHub::WriteToken).status, status);
    QVERIFY(hub.snapshot(Id) == before);
    // The good part alone would have gone through, though not for those who may only read.
    const std::string good = headerLine("x").dump() + "\n" + fileLine("new.txt", "new").dump();
    QCOMPARE(push(good, FakeHub::ReadToken).status, 403);
    QVERIFY(hub.snapshot(Id) == before);
    QCOMPARE(push(good, FakeHub::WriteToken).status, 200);
    QVERIFY(hub.snapshot(Id) != before);
}

void TestFakeHub::a_regular_file_downloads_from_the_hub_and_a_large_one_from_storage()
{
    FakeHub hub;
    hub.createRepository(Id);
    hub.commitFiles(Id, {{"splits/a b.jsonl", "0123456789"}});
    hub.commitFiles(Id, {{"large.jsonl", "abcdefghij"}}, "large", {}, true);
    const HubTalk lena {hub};
    const std::string base = "/datasets/lab/clean/resolve/main/";
    const PlainAnswer regular = lena.get(base + "splits/a%20b.jsonl");
    QCOMPARE(regular.status, 200);
    QCOMPARE(regular.body, "0123456789"s);
    QCOMPARE(regular.header("etag"), "\"" + gitBlobId("0123456789") + "\""s);
    QCOMPARE(regular.header("x-repo-commit"), hub.snapshot(Id).head);
    const PlainAnswer range = lena.get(base + "splits/a%20b.jsonl", {"Range: bytes=2-4"});
    QCOMPARE(range.status, 206);
    QCOMPARE(range.body, "234"s);
    QCOMPARE(range.header("content-range"), "bytes 2-4/10"s);
    const PlainAnswer large = lena.get(base + "large.jsonl");
    QCOMPARE(large.status, 302);
    QCOMPARE(large.header("x-linked-etag"), "\"" + sha256("abcdefghij") + "\""s);
    QCOMPARE(large.header("x-linked-size"), "10"s);
    QVERIFY(large.header("location").starts_with(hub.storageUrl()));
    QCOMPARE(send({.url = large.header("location")}).body, "abcdefghij"s);
    QCOMPARE(lena.get(base + "absent").header("x-error-code"), "EntryNotFound"s);
    hub.setPrivate(Id, false);
    hub.setGated(Id, "manual");
    QCOMPARE((HubTalk {hub, ""}.get(base + "large.jsonl").header("x-error-code")), "GatedRepo"s);
    hub.setDisabled(Id, true);
    QCOMPARE(lena.get(Api).status, 403);
}

void TestFakeHub::every_answer_of_the_hub_carries_its_limits()
{
    FakeHub hub({.enforceRateLimit = true, .rateQuota = 2});
    const HubTalk lena {hub};
    const PlainAnswer first = lena.get("/api/whoami-v2");
    QVERIFY(first.header("ratelimit").starts_with("\"api\";r=1;t="));
    QCOMPARE(first.header("ratelimit-policy"), "\"fixed window\";\"api\";q=2;w=300"s);
    QVERIFY(!first.header("x-request-id").empty());
    QVERIFY(lena.get("/api/datasets/lab/absent").header("ratelimit").starts_with("\"api\";r=0;t="));
    QCOMPARE(lena.get("/api/whoami-v2").status, 429);
    QVERIFY(lena.get("/datasets/lab/x/resolve/main/y").header("ratelimit").starts_with("\"resolvers\";r=1"));
}

void TestFakeHub::a_twice_encoded_revision_is_not_found()
{
    FakeHub hub;
    hub.createRepository(Id);
    const HubTalk lena {hub};
    const PlainAnswer opened = lena.commit(Id, {headerLine("x"), fileLine("a", "a")}, "main?create_pr=1");
    QVERIFY(text(opened.json()["pullRequestUrl"]).ends_with("/discussions/1"));
    QVERIFY(!hub.snapshot(Id).files.contains("a"));
    QCOMPARE(lena.get(Api + "/revision/refs%2Fpr%2F1").status, 200);
    QCOMPARE(lena.get(Api + "/revision/refs%252Fpr%252F1").header("x-error-code"), "RevisionNotFound"s);
}

QTEST_GUILESS_MAIN(TestFakeHub)
#include "tst_fake_hub.moc"
