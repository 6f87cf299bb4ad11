// SPDX-License-Identifier: GPL-3.0-or-later
/// What the panels share: reading, filters with their history, and what happens to the folder meanwhile.
#include "tests/support/example_store.h"
#include "tests/ui/ui_fixture.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>

using namespace workbench;

class TestWorkbenchState : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<TemporaryFolder>();
        writeSixExamples(*m_folder, "data");
        m_state = std::make_unique<WorkbenchState>(testOptions(*m_folder));
    }

    void cleanup()
    {
        m_state.reset();
        m_folder.reset();
    }

    void nothing_is_open_at_first()
    {
        QCOMPARE(m_state->folderState(), FolderState::None);
        QVERIFY(m_state->idle());
        QVERIFY(!m_state->selection());
    }

    void a_folder_is_read_and_its_account_adds_up()
    {
        QVERIFY(openAndWait(*m_state, data()));
        QCOMPARE(m_state->folderState(), FolderState::Ready);
        const Ledger ledger = m_state->selection()->ledger;
        QCOMPARE(ledger.read, 6u);
        QCOMPARE(ledger.matched, 6u);
        QCOMPARE(ledger.rejected, 1u);
        QCOMPARE(ledger.toExport, 5u);
        QVERIFY(!ledger.growing);
        QCOMPARE(m_state->statistics()->selection, m_state->selection());
    }

    void a_folder_that_is_not_there_is_unreadable_and_says_why()
    {
        QVERIFY(openAndWait(*m_state, m_folder->path("nowhere")));
        QCOMPARE(m_state->folderState(), FolderState::Unreadable);
        QVERIFY(m_state->error().has_value());
        QVERIFY(!m_state->error()->message.empty());
    }

    void a_folder_without_examples_says_so()
    {
        m_folder->write("empty/readme.txt", "nothing");
        QVERIFY(openAndWait(*m_state, m_folder->path("empty")));
        QCOMPARE(m_state->folderState(), FolderState::NoExamples);
        QCOMPARE(m_state->files().otherEntries, 1u);
    }

    void another_folder_leaves_no_figures_of_the_one_before()
    {
        QVERIFY(openAndWait(*m_state, data()));
        m_state->openFolder(toQt(m_folder->path("nowhere")));
        QVERIFY(!m_state->selection());
        QVERIFY(waitUntilIdle(*m_state));
        QVERIFY(!m_state->selection());
    }

    void a_reload_keeps_the_old_figures_until_the_new_ones_are_here()
    {
        QVERIFY(openAndWait(*m_state, data()));
        m_state->reload();
        QVERIFY(m_state->selection() != nullptr);
        QVERIFY(waitUntilIdle(*m_state));
        QCOMPARE(m_state->selection()->ledger.read, 6u);
    }

    void a_filter_selects_anew_and_can_be_undone_and_redone()
    {
        QVERIFY(openAndWait(*m_state, data()));
        changeSource("mock");
        QVERIFY(waitUntilIdle(*m_state));
        QCOMPARE(m_state->selection()->ledger.matched, 3u);
        QCOMPARE(m_state->selection()->ledger.leftOut, 3u);
        QCOMPARE(m_state->activeFilters(), 1);

        m_state->undoStack().undo();
        QVERIFY(waitUntilIdle(*m_state));
        QCOMPARE(m_state->selection()->ledger.matched, 6u);
        QCOMPARE(m_state->activeFilters(), 0);

        m_state->undoStack().redo();
        QVERIFY(waitUntilIdle(*m_state));
        QCOMPARE(m_state->selection()->ledger.matched, 3u);
    }

    void rows_are_told_before_what_counts_them_and_figures_last()
    {
        QVERIFY(openAndWait(*m_state, data()));
        QStringList told;
        connect(m_state.get(), &WorkbenchState::rowsChanged, this, [&] { told << QStringLiteral("rows"); });
        connect(m_state.get(), &WorkbenchState::selectionChanged, this,
            [&] { told << QStringLiteral("counts"); });
        connect(m_state.get(), &WorkbenchState::statisticsChanged, this,
            [&] { told << QStringLiteral("figures"); });
        changeSource("mock");
        QVERIFY(waitUntilIdle(*m_state));
        QCOMPARE(told.join(QStringLiteral(", ")), QStringLiteral("rows, counts, figures"));
    }

    void the_last_of_many_quick_changes_wins()
    {
        QVERIFY(openAndWait(*m_state, data()));
        for (int i = 0; i < 40; ++i) {
            changeSource(i % 2 == 0 ? "mock" : "real");
        }
        QVERIFY(waitUntilIdle(*m_state));
        QCOMPARE(*m_state->selection()->filter.source, std::string("real"));
        QCOMPARE(m_state->selection()->ledger.matched, 3u);
    }

    void the_same_filter_again_is_no_step()
    {
        QSignalSpy changed(m_state.get(), &WorkbenchState::filterChanged);
        m_state->changeFilter(m_state->filter(), QStringLiteral("nothing"));
        QCOMPARE(changed.count(), 0);
        QCOMPARE(m_state->undoStack().count(), 0);
    }

    void typing_a_row_limit_is_one_step()
    {
        const auto before = m_state->filter().maxRows;
        for (const std::uint64_t limit : {1u, 12u, 120u}) {
            changeLimit(limit);
        }
        QCOMPARE(m_state->undoStack().count(), 1);
        m_state->undoStack().undo();
        QCOMPARE(m_state->filter().maxRows, before);
    }

    void different_filters_are_steps_of_their_own()
    {
        changeSource("mock");
        changeLimit(2);
        QCOMPARE(m_state->undoStack().count(), 2);
    }

    void fifty_steps_are_kept()
    {
        for (int i = 0; i < 60; ++i) {
            changeSource(i % 2 == 0 ? "mock" : "real");
        }
        QCOMPARE(m_state->undoStack().count(), 50);
    }

    void clearing_sets_the_configured_row_limit_and_is_undoable()
    {
        changeSource("mock");
        changeLimit(2);
        QCOMPARE(m_state->activeFilters(), 2);
        m_state->clearFilters();
        QCOMPARE(m_state->activeFilters(), 0);
        QCOMPARE(*m_state->filter().maxRows, m_state->config().maxRows.value);
        m_state->undoStack().undo();
        QCOMPARE(m_state->activeFilters(), 2);
    }

    void a_file_that_changes_is_named()
    {
        QVERIFY(openAndWait(*m_state, data()));
        append("data/examples.jsonl");
        QVERIFY(QTest::qWaitFor([&] { return !m_state->changedFile().isEmpty(); }, 20000));
        QCOMPARE(m_state->changedFile(), QStringLiteral("examples.jsonl"));
        QVERIFY(m_state->changedAt().isValid());

        m_state->reload();
        QVERIFY(waitUntilIdle(*m_state));
        QVERIFY(m_state->changedFile().isEmpty());
    }

    void a_file_that_appears_is_named()
    {
        QVERIFY(openAndWait(*m_state, data()));
        m_folder->write("data/more.jsonl", "\n");
        QVERIFY(QTest::qWaitFor([&] { return !m_state->changedFile().isEmpty(); }, 20000));
        QCOMPARE(m_state->changedFile(), QStringLiteral("more.jsonl"));
    }

    void a_database_is_opened_like_a_folder_and_what_comes_into_its_log_is_noticed()
    {
        const std::string path = m_folder->path("learning.db");
        ExampleStore store(path);
        store.run("PRAGMA journal_mode=WAL");
        store.run("PRAGMA wal_autocheckpoint=0");
        store.add(ExampleBuilder().with("id", "ex_1").json());
        store.add(ExampleBuilder().with("id", "ex_2").with("window_days", -1).json());
        QVERIFY(openAndWait(*m_state, path));
        QCOMPARE(m_state->folderState(), FolderState::Ready);
        QCOMPARE(m_state->selection()->ledger.read, 2u);
        QCOMPARE(m_state->selection()->ledger.rejected, 1u);
        QVERIFY(m_state->changedFile().isEmpty());
        store.add(ExampleBuilder().with("id", "ex_3").json()); // the database itself stays as it is
        QVERIFY(QTest::qWaitFor([&] { return !m_state->changedFile().isEmpty(); }, 20000));
        QCOMPARE(m_state->changedFile(), QStringLiteral("learning.db"));
    }

    void a_folder_that_goes_is_gone_and_what_was_read_stays()
    {
        QVERIFY(openAndWait(*m_state, data()));
        QVERIFY(QDir().rename(toQt(data()), toQt(m_folder->path("elsewhere"))));
        QVERIFY(QTest::qWaitFor([&] { return m_state->folderGone(); }, 20000));
        QCOMPARE(m_state->selection()->ledger.read, 6u);

        QVERIFY(QDir().rename(toQt(m_folder->path("elsewhere")), toQt(data())));
        QVERIFY(QTest::qWaitFor([&] { return !m_state->folderGone(); }, 20000));
    }

    void a_reload_of_a_folder_that_is_gone_leaves_no_figures_and_reads_it_when_it_is_back()
    {
        QVERIFY(openAndWait(*m_state, data()));
        QVERIFY(QDir().rename(toQt(data()), toQt(m_folder->path("elsewhere"))));
        m_state->reload();
        QVERIFY(waitUntilIdle(*m_state));
        QCOMPARE(m_state->folderState(), FolderState::Unreadable);
        QVERIFY(!m_state->selection());
        QVERIFY(!m_state->statistics());
        QVERIFY(!m_state->index());

        m_state->checkFolder(); // as when the window becomes active: it is not there yet
        QVERIFY(QDir().rename(toQt(m_folder->path("elsewhere")), toQt(data())));
        QVERIFY(QTest::qWaitFor([&] { return m_state->folderState() == FolderState::Ready; }, 20000));
        QVERIFY(waitUntilIdle(*m_state));
        QCOMPARE(m_state->selection()->ledger.read, 6u);
        QVERIFY(m_state->changedFile().isEmpty());
    }

    void labels_beside_the_examples_are_merged_exported_and_watched()
    {
        m_folder->write("data/labels/ex_9.json", "{}");
        QVERIFY(openAndWait(*m_state, data()));
        QVERIFY(m_state->labels().inUse);
        QCOMPARE(m_state->labels().withoutExample, 1u);
        QCOMPARE(m_state->exportRequest(OnRejection::Skip).reviewedLabels, m_state->files().labels);

        m_folder->write("data/labels/ex_9.json", R"({"reviewer_score":1})");
        QVERIFY(QTest::qWaitFor([&] { return !m_state->changedFile().isEmpty(); }, 20000));
        QCOMPARE(m_state->changedFile(), QStringLiteral("labels"));
        m_state->reload();
        QVERIFY(waitUntilIdle(*m_state));
        QVERIFY(m_state->changedFile().isEmpty());
    }

    void labels_that_were_named_belong_to_the_folder_that_was_named()
    {
        m_folder->write("reviews/ex_9.json", "{}");
        m_folder->write("other/a.jsonl", ExampleBuilder().json());
        WorkbenchOptions options = testOptions(*m_folder);
        options.dataDir = toQt(data());
        options.labelsDir = m_folder->path("reviews");
        m_state = std::make_unique<WorkbenchState>(options);
        QVERIFY(openAndWait(*m_state, data() + '/'));
        QCOMPARE(m_state->labels().files, 1u);
        QCOMPARE(*m_state->exportRequest(OnRejection::Skip).labelsDir, m_folder->path("reviews"));
        QVERIFY(openAndWait(*m_state, m_folder->path("other")));
        QVERIFY(!m_state->labels().inUse);
        QVERIFY(!m_state->exportRequest(OnRejection::Skip).labelsDir);
    }

    void a_label_file_that_cannot_be_read_says_so()
    {
        QVERIFY(QDir().mkpath(toQt(m_folder->path("data/labels/ex_1.json"))));
        QVERIFY(openAndWait(*m_state, data()));
        QCOMPARE(m_state->folderState(), FolderState::Unreadable);
        QVERIFY(m_state->error()->message.find("ex_1.json cannot be read") != std::string::npos);
    }

    void an_export_is_asked_to_write_what_was_reviewed()
    {
        QVERIFY(openAndWait(*m_state, data()));
        changeSource("mock");
        const ExportRequest request = m_state->exportRequest(OnRejection::Skip);
        QCOMPARE(request.dataDir, data());
        QCOMPARE(request.outDir, m_folder->path("out"));
        QCOMPARE(*request.filter.source, std::string("mock"));
        QCOMPARE(request.onRejection, OnRejection::Skip);
        QVERIFY(request.reviewedFiles.has_value());
        QCOMPARE(request.reviewedFiles->size(), 1u);
        QVERIFY(request.clock != nullptr);
    }

private:
    [[nodiscard]] std::string data() const { return m_folder->path("data"); }

    void changeSource(const char* source)
    {
        ExampleFilter filter = m_state->filter();
        filter.source = source;
        m_state->changeFilter(filter, QStringLiteral("Source: %1").arg(QLatin1String(source)));
    }

    void changeLimit(std::uint64_t limit)
    {
        ExampleFilter filter = m_state->filter();
        filter.maxRows = limit;
        m_state->changeFilter(filter, QStringLiteral("Row limit"));
    }

    void append(const char* name)
    {
        QFile file(toQt(m_folder->path(name)));
        QVERIFY(file.open(QIODevice::Append));
        file.write("\n");
    }

    std::unique_ptr<TemporaryFolder> m_folder;
    std::unique_ptr<WorkbenchState> m_state;
};

QTEST_GUILESS_MAIN(TestWorkbenchState)
#include "tst_workbench_state.moc"
