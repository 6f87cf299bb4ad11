// SPDX-License-Identifier: Apache-2.0
#include "core/base/file.h"
#include "core/base/staged_folder.h"
#include "tests/support/dying_process.h"

#include <QtTest>

#include <filesystem>

#include <unistd.h>

using namespace workbench;

namespace {

std::vector<std::string> entries(const QTemporaryDir& folder)
{
    return *folderEntries(folder.path().toStdString());
}

void write(const std::string& path, std::string_view text) { QVERIFY(writeFileAtomically(path, text)); }

} // namespace

class StagedFolderTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_path = m_folder->path().toStdString();
    }

    void nothing_is_visible_before_it_is_published()
    {
        auto staged = StagedFolder::create(m_path, "job");
        QVERIFY(staged);
        write(staged->path() + "/a", "1");
        QCOMPARE(entries(*m_folder).size(), 1U);
        QVERIFY(entries(*m_folder).front().starts_with(".job.partial-"));
        QVERIFY(staged->publish(false));
        QCOMPARE(entries(*m_folder), std::vector<std::string> {"job"});
        QCOMPARE(*readFile(m_path + "/job/a"), std::string("1"));
    }

    void what_is_not_published_leaves_nothing()
    {
        {
            auto staged = StagedFolder::create(m_path, "job");
            QVERIFY(staged);
            write(staged->path() + "/a", "1");
        }
        QVERIFY(entries(*m_folder).empty());
    }

    void a_folder_of_that_name_is_refused_and_stays()
    {
        QVERIFY(makeFolders(m_path + "/job"));
        write(m_path + "/job/old", "old");
        {
            auto staged = StagedFolder::create(m_path, "job");
            QVERIFY(staged);
            const auto published = staged->publish(false);
            QVERIFY(!published);
            QCOMPARE(published.error().code, ErrorCode::Usage);
        }
        QCOMPARE(entries(*m_folder), std::vector<std::string> {"job"});
        QCOMPARE(*readFile(m_path + "/job/old"), std::string("old"));
    }

    void even_an_empty_folder_of_that_name_is_refused()
    {
        QVERIFY(makeFolders(m_path + "/job"));
        auto staged = StagedFolder::create(m_path, "job");
        QVERIFY(staged);
        QVERIFY(!staged->publish(false));
    }

    void replacing_exchanges_the_old_folder_and_removes_it()
    {
        QVERIFY(makeFolders(m_path + "/job/deeper"));
        write(m_path + "/job/deeper/old", "old");
        {
            auto staged = StagedFolder::create(m_path, "job");
            QVERIFY(staged);
            write(staged->path() + "/new", "new");
            QVERIFY(staged->publish(true));
            QCOMPARE(*readFile(m_path + "/job/new"), std::string("new"));
        }
        QCOMPARE(entries(*m_folder), std::vector<std::string> {"job"});
        QCOMPARE(*folderEntries(m_path + "/job"), std::vector<std::string> {"new"});
    }

    void a_withdrawn_replacement_brings_the_old_folder_back()
    {
        QVERIFY(makeFolders(m_path + "/job"));
        write(m_path + "/job/old", "old");
        {
            auto staged = StagedFolder::create(m_path, "job");
            QVERIFY(staged);
            write(staged->path() + "/new", "new");
            QVERIFY(staged->publish(true));
            // Somebody who clears up meanwhile must not touch what can still come back.
            QVERIFY(StagedFolder::removeLeftovers(m_path));
            staged->withdraw();
        }
        QCOMPARE(entries(*m_folder), std::vector<std::string> {"job"});
        QCOMPARE(*folderEntries(m_path + "/job"), std::vector<std::string> {"old"});
    }

    void a_withdrawn_folder_is_gone()
    {
        {
            auto staged = StagedFolder::create(m_path, "job");
            QVERIFY(staged);
            QVERIFY(staged->publish(true));
            staged->withdraw();
        }
        QVERIFY(entries(*m_folder).empty());
    }

    void clearing_up_spares_what_a_living_process_writes()
    {
        auto staged = StagedFolder::create(m_path, "job");
        QVERIFY(staged);
        QVERIFY(StagedFolder::removeLeftovers(m_path));
        QCOMPARE(entries(*m_folder).size(), 1U);
        QVERIFY(staged->publish(false));
    }

    void clearing_up_removes_what_a_dead_process_left()
    {
        inDyingProcess([this] {
            auto staged = StagedFolder::create(m_path, "job");
            if (!staged || !writeFileAtomically(staged->path() + "/a", "1")) {
                ::_exit(1);
            }
            ::_exit(9);
        });
        QCOMPARE(entries(*m_folder).size(), 1U);
        QVERIFY(StagedFolder::removeLeftovers(m_path));
        QVERIFY(entries(*m_folder).empty());
    }

    void clearing_up_spares_what_only_looks_similar()
    {
        for (const char* const name : {".job.partial-0123", ".job.partial-GGGGGGGG", "job.partial-01234567",
                 ".partial-01234567", ".job.partial-0123456789"}) {
            QVERIFY(makeFolders(m_path + '/' + name));
        }
        write(m_path + "/.job.partial-01234567", "a file, no folder");
        const auto before = entries(*m_folder);
        QVERIFY(StagedFolder::removeLeftovers(m_path));
        QCOMPARE(entries(*m_folder), before);
    }

    void clearing_up_does_not_follow_links()
    {
        const QTemporaryDir elsewhere;
        const std::string precious = elsewhere.path().toStdString() + "/precious";
        write(precious, "1");
        std::filesystem::create_directory_symlink(
            elsewhere.path().toStdString(), m_path + "/.job.partial-01234567");
        QVERIFY(StagedFolder::removeLeftovers(m_path));
        QVERIFY(readFile(precious));
    }

    void a_parent_that_is_not_there_is_named()
    {
        const auto staged = StagedFolder::create(m_path + "/missing", "job");
        QVERIFY(!staged);
        QCOMPARE(staged.error().code, ErrorCode::Io);
        QCOMPARE(staged.error().message, m_path + "/missing: no such file or directory");
    }

    void a_staged_file_replaces_whole_or_not_at_all()
    {
        write(m_path + "/record", "old");
        {
            auto file = StagedFile::create(m_path + "/record");
            QVERIFY(file);
            QVERIFY(file->write("new"));
            QCOMPARE(*readFile(m_path + "/record"), std::string("old"));
        }
        QCOMPARE(entries(*m_folder), std::vector<std::string> {"record"});
        QCOMPARE(*readFile(m_path + "/record"), std::string("old"));
        write(m_path + "/record", "newer");
        QCOMPARE(*readFile(m_path + "/record"), std::string("newer"));
    }

    void temporary_files_of_the_dead_are_removed_and_those_of_the_living_stay()
    {
        inDyingProcess([this] {
            const auto file = StagedFile::create(m_path + "/record");
            ::_exit(file ? 9 : 1);
        });
        const auto living = StagedFile::create(m_path + "/other");
        QVERIFY(living);
        QCOMPARE(entries(*m_folder).size(), 2U);
        QVERIFY(StagedFile::removeLeftovers(m_path));
        QCOMPARE(entries(*m_folder).size(), 1U);
        QVERIFY(entries(*m_folder).front().starts_with(".other.tmp-"));
    }

    void folders_are_made_with_all_above_them_and_the_culprit_is_named()
    {
        QVERIFY(makeFolders(m_path + "/a/b//c/"));
        QVERIFY(std::filesystem::is_directory(m_path + "/a/b/c"));
        write(m_path + "/a/file", "1");
        const auto made = makeFolders(m_path + "/a/file/deeper");
        QVERIFY(!made);
        QCOMPARE(made.error().message, m_path + "/a/file: not a directory");
    }

    void paths_are_taken_apart()
    {
        QCOMPARE(parentFolder("a/b/c"), std::string("a/b"));
        QCOMPARE(parentFolder("a/b//"), std::string("a"));
        QCOMPARE(parentFolder("a"), std::string("."));
        QCOMPARE(parentFolder("/a"), std::string("/"));
        QCOMPARE(parentFolder("/"), std::string("/"));
        QCOMPARE(std::string(lastPart("a/b/")), std::string("b"));
        QCOMPARE(std::string(lastPart("b")), std::string("b"));
    }

    void error_texts_do_not_depend_on_the_locale()
    {
        QCOMPARE(errnoText(ENOSPC), std::string("no space left on device"));
        QCOMPARE(errnoText(EACCES), std::string("permission denied"));
        QCOMPARE(errnoText(12345), std::string("system error 12345"));
    }

    void a_file_over_the_limit_is_not_read()
    {
        write(m_path + "/big", std::string(1000, 'x'));
        QVERIFY(readFile(m_path + "/big", 1000));
        QVERIFY(!readFile(m_path + "/big", 999));
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::string m_path;
};

QTEST_GUILESS_MAIN(StagedFolderTest)
#include "tst_staged_folder.moc"
