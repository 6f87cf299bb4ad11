// SPDX-License-Identifier: GPL-3.0-or-later
/// One finding in full: why, what is allowed, what to do, and the masked line it stands in.
#pragma once

#include "ui/bridge/workbench_state.h"

#include <QWidget>

#include <optional>

class QLabel;
class QPushButton;

namespace workbench {

class JsonView;
class RevealBox;
class VerdictChip;

class RejectionDetail final : public QWidget {
    Q_OBJECT

public:
    explicit RejectionDetail(WorkbenchState& state, QWidget* parent = nullptr);

    /// `index` is the one the finding was listed from.
    void showFinding(const std::optional<IndexedFinding>& finding, const IndexPtr& index);
    [[nodiscard]] RevealBox& reveal() { return *m_reveal; }
    [[nodiscard]] bool idle() const { return !m_lineWanted; }

Q_SIGNALS:
    void onlyThisRuleAsked(workbench::Rule rule);

private:
    void buildHead();
    void buildReasons();
    void buildLine();
    void buildFoot();
    QLabel* addReason(QWidget* parent, const QString& title, bool fixedPitch);
    void fill();
    void showLine(RowNumber row, const MaskedLine& line);
    void openFolder();

    WorkbenchState& m_state;
    IndexPtr m_index; ///< the one the finding belongs to
    std::optional<IndexedFinding> m_finding;
    std::optional<RowNumber> m_lineWanted; ///< asked for, not here yet
    std::optional<RowNumber> m_lineShown;
    QWidget* m_scroll = nullptr; ///< around the content
    QWidget* m_content = nullptr;
    QLabel* m_nothing = nullptr;
    VerdictChip* m_rule = nullptr;
    QLabel* m_path = nullptr;
    QLabel* m_place = nullptr;
    QLabel* m_why = nullptr;
    QLabel* m_allowedTitle = nullptr;
    QLabel* m_allowed = nullptr;
    QLabel* m_todo = nullptr;
    JsonView* m_line = nullptr;
    RevealBox* m_reveal = nullptr;
};

} // namespace workbench
