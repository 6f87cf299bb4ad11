// SPDX-License-Identifier: Apache-2.0
// The one pipeline: every line accounted for, in input order, the same bytes whatever the threads.
#include "core/base/rfc3339.h"
#include "core/schema/builtin_schemas.h"
#include "tests/support/example_builder.h"
#include "tests/support/random_examples.h"
#include "tests/support/recorded_scan.h"

#include <QTest>

#include <array>
#include <atomic>
#include <chrono>
#include <csignal>
#include <new>
#include <thread>

#include <fcntl.h>
#include <unistd.h>

using namespace workbench;

namespace {

using Events = std::vector<std::string>;

std::string good(const std::string& id) { return ExampleBuilder().with("id", id).json(); }

/// Read = left out + over the limit + matched; matched = accepted + rejected.
void checkLedger(const ScanOutcome& outcome, std::uint64_t leftOut)
{
    const ScanSummary& summary = outcome.summary;
    QCOMPARE(outcome.error, std::string());
    QCOMPARE(summary.matched, summary.accepted + summary.rejected);
    QCOMPARE(summary.read, leftOut + summary.overLimit + summary.matched);
    QCOMPARE(outcome.found.events.size(), static_cast<std::size_t>(summary.matched));
}

constexpr std::size_t ManyRows = 2000; // of some 2 kB: dozens of blocks

ScanRequest manyBlocks(const TemporaryFolder& folder)
{
    std::string rows;
    for (std::size_t row = 0; row < ManyRows; ++row) {
        rows += good("a") + "\n";
    }
    folder.write("a.jsonl", rows);
    ScanRequest request;
    request.files = listExampleFiles(folder.path())->files;
    request.schema = defaultSchema();
    return request;
}

void threadCounts()
{
    QTest::addColumn<unsigned>("threads");
    for (const unsigned threads : {1U, 2U, 4U}) {
        QTest::addRow("%u threads", threads) << threads;
    }
}

} // namespace

class tst_scan : public QObject { // NOLINT: named as its file
    Q_OBJECT

private Q_SLOTS:
    void lines_come_in_bytewise_order_of_file_names()
    {
        TemporaryFolder folder;
        folder.write("b.jsonl", good("b1") + "\n" + good("b2") + "\n");
        folder.write("a.jsonl", good("a1") + "\n");
        folder.write("B.jsonl", good("B1") + "\n");
        folder.write("notes.txt", "not data\n");
        const ScanOutcome outcome = scanFolder(folder);
        checkLedger(outcome, 0);
        QCOMPARE(
            outcome.found.events, (Events {"accepted 0:1", "accepted 1:1", "accepted 2:1", "accepted 2:2"}));
        const std::size_t first = outcome.found.bytes.find("\"B1\"");
        QVERIFY(first < outcome.found.bytes.find("\"a1\"") && first != std::string::npos);
    }

    void blank_lines_are_skipped_but_counted_as_lines()
    {
        TemporaryFolder folder;
        folder.write(
            "a.jsonl", "\n \t\r\n" + good("a") + "\r\n\r\n\n" + good("b")); // the last without a newline
        const ScanOutcome outcome = scanFolder(folder);
        checkLedger(outcome, 0);
        QCOMPARE(outcome.summary.read, std::uint64_t {2});
        QCOMPARE(outcome.found.events, (Events {"accepted 0:3", "accepted 0:6"}));
    }

    void a_place_points_at_the_line_in_its_file()
    {
        TemporaryFolder folder;
        const std::string text = "\xef\xbb\xbf" + good("a") + "\r\n\n" + good("b") + "\n";
        folder.write("a.jsonl", text);
        const ScanOutcome outcome = scanFolder(folder);
        checkLedger(outcome, 0);
        QCOMPARE(outcome.found.places.size(), std::size_t {2});
        for (const SourceLine& place : outcome.found.places) {
            QCOMPARE(text[place.offset], '{');
        }
        const SourceLine& second = outcome.found.places[1];
        QCOMPARE(text.substr(second.offset, second.length), good("b"));
    }

    void a_byte_order_mark_is_fine_at_the_start_of_a_file_only()
    {
        TemporaryFolder folder;
        const std::string mark = "\xef\xbb\xbf";
        folder.write("a.jsonl", mark + good("a") + "\n" + mark + good("b") + "\n");
        folder.write("b.jsonl", mark + good("c") + "\n");
        folder.write("c.jsonl", mark);
        folder.write("d.jsonl", mark + "\n" + good("d") + "\n");
        QCOMPARE(scanFolder(folder).found.events,
            (Events {"accepted 0:1", "malformed 0:2", "accepted 1:1", "accepted 3:2"}));
    }

    void empty_files_and_folders_hold_nothing()
    {
        TemporaryFolder folder;
        const ScanOutcome none = scanFolder(folder);
        checkLedger(none, 0);
        QCOMPARE(none.summary.read, std::uint64_t {0});
        folder.write("a.jsonl", "");
        folder.write("b.jsonl", "\n\n");
        const ScanOutcome outcome = scanFolder(folder);
        checkLedger(outcome, 0);
        QCOMPARE(outcome.summary.read, std::uint64_t {0});
    }

    void a_line_of_seventeen_mebibytes_is_one_malformed_line()
    {
        TemporaryFolder folder;
        folder.write("a.jsonl",
            good("a") + "\n" + "{\"id\":\"" + std::string(std::size_t {17} << 20U, 'n') + "\"}\n" + good("b")
                + "\n");
        folder.write("b.jsonl", std::string(std::size_t {17} << 20U, 'n')); // to the end of the file
        for (const unsigned threads : {1U, 4U}) {
            ScanRequest request;
            request.threads = threads;
            const ScanOutcome outcome = scanFolder(folder, request);
            checkLedger(outcome, 0);
            QCOMPARE(outcome.found.events,
                (Events {"accepted 0:1", "malformed 0:2", "accepted 0:3", "malformed 1:1"}));
            QCOMPARE(outcome.found.places[1].length, static_cast<std::uint32_t>((17U << 20U) + 9));
        }
    }

    void lines_between_two_that_are_too_long_are_lines()
    {
        TemporaryFolder folder;
        const std::string tooLong(std::size_t {17} << 20U, 'n');
        folder.write(
            "a.jsonl", tooLong + "\n" + good("a") + "\n\n" + good("b") + "\n" + tooLong + "\n" + good("c"));
        const ScanOutcome outcome = scanFolder(folder);
        checkLedger(outcome, 0);
        QCOMPARE(outcome.found.events,
            (Events {"malformed 0:1", "accepted 0:2", "accepted 0:4", "malformed 0:5", "accepted 0:6"}));
    }

    void a_long_line_of_blanks_is_blank_or_malformed_but_never_lost_between()
    {
        TemporaryFolder folder;
        folder.write(
            "a.jsonl", good("a") + "\n" + std::string(std::size_t {3} << 20U, ' ') + "\n" + good("b") + "\n");
        QCOMPARE(scanFolder(folder).found.events, (Events {"accepted 0:1", "accepted 0:3"}));
    }

    void the_filters_of_the_contract_data()
    {
        QTest::addColumn<QByteArray>("filter");
        QTest::addColumn<QByteArray>("kept"); // ids; a malformed line shows as !
        const auto row = [](const char* filter, const char* kept) {
            QTest::newRow(filter) << QByteArray(filter) << QByteArray(kept);
        };
        row("", "mh mp rh old nosource !");
        row("source=mock", "mh mp old !");
        row("source=real", "rh !");
        row("industry=hvac", "mh rh nosource !");
        row("industry=roofing", "!");
        row("since=2026-11-22T00:00:00Z", "mh mp rh nosource !");
        row("since=2026-11-22T15:19:39.983Z", "mh mp rh nosource !"); // inclusive
        row("until=2026-11-22T15:19:39.983Z", "old !"); // exclusive
        row("until=2026-11-22T15:19:39.984Z", "mh mp rh old nosource !");
        row("labelled", "mh rh nosource !");
        row("max=2", "mh mp");
        row("max=5", "mh mp rh old nosource");
        row("source=mock max=2", "mh mp");
        row("source=real max=1", "rh");
    }

    void the_filters_of_the_contract()
    {
        QFETCH(QByteArray, filter);
        QFETCH(QByteArray, kept);
        TemporaryFolder folder;
        folder.write("a.jsonl",
            good("mh") + "\n"
                + ExampleBuilder().with("id", "mp").with("industry_key", "plumbing").without("labels").json()
                + "\n" + ExampleBuilder().with("id", "rh").with("source", "real").json() + "\n"
                + ExampleBuilder()
                      .with("id", "old")
                      .with("created_at", "2025-01-01T00:00:00Z")
                      .with("industry_key", "cleaning")
                      .raw("labels", R"({"reviewer_score":null})")
                      .json()
                + "\n" + ExampleBuilder().with("id", "nosource").without("source").json() + "\nnot json\n");
        ScanRequest request;
        for (const QByteArray& part : filter.split(' ')) {
            const std::string value = part.mid(part.indexOf('=') + 1).toStdString();
            if (part.startsWith("source=")) {
                request.filter.source = value;
            } else if (part.startsWith("industry=")) {
                request.filter.industry = value;
            } else if (part.startsWith("since=")) {
                request.filter.since = parseDateOrTime(value);
            } else if (part.startsWith("until=")) {
                request.filter.until = parseDateOrTime(value);
            } else if (part == "labelled") {
                request.filter.labelled = true;
            } else if (part.startsWith("max=")) {
                request.filter.maxRows = std::stoull(value);
            }
        }
        static const std::array<QByteArray, 6> Ids {"mh", "mp", "rh", "old", "nosource", "!"};
        for (const unsigned threads : {1U, 3U}) {
            request.threads = threads;
            const ScanOutcome outcome = scanFolder(folder, request);
            QByteArrayList found;
            for (const SourceLine& place : outcome.found.places) {
                found << Ids.at(place.line - 1);
            }
            QCOMPARE(found.join(' '), kept);
            const std::uint64_t leftOut
                = 6 - outcome.summary.overLimit - static_cast<std::uint64_t>(outcome.found.places.size());
            QCOMPARE(outcome.summary.read, std::uint64_t {6});
            checkLedger(outcome, leftOut);
        }
    }

    void the_row_limit_counts_before_the_guard()
    {
        TemporaryFolder folder;
        folder.write("a.jsonl", "broken\n" + good("a") + "\n" + good("b") + "\n" + good("c") + "\n");
        ScanRequest request;
        request.filter.maxRows = 2;
        const ScanOutcome outcome = scanFolder(folder, request);
        checkLedger(outcome, 0);
        QCOMPARE(outcome.summary.read, std::uint64_t {4});
        QCOMPARE(outcome.summary.overLimit, std::uint64_t {2});
        QCOMPARE(outcome.found.events, (Events {"malformed 0:1", "accepted 0:2"}));
    }

    void any_number_of_threads_gives_the_same_bytes_and_order()
    {
        TemporaryFolder folder;
        RandomExamples random(17);
        std::string text;
        for (int file = 0; file < 3; ++file) {
            text.clear();
            for (int i = 0; i < 1500; ++i) {
                std::string line = random.next();
                std::erase(line, '\n');
                text += line + (i % 7 == 0 ? "\r\n" : "\n") + (i % 31 == 0 ? "\n" : "");
            }
            folder.write("f" + std::to_string(file) + ".jsonl", text);
        }
        ScanRequest request;
        const ScanOutcome one = scanFolder(folder, request);
        QCOMPARE(one.error, std::string());
        QVERIFY(one.summary.accepted > 300 && one.summary.rejected > 300);
        for (const unsigned threads : {2U, 3U, 8U}) {
            request.threads = threads;
            const ScanOutcome many = scanFolder(folder, request);
            QCOMPARE(many.error, std::string());
            QVERIFY(many.found.bytes == one.found.bytes);
            QVERIFY(many.found.events == one.found.events);
            QVERIFY(many.summary.rejectionsByRule == one.summary.rejectionsByRule);
            QVERIFY(many.summary.withheld == one.summary.withheld);
            QCOMPARE(many.summary.read, one.summary.read);
            request.filter.maxRows = 2345;
            const ScanOutcome limited = scanFolder(folder, request);
            QCOMPARE(limited.found.events.size(), std::size_t {2345});
            QVERIFY(std::equal(
                limited.found.events.begin(), limited.found.events.end(), one.found.events.begin()));
            request.filter.maxRows.reset();
        }
    }

    void a_file_that_changed_since_it_was_listed_is_an_error_that_names_it()
    {
        TemporaryFolder folder;
        folder.write("a.jsonl", good("a") + "\n");
        ScanRequest request;
        const auto files = listExampleFiles(folder.path());
        folder.write("a.jsonl", good("a") + "\n" + good("b") + "\n");
        request.files = files->files;
        request.schema = defaultSchema();
        RecordedScan sink;
        const auto summary = scan(request, sink, {}, {});
        QVERIFY(!summary);
        QCOMPARE(summary.error().code, ErrorCode::Io);
        QVERIFY2(summary.error().message.find("a.jsonl changed") != std::string::npos,
            summary.error().message.c_str());
    }

    void a_file_that_vanished_is_an_error_that_names_it()
    {
        TemporaryFolder folder;
        const std::string path = folder.write("a.jsonl", good("a") + "\n");
        ScanRequest request;
        request.files = listExampleFiles(folder.path())->files;
        request.schema = defaultSchema();
        QCOMPARE(unlink(path.c_str()), 0);
        RecordedScan sink;
        const auto summary = scan(request, sink, {}, {});
        QVERIFY(!summary);
        QCOMPARE(summary.error().code, ErrorCode::Io);
        QVERIFY(summary.error().message.find("a.jsonl") != std::string::npos
            || summary.error().where.find("a.jsonl") != std::string::npos);
    }

    void a_sink_that_gives_up_does_not_wait_for_a_silent_stream_data()
    {
        QTest::addColumn<unsigned>("threads");
        QTest::addColumn<int>("blankBlocks");
        for (const unsigned threads : {1U, 2U, 4U}) {
            // Threads take turns at reading: with an even and an odd number each is the one that meets
            // silence.
            for (const int blankBlocks : {0, 1, 2}) {
                QTest::addRow("%u threads, %d blocks before the rows", threads, blankBlocks)
                    << threads << blankBlocks;
            }
        }
    }

    void a_sink_that_gives_up_does_not_wait_for_a_silent_stream()
    {
        QFETCH(const unsigned, threads);
        QFETCH(const int, blankBlocks);
        struct GivesUp final : ScanSink {
            Result<void> accept(const GuardedRow&, const SourceLine&, const LineFacts&) override
            {
                return Error {ErrorCode::Io, "no more room", {}};
            }
            Result<void> reject(std::span<const Finding>, const SourceLine&, const LineFacts&) override
            {
                return {};
            }
        } sink;
        std::signal(SIGPIPE, SIG_IGN); // of the writer, whose reader gives up
        std::array<int, 2> ends {};
        QCOMPARE(pipe(ends.data()), 0);
        constexpr std::size_t BlockBytes = std::size_t {256} << 10U;
        std::thread writer([end = ends[1], blankBlocks] { // and then the stream stays open and silent
            for (int block = 0; block < blankBlocks; ++block) {
                const std::string blank(BlockBytes, '\n');
                static_cast<void>(write(end, blank.data(), blank.size()));
                std::this_thread::sleep_for(
                    std::chrono::milliseconds(20)); // the next thread waits for the next block
            }
            const std::string row = good("a") + "\n";
            std::string rows;
            while (rows.size() < BlockBytes + BlockBytes / 8) {
                rows += row;
            }
            static_cast<void>(write(end, rows.data(), rows.size()));
        });
        ScanRequest request;
        request.schema = defaultSchema();
        request.stream = ends[0];
        request.threads = threads;
        const auto summary = scan(request, sink, {}, {});
        QVERIFY(!summary);
        QCOMPARE(summary.error().message, std::string("no more room"));
        close(ends[0]);
        writer.join();
        close(ends[1]);
    }

    void a_stream_is_read_to_its_end()
    {
        TemporaryFolder folder;
        const std::string path
            = folder.write("a.txt", "\xef\xbb\xbf" + good("a") + "\n\nbroken\n" + good("b"));
        ScanRequest request;
        request.schema = defaultSchema();
        request.stream = open(path.c_str(), O_RDONLY | O_CLOEXEC);
        RecordedScan sink;
        const auto summary = scan(request, sink, {}, {});
        close(request.stream);
        QVERIFY(static_cast<bool>(summary));
        QCOMPARE(sink.events, (Events {"accepted 0:1", "malformed 0:3", "accepted 0:4"}));
    }

    void a_sink_that_refuses_ends_the_scan_with_its_error()
    {
        struct FullSink final : ScanSink {
            Result<void> accept(
                const GuardedRow& /*row*/, const SourceLine& at, const LineFacts& /*facts*/) override
            {
                if (at.line == 2) {
                    return Error {.code = ErrorCode::Io, .message = "the disk is full", .where = {}};
                }
                return {};
            }
            Result<void> reject(std::span<const Finding> /*findings*/, const SourceLine& /*at*/,
                const LineFacts& /*facts*/) override
            {
                return {};
            }
        };
        TemporaryFolder folder;
        folder.write("a.jsonl", good("a") + "\n" + good("b") + "\n" + good("c") + "\n");
        ScanRequest request;
        request.files = listExampleFiles(folder.path())->files;
        request.schema = defaultSchema();
        request.threads = 2;
        FullSink sink;
        const auto summary = scan(request, sink, {}, {});
        QVERIFY(!summary);
        QCOMPARE(summary.error().message, std::string("the disk is full"));
    }

    void rows_are_handed_over_by_one_thread_at_a_time_data() { threadCounts(); }

    void rows_are_handed_over_by_one_thread_at_a_time()
    {
        QFETCH(const unsigned, threads);
        struct OneAtATime final : ScanSink {
            Result<void> accept(const GuardedRow&, const SourceLine& at, const LineFacts&) override
            {
                return take(at);
            }
            Result<void> reject(std::span<const Finding>, const SourceLine& at, const LineFacts&) override
            {
                return take(at);
            }
            Result<void> take(const SourceLine& at)
            {
                together = together || inside.exchange(true);
                inOrder = inOrder && at.line == last + 1;
                last = at.line;
                inside = false;
                return {};
            }
            std::atomic<bool> inside = false;
            bool together = false;
            bool inOrder = true;
            std::uint64_t last = 0;
        } sink;
        TemporaryFolder folder;
        ScanRequest request = manyBlocks(folder);
        request.threads = threads;
        const auto summary = scan(request, sink, {}, {});
        QVERIFY(static_cast<bool>(summary));
        QVERIFY(!sink.together);
        QVERIFY(sink.inOrder);
        QCOMPARE(sink.last, std::uint64_t {ManyRows});
    }

    void what_a_sink_throws_is_thrown_by_the_scan_data() { threadCounts(); }

    /// Whichever thread it was thrown on.
    void what_a_sink_throws_is_thrown_by_the_scan()
    {
        QFETCH(const unsigned, threads);
        struct Throws final : ScanSink {
            Result<void> accept(const GuardedRow&, const SourceLine& at, const LineFacts&) override
            {
                return at.line == ManyRows / 2 ? throw std::bad_alloc() : Result<void>();
            }
            Result<void> reject(std::span<const Finding>, const SourceLine&, const LineFacts&) override
            {
                return {};
            }
        } sink;
        TemporaryFolder folder;
        ScanRequest request = manyBlocks(folder);
        request.threads = threads;
        QVERIFY_THROWS_EXCEPTION(std::bad_alloc, static_cast<void>(scan(request, sink, {}, {})));
    }

    void a_stop_asked_for_ends_the_scan()
    {
        TemporaryFolder folder;
        folder.write("a.jsonl", good("a") + "\n");
        ScanRequest request;
        request.files = listExampleFiles(folder.path())->files;
        request.schema = defaultSchema();
        std::stop_source stop;
        stop.request_stop();
        RecordedScan sink;
        const auto summary = scan(request, sink, stop.get_token(), {});
        QVERIFY(!summary);
        QCOMPARE(summary.error().code, ErrorCode::Cancelled);
    }

    void progress_ends_with_the_whole()
    {
        TemporaryFolder folder;
        folder.write("a.jsonl", good("a") + "\nbroken\n");
        ScanRequest request;
        request.files = listExampleFiles(folder.path())->files;
        request.schema = defaultSchema();
        RecordedScan sink;
        ScanProgress last;
        const auto summary
            = scan(request, sink, {}, [&last](const ScanProgress& progress) { last = progress; });
        QVERIFY(static_cast<bool>(summary));
        QCOMPARE(last.bytesRead, request.files[0].bytes);
        QCOMPARE(last.bytesTotal, request.files[0].bytes);
        QCOMPARE(last.read, std::uint64_t {2});
        QCOMPARE(last.accepted, std::uint64_t {1});
        QCOMPARE(last.rejected, std::uint64_t {1});
    }

    /// What the README opens first shows every rule at work, on invented values.
    void the_shipped_sample_breaks_each_rule_at_least_once()
    {
        ScanRequest request;
        request.files = listExampleFiles(std::string(WORKBENCH_SOURCE_DIR) + "/resources/sample")->files;
        request.schema = defaultSchema();
        RecordedScan sink;
        const auto summary = scan(request, sink, {}, {});
        QVERIFY(static_cast<bool>(summary));
        QCOMPARE(summary->read, std::uint64_t {400});
        for (std::size_t rule = 0; rule < RuleCount; ++rule) {
            QVERIFY2(summary->rejectionsByRule[rule] > 0, ruleName(static_cast<Rule>(rule)).data());
        }
        QVERIFY(summary->rejected < 40);
        QVERIFY(withheldTotal(summary->withheld) > 0);
    }

    void the_captured_rows_are_all_accepted()
    {
        const std::string data = std::string(WORKBENCH_SHARED_DIR) + "/data/train";
        const Result<ExampleFiles> files = listExampleFiles(data);
        if (!files || files->files.empty()) {
            QSKIP("the captured rows are not beside this checkout (WORKBENCH_SHARED_DIR)");
        }
        for (const char* schema : {"signals_v1", "signals_v1_core48"}) {
            ScanRequest request;
            request.files = files->files;
            request.schema = builtinSchema(schema);
            request.threads = 2;
            RecordedScan sink;
            const auto summary = scan(request, sink, {}, {});
            QVERIFY2(static_cast<bool>(summary), summary ? "" : summary.error().message.c_str());
            QCOMPARE(summary->accepted, std::uint64_t {1268});
            QCOMPARE(summary->rejected, std::uint64_t {0});
            QCOMPARE(withheldTotal(summary->withheld), std::uint64_t {71});
            QCOMPARE(summary->bySource, (std::vector<std::uint64_t> {600, 668}));
        }
    }
};

QTEST_GUILESS_MAIN(tst_scan)
#include "tst_scan.moc"
