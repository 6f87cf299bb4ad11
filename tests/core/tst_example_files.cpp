// SPDX-License-Identifier: Apache-2.0
/// Contract, section 3: files `*.jsonl` of the data folder, in bytewise order of name.
#include "core/input/example_files.h"
#include "tests/support/temporary_folder.h"

#include <QTest>

#include <cerrno>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

using namespace workbench;

namespace {

std::vector<std::string> namesOf(const ExampleFiles& files)
{
    std::vector<std::string> names;
    for (const auto& file : files.files) {
        names.push_back(file.name);
    }
    return names;
}

} // namespace

class ExampleFilesTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void files_come_in_bytewise_order_of_name()
    {
        const TemporaryFolder folder;
        for (const char* name :
            {"b.jsonl", "a.jsonl", "Z.jsonl", "ä.jsonl", "10.jsonl", "9.jsonl", "a-1.jsonl"}) {
            folder.write(name, "{}\n");
        }
        const auto files = listExampleFiles(folder.path());
        QVERIFY(files);
        const std::vector<std::string> expected {
            "10.jsonl", "9.jsonl", "Z.jsonl", "a-1.jsonl", "a.jsonl", "b.jsonl", "ä.jsonl"};
        QCOMPARE(namesOf(*files), expected);
    }

    void a_file_is_remembered_as_it_was_when_it_was_listed()
    {
        const TemporaryFolder folder;
        const std::string path = folder.write("a.jsonl", "{}\n{}\n");
        struct stat entry {};
        QCOMPARE(::stat(path.c_str(), &entry), 0);
        const auto files = listExampleFiles(folder.path());
        QVERIFY(files);
        QCOMPARE(files->files.front().path, path);
        QCOMPARE(files->files.front().bytes, std::uint64_t {6});
        QCOMPARE(files->files.front().inode, std::uint64_t {entry.st_ino});
        QCOMPARE(files->files.front().modifiedNs / 1'000'000'000, std::int64_t {entry.st_mtim.tv_sec});
        QCOMPARE(files->totalBytes(), std::uint64_t {6});
        folder.write("a.jsonl", "{}\n{}\n{}\n");
        QVERIFY(!(listExampleFiles(folder.path())->files.front() == files->files.front()));
    }

    void what_is_no_file_is_a_problem_with_a_reason_and_the_others_stay()
    {
        const TemporaryFolder folder;
        folder.write("good.jsonl", "{}\n");
        QCOMPARE(::mkdir(folder.path("folder.jsonl").c_str(), 0755), 0);
        QCOMPARE(::mkfifo(folder.path("pipe.jsonl").c_str(), 0644), 0);
        QCOMPARE(::symlink("nowhere", folder.path("link.jsonl").c_str()), 0);
        const int listener = ::socket(AF_UNIX, SOCK_STREAM, 0);
        sockaddr_un address {};
        address.sun_family = AF_UNIX;
        const std::string socketPath = folder.path("socket.jsonl");
        QVERIFY(socketPath.size() < sizeof address.sun_path);
        std::copy(socketPath.begin(), socketPath.end(), address.sun_path);
        QCOMPARE(::bind(listener, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
        ::close(listener);

        const auto files = listExampleFiles(folder.path());
        QVERIFY(files);
        QCOMPARE(namesOf(*files), std::vector<std::string> {"good.jsonl"});
        std::vector<std::string> told;
        for (const auto& problem : files->problems) {
            told.push_back(problem.name + ": " + problem.reason);
        }
        const std::vector<std::string> expected {"folder.jsonl: it is a folder",
            "link.jsonl: it is a link to nothing", "pipe.jsonl: it is a pipe",
            "socket.jsonl: it is a socket"};
        QCOMPARE(told, expected);
    }

    void a_link_to_a_file_is_a_file()
    {
        const TemporaryFolder folder;
        folder.write("elsewhere/real.txt", "{}\n");
        QCOMPARE(::symlink("elsewhere/real.txt", folder.path("a.jsonl").c_str()), 0);
        const auto files = listExampleFiles(folder.path());
        QVERIFY(files);
        QCOMPARE(namesOf(*files), std::vector<std::string> {"a.jsonl"});
        QCOMPARE(files->files.front().bytes, std::uint64_t {3});
        QVERIFY(files->problems.empty());
    }

    void a_file_without_read_access_is_a_problem()
    {
        if (::geteuid() == 0) {
            QSKIP("root may read everything");
        }
        const TemporaryFolder folder;
        QCOMPARE(::chmod(folder.write("a.jsonl", "{}\n").c_str(), 0), 0);
        const auto files = listExampleFiles(folder.path());
        QVERIFY(files);
        QVERIFY(files->files.empty());
        QCOMPARE(files->problems.front().reason, std::string("permission denied"));
    }

    void entries_with_other_endings_are_only_counted()
    {
        const TemporaryFolder folder;
        for (const char* name : {"notes.txt", "a.jsonl.bak", "b.JSONL", "jsonl", "below/inside.jsonl"}) {
            folder.write(name, "{}\n");
        }
        const auto files = listExampleFiles(folder.path());
        QVERIFY(files);
        QVERIFY(files->files.empty());
        QVERIFY(files->problems.empty());
        QCOMPARE(files->otherEntries, std::size_t {5});
    }

    void a_folder_that_is_not_there_is_an_error_that_says_so()
    {
        const TemporaryFolder folder;
        const auto files = listExampleFiles(folder.path("missing"));
        QVERIFY(!files);
        QCOMPARE(files.error().code, ErrorCode::Io);
        QCOMPARE(files.error().message, folder.path("missing") + ": no such file or directory");
    }

    void a_program_without_a_window_stops_at_the_first_problem()
    {
        const TemporaryFolder folder;
        folder.write("good.jsonl", "{}\n");
        QVERIFY(requireExampleFiles(folder.path()));
        QCOMPARE(::mkdir(folder.path("bad.jsonl").c_str(), 0755), 0);
        const auto files = requireExampleFiles(folder.path());
        QVERIFY(!files);
        QCOMPARE(files.error().code, ErrorCode::Io);
        QVERIFY(files.error().message.find("bad.jsonl cannot be read: it is a folder") != std::string::npos);
    }

    void a_folder_without_examples_is_no_valid_rows_for_a_program_without_a_window()
    {
        const TemporaryFolder folder;
        folder.write("notes.txt", "");
        QVERIFY(listExampleFiles(folder.path()));
        const auto files = requireExampleFiles(folder.path());
        QVERIFY(!files);
        QCOMPARE(files.error().code, ErrorCode::NoValidRows);
    }
};

QTEST_GUILESS_MAIN(ExampleFilesTest)
#include "tst_example_files.moc"
