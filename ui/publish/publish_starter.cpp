// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/publish/publish_starter.h"

#include "ui/bridge/publish_runner.h"
#include "ui/bridge/qt_text.h"
#include "ui/bridge/workbench_state.h"
#include "ui/jobs/export_starter.h"
#include "ui/publish/publish_sheet.h"

namespace workbench {

PublishStarter::PublishStarter(WorkbenchState& state, ExportStarter& exporting, QWidget* window)
    : QObject(window)
    , m_state(state)
    , m_exporting(exporting)
    , m_window(window)
{
    connect(&m_exporting, &ExportStarter::abandoned, this, [this] { m_afterExport = false; });
    connect(&m_state, &WorkbenchState::publishRequested, this, &PublishStarter::show);
    connect(&m_state.jobs(), &JobRunner::finished, this, [this](const ExportResult& result) {
        const bool wanted = m_afterExport;
        m_afterExport = false;
        if (wanted && !result.error) {
            open(toQt(result.outcome.bundleDir));
        }
    });
}

void PublishStarter::begin()
{
    if (m_sheet) {
        return;
    }
    if (const QString bundle = m_state.currentBundle(); !bundle.isEmpty()) {
        show(bundle);
        return;
    }
    m_hadFocus = m_window->focusWidget();
    m_afterExport = m_exporting.begin();
}

void PublishStarter::show(const QString& bundleDir)
{
    if (!m_sheet) {
        m_hadFocus = m_window->focusWidget();
    }
    open(bundleDir);
}

void PublishStarter::open(const QString& bundleDir)
{
    if (m_sheet || m_state.publisher().publishing()) {
        return;
    }
    m_sheet = new PublishSheet(m_state, bundleDir, 0, m_window);
    connect(m_sheet, &PublishSheet::settingsRequested, &m_state, &WorkbenchState::settingsRequested);
    connect(m_sheet, &PublishSheet::exportRequested, &m_state, &WorkbenchState::exportRequested);
    connect(m_sheet, &QDialog::finished, this, &PublishStarter::giveFocusBack, Qt::QueuedConnection);
    m_sheet->open();
}

void PublishStarter::giveFocusBack()
{
    // An export that ran first took the focus from the button, which could not be pressed meanwhile.
    QWidget* wanted = m_hadFocus;
    if (wanted == nullptr || !wanted->isVisible() || !wanted->isEnabled()) {
        wanted = m_window->findChild<QWidget*>(QStringLiteral("pushButton"));
    }
    const bool another = m_sheet && m_sheet->isVisible();
    if (wanted != nullptr && !another) {
        wanted->setFocus(Qt::OtherFocusReason);
    }
}

bool PublishStarter::busy() const
{
    return m_sheet
        && (m_sheet->stage() == PublishSheet::Stage::Looking
            || m_sheet->stage() == PublishSheet::Stage::Publishing);
}

} // namespace workbench
