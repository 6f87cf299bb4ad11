// SPDX-License-Identifier: GPL-3.0-or-later
/// From "Export 1,214 rows…" to a running job: looks at the folder, asks where a question is due, starts.
#pragma once

#include <QObject>
#include <QPointer>

#include <optional>

class QWidget;

namespace workbench {

class ExportQuestion;
struct FolderCheck;
class WorkbenchState;

/// GUI thread only. Asks only when rows were rejected, nothing is left to export, or the folder cannot be
/// written.
class ExportStarter final : public QObject {
    Q_OBJECT

public:
    /// `window` is what the question belongs to.
    ExportStarter(WorkbenchState& state, QWidget* window);

    /// Does nothing while a job runs, a question is open, or counts still grow; false then.
    bool begin();

Q_SIGNALS:
    void abandoned(); ///< what begin() began comes to nothing
    void exportStarted(); ///< the window shows the Jobs tab

private:
    void takeCheck(const FolderCheck& check);
    void ask(const std::optional<FolderCheck>& check);
    void start(const QString& folder);

    WorkbenchState& m_state;
    QWidget* m_window;
    QPointer<ExportQuestion> m_question;
    QString m_asked; ///< the folder being looked at before anything is asked
};

} // namespace workbench
