// SPDX-License-Identifier: Apache-2.0
/// What may be typed and set, and what is said when it cannot be understood (contract, sections 1 and 2).
#include "tests/app/export_program.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonObject>
#include <QtTest>

class tst_ExportUsage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void help_and_version_need_nothing_data();
    void help_and_version_need_nothing();
    void a_line_that_cannot_be_understood_ends_with_2_data();
    void a_line_that_cannot_be_understood_ends_with_2();
    void a_usage_error_is_a_document_too();
    void a_setting_that_cannot_be_understood_ends_with_2_data();
    void a_setting_that_cannot_be_understood_ends_with_2();
    void an_option_beats_environment_beats_env_file();
    void the_env_file_of_the_working_folder_is_read_and_another_can_be_named();
    void options_stand_before_and_after_the_command();
    void no_command_name_means_run();
    void a_job_id_that_climbs_ends_with_2_data();
    void a_job_id_that_climbs_ends_with_2();
    void a_token_in_the_wrong_place_is_not_repeated_data();
    void a_token_in_the_wrong_place_is_not_repeated();
    void a_name_cannot_steer_the_terminal();
};

void tst_ExportUsage::help_and_version_need_nothing_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* line, const char* expected) {
        QTest::newRow(line) << QString::fromLatin1(line) << QString::fromLatin1(expected);
    };
    row("--help", "signals-export [OPTIONS]");
    row("-h", "Exit codes");
    row("run --help", "signals-export run");
    row("check --help", "--on-rejection");
    row("guard --help", "stdin");
    row("verify --help", "BUNDLE_DIR");
    row("schema --help", "diff");
    row("schema diff --help", "signals-export schema diff");
    row("status --help", "JOB_ID");
    row("jobs --help", "--out-dir");
    row("--version", "signals-export 0.");
    row("run --version", "signals-export 0.");
    row("--help --max-rows=abc", "signals-export [OPTIONS]");
}

void tst_ExportUsage::help_and_version_need_nothing()
{
    QFETCH(QString, line);
    QFETCH(QString, expected);
    ExportProgram program;
    const ProgramResult result = program.run(words(qPrintable(line)));
    QCOMPARE(result.exitCode, 0);
    QVERIFY2(result.out.contains(expected.toUtf8()), result.out.constData());
    QCOMPARE(result.err, QByteArray());
}

void tst_ExportUsage::a_line_that_cannot_be_understood_ends_with_2_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char* line, const char* reason) {
        QTest::newRow(line) << QString::fromUtf8(line) << QString::fromUtf8(reason);
    };
    row("--bogus", "\"--bogus\"");
    row("run --bogus=1", "\"--bogus\"");
    row("-x", "\"-x\"");
    row("--sourc=mock", "\"--sourc\"");
    row("frobnicate", "\"frobnicate\"");
    row("run check", "\"check\"");
    row("verify", "BUNDLE_DIR");
    row("verify one two", "\"two\"");
    row("verify --source=mock one", "\"--source\"");
    row("--source=mock verify one", "--source is not an option of verify");
    row("--overwrite jobs", "--overwrite is not an option of jobs");
    row("schema", "show, hash, diff");
    row("schema print", "show, hash, diff");
    row("schema diff signals_v1", "B");
    row("status", "JOB_ID");
    row("--source", "--source");
    row("check --labelled=yes", "--labelled: it takes no value");
    row("check --quiet --quiet", "--quiet: it takes no value and is given once");
    row("--source=", "--source");
    row("--source=other", "--source: \"other\" is not allowed; allowed: mock, real");
    row("--source=mock --source=real", "--source");
    row("--source=mock run --source=mock", "--source");
    row("--industry=../../x", "--industry");
    row("--max-rows=0", "--max-rows: \"0\" is not allowed; allowed: a whole number, at least 1");
    row("--max-rows=abc", "--max-rows");
    row("--max-rows=1e3", "--max-rows");
    row("--max-rows=-5", "--max-rows");
    row("--split=by_moon", "none, by_source, by_industry, by_source_industry");
    row("--repo=nobody", "OWNER/NAME");
    row("--since=2026-02-30", "--since");
    row("--until=yesterday", "--until");
    row("--since=2026-02-02 --until=2026-02-02", "--until");
    row("--job-id=../up", "--job-id");
    row("--job-id=.hidden", "--job-id");
    row("--on-rejection=ignore", "abort, skip");
    row("--threads=0", "--threads");
    row("--threads=100000", "--threads");
    row("--data-dir=", "--data-dir");
    row("guard --max-rows=none", "--max-rows");
    row("guard --out-dir=x", "\"--out-dir\"");
    row("check --since=1", "--since");
}

void tst_ExportUsage::a_line_that_cannot_be_understood_ends_with_2()
{
    QFETCH(QString, line);
    QFETCH(QString, reason);
    ExportProgram program;
    program.writeValid(QStringLiteral("a.jsonl"), 1);
    const ProgramResult result = program.run(words(qPrintable(line)));
    QCOMPARE(result.exitCode, 2);
    QVERIFY2(result.err.contains(reason.toUtf8()), result.err.constData());
    QCOMPARE(result.out, QByteArray());
    QCOMPARE(program.tree(QStringLiteral(".")),
        (QStringList {QStringLiteral("data"), QStringLiteral("data/a.jsonl")}));
}

void tst_ExportUsage::a_usage_error_is_a_document_too()
{
    ExportProgram program;
    for (const char* line :
        {"--bogus --json", "run --json --max-rows=x", "status --json ../x", "schema --json"}) {
        const ProgramResult result = program.run(words(line));
        QCOMPARE(result.exitCode, 2);
        const QJsonObject error = result.json()[QStringLiteral("error")].toObject();
        QCOMPARE(error[QStringLiteral("code")].toString(), QStringLiteral("usage"));
        QVERIFY(!error[QStringLiteral("message")].toString().isEmpty());
        QVERIFY(!error[QStringLiteral("where")].toString().isEmpty());
    }
    QVERIFY(program.run(words("--bogus")).err.contains("Usage: signals-export"));
}

void tst_ExportUsage::a_setting_that_cannot_be_understood_ends_with_2_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("value");
    QTest::newRow("rows") << QStringLiteral("HF_EXPORT_MAX_ROWS") << QStringLiteral("abc");
    QTest::newRow("split") << QStringLiteral("HF_EXPORT_SPLIT_STRATEGY") << QStringLiteral("random");
    QTest::newRow("private") << QStringLiteral("HF_DATASET_PRIVATE") << QStringLiteral("maybe");
    QTest::newRow("enabled") << QStringLiteral("HF_EXPORT_ENABLED") << QStringLiteral("ja");
    QTest::newRow("repo") << QStringLiteral("HF_DATASET_REPO") << QStringLiteral("no-slash");
}

void tst_ExportUsage::a_setting_that_cannot_be_understood_ends_with_2()
{
    QFETCH(QString, key);
    QFETCH(QString, value);
    for (const bool inFile : {false, true}) {
        ExportProgram program;
        program.writeValid(QStringLiteral("a.jsonl"), 1);
        if (inFile) {
            program.writeFile(
                QStringLiteral(".env"), (key + QLatin1Char('=') + value + QLatin1Char('\n')).toUtf8());
        } else {
            program.setEnvironment(key, value);
        }
        const ProgramResult result = program.run(words("run"));
        QCOMPARE(result.exitCode, 2);
        QVERIFY2(
            result.err.contains((key + QStringLiteral(": \"") + value).toUtf8()), result.err.constData());
        QVERIFY(!QDir(program.path(QStringLiteral("runs"))).exists());
    }
    ExportProgram program;
    program.writeValid(QStringLiteral("a.jsonl"), 1);
    program.setEnvironment(QStringLiteral("SOURCE_DATE_EPOCH"), QStringLiteral("soon"));
    QCOMPARE(program.run(words("run")).exitCode, 2);
}

void tst_ExportUsage::an_option_beats_environment_beats_env_file()
{
    ExportProgram program;
    program.writeValid(QStringLiteral("a.jsonl"), 9);
    const auto matched = [&program](const char* line) {
        const QJsonObject rows = program.run(words(line)).json()[QStringLiteral("rows")].toObject();
        return rows[QStringLiteral("matched")].toInt(-1);
    };
    QCOMPARE(matched("check --json"), 9);
    program.writeFile(QStringLiteral(".env"), "export HF_EXPORT_MAX_ROWS=5   # rows\r\n");
    QCOMPARE(matched("check --json"), 5);
    program.setEnvironment(QStringLiteral("HF_EXPORT_MAX_ROWS"), QStringLiteral("3"));
    QCOMPARE(matched("check --json"), 3);
    QCOMPARE(matched("check --json --max-rows=2"), 2);
    // What is overridden is not even looked at.
    program.writeFile(QStringLiteral(".env"), "HF_EXPORT_MAX_ROWS=nonsense\n");
    QCOMPARE(matched("check --json"), 3);
}

void tst_ExportUsage::the_env_file_of_the_working_folder_is_read_and_another_can_be_named()
{
    ExportProgram program;
    program.writeValid(QStringLiteral("a.jsonl"), 3);
    program.writeFile(
        QStringLiteral("other.env"), "HF_EXPORT_OUT_DIR='elsewhere'\nHF_EXPORT_SPLIT_STRATEGY=none\n");
    QCOMPARE(program.run(words("run --env-file other.env --job-id j")).exitCode, 0);
    QVERIFY(QFile::exists(program.path(QStringLiteral("elsewhere/j/dataset.jsonl"))));
    QVERIFY(!QFile::exists(program.path(QStringLiteral("elsewhere/j/splits"))));
    QCOMPARE(program.run(words("run --env-file missing.env")).exitCode, 1);
    program.writeFile(QStringLiteral(".env"), "this is no setting hf_secret\n");
    const ProgramResult bad = program.run(words("run"));
    QCOMPARE(bad.exitCode, 2);
    QVERIFY(bad.err.contains(".env:1"));
    QVERIFY(!bad.err.contains("hf_secret"));
}

void tst_ExportUsage::options_stand_before_and_after_the_command()
{
    ExportProgram program;
    program.writeValid(QStringLiteral("a.jsonl"), 4);
    for (const char* line :
        {"check --json --max-rows=2", "--json --max-rows=2 check", "--json check --max-rows 2"}) {
        const ProgramResult result = program.run(words(line));
        QCOMPARE(result.exitCode, 0);
        QCOMPARE(result.json()[QStringLiteral("rows")].toObject()[QStringLiteral("matched")].toInt(), 2);
    }
    QCOMPARE(program.run(words("schema --json hash")).json()[QStringLiteral("schema_hash")].toString(),
        QStringLiteral("c47f7d39"));
}

void tst_ExportUsage::no_command_name_means_run()
{
    ExportProgram program;
    program.writeValid(QStringLiteral("a.jsonl"), 2);
    QCOMPARE(program.run(words("--job-id=one --source=mock")).exitCode, 0);
    QVERIFY(QFile::exists(program.path(QStringLiteral("runs/hf_export/one/dataset_info.json"))));
}

void tst_ExportUsage::a_job_id_that_climbs_ends_with_2_data()
{
    QTest::addColumn<QString>("id");
    for (const char* id : {"..", ".", "../x", "a/b", "/etc/passwd", "..%2fx", "a\\b", "a b", ".hidden",
             "a\nb", "", "0123456789012345678901234567890123456789012345678901234567890123x"}) {
        QTest::addRow("%s", id) << QString::fromUtf8(id);
    }
}

void tst_ExportUsage::a_job_id_that_climbs_ends_with_2()
{
    QFETCH(QString, id);
    ExportProgram program;
    program.writeFile(QStringLiteral("x.json"), "{}");
    QCOMPARE(program.run({QStringLiteral("status"), id}).exitCode, 2);
}

void tst_ExportUsage::a_token_in_the_wrong_place_is_not_repeated_data()
{
    QTest::addColumn<QString>("arguments"); // %1 is the token
    QTest::addColumn<QString>("repo");
    QTest::newRow("setting") << QStringLiteral("status one") << QStringLiteral("%1");
    QTest::newRow("option") << QStringLiteral("push one --repo=%1") << QString();
    QTest::newRow("job id") << QStringLiteral("status %1/x") << QString();
    QTest::newRow("one argument too many") << QStringLiteral("status one %1") << QString();
    QTest::newRow("command") << QStringLiteral("%1") << QString();
    QTest::newRow("unknown option") << QStringLiteral("run --%1") << QString();
    QTest::newRow("threads") << QStringLiteral("check --threads=%1") << QString();
    QTest::newRow("schema") << QStringLiteral("check --schema=%1") << QString();
}

void tst_ExportUsage::a_token_in_the_wrong_place_is_not_repeated()
{
    QFETCH(QString, arguments);
    QFETCH(QString, repo);
    const QString token = QStringLiteral("hf_") + QString(34, QLatin1Char('q'));
    ExportProgram program;
    program.setEnvironment(
        QStringLiteral("HF_DATASET_REPO"), repo.contains(QLatin1Char('%')) ? repo.arg(token) : repo);
    for (const char* json : {"", " --json"}) {
        const QString line
            = (arguments.contains(QLatin1Char('%')) ? arguments.arg(token) : arguments) + QLatin1String(json);
        const ProgramResult result = program.run(line.split(QLatin1Char(' ')));
        QVERIFY(result.exitCode > 0);
        QVERIFY(!result.err.isEmpty());
        QVERIFY(!(result.out + result.err).contains(token.toUtf8()));
    }
}

void tst_ExportUsage::a_name_cannot_steer_the_terminal()
{
    ExportProgram program;
    const ProgramResult result
        = program.run({QStringLiteral("check"), QStringLiteral("--data-dir"), QStringLiteral("a\x1b[2Jb")});
    QCOMPARE(result.exitCode, 1);
    QVERIFY(result.err.contains("a?[2Jb"));
    QVERIFY(!result.err.contains('\x1b'));
}

QTEST_GUILESS_MAIN(tst_ExportUsage)
#include "tst_export_usage.moc"
