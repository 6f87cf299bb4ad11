// SPDX-License-Identifier: GPL-3.0-or-later
/// The side panel: what an export takes, and the account of it.
#pragma once

#include "core/input/example_filter.h"

#include <QTimer>
#include <QWidget>

class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;
class QVBoxLayout;

namespace workbench {

class ChoiceList;
class DayEdit;
class LedgerWidget;
class ShareBar;
class WorkbenchState;

/// Every change applies at once; only typing waits for a pause of 120 ms.
class FiltersPanel final : public QWidget {
    Q_OBJECT

public:
    FiltersPanel(WorkbenchState& state, QWidget* parent);

    void focusSearch(); ///< selects what stands there
    [[nodiscard]] QString searchText() const;
    void clearSearch();

Q_SIGNALS:
    /// What stands in the search box, after a pause of typing; narrows the Preview, never an export.
    void searchChanged(const QString& text);
    void searchNextRequested(); ///< Return in the search box

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void buildHeader(QVBoxLayout* column);
    void buildChoices(QVBoxLayout* column);
    void buildDates(QVBoxLayout* column);
    void buildRest(QVBoxLayout* column);
    void connectControls();
    void showFilter();
    void sayFilter();
    void showCounts();
    void showEnabled();
    void applySource();
    void applyIndustry();
    void applySince();
    void applyUntil();
    void applyLabelled(bool on);
    void applyMaxRows();

    WorkbenchState& m_state;
    QLabel* m_title = nullptr;
    QPushButton* m_clear = nullptr;
    QLineEdit* m_search = nullptr;
    ChoiceList* m_source = nullptr;
    ChoiceList* m_industry = nullptr;
    DayEdit* m_since = nullptr;
    DayEdit* m_until = nullptr;
    QCheckBox* m_labelled = nullptr;
    ShareBar* m_labelledBar = nullptr;
    QLabel* m_labelledCount = nullptr;
    QSpinBox* m_maxRows = nullptr;
    LedgerWidget* m_ledger = nullptr;
    QVBoxLayout* m_column = nullptr; ///< what scrolls
    QTimer m_searchPause;
    QTimer m_limitPause;
};

} // namespace workbench
