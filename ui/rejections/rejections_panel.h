// SPDX-License-Identifier: GPL-3.0-or-later
/// The Rejections tab: what the guard found, by rule, field and file, and one finding in full.
#pragma once

#include "ui/bridge/workbench_state.h"
#include "ui/widgets/panes.h"

#include <QList>
#include <QWidget>

#include <optional>

class QAction;
class QContextMenuEvent;
class QLabel;
class QPushButton;
class QStackedWidget;
class QTableView;

namespace workbench {

class FindingsColumns;
class FindingsModel;
class RejectionDetail;
class RejectionSummary;
class StatePage;
struct FindingFilter;

class RejectionsPanel final : public QWidget {
    Q_OBJECT

public:
    RejectionsPanel(WorkbenchState& state, QWidget* parent = nullptr);
    ~RejectionsPanel() override;

    /// True when nothing is on its way: a picture of the panel is finished.
    [[nodiscard]] bool idle() const;
    /// Copy, Copy with headers, Reveal, Save masked report, Show row, Hide: for the menus.
    /// Enabled only while the panel is in sight.
    [[nodiscard]] QList<QAction*> actions() const;
    [[nodiscard]] Panes panes() const;
    /// Chooses the row's first finding, now or when the findings are listed. A choice in the summary that
    /// hides it is taken back.
    void showFindingsOf(RowNumber row);

Q_SIGNALS:
    void openFolderRequested();

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void buildActions();
    void buildContent();
    QWidget* buildMiddle();
    QAction* addAction(const QString& text, const QString& iconName, const QKeySequence& keys,
        Qt::ShortcutContext context, void (RejectionsPanel::*slot)());

    void showSelection();
    void listFindings();
    void showMessageOrFindings();
    void narrow(const std::optional<FindingFilter>& filter);
    void sortBy(int column);
    void sortByCurrentColumn();
    /// What is current and how far below the top it stands, to be found again when the rows change.
    struct Place {
        std::optional<IndexedFinding> finding;
        int below = 0;
        int column = 0; ///< of the current cell
    };
    void beginListing(); ///< the model is about to list other findings, or in another order
    void endListing();
    [[nodiscard]] Place place() const;
    void restore(const Place& place);
    void goToWanted();
    void openMenu(const QContextMenuEvent& event);
    void currentChanged();
    [[nodiscard]] std::optional<IndexedFinding> currentFinding() const;
    void showCount();
    void foldSummary();

    void copy();
    void copyWithHeaders();
    void copyRows(bool withHeaders);
    void reveal();
    void hideValue();
    void saveReport();
    void showRow();
    void enableActions();

    WorkbenchState& m_state;
    FindingsModel* m_model;
    QStackedWidget* m_pages = nullptr;
    StatePage* m_statePage = nullptr;
    RejectionSummary* m_summary = nullptr;
    QTableView* m_table = nullptr;
    FindingsColumns* m_columns = nullptr;
    QLabel* m_count = nullptr;
    QLabel* m_order = nullptr;
    QPushButton* m_narrowButton = nullptr; ///< stands for the summary where there is no room for it
    QPushButton* m_saveButton = nullptr;
    RejectionDetail* m_detail = nullptr;
    QList<QAction*> m_actions;
    QAction* m_hide = nullptr; ///< listens while there is something to hide, wherever the focus is
    SelectionPtr m_listed; ///< what table and summary show; behind the state's while nobody looks
    Place m_before; ///< before the findings were listed anew
    SelectionPtr m_beforeOf;
    std::optional<RowNumber> m_wanted; ///< its findings are to be shown
    /// Somebody put the list where it stands. Until then it begins at its top, whatever comes before the
    /// first finding while a folder is read.
    bool m_chosen = false;
    bool m_resetting = false; ///< the model changes under the table: no finding is current meanwhile
};

} // namespace workbench
