// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/panels.h"

#include "ui/bridge/workbench_state.h"
#include "ui/filters/filters_panel.h"
#include "ui/insights/insights_panel.h"
#include "ui/jobs/export_starter.h"
#include "ui/jobs/jobs_panel.h"
#include "ui/preview/preview_panel.h"
#include "ui/publish/publish_starter.h"
#include "ui/rejections/rejections_panel.h"
#include "ui/schema/schema_panel.h"

namespace workbench {

Panels::Panels(WorkbenchState& state, FiltersPanel& filters, QWidget* window)
    : QObject(window)
    , m_state(state)
    , m_preview(new PreviewPanel(state, window))
    , m_rejections(new RejectionsPanel(state, window))
    , m_schema(new SchemaPanel(state, window))
    , m_insights(new InsightsPanel(state, window))
    , m_jobs(new JobsPanel(state, window))
    , m_export(new ExportStarter(state, window))
    , m_publish(new PublishStarter(state, *m_export, window))
{
    connectPreview(filters);
    connectOthers();
}

void Panels::connectPreview(FiltersPanel& filters)
{
    connect(&filters, &FiltersPanel::searchChanged, this, [this](const QString& text) {
        m_preview->setSearchText(text);
        if (!text.isEmpty()) {
            Q_EMIT tabWanted(Tab::Preview);
        }
    });
    connect(&filters, &FiltersPanel::searchNextRequested, this, &Panels::findNext);
    connect(m_preview, &PreviewPanel::searchTextChanged, &filters, [&filters](const QString& text) {
        if (text.isEmpty()) {
            filters.clearSearch();
        }
    });
    connect(m_preview, &PreviewPanel::openFolderRequested, this, &Panels::openFolderRequested);
    connect(&m_state, &WorkbenchState::showPreviewRequested, this, [this](PreviewScope scope) {
        Q_EMIT tabWanted(Tab::Preview);
        m_preview->setScope(scope);
    });
    connect(&m_state, &WorkbenchState::showRowRequested, this, [this](RowNumber row) {
        Q_EMIT tabWanted(Tab::Preview);
        m_preview->showRow(row);
    });
}

void Panels::connectOthers()
{
    connect(&m_state, &WorkbenchState::showRejectionsRequested, this,
        [this] { Q_EMIT tabWanted(Tab::Rejections); });
    connect(&m_state, &WorkbenchState::showFindingsRequested, this, [this](RowNumber row) {
        Q_EMIT tabWanted(Tab::Rejections);
        m_rejections->showFindingsOf(row);
    });
    connect(m_rejections, &RejectionsPanel::openFolderRequested, this, &Panels::openFolderRequested);
    connect(m_jobs, &JobsPanel::underWayChanged, this, &Panels::jobsUnderWayChanged);
    connect(&m_state, &WorkbenchState::exportRequested, this, &Panels::beginExport);
    connect(m_export, &ExportStarter::exportStarted, this, [this] { Q_EMIT tabWanted(Tab::Jobs); });
}

QWidget* Panels::widget(Tab tab) const
{
    switch (tab) {
    case Tab::Preview:
        return m_preview;
    case Tab::Rejections:
        return m_rejections;
    case Tab::Schema:
        return m_schema;
    case Tab::Insights:
        return m_insights;
    case Tab::Jobs:
        return m_jobs;
    }
    return nullptr;
}

Panes Panels::panes(Tab tab) const
{
    switch (tab) {
    case Tab::Preview:
        return m_preview->panes();
    case Tab::Rejections:
        return m_rejections->panes();
    case Tab::Schema:
        return m_schema->panes();
    case Tab::Insights:
        return m_insights->panes();
    case Tab::Jobs:
        return m_jobs->panes();
    }
    return {};
}

PanelActions Panels::actions() const
{
    return {m_preview->actions(), m_rejections->actions(), m_schema->actions(), m_insights->actions(),
        m_jobs->actions()};
}

bool Panels::idle() const
{
    return m_preview->idle() && m_rejections->idle() && m_schema->idle() && m_insights->idle()
        && m_jobs->idle() && !m_publish->busy();
}

int Panels::jobsRunning() const { return m_jobs->running(); }

int Panels::jobsWaiting() const { return m_jobs->waiting(); }

void Panels::beginExport() { static_cast<void>(m_export->begin()); }

void Panels::beginPublish() { m_publish->begin(); }

void Panels::findNext() { m_preview->findNext(); }

} // namespace workbench
