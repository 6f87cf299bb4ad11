// SPDX-License-Identifier: Apache-2.0
/// The command line as its users and other programs rely on it (contract, sections 1, 2 and 6).
#include "tests/app/export_program.h"
#include "tests/support/example_builder.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonObject>
#include <QtTest>

using namespace workbench;

namespace {

/// An example with a phone number where a number belongs.
std::string refusedExample(const char* id)
{
    return ExampleBuilder().with("id", id).with("window_days", 5551234567.0).json();
}

const QByteArray SecretEmail = "jane.roe@example.org";

} // namespace

class tst_SignalsExport : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void an_export_ends_with_0_and_speaks_on_stderr();
    void quiet_says_nothing();
    void a_run_prints_the_documented_keys();
    void a_check_prints_the_same_and_the_rejections_and_writes_nothing();
    void a_missing_folder_ends_with_1();
    void a_full_disk_behind_stdout_ends_with_1();
    void rejected_rows_end_a_run_with_3_and_leave_no_bundle();
    void skipping_rejected_rows_exports_the_others();
    void no_rows_end_with_4_and_an_unknown_industry_is_told();
    void an_existing_bundle_is_not_written_over_unless_told();
    void a_rejected_value_is_never_told_or_kept();
    void filters_choose_rows();
    void the_time_of_a_bundle_can_be_fixed();
    void labels_in_files_of_their_own_are_merged_and_strays_are_told();
    void a_broken_label_file_is_a_rejection_and_an_unreadable_one_a_fault();
    void guard_merges_labels_only_when_told();

    void an_untouched_bundle_verifies_and_a_changed_one_does_not();
    void a_job_is_remembered();
    void a_record_that_cannot_be_read_is_a_job_too();
    void schemas_are_shown_hashed_and_compared();
    void a_schema_can_be_named_by_file();
    void all_captured_rows_are_exported();
};

void tst_SignalsExport::an_export_ends_with_0_and_speaks_on_stderr()
{
    ExportProgram program;
    program.writeValid(QStringLiteral("a.jsonl"), 1234);
    const ProgramResult result = program.run(words("run --job-id=one"));
    QCOMPARE(result.exitCode, 0);
    QCOMPARE(result.out, QByteArray());
    for (const char* word : {"Read", "Matched", "Exported", "1,234", "c47f7d39", "runs/hf_export/one"}) {
        QVERIFY2(result.err.contains(word), word);
    }
    // No terminal: no bar, no colour.
    QVERIFY(!result.err.contains('\r'));
    QVERIFY(!result.err.contains('\x1b'));
}

void tst_SignalsExport::quiet_says_nothing()
{
    ExportProgram program;
    program.writeValid(QStringLiteral("a.jsonl"), 3);
    const ProgramResult result = program.run(words("run --quiet --job-id=one"));
    QCOMPARE(result.exitCode, 0);
    QCOMPARE(result.out, QByteArray());
    QCOMPARE(result.err, QByteArray());
    // Errors are told all the same.
    const ProgramResult again = program.run(words("run --quiet --job-id=one"));
    QCOMPARE(again.exitCode, 2);
    QVERIFY(!again.err.isEmpty());
}

void tst_SignalsExport::a_run_prints_the_documented_keys()
{
    ExportProgram program;
    program.writeValid(QStringLiteral("a.jsonl"), 3);
    program.writeData(QStringLiteral("b.jsonl"),
        {ExampleBuilder()
                .with("id", "r")
                .with("source", "real")
                .with("features.source", "real")
                .raw("labels", R"({"reviewer_notes": "free text"})")
                .json()});
    const ProgramResult result = program.run(words("run --json --job-id=one"));
    QCOMPARE(result.exitCode, 0);
    QCOMPARE(keysInOrder(result.out),
        words(
            "job_id bundle_dir schema_version schema_hash rows rejections_by_rule withheld_fields by_source "
            "by_industry splits seconds push"));
    const QJsonObject json = result.json();
    QCOMPARE(json[QStringLiteral("job_id")].toString(), QStringLiteral("one"));
    QCOMPARE(json[QStringLiteral("bundle_dir")].toString(), QStringLiteral("runs/hf_export/one"));
    QCOMPARE(json[QStringLiteral("schema_version")].toString(), QStringLiteral("signals_v1"));
    QCOMPARE(json[QStringLiteral("rows")].toObject(),
        (QJsonObject {{QStringLiteral("read"), 4}, {QStringLiteral("matched"), 4},
            {QStringLiteral("exported"), 4}, {QStringLiteral("rejected"), 0}}));
    QCOMPARE(json[QStringLiteral("by_source")].toObject(),
        (QJsonObject {{QStringLiteral("mock"), 3}, {QStringLiteral("real"), 1}}));
    QCOMPARE(json[QStringLiteral("withheld_fields")].type(), QJsonValue::Double);
    QCOMPARE(json[QStringLiteral("rejections_by_rule")].toObject(), QJsonObject());
    QVERIFY(json[QStringLiteral("push")].isNull());
    int inSplits = 0;
    for (const QJsonValue& rows : json[QStringLiteral("splits")].toObject()) {
        inSplits += rows.toInt();
    }
    QCOMPARE(inSplits, 4);
}

void tst_SignalsExport::a_check_prints_the_same_and_the_rejections_and_writes_nothing()
{
    ExportProgram program;
    program.writeData(QStringLiteral("a.jsonl"),
        {ExampleBuilder().with("id", "one").json(), refusedExample("two"), "{nonsense"});
    const ProgramResult result = program.run(words("check --json"));
    QCOMPARE(result.exitCode, 3);
    QCOMPARE(keysInOrder(result.out),
        words(
            "job_id bundle_dir schema_version schema_hash rows rejections_by_rule withheld_fields by_source "
            "by_industry splits seconds push error rejections"));
    const QJsonObject json = result.json();
    QVERIFY(json[QStringLiteral("bundle_dir")].isNull());
    QCOMPARE(json[QStringLiteral("rejections_by_rule")].toObject(),
        (QJsonObject {{QStringLiteral("malformed"), 1}, {QStringLiteral("out_of_range"), 1}}));
    const QJsonArray rejections = json[QStringLiteral("rejections")].toArray();
    QCOMPARE(rejections.size(), 2);
    QCOMPARE(rejections[0].toObject(),
        (QJsonObject {{QStringLiteral("file"), QStringLiteral("a.jsonl")}, {QStringLiteral("line"), 2},
            {QStringLiteral("rule"), QStringLiteral("out_of_range")},
            {QStringLiteral("path"), QStringLiteral("features.window_days")},
            {QStringLiteral("masked"), QStringLiteral("9999999999")}}));
    QCOMPARE(rejections[1].toObject()[QStringLiteral("line")].toInt(), 3);
    QVERIFY(!QDir(program.path(QStringLiteral("runs"))).exists());
}

void tst_SignalsExport::a_missing_folder_ends_with_1()
{
    ExportProgram program;
    for (const char* line : {"run --data-dir=none --json", "check --data-dir=none --json"}) {
        const ProgramResult result = program.run(words(line));
        QCOMPARE(result.exitCode, 1);
        QCOMPARE(result.json()[QStringLiteral("error")].toObject()[QStringLiteral("code")].toString(),
            QStringLiteral("io"));
        QVERIFY(result.json()[QStringLiteral("bundle_dir")].isNull());
    }
    QVERIFY(program.run(words("run --data-dir=none")).err.contains("none"));
}

void tst_SignalsExport::a_full_disk_behind_stdout_ends_with_1()
{
    ExportProgram program;
    program.writeValid(QStringLiteral("a.jsonl"), 2);
    for (const char* line : {"check --json --data-dir data", "schema show", "--help"}) {
        QProcess process;
        process.setWorkingDirectory(program.path(QStringLiteral(".")));
        process.setStandardOutputFile(QStringLiteral("/dev/full"));
        process.start(QStringLiteral(SIGNALS_EXPORT_PROGRAM), words(line));
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.exitCode(), 1);
        QVERIFY(process.readAllStandardError().contains("no space left on device"));
    }
}

void tst_SignalsExport::rejected_rows_end_a_run_with_3_and_leave_no_bundle()
{
    ExportProgram program;
    program.writeData(
        QStringLiteral("a.jsonl"), {ExampleBuilder().json(), refusedExample("x"), refusedExample("y")});
    const ProgramResult result = program.run(words("run --json --job-id=one"));
    QCOMPARE(result.exitCode, 3);
    const QJsonObject json = result.json();
    QCOMPARE(json[QStringLiteral("job_id")].toString(), QStringLiteral("one"));
    QVERIFY(json[QStringLiteral("bundle_dir")].isNull());
    QCOMPARE(json[QStringLiteral("rows")].toObject()[QStringLiteral("exported")].toInt(), 0);
    QCOMPARE(json[QStringLiteral("rows")].toObject()[QStringLiteral("rejected")].toInt(), 2);
    QCOMPARE(json[QStringLiteral("error")].toObject()[QStringLiteral("code")].toString(),
        QStringLiteral("rows_rejected"));
    QCOMPARE(program.tree(QStringLiteral("runs/hf_export")), QStringList());
    QCOMPARE(program.readFile(QStringLiteral("runs/hf_export_jobs/one.rejections.jsonl")).count('\n'), 2);
    QCOMPARE(program.run(words("check")).exitCode, 3);
}

void tst_SignalsExport::skipping_rejected_rows_exports_the_others()
{
    ExportProgram program;
    program.writeData(
        QStringLiteral("a.jsonl"), {refusedExample("x"), ExampleBuilder().with("id", "kept").json()});
    const ProgramResult result = program.run(words("run --on-rejection=skip --job-id=one"));
    QCOMPARE(result.exitCode, 0);
    const QByteArray rows = program.readFile(QStringLiteral("runs/hf_export/one/dataset.jsonl"));
    QCOMPARE(rows.count('\n'), 1);
    QVERIFY(rows.startsWith(R"({"example_id":"kept",)"));
    QVERIFY(result.err.contains("out_of_range"));
}

void tst_SignalsExport::no_rows_end_with_4_and_an_unknown_industry_is_told()
{
    ExportProgram program;
    program.writeValid(QStringLiteral("a.jsonl"), 2);
    QCOMPARE(program.run(words("run --since=2999-01-01")).exitCode, 4);
    const ProgramResult unknown = program.run(words("run --industry=roofing"));
    QCOMPARE(unknown.exitCode, 4);
    QVERIFY(unknown.err.contains("hvac, plumbing"));
    QCOMPARE(program.tree(QStringLiteral("runs/hf_export")), QStringList());
    program.writeData(QStringLiteral("a.jsonl"), {refusedExample("x")});
    QCOMPARE(program.run(words("run --on-rejection=skip")).exitCode, 4);
}

void tst_SignalsExport::an_existing_bundle_is_not_written_over_unless_told()
{
    ExportProgram program;
    program.writeValid(QStringLiteral("a.jsonl"), 2);
    QCOMPARE(program.run(words("run --job-id=one")).exitCode, 0);
    const QByteArray before = program.readFile(QStringLiteral("runs/hf_export/one/dataset.jsonl"));
    program.writeValid(QStringLiteral("a.jsonl"), 3);
    QCOMPARE(program.run(words("run --job-id=one")).exitCode, 2);
    QCOMPARE(program.readFile(QStringLiteral("runs/hf_export/one/dataset.jsonl")), before);
    QCOMPARE(program.run(words("run --job-id=one --overwrite")).exitCode, 0);
    QCOMPARE(program.readFile(QStringLiteral("runs/hf_export/one/dataset.jsonl")).count('\n'), 3);
}

void tst_SignalsExport::a_rejected_value_is_never_told_or_kept()
{
    ExportProgram program;
    const std::string secret = SecretEmail.toStdString();
    program.writeData(QStringLiteral("a.jsonl"),
        {ExampleBuilder().with("id", secret).json(), ExampleBuilder().with("industry_key", secret).json(),
            ExampleBuilder().with("targets.boundary_class", secret).json(), "{\"id\": \"" + secret,
            ExampleBuilder().raw("features." + secret, "1").json(), ExampleBuilder().json()});
    for (const char* line : {"run --job-id=a", "run --json --job-id=b", "run --on-rejection=skip --job-id=c",
             "check", "check --json", "status a", "jobs"}) {
        const ProgramResult result = program.run(words(line));
        QVERIFY2(result.exitCode == 0 || result.exitCode == 3, line);
        QVERIFY2(!result.out.contains(SecretEmail) && !result.err.contains(SecretEmail), line);
    }
    const ProgramResult guarded
        = program.run(words("guard"), program.readFile(QStringLiteral("data/a.jsonl")));
    QCOMPARE(guarded.exitCode, 3);
    QVERIFY(!guarded.out.contains(SecretEmail) && !guarded.err.contains(SecretEmail));
    int files = 0;
    for (const QString& name : program.tree(QStringLiteral("runs"))) {
        const QByteArray bytes = program.readFile(QStringLiteral("runs/") + name);
        QVERIFY2(!bytes.contains(SecretEmail), qPrintable(name));
        files += bytes.isEmpty() ? 0 : 1;
    }
    QVERIFY(files >= 7); // a bundle's four at least, three records
}

void tst_SignalsExport::filters_choose_rows()
{
    ExportProgram program;
    const auto at = [](const char* id, const char* time, const char* industry) {
        return ExampleBuilder()
            .with("id", id)
            .with("created_at", time)
            .with("industry_key", industry)
            .with("features.industry_key", industry);
    };
    program.writeData(QStringLiteral("a.jsonl"),
        {at("a", "2026-01-01T00:00:00Z", "hvac").json(), at("b", "2026-01-02T00:00:00+02:00", "hvac").json(),
            at("c", "2026-01-02T00:00:00Z", "plumbing").raw("labels", "null").json()});
    const auto ids = [&program](const char* line) {
        const ProgramResult result
            = program.run(words(line), program.readFile(QStringLiteral("data/a.jsonl")));
        QString all;
        for (const QByteArray& row : result.out.split('\n')) {
            all += QJsonDocument::fromJson(row).object()[QStringLiteral("example_id")].toString();
        }
        return all;
    };
    QCOMPARE(ids("guard"), QStringLiteral("abc"));
    QCOMPARE(ids("guard --industry=hvac"), QStringLiteral("ab"));
    QCOMPARE(ids("guard --since=2026-01-02"), QStringLiteral("c"));
    QCOMPARE(ids("guard --until=2026-01-02"), QStringLiteral("ab"));
    QCOMPARE(
        ids("guard --since=2026-01-01T00:00:00.001Z --until=2026-01-01T22:00:00.001Z"), QStringLiteral("b"));
    QCOMPARE(ids("guard --labelled"), QStringLiteral("ab"));
    QCOMPARE(ids("guard --max-rows=1"), QStringLiteral("a"));
    QCOMPARE(ids("guard --industry=plumbing --max-rows=1"), QStringLiteral("c"));
}

void tst_SignalsExport::the_time_of_a_bundle_can_be_fixed()
{
    ExportProgram program;
    program.writeValid(QStringLiteral("a.jsonl"), 2);
    program.setEnvironment(QStringLiteral("SOURCE_DATE_EPOCH"), QStringLiteral("1700000000"));
    QCOMPARE(program.run(words("run --job-id=one")).exitCode, 0);
    QVERIFY(program.readFile(QStringLiteral("runs/hf_export/one/dataset_info.json"))
                .contains(R"("generated_at": "2023-11-14T22:13:20Z")"));
}

void tst_SignalsExport::labels_in_files_of_their_own_are_merged_and_strays_are_told()
{
    ExportProgram program;
    program.writeValid(QStringLiteral("a.jsonl"), 3);
    program.writeFile(
        QStringLiteral("data/labels/ex_2.json"), R"({"reviewer_score":5,"reviewer_notes":"Jane"})");
    program.writeFile(QStringLiteral("data/labels/gone.json"), "{}");
    program.writeFile(QStringLiteral("data/labels/a b.json"), "{}");
    const ProgramResult result = program.run(words("run --json --job-id=one"));
    QCOMPARE(result.exitCode, 0);
    const QJsonObject labels = result.json()[QStringLiteral("labels")].toObject();
    QCOMPARE(labels[QStringLiteral("files")].toInt(), 2);
    QCOMPARE(labels[QStringLiteral("without_example")].toInt(), 1);
    QCOMPARE(
        labels[QStringLiteral("names_without_example")].toArray(), QJsonArray {QStringLiteral("gone.json")});
    QCOMPARE(labels[QStringLiteral("refused_names")].toInt(), 1);
    QVERIFY(result.err.contains("1 label file belongs to no example: gone.json"));
    QVERIFY(result.err.contains("1 label file is not called as an example's id"));
    QVERIFY(program.readFile(QStringLiteral("runs/hf_export/one/dataset.jsonl"))
                .contains("\"reviewer_score\":5"));
    QCOMPARE(
        program.run(words("status one --json")).json()[QStringLiteral("labels_without_example")].toInt(), 1);
    QVERIFY(program.run(words("status one")).out.contains("1 file belongs to no example"));
    QCOMPARE(program.run(words("run --quiet --job-id=two")).err, QByteArray());

    program.writeFile(QStringLiteral("reviews/ex_1.json"), R"({"client_feedback":"down"})");
    const ProgramResult other = program.run(words("check --json --labels-dir reviews"));
    QCOMPARE(other.exitCode, 0);
    QCOMPARE(other.json()[QStringLiteral("labels")].toObject()[QStringLiteral("files")].toInt(), 1);
    QVERIFY(!other.err.contains("belongs to no example"));
}

void tst_SignalsExport::a_broken_label_file_is_a_rejection_and_an_unreadable_one_a_fault()
{
    ExportProgram program;
    program.writeValid(QStringLiteral("a.jsonl"), 3);
    program.writeFile(QStringLiteral("data/labels/ex_2.json"), SecretEmail + " is not JSON");
    const ProgramResult check = program.run(words("check --json"));
    QCOMPARE(check.exitCode, 3);
    const QJsonObject finding = check.json()[QStringLiteral("rejections")].toArray().first().toObject();
    QCOMPARE(finding[QStringLiteral("rule")].toString(), QStringLiteral("wrong_type"));
    QCOMPARE(finding[QStringLiteral("path")].toString(), QStringLiteral("labels"));
    QVERIFY(!check.out.contains(SecretEmail) && !check.err.contains(SecretEmail));
    QCOMPARE(program.run(words("run --on-rejection=skip --job-id=one")).exitCode, 0);

    QVERIFY(QDir(program.path(QStringLiteral("data"))).mkpath(QStringLiteral("labels/ex_3.json")));
    const ProgramResult run = program.run(words("run --on-rejection=skip --job-id=two"));
    QCOMPARE(run.exitCode, 1);
    QVERIFY(run.err.contains("ex_3.json cannot be read: it is a folder"));
    QVERIFY(!QFile::exists(program.path(QStringLiteral("runs/hf_export/two"))));
    QCOMPARE(program.run(words("check --labels-dir nowhere")).exitCode, 1);
    QCOMPARE(program.run({QStringLiteral("check"), QStringLiteral("--labels-dir"), QString()}).exitCode, 2);
}

void tst_SignalsExport::guard_merges_labels_only_when_told()
{
    ExportProgram program;
    program.writeFile(QStringLiteral("data/labels/one.json"), R"({"reviewer_score":5})");
    program.writeFile(QStringLiteral("data/labels/two.json"), "{}");
    const QByteArray line
        = QByteArray::fromStdString(ExampleBuilder().with("id", "one").without("labels").json()) + '\n';
    const ProgramResult alone = program.run(words("guard"), line);
    QCOMPARE(alone.exitCode, 0);
    QVERIFY(alone.out.contains("\"reviewer_score\":null"));
    const ProgramResult merged = program.run(words("guard --labels-dir=data/labels"), line);
    QCOMPARE(merged.exitCode, 0);
    QVERIFY(merged.out.contains("\"reviewer_score\":5"));
    QCOMPARE(merged.err, QByteArray()); // the other file is another shard's
}

void tst_SignalsExport::an_untouched_bundle_verifies_and_a_changed_one_does_not()
{
    ExportProgram program;
    program.writeValid(QStringLiteral("a.jsonl"), 5);
    QCOMPARE(program.run(words("run --job-id=one")).exitCode, 0);
    const QString rows = QStringLiteral("runs/hf_export/one/dataset.jsonl");
    const ProgramResult good = program.run(words("verify runs/hf_export/one --json"));
    QCOMPARE(good.exitCode, 0);
    QCOMPARE(good.json()[QStringLiteral("passed")].toBool(), true);
    QCOMPARE(good.json()[QStringLiteral("rows_guarded")].toInt(), 5);

    QByteArray changed = program.readFile(rows);
    changed.replace("\"example_id\":\"ex_3\"", "\"example_id\":\"ex_9\"");
    program.writeFile(rows, changed);
    const ProgramResult bad = program.run(words("verify runs/hf_export/one"));
    QCOMPARE(bad.exitCode, 3);
    QVERIFY(bad.err.contains("dataset.jsonl"));
    QCOMPARE(bad.out, QByteArray());
    const ProgramResult told = program.run(words("verify runs/hf_export/one --json"));
    QCOMPARE(told.exitCode, 3);
    QVERIFY(told.json()[QStringLiteral("problems")].toArray().size() > 0);

    QCOMPARE(program.run(words("verify runs/hf_export/none")).exitCode, 1);
}

void tst_SignalsExport::a_job_is_remembered()
{
    ExportProgram program;
    QCOMPARE(program.run(words("jobs --json")).json()[QStringLiteral("jobs")].toArray().size(), 0);
    program.writeValid(QStringLiteral("a.jsonl"), 2);
    QCOMPARE(program.run(words("run --job-id=first")).exitCode, 0);
    program.writeData(QStringLiteral("a.jsonl"), {refusedExample("x")});
    QCOMPARE(program.run(words("run --job-id=second")).exitCode, 3);

    const ProgramResult status = program.run(words("status first --json"));
    QCOMPARE(status.exitCode, 0);
    QCOMPARE(status.json()[QStringLiteral("status")].toString(), QStringLiteral("completed"));
    QVERIFY(program.run(words("status second")).out.contains("failed"));
    const QJsonArray jobs = program.run(words("jobs --json")).json()[QStringLiteral("jobs")].toArray();
    QCOMPARE(jobs.size(), 2);
    QCOMPARE(jobs[0].toObject()[QStringLiteral("job_id")].toString(), QStringLiteral("second"));
    QVERIFY(program.run(words("jobs")).out.contains("first"));
    QCOMPARE(program.run(words("status third")).exitCode, 1);
}

void tst_SignalsExport::a_record_that_cannot_be_read_is_a_job_too()
{
    ExportProgram program;
    QVERIFY(program.run(words("jobs")).err.contains("No jobs yet"));
    program.writeFile(QStringLiteral("runs/hf_export_jobs/first.json"), "{");
    const ProgramResult told = program.run(words("jobs"));
    QCOMPARE(told.exitCode, 0);
    QVERIFY2(told.err.contains("first.json") && !told.err.contains("No jobs yet"), told.err.constData());
}

void tst_SignalsExport::schemas_are_shown_hashed_and_compared()
{
    ExportProgram program;
    QCOMPARE(program.run(words("schema hash")).out, QByteArray("c47f7d39\n"));
    QCOMPARE(program.run(words("schema hash signals_v1_core48")).out, QByteArray("3e09b767\n"));
    QCOMPARE(program.run(words("schema hash --schema signals_v1_core48")).out, QByteArray("3e09b767\n"));
    const ProgramResult shown = program.run(words("schema show signals_v1_core48"));
    QVERIFY(shown.out.contains("3e09b767") && shown.out.contains("5cda6ade")
        && shown.out.contains("coverage_ratio"));
    QCOMPARE(shown.err, QByteArray());
    const QJsonObject json = program.run(words("schema show --json")).json();
    QCOMPARE(json[QStringLiteral("features")].toArray().size(), 70);
    QVERIFY(json.contains(QStringLiteral("model_hash")));

    program.writeValid(QStringLiteral("a.jsonl"), 1);
    QCOMPARE(program.run(words("run --job-id=one")).exitCode, 0);
    const ProgramResult diff = program.run(words("schema diff signals_v1_core48 runs/hf_export/one --json"));
    QCOMPARE(diff.exitCode, 0);
    QCOMPARE(diff.json()[QStringLiteral("added")].toInt(), 22);
    QCOMPARE(diff.json()[QStringLiteral("fit")].toString(), QStringLiteral("does_not_fit"));
    const ProgramResult same
        = program.run(words("schema diff signals_v1 runs/hf_export/one/dataset_info.json --json"));
    QCOMPARE(same.json()[QStringLiteral("fit")].toString(), QStringLiteral("identical"));
    QVERIFY(program.run(words("schema diff signals_v1_core48 signals_v1")).out.contains("22 added"));
    QCOMPARE(program.run(words("schema show none.json")).exitCode, 1);
}

void tst_SignalsExport::a_schema_can_be_named_by_file()
{
    ExportProgram program;
    program.writeFile(QStringLiteral("mine.json"), R"({"name": "mine", "version": "signals_v1", "features": [
        {"key": "window_days", "kind": "integer", "family": "context", "min": 0, "max": 9}]})");
    program.writeData(QStringLiteral("a.jsonl"), {ExampleBuilder().with("window_days", 7).json()});
    QCOMPARE(program.run(words("run --schema mine.json --job-id one")).exitCode, 0);
    QVERIFY(program.readFile(QStringLiteral("runs/hf_export/one/dataset.jsonl"))
                .contains(R"("features":{"window_days":7})"));
    QCOMPARE(program.run(words("verify --schema mine.json runs/hf_export/one")).exitCode, 0);
    program.writeFile(QStringLiteral("bad.json"), R"({"name": "bad", "version": "v", "features": [
        {"key": "rag_context", "kind": "number", "family": "context", "min": 0, "max": 9}]})");
    const ProgramResult bad = program.run(words("run --schema bad.json"));
    QCOMPARE(bad.exitCode, 2);
    QVERIFY(bad.err.contains("rag_context"));
    const ProgramResult none = program.run(words("run --schema none.json"));
    QCOMPARE(none.exitCode, 1);
    QVERIFY(none.err.contains("--schema"));
}

void tst_SignalsExport::all_captured_rows_are_exported()
{
    const QString captured = QStringLiteral(WORKBENCH_SHARED_DIR "/data/train");
    if (!QDir(captured).exists()) {
        QSKIP("the captured rows are not there: set WORKBENCH_SHARED_DIR");
    }
    ExportProgram program;
    const ProgramResult result = program.run(
        {QStringLiteral("--data-dir"), captured, QStringLiteral("--json"), QStringLiteral("--job-id=all")});
    QCOMPARE(result.exitCode, 0);
    const QJsonObject json = result.json();
    QCOMPARE(json[QStringLiteral("rows")].toObject(),
        (QJsonObject {{QStringLiteral("read"), 1268}, {QStringLiteral("matched"), 1268},
            {QStringLiteral("exported"), 1268}, {QStringLiteral("rejected"), 0}}));
    QCOMPARE(json[QStringLiteral("withheld_fields")].toInt(), 71);
    QCOMPARE(program.run(words("verify runs/hf_export/all")).exitCode, 0);
}

QTEST_GUILESS_MAIN(tst_SignalsExport)
#include "tst_signals_export.moc"
