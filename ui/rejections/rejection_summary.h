// SPDX-License-Identifier: GPL-3.0-or-later
/// How many rows were rejected, by what, where; choosing one narrows the findings. Withheld fields apart.
#pragma once

#include "core/review/selection.h"
#include "ui/rejections/findings_model.h"

#include <QStringList>
#include <QWidget>

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

class QGridLayout;
class QLabel;
class QListWidget;

namespace workbench {

class SegmentedControl;

class RejectionSummary final : public QWidget {
    Q_OBJECT

public:
    explicit RejectionSummary(QWidget* parent = nullptr);

    void showSelection(SelectionPtr selection);
    /// Chooses a group's entry, or all; narrowed() follows.
    void choose(const std::optional<FindingFilter>& filter);
    [[nodiscard]] bool hasSelection() const { return m_selection != nullptr; }
    /// What is listed here, for whoever stands in for the summary where there is no room for it.
    using Groups = std::vector<std::pair<FindingFilter, std::uint64_t>>; ///< and their rows, the most first
    [[nodiscard]] Groups groups(FindingGroup group) const;
    [[nodiscard]] QString nameOf(const FindingFilter& filter) const;
    [[nodiscard]] QString rowsTold() const; ///< "54 rows"
    [[nodiscard]] QString countsTold() const; ///< "61 findings by 11 rules, in 3 files"
    [[nodiscard]] QStringList withheldTold() const; ///< "reviewer_notes: 53"

Q_SIGNALS:
    void narrowed(const std::optional<workbench::FindingFilter>& filter);

private:
    void fillGroups();
    void fillWithheld();
    [[nodiscard]] std::optional<FindingFilter> filterAt(int row) const;

    SelectionPtr m_selection;
    std::optional<FindingFilter> m_filter;
    std::vector<FindingFilter> m_groups; ///< by row of the list, behind "All …"
    QLabel* m_rows;
    QLabel* m_counts;
    SegmentedControl* m_by;
    QLabel* m_groupTitle;
    QListWidget* m_list;
    QLabel* m_several;
    QWidget* m_withheld;
    QGridLayout* m_withheldRows;
};

/// "61 findings by 11 rules, in 3 files".
[[nodiscard]] QString findingCounts(const Selection& selection);

} // namespace workbench
