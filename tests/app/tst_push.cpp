// SPDX-License-Identifier: Apache-2.0
// push, run --push and schema diff hub:… as a user runs them, against a Hub on the loopback address.
#include "core/job/job_lock.h"
#include "tests/app/export_program.h"
#include "tests/support/example_builder.h"
#include "tests/support/fake_hub/fake_hub.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QtTest>

using namespace workbench;
using fakehub::FakeHub;
using fakehub::FaultKind;

namespace {

const char* const Repo = "lab/signals";
const QString Token = QString::fromLatin1(FakeHub::WriteToken);

/// A program that knows the Hub, with six valid examples.
struct Place {
    explicit Place(const FakeHub& hub)
    {
        program.setEnvironment("HF_ENDPOINT", QString::fromStdString(hub.url()));
        program.setEnvironment("HF_TOKEN", Token);
        program.setEnvironment("HF_EXPORT_ENABLED", "true");
        program.setEnvironment("HF_DATASET_REPO", Repo);
        program.writeValid("a.jsonl", 6);
    }

    ProgramResult run(const char* line)
    {
        const ProgramResult result = program.run(words(line));
        // The promise that holds for every run, whatever else a test is about.
        if (result.out.contains(Token.toUtf8()) || result.err.contains(Token.toUtf8())) {
            qFatal("the token was printed");
        }
        return result;
    }

    [[nodiscard]] QJsonObject record() const
    {
        return QJsonDocument::fromJson(program.readFile("runs/hf_export_jobs/one.json")).object();
    }

    ExportProgram program;
};

} // namespace

class PushTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_run_with_push_publishes_what_it_wrote();
    void a_refused_push_leaves_the_bundle_and_exits_5();
    void pushing_a_bundle_that_exists();
    void a_receipt_is_not_written_into_the_record_of_a_run();
    void a_title_of_two_lines_is_refused();
    void a_commit_message_the_guard_strikes_is_refused_before_all_else_data();
    void a_commit_message_the_guard_strikes_is_refused_before_all_else();
    void a_dry_run_tells_and_changes_nothing();
    void features_without_any_value_are_warned_of_and_published();
    void another_published_schema_exits_6();
    void a_public_repository_exits_5();
    void a_failing_export_pushes_nothing();
    void what_cannot_be_understood_exits_2_before_any_work_data();
    void what_cannot_be_understood_exits_2_before_any_work();
    void a_token_file_that_others_may_read_is_warned_of_and_used();
    void the_token_is_in_no_file();
    void a_published_schema_can_be_compared();
};

void PushTest::a_run_with_push_publishes_what_it_wrote()
{
    const FakeHub hub;
    Place place(hub);
    const ProgramResult result = place.run("run --push --job-id=one --json");
    QVERIFY2(result.exitCode == 0, result.err.constData());
    const QJsonObject push = result.json()["push"].toObject();
    const auto there = hub.snapshot(Repo);
    QVERIFY(there.isPrivate);
    QCOMPARE(push["pushed"].toBool(), true);
    QCOMPARE(push["repo"].toString(), QString(Repo));
    QCOMPARE(push["revision"].toString(), QString::fromStdString(there.head));
    QVERIFY(push["url"].toString().endsWith("/commit/" + push["revision"].toString()));
    QVERIFY(push["error"].isNull());
    QCOMPARE(QByteArray::fromStdString(hub.content(Repo, "dataset.jsonl")),
        place.program.readFile("runs/hf_export/one/dataset.jsonl"));
    QCOMPARE(place.record()["push"].toObject(), push);
    QCOMPARE(hub.leaks(), std::size_t(0));
}

void PushTest::a_refused_push_leaves_the_bundle_and_exits_5()
{
    const FakeHub hub;
    Place place(hub);
    place.program.setEnvironment("HF_EXPORT_ENABLED", "false");
    const ProgramResult result = place.run("run --push --job-id=one --json");
    QCOMPARE(result.exitCode, 5);
    const QJsonObject push = result.json()["push"].toObject();
    QCOMPARE(push["pushed"].toBool(), false);
    QVERIFY(push["error"].toString().contains("switched off"));
    QVERIFY(push["revision"].isNull() && push["url"].isNull());
    QVERIFY(result.err.contains("switched off"));
    QVERIFY(place.program.tree("runs/hf_export/one").contains("dataset.jsonl"));
    QCOMPARE(place.record()["status"].toString(), QString("completed"));
    QCOMPARE(place.record()["push"].toObject(), push);
    QVERIFY(hub.requests().empty());
}

void PushTest::pushing_a_bundle_that_exists()
{
    const FakeHub hub;
    Place place(hub);
    QCOMPARE(place.run("run --job-id=one").exitCode, 0);
    QVERIFY(hub.requests().empty());
    const ProgramResult first
        = place.run("push --bundle-dir=runs/hf_export/one --repo=lab/other --commit-message=Monday --json");
    QVERIFY2(first.exitCode == 0, first.err.constData());
    QCOMPARE(keysInOrder(first.out), QStringList({"pushed", "repo", "revision", "url", "error"}));
    QCOMPARE(hub.commits("lab/other").front().title, std::string("Monday"));
    const ProgramResult again = place.run("push --bundle-dir=runs/hf_export/one --repo=lab/other");
    QCOMPARE(again.exitCode, 0);
    QVERIFY2(again.err.contains("Nothing to do"), again.err.constData());
    QCOMPARE(hub.commits("lab/other").size(), std::size_t(2));
    const ProgramResult open = place.run("push --bundle-dir=runs/hf_export/one --repo=lab/open --public");
    QCOMPARE(open.exitCode, 0);
    QVERIFY(!hub.snapshot("lab/open").isPrivate);
}

void PushTest::a_receipt_is_not_written_into_the_record_of_a_run()
{
    const FakeHub hub;
    Place place(hub);
    QCOMPARE(place.run("run --job-id=one").exitCode, 0);
    const QJsonObject before = place.record();
    {
        // Somebody exports anew by this id: what it writes of itself stays.
        const auto lock = JobLock::acquire(place.program.path("runs/hf_export").toStdString(), "one");
        QVERIFY(lock);
        QCOMPARE(place.run("push --bundle-dir=runs/hf_export/one").exitCode, 0);
        QCOMPARE(place.record(), before);
    }
    QCOMPARE(place.run("push --bundle-dir=runs/hf_export/one").exitCode, 0);
    QVERIFY(place.record()["push"].toObject()["pushed"].toBool());
}

void PushTest::a_title_of_two_lines_is_refused()
{
    const FakeHub hub;
    Place place(hub);
    const ProgramResult refused = place.program.run(words("push --bundle-dir=nowhere --repo=lab/other")
        << QStringLiteral("--commit-message=Monday\nBundle-Digest: 0"));
    QCOMPARE(refused.exitCode, 2);
    QVERIFY2(refused.err.contains("--commit-message"), refused.err.constData());
    QVERIFY(hub.requests().empty());
}

void PushTest::a_commit_message_the_guard_strikes_is_refused_before_all_else_data()
{
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QByteArray>("rule");
    QTest::addColumn<QByteArray>("secret");
    QTest::newRow("e-mail") << QByteArray("for sam@example.com") << QByteArray("email")
                            << QByteArray("example");
    QTest::newRow("phone") << QByteArray("ask (212) 555-0142") << QByteArray("phone") << QByteArray("555");
    QTest::newRow("address") << QByteArray("shop at 12 Example Street") << QByteArray("address")
                             << QByteArray("Example");
    QTest::newRow("long") << QByteArray(101, 'n') << QByteArray("too_long") << QByteArray(41, 'n');
    QTest::newRow("token") << QByteArray("with hf_abcdefghijklmnopqrstuvwxyzABCDEFGH")
                           << QByteArray("unexpected_string") << QByteArray("abcdef");
}

/// Neither what is sent nor what is said holds it; not even the export of `run --push` begins.
void PushTest::a_commit_message_the_guard_strikes_is_refused_before_all_else()
{
    QFETCH(QByteArray, message);
    QFETCH(QByteArray, rule);
    QFETCH(QByteArray, secret);
    const FakeHub hub;
    Place place(hub);
    const QString option = "--commit-message=" + QString::fromUtf8(message);
    for (const char* const line : {"run --push --job-id=one", "run --push --job-id=one --json",
             "push --bundle-dir=nowhere --repo=lab/other", "push --dry-run --bundle-dir=nowhere --json"}) {
        const ProgramResult refused = place.program.run(words(line) << option);
        QCOMPARE(refused.exitCode, 2);
        QVERIFY2(refused.err.contains("--commit-message"), refused.err.constData());
        QVERIFY2(refused.err.contains("(" + rule + ")"), refused.err.constData());
        QVERIFY(!refused.err.contains(secret) && !refused.out.contains(secret));
    }
    QVERIFY(hub.requests().empty());
    QVERIFY(place.program.tree("runs").isEmpty());
}

void PushTest::a_dry_run_tells_and_changes_nothing()
{
    FakeHub hub;
    hub.createRepository(Repo);
    hub.commitFiles(Repo, {{"splits/old.jsonl", "{}\n"}, {"README.md", "old"}});
    const auto before = hub.snapshot(Repo);
    Place place(hub);
    QCOMPARE(place.run("run --job-id=one").exitCode, 0);
    const ProgramResult result = place.run("push --bundle-dir=runs/hf_export/one --dry-run --json");
    QVERIFY2(result.exitCode == 0, result.err.constData());
    QCOMPARE(result.json()["pushed"].toBool(), false);
    const QJsonObject plan = result.json()["plan"].toObject();
    QCOMPARE(plan["private"].toBool(), true);
    QMap<QString, QString> changes;
    for (const QJsonValue& file : plan["files"].toArray()) {
        changes[file["path"].toString()] = file["change"].toString();
        QVERIFY(file["bytes_before"].toInt() + file["bytes_after"].toInt() > 0);
    }
    QCOMPARE(changes["splits/old.jsonl"], QString("deleted"));
    QCOMPARE(changes["README.md"], QString("replaced"));
    QCOMPARE(changes["dataset.jsonl"], QString("added"));
    QCOMPARE(hub.snapshot(Repo), before);
    QCOMPARE(hub.uploadedBytes(), std::uint64_t(0));
    const ProgramResult words = place.run("push --bundle-dir=runs/hf_export/one --dry-run");
    QCOMPARE(words.exitCode, 0);
    QVERIFY2(words.err.contains("splits/old.jsonl") && words.err.contains("deleted"), words.err.constData());
}

void PushTest::features_without_any_value_are_warned_of_and_published()
{
    const FakeHub hub;
    Place place(hub);
    place.program.writeData("a.jsonl", {ExampleBuilder().with("window_days", nullptr).json()});
    QCOMPARE(place.run("run --job-id=one").exitCode, 0);
    const char* const warning = "1 feature has no value in any row: window_days.";
    const ProgramResult dry = place.run("push --bundle-dir=runs/hf_export/one --dry-run");
    QVERIFY2(dry.exitCode == 0 && dry.err.contains(warning), dry.err.constData());
    const ProgramResult pushed = place.run("push --bundle-dir=runs/hf_export/one");
    QVERIFY2(pushed.exitCode == 0 && pushed.err.contains(warning), pushed.err.constData());
    QVERIFY(hub.snapshot(Repo).exists);
}

void PushTest::another_published_schema_exits_6()
{
    const FakeHub hub;
    Place place(hub);
    QCOMPARE(place.run("run --push --job-id=one --quiet").exitCode, 0);
    const auto before = hub.snapshot(Repo);
    const ProgramResult refused = place.run("run --push --job-id=two --schema=signals_v1_core48 --json");
    QVERIFY2(refused.exitCode == 6, refused.err.constData());
    QVERIFY(refused.json()["push"].toObject()["error"].toString().contains("3e09b767"));
    QCOMPARE(hub.snapshot(Repo), before);
    const ProgramResult dry = place.run("push --bundle-dir=runs/hf_export/two --dry-run");
    QCOMPARE(dry.exitCode, 6);
    const ProgramResult allowed = place.run("push --bundle-dir=runs/hf_export/two --allow-schema-change");
    QVERIFY2(allowed.exitCode == 0, allowed.err.constData());
}

void PushTest::a_public_repository_exits_5()
{
    FakeHub hub;
    hub.createRepository(Repo, false);
    Place place(hub);
    QCOMPARE(place.run("run --job-id=one").exitCode, 0);
    const ProgramResult result = place.run("push --bundle-dir=runs/hf_export/one");
    QCOMPARE(result.exitCode, 5);
    QVERIFY2(result.err.contains("this repository is public"), result.err.constData());
    QCOMPARE(hub.uploadedBytes(), std::uint64_t(0));
}

void PushTest::a_failing_export_pushes_nothing()
{
    const FakeHub hub;
    Place place(hub);
    place.program.writeData("b.jsonl", {"not JSON"});
    const ProgramResult result = place.run("run --push --job-id=one --json");
    QCOMPARE(result.exitCode, 3);
    QVERIFY(result.json()["push"].isNull());
    QVERIFY(hub.requests().empty());
}

void PushTest::what_cannot_be_understood_exits_2_before_any_work_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("says");
    QTest::newRow("an endpoint in the clear") << "run --push"
                                              << "HF_ENDPOINT"
                                              << "http://hub.example"
                                              << "HF_ENDPOINT";
    QTest::newRow("a token of two lines") << "run --push"
                                          << "HF_TOKEN"
                                          << "hf_a\nhf_b"
                                          << "HF_TOKEN";
    QTest::newRow("a switch") << "run --push"
                              << "HF_EXPORT_ENABLED"
                              << "perhaps"
                              << "HF_EXPORT_ENABLED";
    QTest::newRow("no bundle") << "push"
                               << ""
                               << ""
                               << "--bundle-dir";
    QTest::newRow("both at once") << "push --bundle-dir=x --private --public"
                                  << ""
                                  << ""
                                  << "--private";
    QTest::newRow("an option of run") << "push --bundle-dir=x --split=none"
                                      << ""
                                      << ""
                                      << "--split";
    QTest::newRow("an option of push") << "check --push"
                                       << ""
                                       << ""
                                       << "--push";
}

void PushTest::what_cannot_be_understood_exits_2_before_any_work()
{
    QFETCH(QString, line);
    QFETCH(QString, key);
    QFETCH(QString, value);
    QFETCH(QString, says);
    const FakeHub hub;
    Place place(hub);
    if (!key.isEmpty()) {
        place.program.setEnvironment(key, value);
    }
    const ProgramResult result = place.run(line.toUtf8().constData());
    QCOMPARE(result.exitCode, 2);
    QVERIFY2(result.err.contains(says.toUtf8()), result.err.constData());
    QVERIFY(!result.err.contains("hf_b"));
    QVERIFY(place.program.tree("runs").isEmpty());
    QVERIFY(hub.requests().empty());
}

void PushTest::a_token_file_that_others_may_read_is_warned_of_and_used()
{
    const FakeHub hub;
    Place place(hub);
    place.program.writeFile("token", Token.toUtf8());
    place.program.setEnvironment("HF_TOKEN", "");
    place.program.setEnvironment("HF_TOKEN_PATH", place.program.path("token"));
    const auto allow = [&place](QFile::Permissions others) {
        QVERIFY(QFile::setPermissions(
            place.program.path("token"), QFile::ReadOwner | QFile::WriteOwner | others));
    };
    QCOMPARE(place.run("run --job-id=one").exitCode, 0);
    allow(QFile::ReadGroup | QFile::ReadOther);
    const ProgramResult open = place.run("push --bundle-dir=runs/hf_export/one");
    QVERIFY2(open.exitCode == 0, open.err.constData());
    QVERIFY2(open.err.contains("chmod 600"), open.err.constData());
    const ProgramResult plan = place.run("push --bundle-dir=runs/hf_export/one --dry-run");
    QVERIFY2(plan.exitCode == 0 && plan.err.contains("chmod 600"), plan.err.constData());
    allow({});
    const ProgramResult closed = place.run("push --bundle-dir=runs/hf_export/one");
    QVERIFY2(closed.exitCode == 0 && !closed.err.contains("chmod 600"), closed.err.constData());
}

void PushTest::the_token_is_in_no_file()
{
    FakeHub hub;
    hub.fail({.method = "POST",
        .path = "/api/*/commit/*",
        .times = 0,
        .status = 400,
        .message = "no: " + std::string(FakeHub::WriteToken)});
    Place place(hub);
    const ProgramResult result = place.run("run --push --job-id=one --json");
    QCOMPARE(result.exitCode, 5);
    QVERIFY(place.record()["push"].toObject()["error"].toString().contains("[token]"));
    const QStringList names = place.program.tree("runs");
    QVERIFY(names.contains("hf_export_jobs/one.json"));
    for (const QString& name : names) {
        QVERIFY2(!place.program.readFile("runs/" + name).contains(Token.toUtf8()), qPrintable(name));
    }
}

void PushTest::a_published_schema_can_be_compared()
{
    const FakeHub hub;
    Place place(hub);
    QCOMPARE(place.run("run --push --job-id=one --schema=signals_v1_core48").exitCode, 0);
    const QString revision = QString::fromStdString(hub.snapshot(Repo).head);
    for (const QString& reference : {QString("hub:lab/signals"), "hub:lab/signals@" + revision}) {
        const QString line = "schema diff " + reference + " signals_v1 --json";
        const ProgramResult result = place.run(line.toUtf8().constData());
        QVERIFY2(result.exitCode == 0, result.err.constData());
        QCOMPARE(result.json()["added"].toInt(), 22);
        QCOMPARE(result.json()["before"].toObject()["schema_hash"].toString(), QString("3e09b767"));
    }
    QCOMPARE(place.run("schema diff hub:lab/none signals_v1").exitCode, 1);
    QCOMPARE(place.run("schema diff hub:none signals_v1").exitCode, 2);
}

QTEST_GUILESS_MAIN(PushTest)
#include "tst_push.moc"
