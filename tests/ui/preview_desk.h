// SPDX-License-Identifier: GPL-3.0-or-later
/// The Preview tab over four rows, one of them rejected, as a test finds its way about in it.
#pragma once

#include "tests/ui/opened_folder.h"
#include "ui/preview/preview_columns.h"
#include "ui/preview/preview_model.h"
#include "ui/preview/preview_panel.h"
#include "ui/widgets/state_page.h"

#include <QHeaderView>
#include <QSettings>
#include <QTableView>

#include <memory>

namespace workbench {

/// One folder for all tests; state and panel are made anew for each by openAnew().
struct PreviewDesk {
    /// In initTestCase(), by the test's own name.
    void prepare(const QString& name)
    {
        prepareWorkbenchTest(name);
        const auto example = [](const char* id, int quotes, const char* industry) {
            return ExampleBuilder()
                .with("id", id)
                .with("quotes_count", quotes)
                .with("industry_key", industry)
                .with("features.total_jobs", nullptr);
        };
        m_folder.write("examples.jsonl",
            lines({example("alpha-1", 30, "hvac"), example("beta-2", 10, "cleaning"),
                example("gamma-3", 0, "hvac").with("features.source", "555-010-4477"),
                example("alpha-4", 20, "hvac")}));
    }
    void openAnew()
    {
        QSettings().clear();
        m_state = std::make_unique<WorkbenchState>(testOptions());
        m_panel = std::make_unique<PreviewPanel>(*m_state);
        m_panel->resize(1200, 700);
        m_panel->show();
        QVERIFY(openAndWait(*m_state, m_folder.path(), [this] { return m_panel->idle(); }));
    }
    void close()
    {
        m_panel.reset();
        m_state.reset();
    }

    [[nodiscard]] bool settle()
    {
        return QTest::qWaitFor([this] { return m_state->idle() && m_panel->idle(); }, 20'000);
    }
    [[nodiscard]] QTableView* table()
    {
        return m_panel->findChild<QTableView*>(QStringLiteral("previewTable"));
    }
    /// Of the rows shown, loaded to the last one.
    [[nodiscard]] QString ids()
    {
        const QAbstractItemModel& model = *table()->model();
        const auto read = [&] {
            QStringList ids;
            for (int row = 0; row < model.rowCount(); ++row) {
                ids << model.index(row, PreviewColumns::ExampleId).data().toString();
            }
            return ids.join(QLatin1Char(' '));
        };
        read();
        (void)settle();
        return read();
    }
    [[nodiscard]] QString currentId()
    {
        return table()->currentIndex().siblingAtColumn(PreviewColumns::ExampleId).data().toString();
    }
    /// What stands in the table's place; null: the table is there.
    [[nodiscard]] StatePage* shownState()
    {
        for (StatePage* page : m_panel->findChildren<StatePage*>()) {
            if (page->isVisible()) {
                return page;
            }
        }
        return nullptr;
    }

    TemporaryFolder m_folder;
    std::unique_ptr<WorkbenchState> m_state;
    std::unique_ptr<PreviewPanel> m_panel;
};

} // namespace workbench
