// SPDX-License-Identifier: GPL-3.0-or-later
/// One row in full: verdict, where it stands, why it passed or not, and the line an export writes.
#pragma once

#include "ui/bridge/workbench_state.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

#include <optional>

class QLabel;
class QPushButton;

namespace workbench {

class JsonView;
class VerdictChip;

class RowDetail final : public QWidget {
    Q_OBJECT

public:
    explicit RowDetail(WorkbenchState& state, QWidget* parent = nullptr);

    /// The row shown; what was shown before stays until the new one is here. While somebody runs through the
    /// rows it waits until they rest: laying out a row in full takes longer than painting a page of the
    /// table.
    void showRow(std::optional<RowNumber> row);
    [[nodiscard]] bool idle() const;

protected:
    void changeEvent(QEvent* event) override;

private:
    void buildHead();
    void buildLine();
    void look();
    void lookInTurn();
    void fill();
    void fillAccepted(const LoadedRow& row);
    void fillRejected(const LoadedRow& row);
    void showMaskedLine(RowNumber row, const MaskedLine& line);
    void copyLine();
    void showReasonIcon();

    WorkbenchState& m_state;
    std::optional<RowNumber> m_row;
    LoadedRowPtr m_loaded; ///< null until it is here
    std::optional<RowNumber> m_maskedFor; ///< whose masked line has been asked for
    bool m_accepted = true;
    QElapsedTimer m_sinceFilled;
    QTimer m_settle; ///< runs while rows change too fast
    FrameTurn m_turn;

    QWidget* m_scroll = nullptr; ///< around the content
    QWidget* m_content = nullptr;
    QLabel* m_nothing = nullptr;
    QLabel* m_id = nullptr;
    VerdictChip* m_verdict = nullptr;
    QLabel* m_place = nullptr;
    QLabel* m_reasonIcon = nullptr;
    QLabel* m_reason = nullptr;
    QPushButton* m_toRejections = nullptr;
    QLabel* m_lineTitle = nullptr;
    QLabel* m_lineNote = nullptr;
    QPushButton* m_copy = nullptr;
    JsonView* m_json = nullptr;
};

} // namespace workbench
