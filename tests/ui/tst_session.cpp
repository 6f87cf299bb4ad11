// SPDX-License-Identifier: Apache-2.0
/// A window that was killed is found again as it stood: folder, filters with their steps, order, row and tab.
#include "core/review/session.h"
#include "tests/support/example_builder.h"
#include "tests/ui/ui_fixture.h"
#include "ui/preview/preview_listing.h"
#include "ui/preview/preview_model.h"
#include "ui/preview/preview_table.h"
#include "ui/theme/theme.h"
#include "ui/window/main_window.h"
#include "ui/window/session_keeper.h"
#include "ui/window/window_memory.h"

#include <QGuiApplication>
#include <QSessionManager>
#include <QStandardPaths>
#include <QTest>

#include <sys/stat.h>

using namespace workbench;

namespace {

struct Opened {
    explicit Opened(const TemporaryFolder& folder, WorkbenchOptions options)
        : state(std::move(options))
        , memory(nullptr)
        , window(state, memory)
        , path(folder.path("state/workbench/session.json"))
        , keeper(state, window, toQt(path))
        , table(window.findChild<PreviewTable*>())
        , listing(window.findChild<PreviewListing*>())
    {
        window.show();
    }

    bool wait()
    {
        return QTest::qWaitFor([this] { return window.idle() && !listing->sorting(); }, 20'000);
    }

    [[nodiscard]] std::optional<Session> saved() const
    {
        const auto session = loadSession(path);
        return session ? *session : std::nullopt;
    }

    [[nodiscard]] std::string chosenId() const
    {
        const auto row = table->currentRow();
        const LoadedRowPtr loaded = row ? const_cast<WorkbenchState&>(state).rows().cached(*row) : nullptr;
        return loaded ? loaded->explanation.cells[RowColumns::ExampleId].text : std::string();
    }

    WorkbenchState state;
    WindowMemory memory;
    MainWindow window;
    std::string path;
    SessionKeeper keeper;
    PreviewTable* table;
    PreviewListing* listing;
};

} // namespace

class TestSession final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        Theme::initialize();
        Theme::apply(Appearance::Light);
    }

    void init()
    {
        m_folder = std::make_unique<TemporaryFolder>();
        writeSixExamples(*m_folder, "data");
    }

    void what_was_there_when_it_was_killed_is_there_again()
    {
        Opened killed(*m_folder, testOptions(*m_folder));
        killed.window.openFolder(toQt(m_folder->path("data")));
        QVERIFY(killed.wait());
        for (const char* industry : {"hvac", "cleaning"}) {
            ExampleFilter filter = killed.state.filter();
            filter.industry = industry;
            killed.state.changeFilter(filter, QString::fromLatin1(industry));
            QVERIFY(killed.wait());
        }
        killed.state.undoStack().undo();
        QVERIFY(killed.wait());
        int created = 0;
        const auto& columns = killed.window.findChild<PreviewModel*>()->columns();
        while (columns.path(created) != QLatin1String("created_at")) {
            ++created;
        }
        killed.listing->setSortKey(SortKey {created, SortOrder::Descending});
        QVERIFY(killed.wait());
        killed.table->goToPosition(1);
        killed.window.showTab(Tab::Schema);
        QVERIFY(killed.wait());
        const std::string id = killed.chosenId();
        QVERIFY(!id.empty());
        // Nothing is asked of it any more: what stands in the file is what a kill leaves.
        QTRY_VERIFY_WITH_TIMEOUT(
            killed.saved() && killed.saved()->exampleId == id && killed.saved()->tab == "schema", 20'000);

        Opened next(*m_folder, testOptions(*m_folder));
        next.keeper.restore(*killed.saved());
        QVERIFY(next.wait());
        QCOMPARE(next.state.folder(), toQt(m_folder->path("data")));
        QCOMPARE(next.window.currentTab(), Tab::Schema);
        QVERIFY(next.state.filter() == killed.state.filter());
        QVERIFY(next.listing->sortKey() == killed.listing->sortKey());
        QTRY_COMPARE(next.chosenId(), id);
        QCOMPARE(next.state.undoStack().redoText(), QStringLiteral("cleaning"));
        next.state.undoStack().redo();
        QCOMPARE(next.state.filter().industry, std::optional<std::string>("cleaning"));
        next.state.undoStack().undo();
        next.state.undoStack().undo();
        QVERIFY(!next.state.filter().industry);
        QVERIFY(!next.state.undoStack().canUndo());
    }

    void it_is_the_very_row_that_is_gone_back_to()
    {
        m_folder->write("data/0.jsonl", ExampleBuilder().with("id", "an_ex_1").json() + '\n');
        Opened opened(*m_folder, testOptions(*m_folder));
        Session session;
        session.folder = m_folder->path("data");
        session.exampleId = "ex_1"; // stands behind one whose id has it in it
        opened.keeper.restore(session);
        QVERIFY(opened.wait());
        QTRY_COMPARE(opened.chosenId(), std::string("ex_1"));
    }

    void a_rejected_row_leaves_no_trace_of_itself()
    {
        Opened opened(*m_folder, testOptions(*m_folder));
        opened.window.openFolder(toQt(m_folder->path("data")));
        QVERIFY(opened.wait());
        Q_EMIT opened.state.showRowRequested(2); // ex_3, with a phone number in it
        QVERIFY(opened.wait());
        QTRY_VERIFY(opened.table->currentRow() == std::optional<RowNumber>(2));
        QVERIFY(opened.wait());
        opened.keeper.saveNow();
        QVERIFY(opened.saved());
        QCOMPARE(opened.saved()->exampleId, std::string());
        const std::string text = m_folder->read("state/workbench/session.json");
        QVERIFY(text.find("ex_3") == std::string::npos && text.find("555") == std::string::npos);
        struct stat file {};
        QCOMPARE(::stat(opened.path.c_str(), &file), 0);
        QCOMPARE(file.st_mode & 0777U, 0600U);
    }

    void the_end_of_a_session_saves_at_once()
    {
        Opened opened(*m_folder, testOptions(*m_folder));
        opened.window.openFolder(toQt(m_folder->path("data")));
        QVERIFY(opened.wait());
        opened.window.showTab(Tab::Jobs);
        // The manager is nobody's here, and nobody looks at it.
        alignas(QSessionManager) std::byte nobody[sizeof(QSessionManager)] {};
        Q_EMIT qGuiApp->commitDataRequest(reinterpret_cast<QSessionManager&>(nobody));
        QVERIFY(opened.saved());
        QCOMPARE(opened.saved()->tab, std::string("jobs"));
    }

    void how_columns_stand_is_kept_before_the_window_is_closed()
    {
        QCoreApplication::setOrganizationName(QStringLiteral("signals-workbench-tests"));
        QCoreApplication::setApplicationName(QStringLiteral("tst_session"));
        const QString schema = toQt(defaultSchema()->name());
        saveColumnLayout(schema, {});
        Opened opened(*m_folder, testOptions(*m_folder));
        ColumnLayout layout = opened.table->columnLayout();
        layout.hidden = QSet<QString> {QStringLiteral("features.window_days")};
        opened.table->setColumnLayout(layout);
        opened.keeper.saveNow();
        QVERIFY(loadColumnLayout(schema).hidden == layout.hidden);
    }

    void the_usual_row_limit_is_that_of_today()
    {
        Session session;
        session.folder = m_folder->path("data");
        session.schemaFingerprint = defaultSchema()->fingerprint();
        session.usualMaxRows = 50'000;
        session.filter.maxRows = 50'000;
        Session::Step step {"hvac", session.filter, session.filter};
        step.after.industry = "hvac";
        session.steps = {step};
        session.stepsDone = 1;
        WorkbenchOptions options = testOptions(*m_folder);
        options.config.maxRows.value = 4;
        Opened opened(*m_folder, std::move(options));
        opened.keeper.restore(session);
        QVERIFY(opened.wait());
        QCOMPARE(opened.state.filter().maxRows, std::optional<std::uint64_t>(4));
        QCOMPARE(opened.state.filter().industry, std::optional<std::string>("hvac"));
    }

    void of_another_schema_the_folder_alone_is_taken()
    {
        Session session;
        session.folder = m_folder->path("data");
        session.schemaFingerprint = "another";
        Session::Step step {"hvac", {}, {}};
        step.after.industry = "hvac";
        session.steps = {step};
        session.stepsDone = 1;
        Opened opened(*m_folder, testOptions(*m_folder));
        opened.keeper.restore(session);
        QVERIFY(opened.wait());
        QVERIFY(!opened.state.filter().industry);
        QCOMPARE(opened.state.folderState(), FolderState::Ready);
    }

    void what_is_no_session_is_none_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("cut") << R"({"folder": "/data", )";
        QTest::newRow("relative") << R"({"folder": "data"})";
        QTest::newRow("too many done") << R"({"folder": "/data", "steps": [], "steps_done": 1})";
        QTest::newRow("another thing") << R"(["/data"])";
    }
    void what_is_no_session_is_none()
    {
        QFETCH(QString, text);
        m_folder->write("session.json", fromQt(text));
        QVERIFY(!loadSession(m_folder->path("session.json")));
        const auto none = loadSession(m_folder->path("none.json"));
        QVERIFY(none && !*none);
    }

private:
    std::unique_ptr<TemporaryFolder> m_folder;
};

QTEST_MAIN(TestSession)
#include "tst_session.moc"
