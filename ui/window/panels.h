// SPDX-License-Identifier: GPL-3.0-or-later
/// The five tabs' contents, and how their wishes reach each other.
#pragma once

#include "ui/widgets/panes.h"
#include "ui/window/window_actions.h"
#include "ui/window/window_menus.h"

#include <QObject>

#include <array>

class QWidget;

namespace workbench {

class ExportStarter;
class FiltersPanel;
class InsightsPanel;
class JobsPanel;
class PreviewPanel;
class PublishStarter;
class RejectionsPanel;
class SchemaPanel;
class WorkbenchState;

class Panels final : public QObject {
    Q_OBJECT

public:
    Panels(WorkbenchState& state, FiltersPanel& filters, QWidget* window);

    [[nodiscard]] QWidget* widget(Tab tab) const;
    [[nodiscard]] Panes panes(Tab tab) const;
    [[nodiscard]] PanelActions actions() const;
    /// True when no panel waits for anything: a picture would be finished.
    [[nodiscard]] bool idle() const;
    [[nodiscard]] int jobsRunning() const; ///< of whatever program
    [[nodiscard]] int jobsWaiting() const;
    void beginExport(); ///< asks where a question is due
    void beginPublish(); ///< the sheet; exports first where there is no bundle of the selection
    void findNext();

Q_SIGNALS:
    void tabWanted(workbench::Tab tab);
    void openFolderRequested();
    void jobsUnderWayChanged();

private:
    void connectPreview(FiltersPanel& filters);
    void connectOthers();

    WorkbenchState& m_state;
    PreviewPanel* m_preview;
    RejectionsPanel* m_rejections;
    SchemaPanel* m_schema;
    InsightsPanel* m_insights;
    JobsPanel* m_jobs;
    ExportStarter* m_export;
    PublishStarter* m_publish;
};

} // namespace workbench
