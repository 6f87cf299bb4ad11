// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/export_starter.h"

#include "core/bundle/least_size.h"
#include "ui/bridge/workbench_state.h"
#include "ui/jobs/export_question.h"

namespace workbench {

ExportStarter::ExportStarter(WorkbenchState& state, QWidget* window)
    : QObject(window)
    , m_state(state)
    , m_window(window)
{
    connect(&m_state.jobs(), &JobRunner::writableChecked, this, &ExportStarter::takeCheck);
}

bool ExportStarter::begin()
{
    const SelectionPtr& selection = m_state.selection();
    if (!selection || selection->ledger.growing || m_state.jobs().running() || m_question
        || !m_asked.isEmpty()) {
        return false;
    }
    if (selection->ledger.toExport == 0) {
        ask(std::nullopt);
        return true;
    }
    m_asked = m_state.outDir();
    m_state.jobs().checkWritable(m_asked);
    return true;
}

void ExportStarter::takeCheck(const FolderCheck& check)
{
    if (m_question) {
        m_question->setChecked(check);
        return;
    }
    if (m_asked.isEmpty() || check.folder != m_asked) {
        return;
    }
    m_asked.clear();
    if (!m_state.selection() || m_state.jobs().running()) {
        Q_EMIT abandoned();
        return;
    }
    const Ledger& ledger = m_state.selection()->ledger;
    const bool roomy = !check.room
        || *check.room >= leastBundleBytes(*m_state.schema(), ledger.toExport, m_state.config().split.value);
    if (!check.refusal && roomy && ledger.rejected == 0 && ledger.toExport > 0) {
        start(check.folder);
    } else {
        ask(check);
    }
}

void ExportStarter::ask(const std::optional<FolderCheck>& check)
{
    const ExportPlan plan = planExport(*m_state.selection(), m_state.config().split.value, m_state.outDir());
    m_question = new ExportQuestion(plan, m_window);
    connect(m_question, &ExportQuestion::checkWanted, &m_state.jobs(), &JobRunner::checkWritable);
    connect(m_question, &ExportQuestion::confirmed, this, &ExportStarter::start);
    connect(m_question, &QDialog::rejected, this, &ExportStarter::abandoned);
    connect(
        m_question, &ExportQuestion::rejectionsRequested, &m_state, &WorkbenchState::showRejectionsRequested);
    if (check) {
        m_question->setChecked(*check);
    }
    m_question->open();
}

void ExportStarter::start(const QString& folder)
{
    if (folder != m_state.outDir()) {
        m_state.setOutDir(folder);
    }
    m_state.jobs().start(m_state.exportRequest(m_state.selection() && m_state.selection()->ledger.rejected > 0
            ? OnRejection::Skip
            : OnRejection::Abort));
    Q_EMIT exportStarted();
}

} // namespace workbench
