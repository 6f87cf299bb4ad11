// SPDX-License-Identifier: Apache-2.0
// A SQLite store that other programs have open, write to or lock: one state of it is read, nothing is
// written.
#include "core/input/store_reader.h"
#include "tests/core/scanned_store.h"

#include <QTest>

#include <csignal>
#include <functional>
#include <optional>

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace workbench;

namespace {

/// Names, sizes, times and bytes of everything in a folder.
std::string pictureOf(const TemporaryFolder& folder)
{
    std::string out;
    for (const std::string& name : folder.entries()) {
        struct stat entry {};
        (void)::stat(folder.path(name).c_str(), &entry);
        out += name + ' ' + std::to_string(entry.st_mtim.tv_sec) + '.' + std::to_string(entry.st_mtim.tv_nsec)
            + ' ' + folder.read(name) + '\n';
    }
    return out;
}

/// Another process: within one, SQLite shares what it has open, and locks do not count.
class OtherProgram {
public:
    /// Goes on when `work` has been done, and keeps the program alive until it is killed.
    explicit OtherProgram(const std::function<bool()>& work)
    {
        int ends[2] = {-1, -1};
        if (::pipe(ends) != 0) {
            return;
        }
        m_process = ::fork();
        if (m_process == 0) {
            bool done = false;
            try {
                done = work();
            } catch (const std::exception&) {
                done = false;
            }
            const char answer = done ? 'y' : 'n';
            (void)!::write(ends[1], &answer, 1);
            for (;;) {
                (void)::pause();
            }
        }
        char answer = 'n';
        (void)!::read(ends[0], &answer, 1);
        m_done = answer == 'y';
        (void)::close(ends[0]);
        (void)::close(ends[1]);
    }
    ~OtherProgram() { kill(); }
    OtherProgram(const OtherProgram&) = delete;
    OtherProgram& operator=(const OtherProgram&) = delete;
    OtherProgram(OtherProgram&&) = delete;
    OtherProgram& operator=(OtherProgram&&) = delete;

    [[nodiscard]] bool done() const { return m_done; }
    void kill()
    {
        if (m_process > 0) {
            (void)::kill(m_process, SIGKILL);
            (void)::waitpid(m_process, nullptr, 0);
            m_process = -1;
        }
    }

private:
    pid_t m_process = -1;
    bool m_done = false;
};

} // namespace

class SharedStoreTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void what_is_in_the_log_is_read_and_nothing_is_written()
    {
        TemporaryFolder folder;
        std::optional<ExampleStore> store; // of the other program
        OtherProgram writer([&] {
            store.emplace(pathOf(folder));
            store->run("PRAGMA journal_mode=WAL");
            store->add(example(1));
            store->add(example(2));
            return true;
        });
        QVERIFY(writer.done());
        QCOMPARE(folder.entries().size(), std::size_t {3}); // the database, its log, the log's index
        // Somebody has it open; then it was killed; then only the log was copied along.
        for (int state = 0; state < 3; ++state) {
            if (state == 1) {
                writer.kill();
            }
            if (state == 2) {
                QCOMPARE(::unlink((pathOf(folder) + "-shm").c_str()), 0);
            }
            const std::string before = pictureOf(folder);
            const ScanOutcome outcome = scanStore(pathOf(folder));
            QCOMPARE(outcome.error, std::string());
            QCOMPARE(outcome.summary.accepted, std::uint64_t {2});
            QVERIFY(pictureOf(folder) == before);
        }
    }

    void a_read_that_goes_on_keeps_writers_away_although_the_store_is_listed_again()
    {
        TemporaryFolder folder;
        {
            ExampleStore store(pathOf(folder)); // with a rollback journal
            store.add(example(1));
        }
        const ExampleFiles listed = *listExampleFiles(pathOf(folder));
        const auto canWrite = [&] {
            return OtherProgram([&] {
                ExampleStore other(pathOf(folder), ExampleStore::Existing);
                other.add(example(2));
                return true;
            }).done();
        };
        {
            auto reader = StoreReader::open(listed.files.front(), {});
            QVERIFY(reader);
            QVERIFY(listExampleFiles(pathOf(folder))); // as the folder watch does
            QVERIFY(!canWrite());
        }
        QVERIFY(canWrite());
    }

    void a_database_without_a_log_is_read_and_nothing_is_written()
    {
        for (const char* const mode : {"WAL", "DELETE"}) {
            TemporaryFolder folder;
            {
                ExampleStore writer(pathOf(folder));
                writer.run(std::string("PRAGMA journal_mode=") + mode);
                writer.add(example(1));
            }
            const std::string before = pictureOf(folder);
            QCOMPARE(folder.entries().size(), std::size_t {1});
            QCOMPARE(::chmod(folder.path().c_str(), 0555), 0);
            const ScanOutcome outcome = scanStore(pathOf(folder));
            QCOMPARE(::chmod(folder.path().c_str(), 0755), 0);
            QCOMPARE(outcome.error, std::string());
            QCOMPARE(outcome.summary.accepted, std::uint64_t {1});
            QVERIFY(pictureOf(folder) == before);
        }
    }

    void a_scan_sees_one_state_while_somebody_writes()
    {
        TemporaryFolder folder;
        ExampleStore writer(pathOf(folder));
        writer.run("PRAGMA journal_mode=WAL");
        for (int i = 0; i < 300; ++i) { // several blocks
            writer.add(example(i));
        }
        ScanRequest request;
        request.schema = defaultSchema();
        request.files = listExampleFiles(pathOf(folder))->files;
        RecordedScan sink;
        int blocks = 0;
        const auto summary = scan(request, sink, {}, [&](const ScanProgress&) {
            if (blocks++ == 0) {
                writer.run("DELETE FROM training_examples");
            }
        });
        QVERIFY2(summary, summary ? "" : summary.error().message.c_str());
        QVERIFY(blocks > 2);
        QCOMPARE(summary->read, std::uint64_t {300});
    }

    void a_store_that_changed_since_it_was_listed_is_refused()
    {
        for (const char* const mode : {"WAL", "DELETE"}) {
            TemporaryFolder folder;
            ExampleStore writer(pathOf(folder));
            writer.run(std::string("PRAGMA journal_mode=") + mode);
            writer.add(example(1));
            ScanRequest request;
            request.schema = defaultSchema();
            request.files = listExampleFiles(pathOf(folder))->files;
            writer.add(example(2));
            RecordedScan sink;
            const auto summary = scan(request, sink, {}, {});
            QVERIFY(!summary);
            QVERIFY(summary.error().message.find("learning.db changed") != std::string::npos);
        }
    }

    void a_locked_store_is_said_to_be_locked()
    {
        TemporaryFolder folder;
        ExampleStore writer(pathOf(folder));
        writer.run("BEGIN EXCLUSIVE");
        const ScanOutcome outcome = scanStore(pathOf(folder));
        QVERIFY2(outcome.error.find("locked by another program") != std::string::npos, outcome.error.c_str());
        QCOMPARE(outcome.code, ErrorCode::Io);
    }

    void waiting_for_a_lock_can_be_cancelled()
    {
        TemporaryFolder folder;
        ExampleStore writer(pathOf(folder));
        writer.run("BEGIN EXCLUSIVE");
        std::stop_source stop;
        stop.request_stop();
        const ExampleFiles listed = *listExampleFiles(pathOf(folder));
        const auto reader = StoreReader::open(listed.files.front(), stop.get_token());
        QVERIFY(!reader);
        QCOMPARE(reader.error().code, ErrorCode::Cancelled);
    }
};

QTEST_GUILESS_MAIN(SharedStoreTest)
#include "tst_shared_store.moc"
