// SPDX-License-Identifier: GPL-3.0-or-later
/// The Preview tab: the rows, what is known of one of them, and what stands there when there are none.
#pragma once

#include "ui/bridge/workbench_state.h"
#include "ui/preview/column_layout.h"
#include "ui/widgets/panes.h"

#include <QList>
#include <QWidget>

#include <optional>

class QAction;
class QLabel;
class QPushButton;
class QStackedWidget;

namespace workbench {

class BusyLine;
class ColumnsPopup;
class PreviewListing;
class PreviewModel;
class PreviewTable;
class RowCopier;
class RowDetail;
class SegmentedControl;
class StatePage;
enum class StateAction;
struct SortKey;

class PreviewPanel final : public QWidget {
    Q_OBJECT

public:
    PreviewPanel(WorkbenchState& state, QWidget* parent = nullptr);
    ~PreviewPanel() override;

    /// True when nothing is on its way: a picture of the panel is finished.
    [[nodiscard]] bool idle() const;
    /// Copy, Copy with headers, Find next, Go to row, First and Last row, Columns, Details, Stop: for the
    /// menus. Enabled only while the panel is in sight.
    [[nodiscard]] QList<QAction*> actions() const;
    [[nodiscard]] Panes panes() const;

    void setScope(PreviewScope scope);
    /// Narrows what is shown to ids that hold `text`; an export is not narrowed.
    void setSearchText(const QString& text);
    /// Goes to a row, by way of All matched if need be.
    void showRow(RowNumber row);
    /// To the next row; with a search the next one found, from the top again after the last.
    void findNext();

Q_SIGNALS:
    /// The search was cleared here: the box in the side panel follows.
    void searchTextChanged(const QString& text);
    void openFolderRequested();

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void buildActions();
    void buildContent();
    void connectParts();
    QAction* addAction(const QString& text, const QString& iconName, const QKeySequence& keys,
        Qt::ShortcutContext context, void (PreviewPanel::*slot)());

    void rowsChanged();
    void selectionChanged();
    void showMessageOrRows();
    void act(StateAction action);
    void copy();
    void copyWithHeaders();
    void copyRows(bool withHeaders);
    void goToRow();
    void goToFirst();
    void goToLast();
    void stop();
    void openColumns();
    void toggleDetail();
    void hideColumns(const std::optional<QSet<QString>>& hidden);
    void arrange(const QString& name, const ColumnLayout& before, const ColumnLayout& after);
    void sortBy(int column);
    void sortIn(int column, std::optional<SortOrder> order);
    void hideColumn(int column);
    void showDetails();
    void setSortKey(const QString& name, std::optional<SortKey> key);
    void enableActions();

    WorkbenchState& m_state;
    PreviewModel* m_model;
    PreviewListing* m_listing;
    RowCopier* m_copier;
    QStackedWidget* m_pages = nullptr; ///< the panel, or one message for all of it
    StatePage* m_wholeState = nullptr;
    SegmentedControl* m_scopes = nullptr;
    QLabel* m_columnsText = nullptr;
    QPushButton* m_columnsButton = nullptr;
    BusyLine* m_busy = nullptr;
    QStackedWidget* m_rows = nullptr; ///< the table, or a message in its place
    StatePage* m_rowsState = nullptr;
    PreviewTable* m_table = nullptr;
    RowDetail* m_detail = nullptr;
    ColumnsPopup* m_columnsPopup = nullptr;
    QAction* m_detailAction = nullptr;
    QAction* m_columnsAction = nullptr;
    QAction* m_stopAction = nullptr; ///< listens while rows are searched or sorted, wherever the focus is
    QList<QAction*> m_actions;
    StateAction m_firstAction;
    StateAction m_secondAction;
    std::optional<RowNumber> m_rowToShow; ///< asked for before it was here
};

} // namespace workbench
