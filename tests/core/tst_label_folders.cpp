// SPDX-License-Identifier: Apache-2.0
// A folder of labels beside the examples: merged into bundles, previews and kept indexes, held to what was
// listed, and looked through for labels without an example.
#include "core/base/file.h"
#include "core/input/label_files.h"
#include "core/job/export_job.h"
#include "core/job/job_queue.h"
#include "core/schema/builtin_schemas.h"
#include "tests/core/labelled_example.h"
#include "tests/support/example_store.h"
#include "tests/support/indexed_folder.h"
#include "tests/support/oracle.h"
#include "tests/support/recorded_scan.h"

#include <QTest>

#include <filesystem>
#include <map>

#include <sys/stat.h>
#include <unistd.h>

using namespace workbench;
namespace fs = std::filesystem;

namespace {

const UtcTime Now {std::chrono::milliseconds {1'795'000'000'123}};

/// Examples with and without labels of their own, and files for two of three.
struct Reviewed {
    explicit Reviewed(int count)
    {
        std::string apart;
        std::string inlined;
        for (int number = 0; number < count; ++number) {
            const std::string own[]
                = {"", "null", R"({"reviewer_score":1,"reviewer_notes":"Call Jane"})", "{}"};
            const std::string file[] = {"", R"({"reviewer_score":4,"client_feedback":"up"})",
                " {\n\t\"mapping_was_wrong\" : true,\r\n \"client_feedback_reason\":\"Jane\", "
                "\"reviewer_score\":null}\n"};
            const std::string line = example(idOf(number), own[number % 4]);
            const std::string& label = file[number % 3];
            apart += line + '\n';
            if (label.empty()) {
                inlined += line + '\n';
            } else {
                inlined += oracle::withLabels(line, label) + '\n';
                folder.write("data/labels/" + idOf(number) + ".json", label);
            }
        }
        folder.write("data/a.jsonl", apart);
        folder.write("inlined/a.jsonl", inlined);
    }

    [[nodiscard]] ExportRequest request(const char* data, const char* out) const
    {
        ExportRequest request;
        request.schema = defaultSchema();
        request.dataDir = folder.path(data);
        request.outDir = folder.path(out);
        request.jobId = "job";
        request.clock = [] { return Now; };
        return request;
    }

    TemporaryFolder folder;
};

ExportResult run(const ExportRequest& request) { return runExport(request, {}, {}); }

/// Every file of a bundle with its bytes.
std::map<std::string, std::string> bundleOf(const TemporaryFolder& folder, const std::string& out)
{
    std::map<std::string, std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder.path(out))) {
        if (entry.is_regular_file()) {
            const std::string name = fs::relative(entry.path(), folder.path(out)).string();
            files[name] = folder.read(out + '/' + name);
        }
    }
    return files;
}

} // namespace

class LabelFoldersTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_bundle_has_the_bytes_of_the_same_labels_inlined_data()
    {
        QTest::addColumn<unsigned>("threads");
        QTest::newRow("one thread") << 1U;
        QTest::newRow("two") << 2U;
        QTest::newRow("eight") << 8U;
    }
    void a_bundle_has_the_bytes_of_the_same_labels_inlined()
    {
        QFETCH(unsigned, threads);
        const Reviewed reviewed(1000);
        ExportRequest apart = reviewed.request("data", "out");
        apart.threads = threads;
        const ExportResult result = run(apart);
        QVERIFY2(!result.error, result.error ? result.error->message.c_str() : "");
        QVERIFY(!run(reviewed.request("inlined", "expected")).error);
        const auto bundle = bundleOf(reviewed.folder, "out/job");
        QVERIFY(bundle.size() >= 4);
        QVERIFY(bundle == bundleOf(reviewed.folder, "expected/job"));
        QVERIFY(bundle.at("dataset.jsonl").find("\"reviewer_score\":4,\"client_feedback\":\"up\"")
            != std::string::npos);
        QCOMPARE(result.outcome.scan.labels.files, std::uint64_t {666});
        QCOMPARE(result.outcome.scan.labels.withoutExample, std::uint64_t {0});
    }

    void what_cannot_be_read_stops_before_anything_is_written_data()
    {
        QTest::addColumn<QString>("what");
        QTest::addColumn<QString>("why");
        QTest::newRow("a link") << "link"
                                << "symbolic link";
        QTest::newRow("a link to nothing") << "dangling"
                                           << "symbolic link";
        QTest::newRow("a folder") << "folder"
                                  << "folder";
        QTest::newRow("a pipe") << "pipe"
                                << "no regular file";
        QTest::newRow("no permission") << "forbidden"
                                       << "permission denied";
    }
    void what_cannot_be_read_stops_before_anything_is_written()
    {
        QFETCH(QString, what);
        QFETCH(QString, why);
        const Reviewed reviewed(4);
        const fs::path path = reviewed.folder.path("data/labels/ex_0.json");
        const std::string target = reviewed.folder.write("elsewhere.json", R"({"reviewer_score":5})");
        if (what == "link") {
            fs::create_symlink(target, path);
        } else if (what == "dangling") {
            fs::create_symlink("nowhere", path);
        } else if (what == "folder") {
            fs::create_directory(path);
        } else if (what == "pipe") {
            QCOMPARE(::mkfifo(path.c_str(), 0600), 0);
        } else {
            reviewed.folder.write("data/labels/ex_0.json", "{}");
            fs::permissions(path, fs::perms::none);
            if (::access(path.c_str(), R_OK) == 0) {
                QSKIP("this user may read everything");
            }
        }
        for (const bool checked : {true, false}) {
            const ExportRequest request = reviewed.request("data", "out");
            const ExportResult result = checked ? runCheck(request, {}, {}) : run(request);
            QVERIFY(result.error.has_value());
            QCOMPARE(result.error->code, ErrorCode::Io);
            QVERIFY2(result.error->message.find("ex_0.json cannot be read") != std::string::npos
                    && result.error->message.find(why.toStdString()) != std::string::npos,
                result.error->message.c_str());
        }
        QVERIFY(!fs::exists(reviewed.folder.path("out/job")));
    }

    void a_folder_that_was_named_has_to_be_there()
    {
        const Reviewed reviewed(2);
        ExportRequest request = reviewed.request("data", "out");
        request.labelsDir = reviewed.folder.path("nowhere");
        const ExportResult result = run(request);
        QVERIFY(result.error.has_value());
        QCOMPARE(result.error->code, ErrorCode::Io);
        QVERIFY(result.error->message.find("nowhere") != std::string::npos);
        QVERIFY(!fs::exists(reviewed.folder.path("out/job")));
    }

    void a_file_called_labels_is_no_folder_of_them()
    {
        TemporaryFolder folder;
        folder.write("a.jsonl", example("one"));
        folder.write("labels", "mine");
        const auto files = listExamples(folder.path(), {});
        QVERIFY(files);
        QVERIFY(!files->labels);
    }

    void labels_of_a_data_file_lie_beside_it()
    {
        TemporaryFolder folder;
        const std::string store = folder.write("learning.db", "bytes");
        QCOMPARE(defaultLabelsFolder(store), folder.path("labels"));
        QCOMPARE(defaultLabelsFolder(folder.path()), folder.path("labels"));
        QCOMPARE(defaultLabelsFolder(folder.path() + '/'), folder.path("labels"));
    }

    void a_file_that_changes_after_it_was_listed_ends_the_scan_data()
    {
        QTest::addColumn<QString>("change");
        QTest::addColumn<unsigned>("threads");
        for (const char* change : {"other bytes", "gone", "a link now", "a folder now"}) {
            for (const unsigned threads : {1U, 4U}) {
                QTest::addRow("%s, %u threads", change, threads) << change << threads;
            }
        }
    }
    void a_file_that_changes_after_it_was_listed_ends_the_scan()
    {
        QFETCH(QString, change);
        QFETCH(unsigned, threads);
        const Reviewed reviewed(850);
        const auto files = listExamples(reviewed.folder.path("data"), {});
        QVERIFY(files);
        ScanRequest request;
        request.schema = defaultSchema();
        request.files = files->files;
        request.labels = files->labels;
        request.threads = threads;
        const fs::path path = reviewed.folder.path("data/labels/ex_802.json");
        fs::remove(path);
        if (change == "other bytes") {
            reviewed.folder.write("data/labels/ex_802.json", "{}");
        } else if (change == "a link now") {
            fs::create_symlink("ex_803.json", path);
        } else if (change == "a folder now") {
            fs::create_directory(path);
        }
        RecordedScan found;
        const auto summary = scan(request, found, {}, {});
        QVERIFY(!summary);
        QCOMPARE(summary.error().code, ErrorCode::Io);
        QVERIFY2(summary.error().message.find("ex_802.json changed") != std::string::npos,
            summary.error().message.c_str());
    }

    void a_label_without_an_example_is_told_whatever_is_filtered()
    {
        TemporaryFolder folder;
        std::string lines;
        for (int number = 0; number < 500; ++number) {
            lines += example(idOf(number)) + '\n';
        }
        folder.write("a.jsonl", lines + "not JSON\n");
        for (const char* id : {"ex_0", "ex_499", "ex_500", "gone", "555-010-1234"}) {
            folder.write(std::string("labels/") + id + ".json", R"({"reviewer_score":1})");
        }
        ScanRequest none;
        none.threads = 2;
        ScanRequest limited = none;
        limited.filter.maxRows = 1;
        ScanRequest filtered = none;
        filtered.filter.source = "real";
        ScanRequest labelled = limited;
        labelled.filter.labelled = true;
        for (const ScanRequest& request : {none, limited, filtered, labelled}) {
            const LabelSummary labels = scanFolder(folder, request).summary.labels;
            QVERIFY(labels.inUse);
            QCOMPARE(labels.files, std::uint64_t {5});
            QCOMPARE(labels.withoutExample, std::uint64_t {3});
            // An id that could not be exported is told by its shape alone.
            QCOMPARE(labels.namesWithoutExample,
                (std::vector<std::string> {"999-999-9999.json", "ex_500.json", "gone.json"}));
        }
        const ScanOutcome chosen = scanFolder(folder, labelled);
        QCOMPARE(chosen.summary.matched, std::uint64_t {1});
        QCOMPARE(chosen.summary.overLimit, std::uint64_t {2}); // ex_499 and the line that is not JSON
    }

    void labels_beside_a_store_are_merged_and_looked_for_in_all_of_it()
    {
        TemporaryFolder folder;
        ExampleStore store(folder.path("learning.db"));
        for (int number = 0; number < 3; ++number) {
            store.add(ExampleBuilder().with("id", idOf(number)).raw("labels", "null").json());
        }
        folder.write("labels/ex_1.json", R"({"reviewer_score":5})");
        folder.write("labels/gone.json", "{}");
        const auto files = listExamples(folder.path("learning.db"), {});
        QVERIFY(files);
        ScanRequest request;
        request.schema = defaultSchema();
        request.files = files->files;
        request.labels = files->labels;
        request.filter.labelled = true;
        RecordedScan found;
        const auto summary = scan(request, found, {}, {});
        QVERIFY(summary);
        QCOMPARE(summary->read, std::uint64_t {3});
        QCOMPARE(summary->matched, std::uint64_t {1});
        QVERIFY(found.bytes.find("\"reviewer_score\":5") != std::string::npos);
        request.filter.source = "nobody"; // left out by the database, were there no labels
        RecordedScan none;
        const auto filtered = scan(request, none, {}, {});
        QVERIFY(filtered);
        QCOMPARE(filtered->read, std::uint64_t {3});
        QCOMPARE(filtered->labels.namesWithoutExample, std::vector<std::string> {"gone.json"});
    }

    void a_job_record_tells_of_labels_without_an_example()
    {
        const Reviewed reviewed(4);
        reviewed.folder.write("data/labels/gone.json", "{}");
        QVERIFY(!run(reviewed.request("data", "out")).error);
        QCOMPARE(loadJobRecord(reviewed.folder.path("out"), "job")->labelsWithoutExample, std::uint64_t {1});
    }

    void an_export_refuses_labels_that_changed_since_they_were_reviewed()
    {
        const Reviewed reviewed(4);
        const auto files = listExamples(reviewed.folder.path("data"), {});
        QVERIFY(files);
        ExportRequest request = reviewed.request("data", "out");
        request.reviewedFiles = files->files;
        request.reviewedLabels = files->labels;
        reviewed.folder.write("data/labels/ex_1.json", R"({"reviewer_score":0})");
        const ExportResult refused = run(request);
        QVERIFY(refused.error.has_value());
        QVERIFY(refused.error->message.find("changed since they were reviewed") != std::string::npos);
        request.reviewedLabels = *findLabelFiles(request.dataDir, {});
        QVERIFY(!run(request).error);
    }

    void a_queued_export_merges_the_labels_of_its_queue()
    {
        TemporaryFolder folder;
        folder.write("data/a.jsonl", example("one"));
        folder.write("reviews/one.json", R"({"reviewer_score":5})");
        QueueSettings settings;
        settings.schema = defaultSchema();
        settings.dataDir = folder.path("data");
        settings.labelsDir = folder.path("reviews");
        settings.outDir = folder.path("out");
        const auto queue = JobQueue::open(settings);
        QVERIFY(queue);
        const std::string job = (*queue)->add({})->jobId;
        QVERIFY(QTest::qWaitFor(
            [&] { return loadJobRecord(folder.path("out"), job)->status == JobStatus::Completed; }, 60'000));
        QVERIFY(
            folder.read("out/" + job + "/dataset.jsonl").find("\"reviewer_score\":5") != std::string::npos);
    }

    void a_kept_index_is_of_these_very_labels()
    {
        IndexedFolder examples;
        examples.add("a.jsonl", {example("one"), example("two")});
        const auto label = [&](const char* id, const char* text) {
            const std::string path = examples.folder().write(std::string("labels/") + id + ".json", text);
            const auto anHourAgo = fs::file_time_type::clock::now() - std::chrono::hours(1);
            fs::last_write_time(path, anHourAgo);
        };
        label("one", R"({"reviewer_score":1})");
        label("gone", "{}");
        fs::last_write_time(
            examples.folder().path("a.jsonl"), fs::file_time_type::clock::now() - std::chrono::hours(1));
        const TemporaryFolder cache;
        std::size_t scans = 0;
        const auto opened = [&] {
            IndexRequest request;
            request.files = examples.files();
            request.schema = defaultSchema();
            request.cacheFolder = cache.path("kept");
            std::size_t pictures = 0;
            IndexPtr index;
            std::size_t steps = 0;
            const auto summary = buildIndex(
                request,
                [&](IndexPtr newest) {
                    ++pictures;
                    index = std::move(newest);
                },
                [&](const ScanProgress& progress) {
                    steps += progress.bytesRead > 0 && progress.files > 0 ? 1 : 0;
                },
                {});
            scans = steps; // a scan reports after each block and at its end, what was kept reports once
            return std::pair(index, summary ? summary->labels : LabelSummary {});
        };
        (void)opened();
        QVERIFY(scans > 1);
        const auto [kept, labels] = opened();
        QCOMPARE(scans, std::size_t {1});
        QVERIFY(kept->labelled(0) && !kept->labelled(1));
        QVERIFY(labels.inUse);
        QCOMPARE(labels.files, std::uint64_t {2});
        QCOMPARE(labels.namesWithoutExample, std::vector<std::string> {"gone.json"});
        label("two", R"({"reviewer_score":1})"); // a new one
        QVERIFY(opened().first->labelled(1));
        QVERIFY(scans > 1);
        (void)opened();
        QCOMPARE(scans, std::size_t {1});
        label("two", R"({"reviewer_score":null})"); // another size
        QVERIFY(!opened().first->labelled(1));
        QVERIFY(scans > 1);
        fs::remove_all(examples.folder().path("labels"));
        QVERIFY(!opened().first->labelled(0));
    }
};

QTEST_GUILESS_MAIN(LabelFoldersTest)
#include "tst_label_folders.moc"
