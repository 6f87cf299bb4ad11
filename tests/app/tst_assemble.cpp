// SPDX-License-Identifier: Apache-2.0
/// Guarded shards become the bundle that one run over all of their input writes, or nothing at all.
#include "tests/app/export_program.h"
#include "tests/support/example_builder.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

using namespace workbench;

namespace {

std::string good(int number)
{
    return ExampleBuilder()
        .with("id", "ex_" + std::to_string(number))
        .with("source", number % 2 == 0 ? "mock" : "real")
        .with("labels.reviewer_notes", "a word about row " + std::to_string(number))
        .json();
}

std::string bad(int number)
{
    return ExampleBuilder()
        .with("id", "jo" + std::to_string(number) + "@example.com")
        .with("window_days", -4)
        .json();
}

/// Three inputs: rows of every kind, rows that are all refused, and none.
std::vector<std::vector<std::string>> inputs()
{
    std::vector<std::string> first;
    for (int i = 0; i < 40; ++i) {
        first.push_back(i % 7 == 0 ? bad(i) : good(i));
    }
    first.emplace_back("not JSON");
    return {first, {bad(100), bad(101)}, {}, {good(200), good(201)}};
}

QByteArray textOf(const std::vector<std::string>& lines)
{
    QByteArray text;
    for (const std::string& line : lines) {
        text += QByteArray::fromStdString(line) + '\n';
    }
    return text;
}

/// A folder with these inputs guarded, each as a shard of its own.
class GuardedShards {
public:
    explicit GuardedShards(
        const QStringList& options = {}, const std::vector<std::vector<std::string>>& all = inputs())
    {
        program.setEnvironment(QStringLiteral("SOURCE_DATE_EPOCH"), QStringLiteral("1700000000"));
        for (std::size_t i = 0; i < all.size(); ++i) {
            add(QStringLiteral("part-%1").arg(i), textOf(all[i]), options);
        }
    }

    void add(const QString& name, const QByteArray& input, const QStringList& options = {})
    {
        const QString place = QStringLiteral("shards/") + name;
        QDir().mkpath(program.path(QStringLiteral("shards"))); // guard writes its summary there
        const auto guarded
            = program.run(QStringList {QStringLiteral("guard"), QStringLiteral("--quiet"),
                              QStringLiteral("--summary=") + place + QStringLiteral(".summary.json")}
                    + options,
                input);
        QVERIFY2(guarded.exitCode == 0 || guarded.exitCode == 3, guarded.err);
        program.writeFile(place + QStringLiteral(".rows.jsonl"), guarded.out);
        program.writeFile(place + QStringLiteral(".rejections.jsonl"), guarded.err);
    }

    ProgramResult assemble(const QStringList& more = {})
    {
        return program.run(
            words("assemble --shards=shards --out-dir=out --job-id=j --on-rejection=skip") + more);
    }

    void remove(const char* name)
    {
        QVERIFY(QFile::remove(program.path(QStringLiteral("shards/") + QLatin1String(name))));
    }

    void edit(const char* name, const QByteArray& what, const QByteArray& by)
    {
        const QString path = QStringLiteral("shards/") + QLatin1String(name);
        const QByteArray before = program.readFile(path);
        QVERIFY(before.contains(what));
        program.writeFile(path, QByteArray(before).replace(before.indexOf(what), what.size(), by));
    }

    ExportProgram program;
};

} // namespace

class tst_assemble : public QObject { // NOLINT: named as its file
    Q_OBJECT

private Q_SLOTS:
    void a_bundle_of_shards_is_the_bundle_of_one_run_data()
    {
        QTest::addColumn<QStringList>("filters");
        QTest::newRow("everything") << QStringList {};
        QTest::newRow("filtered") << words("--source=real --since=2020-01-01");
    }

    void a_bundle_of_shards_is_the_bundle_of_one_run()
    {
        QFETCH(QStringList, filters);
        GuardedShards shards(filters);
        QByteArray all;
        for (const auto& input : inputs()) {
            all += textOf(input);
        }
        shards.program.writeFile(QStringLiteral("data/all.jsonl"), all);
        const auto single = shards.program.run(
            words("run --json --out-dir=single --job-id=j --on-rejection=skip") + filters);
        QVERIFY2(single.exitCode == 0, single.err);
        const auto assembled = shards.assemble(words("--json --expect=4"));
        QVERIFY2(assembled.exitCode == 0, assembled.err);
        QCOMPARE(assembled.json()["rows"], single.json()["rows"]);
        QCOMPARE(assembled.json()["rejections_by_rule"], single.json()["rejections_by_rule"]);
        QCOMPARE(assembled.json()["withheld_fields"], single.json()["withheld_fields"]);
        const QStringList tree = shards.program.tree(QStringLiteral("single/j"));
        QVERIFY(tree.size() >= 5);
        QCOMPARE(shards.program.tree(QStringLiteral("out/j")), tree);
        for (const QString& name : tree) {
            if (!name.endsWith(QLatin1Char('/')) && name.contains(QLatin1Char('.'))) {
                QVERIFY2(shards.program.readFile(QStringLiteral("out/j/") + name)
                        == shards.program.readFile(QStringLiteral("single/j/") + name),
                    qPrintable(name));
            }
        }
        QCOMPARE(shards.program.run(words("verify out/j")).exitCode, 0);
    }

    void shards_are_in_order_of_their_names_not_of_their_files()
    {
        GuardedShards shards({}, {});
        QByteArray inOrder;
        int number = 0;
        for (const char* const name :
            {"a", "a-1", "a1", "b", "b10", "b2"}) { // "a-1.rows" comes before "a.rows"
            const QByteArray input = textOf({good(number), good(number + 1)});
            shards.add(QLatin1String(name), input);
            inOrder += input;
            number += 2;
        }
        shards.program.writeFile(QStringLiteral("data/all.jsonl"), inOrder);
        QCOMPARE(shards.program.run(words("run --out-dir=single --job-id=j")).exitCode, 0);
        const auto assembled = shards.assemble();
        QVERIFY2(assembled.exitCode == 0, assembled.err);
        QVERIFY(shards.program.readFile(QStringLiteral("out/j/dataset.jsonl"))
            == shards.program.readFile(QStringLiteral("single/j/dataset.jsonl")));
    }

    void the_script_for_engines_makes_a_whole_shard_or_none()
    {
        ExportProgram program;
        program.writeFile(QStringLiteral("examples.jsonl"), textOf({good(1), bad(2)}));
        const auto guardShard = [&program](const QString& name, const QString& options) {
            QProcess script;
            QProcessEnvironment environment;
            environment.insert(QStringLiteral("PATH"),
                QFileInfo(QStringLiteral(SIGNALS_EXPORT_PROGRAM)).path() + QLatin1Char(':')
                    + qEnvironmentVariable("PATH"));
            environment.insert(QStringLiteral("SHARDS"), program.path(QStringLiteral("shards")));
            environment.insert(QStringLiteral("GUARD"), options);
            script.setProcessEnvironment(environment);
            script.setStandardInputFile(program.path(QStringLiteral("examples.jsonl")));
            script.start(QStringLiteral(WORKBENCH_SOURCE_DIR "/packaging/slurm/guard-shard"), {name});
            return script.waitForFinished() ? script.exitCode() : -1;
        };
        QCOMPARE(guardShard(QStringLiteral("wrong"), QStringLiteral("--source=nobody")), 2);
        QVERIFY(program.tree(QStringLiteral("shards")).isEmpty());
        const QStringList parts {QStringLiteral("in.jsonl-000.rejections.jsonl"),
            QStringLiteral("in.jsonl-000.rows.jsonl"), QStringLiteral("in.jsonl-000.summary.json")};
        for (int run = 0; run < 2; ++run) { // again is the same
            QCOMPARE(guardShard(QStringLiteral("in.jsonl-000"), {}), 0);
            QCOMPARE(program.tree(QStringLiteral("shards")), parts);
        }
        const auto assembled
            = program.run(words("assemble --json --shards=shards --out-dir=out --on-rejection=skip"));
        QVERIFY2(assembled.exitCode == 0, assembled.err);
        QCOMPARE(assembled.json()["rows"].toObject()["exported"].toInt(), 1);
    }

    void rejected_rows_stop_it_unless_told_to_skip_them()
    {
        GuardedShards shards;
        const auto result = shards.program.run(words("assemble --shards=shards --out-dir=out --job-id=j"));
        QCOMPARE(result.exitCode, 3);
        QVERIFY(shards.program.tree(QStringLiteral("out")).isEmpty());
        const QByteArray report = shards.program.readFile(QStringLiteral("out_jobs/j.rejections.jsonl"));
        QVERIFY(report.contains(R"("file":"part-1","line":2,"rule":"email","path":"id")"));
        QVERIFY(!report.contains("example.com"));
    }

    void a_shard_that_is_not_whole_or_not_what_it_says_is_refused_data()
    {
        QTest::addColumn<int>("what");
        QTest::addColumn<QByteArray>("reason");
        QTest::newRow("no rows") << 0 << QByteArray("part-1 has a report or summary and no rows");
        QTest::newRow("no report") << 1 << QByteArray("part-1 has no report");
        QTest::newRow("no summary") << 2 << QByteArray("part-1 has no summary");
        QTest::newRow("one is missing") << 3 << QByteArray("4 shards are here, and 5 are wanted");
        QTest::newRow("the same twice") << 4 << QByteArray("part-3 and part-4 hold the same rows");
        QTest::newRow("a row less") << 5 << QByteArray("part-0.rows.jsonl: its rows are not those");
        QTest::newRow("another row") << 6 << QByteArray("part-0.rows.jsonl: its rows are not those");
        QTest::newRow("counts that do not add up") << 7 << QByteArray("its counts do not add up");
        QTest::newRow("a finding less") << 8 << QByteArray("does not agree with the shard's summary");
        QTest::newRow("a report that is not masked") << 9 << QByteArray("it is not masked");
        QTest::newRow("a report that is no report") << 10 << QByteArray("no finding that guard wrote");
        QTest::newRow("another filter") << 11 << QByteArray("were guarded by different filters");
        QTest::newRow("a filter that is no word") << 17 << QByteArray("that the schema does not know");
        QTest::newRow("a limit for each") << 12 << QByteArray("guarded with a row limit");
        QTest::newRow("more than may be") << 13 << QByteArray("more than the 3 that are allowed");
        QTest::newRow("a report of JSON that is no finding")
            << 15 << QByteArray("no finding that guard wrote");
        QTest::newRow("a summary that is cut short") << 16 << QByteArray("no summary that guard wrote");
        QTest::newRow("a place that there is not") << 14 << QByteArray("no finding that guard wrote");
    }

    void a_shard_that_is_not_whole_or_not_what_it_says_is_refused()
    {
        QFETCH(int, what);
        QFETCH(QByteArray, reason);
        GuardedShards shards;
        QStringList more;
        switch (what) {
        case 0:
            shards.remove("part-1.rows.jsonl");
            break;
        case 1:
            shards.remove("part-1.rejections.jsonl");
            break;
        case 2:
            shards.remove("part-1.summary.json");
            break;
        case 3:
            more = words("--expect=5");
            break;
        case 4:
            shards.add(QStringLiteral("part-4"), textOf({good(200), good(201)}));
            break;
        case 5: {
            const QString path = QStringLiteral("shards/part-0.rows.jsonl");
            const QByteArray rows = shards.program.readFile(path);
            shards.program.writeFile(path, rows.left(rows.lastIndexOf('\n', rows.size() - 2) + 1));
            break;
        }
        case 6:
            shards.edit("part-0.rows.jsonl", "ex_1\"", "ex_9\"");
            break;
        case 7:
            shards.edit("part-3.summary.json", "\"accepted\": 2", "\"accepted\": 1");
            break;
        case 8: {
            const QString path = QStringLiteral("shards/part-1.rejections.jsonl");
            const QByteArray report = shards.program.readFile(path);
            shards.program.writeFile(path, report.mid(report.indexOf('\n') + 1));
            break;
        }
        case 9:
            shards.edit("part-1.rejections.jsonl", "@xxxxxxx.xxx", "@example.com");
            break;
        case 10:
            shards.program.writeFile(QStringLiteral("shards/part-1.rejections.jsonl"), "killed\n");
            break;
        case 11:
            shards.add(QStringLiteral("part-5"), textOf({good(300)}), words("--source=mock"));
            break;
        case 12:
            shards.add(QStringLiteral("part-5"), textOf({good(300)}), words("--max-rows=7"));
            break;
        case 13:
            more = words("--max-rows=3");
            break;
        case 14:
            shards.edit("part-1.rejections.jsonl", "\"path\":\"id\"", "\"path\":\"jo\"");
            break;
        case 15:
            shards.program.writeFile(QStringLiteral("shards/part-1.rejections.jsonl"), "[]\n");
            break;
        case 16: {
            const QString path = QStringLiteral("shards/part-2.summary.json");
            shards.program.writeFile(path, shards.program.readFile(path).left(100));
            break;
        }
        case 17:
            for (const char* const summary : {"part-0.summary.json", "part-1.summary.json",
                     "part-2.summary.json", "part-3.summary.json"}) {
                shards.edit(summary, R"("source": null)", R"("source": "jo@example.com")");
            }
            break;
        default:
            QFAIL("no such case");
        }
        const auto result = shards.assemble(more);
        QCOMPARE(result.exitCode, what == 13 ? 2 : 1);
        QVERIFY2(result.err.contains(reason), result.err);
        QVERIFY(!result.err.contains("example.com"));
        QVERIFY(shards.program.tree(QStringLiteral("out")).isEmpty());
    }

    /// Its rows could not be told from another's, since there are none: nothing is refused for a guess.
    void a_refused_shard_that_may_be_there_twice_is_warned_of()
    {
        GuardedShards shards;
        const auto once = shards.assemble();
        QCOMPARE(once.exitCode, 0);
        QVERIFY2(!once.err.contains("Warning"), once.err);
        shards.add(QStringLiteral("part-4"), textOf(inputs()[1]));
        const auto twice = shards.assemble(words("--overwrite"));
        QCOMPARE(twice.exitCode, 0);
        QVERIFY2(twice.err.contains("Warning: shards part-1 and part-4 hold no rows"), twice.err);
    }

    void shards_of_another_schema_are_refused()
    {
        GuardedShards shards;
        const auto result = shards.assemble(words("--schema=signals_v1_core48"));
        QCOMPARE(result.exitCode, 6);
        QVERIFY2(result.err.contains("guarded by another schema"), result.err);
        QVERIFY(shards.program.tree(QStringLiteral("out")).isEmpty());
    }

    void rows_that_no_guard_let_through_are_refused_even_when_the_summary_agrees()
    {
        GuardedShards shards;
        const QString path = QStringLiteral("shards/part-3.rows.jsonl");
        const QByteArray before = shards.program.readFile(path);
        const QByteArray forged = QByteArray(before).replace("\"ex_200\"", "\"a@b.cc\"");
        QVERIFY(forged != before);
        shards.program.writeFile(path, forged);
        const auto digest = [](const QByteArray& bytes) {
            return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex();
        };
        shards.edit("part-3.summary.json", digest(before), digest(forged));
        const auto result = shards.assemble();
        QCOMPARE(result.exitCode, 3);
        QVERIFY2(result.err.contains("said to be guarded"), result.err);
        QVERIFY(shards.program.tree(QStringLiteral("out")).isEmpty());
    }

    void a_folder_without_shards_is_an_error()
    {
        ExportProgram program;
        program.writeFile(QStringLiteral("shards/notes.txt"), "none");
        const auto result = program.run(words("assemble --shards=shards --out-dir=out"));
        QCOMPARE(result.exitCode, 1);
        QVERIFY(result.err.contains("no shards here"));
        QCOMPARE(program.run(words("assemble --out-dir=out")).exitCode, 2);
    }

    void a_guard_that_fails_writes_no_summary()
    {
        ExportProgram program;
        const auto result = program.run(words("guard --json --summary=s.json"), textOf({good(1)}));
        QCOMPARE(result.exitCode, 2);
        QVERIFY(!QFile::exists(program.path(QStringLiteral("s.json"))));
    }
};

QTEST_GUILESS_MAIN(tst_assemble)
#include "tst_assemble.moc"
