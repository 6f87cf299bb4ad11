// SPDX-License-Identifier: GPL-3.0-or-later
/// The Insights tab: what the matched rows are like, each chart titled with its finding.
#pragma once

#include "core/review/statistics.h"
#include "ui/widgets/panes.h"

#include <QWidget>

class QAction;
class QLabel;
class QPushButton;
class QScrollArea;
class QStackedWidget;

namespace workbench {

class ChartPicture;
class InsightsBoard;
class MessageBar;
class StatePage;
class WorkbenchState;

class InsightsPanel final : public QWidget {
    Q_OBJECT

public:
    InsightsPanel(WorkbenchState& state, QWidget* parent);

    [[nodiscard]] bool idle() const; ///< nothing is being written
    [[nodiscard]] QList<QAction*> actions() const; ///< for the menus
    [[nodiscard]] Panes panes() const;

protected:
    void showEvent(QShowEvent* event) override;

private:
    void buildBar();
    void connectState();
    void showState();
    void fillBoard(); ///< with what is newest, unless it is there already
    void showPage();
    void chooseFile();
    void narrowIndustry(const QString& industry);
    void narrowSource(const QString& source);

    WorkbenchState& m_state;
    QLabel* m_rows;
    QLabel* m_hint;
    QPushButton* m_numbersButton;
    QPushButton* m_saveButton;
    QAction* m_showNumbers;
    QAction* m_save;
    MessageBar* m_message;
    QStackedWidget* m_stack;
    QScrollArea* m_scroll;
    InsightsBoard* m_board;
    StatePage* m_page;
    ChartPicture* m_picture;
    StatisticsPtr m_drawn; ///< what the board shows
};

} // namespace workbench
