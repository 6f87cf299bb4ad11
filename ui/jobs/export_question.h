// SPDX-License-Identifier: GPL-3.0-or-later
/// What is asked before rows are exported: the account, where to, and whether to go on without what was
/// rejected.
#pragma once

#include "core/bundle/split_plan.h"
#include "core/review/selection.h"
#include "ui/bridge/folder_check.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QPushButton;

namespace workbench {

class LedgerWidget;
class StatePage;
class ToneLabel;

/// What an export would do.
struct ExportPlan {
    Ledger ledger;
    RuleCounts rowsByRule {};
    SplitStrategy split = SplitStrategy::None;
    std::size_t splitFiles = 0;
    std::uint64_t leastBytes = 0; ///< of the bundle; it may be larger
    QString folder; ///< where bundles are written
};

/// The plan for a selection; looks at what was counted, at no row.
[[nodiscard]] ExportPlan planExport(const Selection& selection, SplitStrategy split, const QString& folder);

/// Window-modal and never blocking: open() it and listen. Deletes itself when closed.
class ExportQuestion final : public QDialog {
    Q_OBJECT

public:
    ExportQuestion(const ExportPlan& plan, QWidget* parent);

    /// The answer to checkWanted(); answers about another folder are dropped.
    void setChecked(const FolderCheck& check);

Q_SIGNALS:
    void checkWanted(const QString& folder); ///< answer with setChecked()
    void confirmed(const QString& folder); ///< the folder can be written to
    void rejectionsRequested();

private:
    void buildQuestion(const ExportPlan& plan);
    void buildNothing(const ExportPlan& plan);
    void chooseFolder();
    void check(bool exportAfterwards);
    void showRefusal(const QString& sentence);
    [[nodiscard]] QString folder() const;

    QLineEdit* m_folder = nullptr;
    QWidget* m_refusal = nullptr;
    ToneLabel* m_refusalText = nullptr;
    QPushButton* m_export = nullptr;
    std::uint64_t m_leastBytes = 0;
    QString m_asked; ///< the folder of the last checkWanted()
    bool m_exportAfterwards = false;
};

} // namespace workbench
