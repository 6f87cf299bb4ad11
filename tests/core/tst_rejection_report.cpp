// SPDX-License-Identifier: Apache-2.0
#include "core/review/rejection_report.h"

#include "core/job/export_job.h"
#include "tests/support/example_builder.h"
#include "tests/support/indexed_folder.h"

#include <QTest>

#include <sys/stat.h>

using namespace workbench;

namespace {

SelectionPtr selectionOf(const IndexedFolder& examples, const ExampleFilter& filter = {})
{
    const auto selection = select(examples.index(), filter, {});
    if (!selection) {
        throw std::runtime_error(selection.error().message);
    }
    return *selection;
}

} // namespace

class RejectionReportTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void json_lines_are_those_of_the_job_s_report()
    {
        IndexedFolder examples;
        examples.add(
            "a.jsonl", {ExampleBuilder().json(), ExampleBuilder().with("id", "jo@example.com").json()});
        examples.add(
            "b.jsonl", {ExampleBuilder().with("window_days", -4).with("coverage_ratio", 3.5).json()});
        const TemporaryFolder out;
        QVERIFY(
            saveRejectionReport(*selectionOf(examples), out.path("report.jsonl"), ReportFormat::JsonLines));
        const std::string expected = rejectionLine("a.jsonl", 2, {Rule::Email, "id", "xx@xxxxxxx.xxx"})
            + rejectionLine("b.jsonl", 1, {Rule::OutOfRange, "features.window_days", "-9"})
            + rejectionLine("b.jsonl", 1, {Rule::OutOfRange, "features.coverage_ratio", "9.9"});
        QCOMPARE(out.read("report.jsonl"), expected);
        QCOMPARE(out.entries(), std::vector<std::string> {"report.jsonl"});
    }

    void only_rows_that_the_filters_keep_are_reported()
    {
        IndexedFolder examples;
        examples.add("a.jsonl",
            {ExampleBuilder().with("id", "a@b.cc").json(),
                ExampleBuilder().with("id", "c@d.ee").with("source", "real").json()});
        ExampleFilter filter;
        filter.source = "real";
        const TemporaryFolder out;
        QVERIFY(saveRejectionReport(*selectionOf(examples, filter), out.path("r"), ReportFormat::JsonLines));
        QCOMPARE(out.read("r"), rejectionLine("a.jsonl", 2, {Rule::Email, "id", "x@x.xx"}));
    }

    void csv_is_quoted_and_cannot_become_a_formula()
    {
        IndexedFolder examples;
        examples.add("=a, \"b\".jsonl",
            {ExampleBuilder().with("id", "+44 20 7946 0958").json(),
                ExampleBuilder().with("id", "@a, \"b\"").json(),
                ExampleBuilder().with("window_days", -4).json()});
        const TemporaryFolder out;
        QVERIFY(saveRejectionReport(*selectionOf(examples), out.path("report.csv"), ReportFormat::Csv));
        const std::string file = "\"'=a, \"\"b\"\".jsonl\",";
        const std::string text = out.read("report.csv");
        QVERIFY(text.starts_with("file,line,rule,path,masked\r\n"));
        QVERIFY(text.find(file + "1,phone,id,\"'+99 99 9999 9999\"\r\n") != std::string::npos);
        QVERIFY(text.find(file + "2,email,id,\"'@x, \"\"x\"\"\"\r\n") != std::string::npos);
        QVERIFY(text.find(file + "3,out_of_range,features.window_days,\"'-9\"\r\n") != std::string::npos);
    }

    void no_rejected_value_is_in_it()
    {
        IndexedFolder examples;
        examples.add("a.jsonl",
            {ExampleBuilder().with("id", "jane@example.com").with("window_days", 5551234567.0).json(),
                "{Jane 555"});
        const TemporaryFolder out;
        for (const auto format : {ReportFormat::JsonLines, ReportFormat::Csv}) {
            QVERIFY(saveRejectionReport(*selectionOf(examples), out.path("report"), format));
            const std::string text = out.read("report");
            for (const char* secret : {"jane", "Jane", "555", "example.com"}) {
                QVERIFY2(text.find(secret) == std::string::npos, secret);
            }
        }
    }

    void an_older_report_is_replaced_whole()
    {
        IndexedFolder examples;
        examples.add("a.jsonl", {ExampleBuilder().with("id", "a@b.cc").json()});
        const TemporaryFolder out;
        out.write("report", std::string(100'000, 'x'));
        QVERIFY(saveRejectionReport(*selectionOf(examples), out.path("report"), ReportFormat::JsonLines));
        QCOMPARE(out.read("report"), rejectionLine("a.jsonl", 1, {Rule::Email, "id", "x@x.xx"}));
    }

    void a_folder_that_is_not_there_is_an_error_that_names_the_report()
    {
        IndexedFolder examples;
        examples.add("a.jsonl", {ExampleBuilder().with("id", "a@b.cc").json()});
        const TemporaryFolder out;
        const std::string path = out.path("missing/report");
        for (const auto format : {ReportFormat::JsonLines, ReportFormat::Csv}) {
            const auto saved = saveRejectionReport(*selectionOf(examples), path, format);
            QVERIFY(!saved);
            QCOMPARE(saved.error().code, ErrorCode::Io);
            QCOMPARE(saved.error().message, path + ": no such file or directory");
        }
        QVERIFY(out.entries().empty());
    }

    void what_cannot_replace_leaves_nothing_behind()
    {
        IndexedFolder examples;
        examples.add("a.jsonl", {ExampleBuilder().with("id", "a@b.cc").json()});
        const TemporaryFolder out;
        QCOMPARE(::mkdir(out.path("report").c_str(), 0755), 0);
        QVERIFY(!saveRejectionReport(*selectionOf(examples), out.path("report"), ReportFormat::JsonLines));
        QCOMPARE(out.entries(), std::vector<std::string> {"report/"});
    }
};

QTEST_GUILESS_MAIN(RejectionReportTest)
#include "tst_rejection_report.moc"
