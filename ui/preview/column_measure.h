// SPDX-License-Identifier: GPL-3.0-or-later
/// How wide a column of the preview has to be for what stands in it. GUI thread.
#pragma once

#include "core/review/statistics.h"
#include "ui/widgets/cell_texts.h"

namespace workbench {

class PreviewModel;

class ColumnMeasure {
public:
    explicit ColumnMeasure(const PreviewModel& model) : m_model(model) {}

    /// In pixels, margins included and the title not: from the figures, where they bound what may stand
    /// there, else from the loaded ones of the rows from `firstRow` on. `statistics` may be null.
    [[nodiscard]] int widthOf(int column, const StatisticsPtr& statistics, int firstRow) const;

private:
    [[nodiscard]] int advance(const QString& text, const QFont& font) const; ///< in pixels

    const PreviewModel& m_model;
    mutable CellTexts m_texts;
};

} // namespace workbench
