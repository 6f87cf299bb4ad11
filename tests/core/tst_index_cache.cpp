// SPDX-License-Identifier: Apache-2.0
#include "core/guard/mask.h"
#include "core/review/example_index.h"
#include "core/review/selection.h"
#include "core/row/row_values.h"
#include "core/schema/builtin_schemas.h"
#include "tests/support/example_builder.h"
#include "tests/support/example_store.h"
#include "tests/support/indexed_folder.h"

#include <QTest>

#include <bit>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sys/stat.h>
#include <thread>

using namespace workbench;
namespace fs = std::filesystem;

namespace {

std::string bytesOf(const fs::path& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// A file of its own: what is in use under the same name stays as it is.
void write(const fs::path& path, const std::string& bytes)
{
    fs::remove(path);
    std::ofstream(path, std::ios::binary) << bytes;
    fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write);
}

/// The same file with other bytes.
void overwrite(const fs::path& path, const std::string& bytes)
{
    std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

/// What was read: whether from the cache shows by the files not having been opened.
struct Opened {
    std::vector<IndexPtr> pictures;
    ScanSummary summary;
    [[nodiscard]] const ExampleIndex& index() const { return *pictures.back(); }
};

/// Examples that nobody has touched for a while, and a cache beside them.
class CachedFolder {
public:
    CachedFolder()
    {
        std::vector<std::string> lines;
        for (int row = 0; row < 300; ++row) {
            auto example = ExampleBuilder().with("quotes_count", row);
            if (row % 9 == 0) {
                example.with("window_days", -row - 1);
            }
            lines.push_back(row == 250 ? "{broken" : example.json());
        }
        examples.add("a.jsonl", lines);
        examples.add("b.jsonl", {ExampleBuilder().with("coverage_ratio", 0.25).json()});
        age();
    }

    /// So that size and time say that the files did not change.
    void age() const
    {
        for (const auto& entry : fs::directory_iterator(examples.folder().path())) {
            fs::last_write_time(entry, fs::last_write_time(entry) - std::chrono::hours(1));
        }
    }

    [[nodiscard]] Opened open(const std::function<void(IndexRequest&)>& change = {}) const
    {
        IndexRequest request;
        request.files = examples.files();
        request.schema = defaultSchema();
        request.threads = 2;
        request.cacheFolder = cache();
        if (change) {
            change(request);
        }
        Opened opened;
        const auto built = buildIndex(
            request, [&](IndexPtr index) { opened.pictures.push_back(std::move(index)); }, {}, {});
        if (!built) {
            throw std::runtime_error(built.error().message);
        }
        opened.summary = *built;
        return opened;
    }

    /// True when the index comes from the cache: its files cannot be read meanwhile, for their bytes are
    /// others than what is said of them.
    [[nodiscard]] bool isKept() const
    {
        // A line is spoiled in place and the time put back: whoever scans sees another verdict.
        const fs::path file = fs::path(examples.folder().path()) / "b.jsonl";
        const std::string before = bytesOf(file);
        const auto time = fs::last_write_time(file);
        std::string spoiled = before;
        spoiled[0] = '#';
        std::fstream(file, std::ios::in | std::ios::out | std::ios::binary) << spoiled;
        fs::last_write_time(file, time);
        const bool malformed
            = open([&](IndexRequest& request) { request.cacheBytes = UINT64_MAX; }).index().malformed(300);
        std::fstream(file, std::ios::in | std::ios::out | std::ios::binary) << before;
        fs::last_write_time(file, time);
        return !malformed;
    }

    [[nodiscard]] std::string cache() const { return m_home.path() + "/cache/signals-workbench"; }
    [[nodiscard]] std::vector<fs::path> kept() const
    {
        std::vector<fs::path> files;
        for (const auto& entry : fs::directory_iterator(cache())) {
            files.push_back(entry.path());
        }
        return files;
    }

    IndexedFolder examples;

private:
    TemporaryFolder m_home;
};

/// A database whose one row is in its write-ahead log, open in another program's way, and a cache beside it.
class CachedStore {
public:
    CachedStore() : m_writer(m_home.path("learning.db"))
    {
        m_writer.run("PRAGMA journal_mode=WAL");
        m_writer.run("PRAGMA wal_autocheckpoint=0");
        m_writer.add(ExampleBuilder().with("id", "row_one").json());
        for (const fs::path& file : {fs::path(database()), log()}) {
            fs::last_write_time(file, fs::last_write_time(file) - std::chrono::hours(1));
        }
    }

    [[nodiscard]] IndexPtr open() const
    {
        IndexRequest request;
        request.files = *listExampleFiles(database());
        request.schema = defaultSchema();
        request.cacheFolder = cache();
        IndexPtr newest;
        const auto built = buildIndex(request, [&](IndexPtr index) { newest = std::move(index); }, {}, {});
        if (!built) {
            throw std::runtime_error(built.error().message);
        }
        return newest;
    }

    [[nodiscard]] ExampleStore& writer() { return m_writer; }
    [[nodiscard]] std::string database() const { return m_home.path("learning.db"); }
    [[nodiscard]] fs::path log() const { return database() + "-wal"; }
    [[nodiscard]] std::string cache() const { return m_home.path("cache"); }

    /// Makes the row one that is refused, in place; the database itself stays as it is.
    void spoilRowInLog() const
    {
        const std::string bytes = bytesOf(log());
        const std::size_t at = bytes.rfind("row_one");
        QVERIFY(at != std::string::npos);
        std::fstream file(log(), std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(static_cast<std::streamoff>(at));
        file << "row@one";
    }

private:
    TemporaryFolder m_home;
    ExampleStore m_writer;
};

void compare(const ExampleIndex& a, const ExampleIndex& b)
{
    QCOMPARE(a.rows(), b.rows());
    QCOMPARE(a.complete(), b.complete());
    QCOMPARE(a.paths(), b.paths());
    QCOMPARE(a.shapes(), b.shapes());
    QCOMPARE(a.pressureKeySets(), b.pressureKeySets());
    QCOMPARE(a.findings().size(), b.findings().size());
    for (std::size_t place = 0; place < a.findings().size(); ++place) {
        QCOMPARE(a.findings()[place].row, b.findings()[place].row);
        QCOMPARE(a.findings()[place].rule, b.findings()[place].rule);
        QCOMPARE(a.findings()[place].path, b.findings()[place].path);
        QCOMPARE(a.findings()[place].masked, b.findings()[place].masked);
    }
    for (RowNumber row = 0; row < a.rows(); ++row) {
        QCOMPARE(a.sourceLine(row).file, b.sourceLine(row).file);
        QCOMPARE(a.sourceLine(row).line, b.sourceLine(row).line);
        QCOMPARE(a.sourceLine(row).offset, b.sourceLine(row).offset);
        QCOMPARE(a.sourceLine(row).length, b.sourceLine(row).length);
        QCOMPARE(a.rejected(row), b.rejected(row));
        QCOMPARE(a.ruleCount(row), b.ruleCount(row));
        QCOMPARE(a.source(row), b.source(row));
        QCOMPARE(a.industry(row), b.industry(row));
        QCOMPARE(a.labelled(row), b.labelled(row));
        QCOMPARE(a.malformed(row), b.malformed(row));
        QCOMPARE(a.createdAtMs(row), b.createdAtMs(row));
        QCOMPARE(a.withheld(row), b.withheld(row));
        for (std::size_t column = row % 7; column < a.columns().size(); column += 7) {
            QCOMPARE(std::bit_cast<std::uint64_t>(a.value(row, column)),
                std::bit_cast<std::uint64_t>(b.value(row, column)));
        }
    }
}

} // namespace

class IndexCacheTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void the_same_folder_is_not_read_twice_and_looks_the_same()
    {
        const CachedFolder folder;
        const Opened first = folder.open();
        QCOMPARE(folder.kept().size(), std::size_t {1});
        QVERIFY(folder.isKept());
        const Opened second = folder.open();
        compare(second.index(), first.index());
        QCOMPARE(second.summary.read, first.summary.read);
        QCOMPARE(second.summary.rejectionsByRule, first.summary.rejectionsByRule);
        QCOMPARE(second.summary.bySource, first.summary.bySource);
        const auto before = select(first.pictures.back(), {}, {});
        const auto after = select(second.pictures.back(), {}, {});
        QCOMPARE((*after)->ledger.rejected, (*before)->ledger.rejected);
        QCOMPARE((*after)->kept, (*before)->kept);
    }

    void an_index_in_a_file_holds_no_memory_for_its_rows()
    {
        const CachedFolder folder;
        const Opened inFile = folder.open();
        const Opened inMemory = folder.open([](IndexRequest& request) { request.cacheFolder.clear(); });
        compare(inFile.index(), inMemory.index());
        QVERIFY(inFile.index().memoryBytes() + 27 * inFile.index().rows() < inMemory.index().memoryBytes());
    }

    void a_change_of_any_file_is_seen_data()
    {
        QTest::addColumn<QString>("what");
        for (const char* what : {"size", "time", "inode", "one more", "one fewer", "name"}) {
            QTest::newRow(what) << QString::fromLatin1(what);
        }
    }

    void a_change_of_any_file_is_seen()
    {
        QFETCH(const QString, what);
        const CachedFolder folder;
        static_cast<void>(folder.open());
        const fs::path file = fs::path(folder.examples.folder().path()) / "b.jsonl";
        const auto time = fs::last_write_time(file);
        const std::string bytes = bytesOf(file);
        const std::string other = '#' + bytes.substr(1);
        if (what == QLatin1String("size")) {
            overwrite(file, other + "\n");
            fs::last_write_time(file, time);
        } else if (what == QLatin1String("time")) {
            overwrite(file, other);
            fs::last_write_time(file, time + std::chrono::nanoseconds(1));
        } else if (what == QLatin1String("inode")) {
            write(file.string() + ".new", other);
            fs::last_write_time(file.string() + ".new", time);
            fs::rename(file.string() + ".new", file);
        } else if (what == QLatin1String("one more")) {
            write(file.parent_path() / "c.jsonl", other);
        } else if (what == QLatin1String("one fewer")) {
            fs::remove(file);
        } else {
            fs::rename(file, file.parent_path() / "bb.jsonl");
        }
        const Opened again = folder.open();
        const Opened fresh = folder.open([](IndexRequest& request) { request.cacheFolder.clear(); });
        compare(again.index(), fresh.index());
    }

    void a_change_of_a_stores_log_is_seen_though_the_database_stays_as_it_is()
    {
        CachedStore store;
        QVERIFY(!store.open()->rejected(0));
        const auto time = fs::last_write_time(store.log());
        const std::string database = bytesOf(store.database());
        store.spoilRowInLog();
        fs::last_write_time(store.log(), time);
        QVERIFY(!store.open()->rejected(0)); // unseen by size and time: a store's index is kept
        fs::last_write_time(store.log(), time + std::chrono::nanoseconds(1));
        QVERIFY(store.open()->rejected(0));
        store.writer().add(ExampleBuilder().with("id", "row_two").json());
        fs::last_write_time(store.log(), time + std::chrono::nanoseconds(1));
        QCOMPARE(store.open()->rows(), std::size_t {2}); // its size alone tells
        QVERIFY(bytesOf(store.database()) == database);
    }

    void a_store_whose_log_was_written_a_moment_ago_is_not_kept()
    {
        CachedStore store;
        store.writer().add(ExampleBuilder().with("id", "row_two").json());
        QCOMPARE(store.open()->rows(), std::size_t {2});
        QVERIFY(fs::is_empty(store.cache()));
    }

    void another_schema_does_not_see_it_and_a_reload_reads_anew()
    {
        const CachedFolder folder;
        static_cast<void>(folder.open());
        const fs::path file = fs::path(folder.examples.folder().path()) / "b.jsonl";
        const auto time = fs::last_write_time(file);
        std::fstream(file, std::ios::in | std::ios::out | std::ios::binary) << '#';
        fs::last_write_time(file, time); // unseen by size and time
        QVERIFY(!folder.open().index().malformed(300));
        QVERIFY(folder.open([](IndexRequest& request) { request.readAnew = true; }).index().malformed(300));
        QVERIFY(folder.open().index().malformed(300)); // and what was read anew is what is kept
    }

    void files_written_a_moment_ago_are_not_kept()
    {
        const CachedFolder folder;
        const fs::path file = fs::path(folder.examples.folder().path()) / "b.jsonl";
        fs::last_write_time(file, fs::file_time_type::clock::now());
        static_cast<void>(folder.open());
        QVERIFY(folder.kept().empty());
    }

    void whatever_byte_is_damaged_it_is_made_anew_in_silence()
    {
        const CachedFolder folder;
        const Opened good = folder.open();
        const fs::path file = folder.kept().front();
        const std::string bytes = bytesOf(file);
        const std::size_t step = bytes.size() / 41 + 1;
        for (std::size_t place = 0; place < bytes.size(); place += step) {
            std::string damaged = bytes;
            damaged[place] = static_cast<char>(damaged[place] ^ 0x20);
            write(file, damaged);
            compare(folder.open().index(), good.index());
        }
        for (std::size_t place = bytes.size() - 64; place < bytes.size(); place += 3) {
            std::string damaged = bytes;
            damaged[place] = static_cast<char>(damaged[place] ^ 1);
            write(file, damaged);
            compare(folder.open().index(), good.index());
        }
    }

    void a_truncated_an_empty_or_a_foreign_file_is_made_anew()
    {
        const CachedFolder folder;
        const Opened good = folder.open();
        const fs::path file = folder.kept().front();
        const std::string bytes = bytesOf(file);
        for (const std::size_t size : {std::size_t {0}, std::size_t {1}, std::size_t {31}, std::size_t {4096},
                 bytes.size() / 2, bytes.size() - 1}) {
            write(file, bytes.substr(0, size));
            compare(folder.open().index(), good.index());
            QVERIFY(folder.isKept()); // and kept again
        }
        write(file, std::string(20'000, 'x'));
        compare(folder.open().index(), good.index());
        fs::remove(file);
        fs::create_symlink("/dev/zero", file);
        compare(folder.open().index(), good.index());
        fs::remove(file);
        fs::create_directory(file);
        compare(folder.open().index(), good.index());
    }

    void a_file_that_is_cut_while_it_is_in_use_costs_values_and_not_the_program()
    {
        const CachedFolder folder;
        for (const char* how : {"made", "kept"}) {
            const Opened used = folder.open(); // the first time made, the second time kept
            const Opened fresh = folder.open([](IndexRequest& request) { request.cacheFolder.clear(); });
            compare(used.index(), fresh.index());
            const fs::path file = folder.kept().front();
            const std::string bytes = bytesOf(file);
            fs::resize_file(file, 0);
            const auto column = used.index().columns().indexOf("features.quotes_count");
            QVERIFY2(isHiddenValue(used.index().value(1, *column)), how);
            const auto selection = select(used.pictures.back(), {}, {});
            const auto expected = select(fresh.pictures.back(), {}, {});
            QVERIFY(selection && expected);
            QCOMPARE((*selection)->kept, (*expected)->kept);
            const auto sorted
                = sortRows(used.index(), (*selection)->kept, *column, SortOrder::Descending, {});
            QVERIFY(sorted);
            QCOMPARE(sorted->size(), (*expected)->kept.size());
            write(file, bytes);
        }
    }

    void it_may_be_deleted_while_it_is_in_use()
    {
        const CachedFolder folder;
        static_cast<void>(folder.open());
        const Opened used = folder.open();
        fs::remove_all(folder.cache());
        const Opened fresh = folder.open([](IndexRequest& request) { request.cacheFolder.clear(); });
        compare(used.index(), fresh.index());
    }

    void only_this_user_may_read_it_and_a_folder_open_to_others_is_not_used()
    {
        const CachedFolder folder;
        static_cast<void>(folder.open());
        struct stat state {};
        QCOMPARE(::stat(folder.cache().c_str(), &state), 0);
        QCOMPARE(state.st_mode & 0777U, 0700U);
        QCOMPARE(::stat(folder.kept().front().c_str(), &state), 0);
        QCOMPARE(state.st_mode & 0777U, 0600U);
        fs::remove(folder.kept().front());
        QCOMPARE(::chmod(folder.cache().c_str(), 0777), 0);
        static_cast<void>(folder.open());
        QVERIFY(folder.kept().empty());
    }

    void no_raw_string_and_no_name_of_a_file_is_in_it()
    {
        CachedFolder folder;
        const std::vector<std::string> canaries {"Wilhelmina Canary", "canary@example.com", "canarykey",
            "555-0142-canary", "canary-id-777", "canary-name", "12 Canary Street"};
        folder.examples.add("canary-name.jsonl",
            {ExampleBuilder().with("id", "canary-id-777").json(),
                ExampleBuilder().with("id", canaries[1]).json(),
                ExampleBuilder().with("window_rule", canaries[0]).json(),
                ExampleBuilder().with("features.canarykey", canaries[3]).json(),
                ExampleBuilder().with("labels.reviewer_notes", canaries[6]).json(),
                ExampleBuilder().with("canarykey", canaries[0]).json(),
                "{\"canarykey\": \"" + canaries[0] + "\""});
        folder.age();
        const Opened opened = folder.open();
        QVERIFY(opened.index().findings().size() > 3);
        QVERIFY(folder.isKept());
        const std::string bytes = bytesOf(folder.kept().front());
        for (const auto& canary : canaries) {
            QVERIFY2(bytes.find(canary) == std::string::npos, "a raw string is in the cache");
        }
        QVERIFY(bytes.find(maskShape(canaries[1])) != std::string::npos); // the search would find one
        QVERIFY(folder.kept().front().filename().string().find("canary") == std::string::npos);
    }

    void the_oldest_make_room_for_the_newest()
    {
        CachedFolder first;
        const CachedFolder second;
        const auto shareCache = [&](IndexRequest& request) { request.cacheFolder = first.cache(); };
        // Many times the size of the second, whose size no test knows: a slow machine makes more, smaller
        // pieces.
        first.examples.add("more.jsonl", std::vector<std::string>(5000, ExampleBuilder().json()));
        first.age();
        static_cast<void>(first.open());
        const fs::path old = first.kept().front();
        const auto size = fs::file_size(old);
        fs::last_write_time(old, fs::last_write_time(old) - std::chrono::hours(1));
        static_cast<void>(second.open(shareCache));
        QCOMPARE(first.kept().size(), std::size_t {2});
        static_cast<void>(second.open([&](IndexRequest& request) {
            shareCache(request);
            request.readAnew = true;
            request.cacheBytes = size;
        }));
        QCOMPARE(first.kept().size(), std::size_t {1});
        QVERIFY(!fs::exists(old));
        // One that is larger than all there may be is used and then gone.
        const Opened opened = first.open([](IndexRequest& request) { request.cacheBytes = 1; });
        QVERIFY(first.kept().empty());
        QCOMPARE(opened.index().rows(), std::size_t {5301});
    }

    void several_at_once_leave_one_whole_file()
    {
        const CachedFolder folder;
        std::vector<std::jthread> threads;
        for (int each = 0; each < 4; ++each) {
            threads.emplace_back([&folder] {
                for (int time = 0; time < 5; ++time) {
                    static_cast<void>(
                        folder.open([&](IndexRequest& request) { request.readAnew = time % 2 == 0; }));
                }
            });
        }
        threads.clear();
        QCOMPARE(folder.kept().size(), std::size_t {1});
        QVERIFY(folder.isKept());
        const Opened fresh = folder.open([](IndexRequest& request) { request.cacheFolder.clear(); });
        compare(folder.open().index(), fresh.index());
    }

    void a_place_that_cannot_be_written_to_costs_nothing_but_time()
    {
        const CachedFolder folder;
        const Opened fresh = folder.open([](IndexRequest& request) { request.cacheFolder.clear(); });
        const Opened there
            = folder.open([](IndexRequest& request) { request.cacheFolder = "/proc/nowhere"; });
        compare(there.index(), fresh.index());
    }
};

QTEST_GUILESS_MAIN(IndexCacheTest)
#include "tst_index_cache.moc"
