// SPDX-License-Identifier: Apache-2.0
// Packed files are read as the text they hold, whole or not at all.
#include "core/review/row_loader.h"
#include "core/review/selection.h"
#include "core/schema/builtin_schemas.h"
#include "tests/support/example_builder.h"
#include "tests/support/indexed_folder.h"
#include "tests/support/packed.h"
#include "tests/support/recorded_scan.h"
#include "tests/support/thoroughness.h"

#include <QTest>

#include <sys/resource.h>

using namespace workbench;

namespace {

using Pack = std::string (*)(std::string_view);

std::string example(int number)
{
    return ExampleBuilder().with("id", "ex_" + std::to_string(number)).json() + '\n';
}

std::string examples(int first, int count)
{
    std::string text;
    for (int i = first; i < first + count; ++i) {
        text += example(i);
    }
    return text;
}

std::string nameFor(Pack pack) { return pack == Pack(gzipped) ? "a.jsonl.gz" : "a.jsonl.zst"; }

/// A scan of one file with these bytes.
ScanOutcome scanOf(const std::string& name, std::string_view bytes)
{
    TemporaryFolder folder;
    folder.write(name, bytes);
    return scanFolder(folder);
}

void addPackings()
{
    QTest::addColumn<bool>("zstd");
    QTest::newRow("gzip") << false;
    QTest::newRow("zstd") << true;
}

Pack fetchedPack()
{
    QFETCH_GLOBAL(bool, zstd);
    return zstd ? Pack(zstdPacked) : Pack(gzipped);
}

} // namespace

class tst_packed_text : public QObject { // NOLINT: named as its file
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data() { addPackings(); }

    void a_packed_file_is_read_as_the_text_it_holds()
    {
        const Pack pack = fetchedPack();
        const std::string text = "\xef\xbb\xbf\r\n" + examples(1, 3000) + "broken\n\n"
            + ExampleBuilder().with("id", "last").json();
        const ScanOutcome plain = scanOf("a.jsonl", text);
        const ScanOutcome packed = scanOf(nameFor(pack), pack(text));
        QCOMPARE(packed.error, std::string());
        QCOMPARE(packed.summary.read, std::uint64_t {3002});
        QCOMPARE(packed.found.events, plain.found.events);
        QVERIFY(packed.found.bytes == plain.found.bytes);
        QCOMPARE(packed.found.places.back().offset, plain.found.places.back().offset);
    }

    void names_are_in_bytewise_order_whatever_their_packing()
    {
        const Pack pack = fetchedPack();
        TemporaryFolder folder;
        folder.write("b.jsonl", example(2));
        folder.write(nameFor(pack), pack(example(1)));
        folder.write("c" + nameFor(pack), pack(example(3)));
        folder.write("d.jsonl.bz2", "no examples");
        folder.write("gz", "no examples");
        const ScanOutcome outcome = scanFolder(folder);
        QVERIFY(outcome.found.bytes == scanOf("all.jsonl", example(1) + example(2) + example(3)).found.bytes);
        QCOMPARE(listExampleFiles(folder.path())->otherEntries, std::size_t {2});
    }

    void members_one_after_the_other_are_one_text()
    {
        const Pack pack = fetchedPack();
        const std::string text = examples(1, 40);
        // Cut in the middle of a line, with an empty member between.
        const std::string packed = pack(std::string_view(text).substr(0, 777)) + pack("")
            + pack(std::string_view(text).substr(777));
        const ScanOutcome outcome = scanOf(nameFor(pack), packed);
        QCOMPARE(outcome.error, std::string());
        QVERIFY(outcome.found.bytes == scanOf("a.jsonl", text).found.bytes);
    }

    void a_file_cut_anywhere_is_an_error_that_names_it()
    {
        const Pack pack = fetchedPack();
        const std::string packed = pack(example(1));
        for (std::size_t length = 0; length < packed.size(); length += CaseStride) {
            const ScanOutcome outcome = scanOf(nameFor(pack), packed.substr(0, length));
            QVERIFY2(outcome.error.find(nameFor(pack) + " cannot be unpacked: it is cut short")
                    != std::string::npos,
                outcome.error.c_str());
            QCOMPARE(outcome.code, ErrorCode::Io);
        }
    }

    void a_second_member_that_is_cut_is_an_error_too()
    {
        const Pack pack = fetchedPack();
        const std::string second = pack(examples(4, 3));
        for (const std::size_t length : {std::size_t {1}, std::size_t {9}, second.size() - 1}) {
            const ScanOutcome outcome
                = scanOf(nameFor(pack), pack(examples(1, 3)) + second.substr(0, length));
            QVERIFY2(outcome.error.find("cut short") != std::string::npos, outcome.error.c_str());
        }
    }

    void a_damaged_byte_never_changes_a_row_in_silence()
    {
        const Pack pack = fetchedPack();
        const std::string packed = pack(example(1));
        const std::string whole = scanOf(nameFor(pack), packed).found.bytes;
        int refused = 0;
        int damagedOnes = 0;
        for (std::size_t at = 0; at < packed.size(); at += CaseStride, ++damagedOnes) {
            std::string damaged = packed;
            damaged[at] = static_cast<char>(damaged[at] ^ 0x10);
            const ScanOutcome outcome = scanOf(nameFor(pack), damaged);
            // A gzip header holds a few bytes that say nothing about the text.
            QVERIFY(!outcome.error.empty() || outcome.found.bytes == whole);
            refused += outcome.error.empty() ? 0 : 1;
        }
        QVERIFY2(refused > damagedOnes - 12, qPrintable(QString::number(refused)));
    }

    void what_is_no_packed_data_is_refused()
    {
        const Pack pack = fetchedPack();
        for (const std::string& bytes : {examples(1, 1), std::string("\n"), pack(example(1)) + "tail",
                 pack(example(1)) + std::string(3, '\0')}) {
            const ScanOutcome outcome = scanOf(nameFor(pack), bytes);
            QVERIFY2(outcome.error.find(nameFor(pack) + " cannot be unpacked") != std::string::npos,
                outcome.error.c_str());
        }
    }

    void a_small_file_that_unpacks_to_an_endless_line_takes_no_memory()
    {
        const Pack pack = fetchedPack();
        std::string packed;
        const std::string piece = pack(std::string(std::size_t {16} << 20U, ' ') + std::string(1024, 'n'));
        for (int i = 0; i < 16; ++i) {
            packed += piece;
        }
        rusage before {};
        (void)::getrusage(RUSAGE_SELF, &before);
        const ScanOutcome outcome = scanOf(nameFor(pack), packed + pack("\n" + example(1)));
        rusage after {};
        (void)::getrusage(RUSAGE_SELF, &after);
        QCOMPARE(outcome.found.events, (std::vector<std::string> {"malformed 0:1", "accepted 0:2"}));
        QVERIFY2(after.ru_maxrss - before.ru_maxrss < 100 << 10, // KiB; the text is 256 MiB
            qPrintable(QString::number(after.ru_maxrss - before.ru_maxrss)));
    }

    /// What is left of a file whose end was lost: its frame says how much text there was.
    void a_zstd_frame_that_holds_less_than_it_says_is_refused()
    {
        // Magic number, a header that states 64 MiB of text, a block of three bytes, an empty last block.
        const ScanOutcome outcome = scanOf("a.jsonl.zst",
            std::string_view("\x28\xB5\x2F\xFD\xA0\x00\x00\x00\x04\x18\x00\x00{}\n\x01\x00\x00", 18));
        QVERIFY2(
            outcome.error.find("a.jsonl.zst cannot be unpacked") != std::string::npos, outcome.error.c_str());
    }

    void a_zstd_window_of_gigabytes_is_refused()
    {
        // Magic number, a header that asks for a window of 2 GiB, an empty last block.
        const ScanOutcome outcome
            = scanOf("a.jsonl.zst", std::string_view("\x28\xB5\x2F\xFD\x00\xA8\x01\x00\x00", 9));
        QVERIFY2(outcome.error.find("cannot be unpacked") != std::string::npos, outcome.error.c_str());
    }

    void progress_is_told_in_bytes_as_they_lie_on_the_disk()
    {
        const Pack pack = fetchedPack();
        TemporaryFolder folder;
        folder.write(nameFor(pack), pack(examples(1, 5000)));
        folder.write("b.jsonl", example(1));
        ScanRequest request;
        request.schema = defaultSchema();
        const ExampleFiles files = *listExampleFiles(folder.path());
        request.files = files.files;
        RecordedScan sink;
        ScanProgress last;
        bool withinBounds = true;
        QVERIFY(scan(request, sink, {}, [&](const ScanProgress& progress) {
            withinBounds = withinBounds && progress.bytesRead >= last.bytesRead
                && progress.bytesRead <= progress.bytesTotal;
            last = progress;
        }));
        QVERIFY(withinBounds);
        QCOMPARE(last.bytesTotal, files.totalBytes());
        QCOMPARE(last.bytesRead, files.totalBytes());
    }

    void a_packed_file_that_changes_ends_the_scan()
    {
        const Pack pack = fetchedPack();
        TemporaryFolder folder;
        folder.write(nameFor(pack), pack(examples(1, 2)));
        ScanRequest request;
        request.schema = defaultSchema();
        request.files = listExampleFiles(folder.path())->files;
        folder.write(nameFor(pack), pack(examples(1, 3)));
        RecordedScan sink;
        const auto summary = scan(request, sink, {}, {});
        QVERIFY(!summary);
        QVERIFY(summary.error().message.find("changed") != std::string::npos);
    }

    void rows_are_shown_and_values_revealed_forwards_and_backwards()
    {
        const Pack pack = fetchedPack();
        std::string text;
        for (int i = 0; i < 4000; ++i) { // several megabytes: more than is kept for a look back
            text += ExampleBuilder().with("id", "row" + std::to_string(i) + "@example.com").json() + '\n';
        }
        IndexedFolder packed;
        packed.folder().write(nameFor(pack), pack(text));
        const IndexPtr index = packed.index();
        QCOMPARE(index->rows(), std::size_t {4000});
        RowLoader loader(index);
        for (const RowNumber row : {0U, 1U, 3999U, 3998U, 17U, 2000U, 1999U, 0U}) {
            const auto loaded = loader.load(row);
            QVERIFY(loaded);
            QVERIFY(!loaded->explanation.findings.empty());
            QCOMPARE(
                *loader.reveal(index->findingsOf(row).front()), "row" + std::to_string(row) + "@example.com");
            QVERIFY(loader.maskedLine(row));
        }
    }

    void looking_far_into_a_packed_file_can_be_cancelled()
    {
        const Pack pack = fetchedPack();
        IndexedFolder packed;
        packed.folder().write(nameFor(pack), pack(examples(1, 4000)));
        RowLoader loader(packed.index());
        std::stop_source stop;
        stop.request_stop();
        const auto row = loader.load(3999, stop.get_token());
        QVERIFY(!row);
        QCOMPARE(row.error().code, ErrorCode::Cancelled);
        QVERIFY(loader.load(3999)); // and then it goes on
    }

    void a_reveal_from_a_packed_file_that_changed_is_refused()
    {
        const Pack pack = fetchedPack();
        const std::string bad = ExampleBuilder().with("id", "a@example.com").json() + '\n';
        IndexedFolder packed;
        packed.folder().write(nameFor(pack), pack(bad + examples(1, 10)));
        const IndexPtr index = packed.index();
        RowLoader loader(index);
        QVERIFY(loader.reveal(index->findings().front()));
        packed.folder().write(nameFor(pack), pack(bad + examples(1, 11)));
        const auto revealed = loader.reveal(index->findings().front());
        QVERIFY(!revealed);
        QVERIFY(revealed.error().message.find("changed") != std::string::npos);
    }

    void searching_and_sorting_answer_as_over_plain_files()
    {
        const Pack pack = fetchedPack();
        const std::string text = examples(1, 3000) + examples(100, 50);
        IndexedFolder plain;
        plain.folder().write("a.jsonl", text);
        IndexedFolder packed;
        packed.folder().write(nameFor(pack), pack(text));
        const auto hits = [](const IndexPtr& index) {
            std::vector<RowNumber> rows;
            const auto found
                = [&](std::span<const RowNumber> more) { rows.insert(rows.end(), more.begin(), more.end()); };
            return searchById(*index, "ex_12", found, {}) ? rows : std::vector<RowNumber> {};
        };
        QVERIFY(hits(packed.index()).size() > 100);
        QCOMPARE(hits(packed.index()), hits(plain.index()));
        const std::vector<RowNumber> rows {0, 5, 2999, 3001};
        QCOMPARE(*sortRows(*packed.index(), rows, RowColumns::ExampleId, SortOrder::Descending, {}),
            *sortRows(*plain.index(), rows, RowColumns::ExampleId, SortOrder::Descending, {}));
    }
};

QTEST_GUILESS_MAIN(tst_packed_text)
#include "tst_packed_text.moc"
