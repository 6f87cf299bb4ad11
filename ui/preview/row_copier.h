// SPDX-License-Identifier: GPL-3.0-or-later
/// Puts chosen rows on the clipboard as tab-separated text; loads those that are not here first.
#pragma once

#include "ui/preview/preview_model.h"

#include <QObject>
#include <QString>

#include <vector>

namespace workbench {

class RowCopier final : public QObject {
    Q_OBJECT

public:
    /// More would not fit into what RowService keeps; an export is the way for more.
    static constexpr std::size_t MostRows = RowService::CacheRows / 2;

    RowCopier(const PreviewModel& model, RowService& rows, QObject* parent = nullptr);

    /// Masked cells are copied masked, nulls empty, numbers as they are written.
    void copy(std::vector<int> positions, std::vector<int> columns, bool withHeaders);
    [[nodiscard]] bool waiting() const { return !m_positions.empty(); }

Q_SIGNALS:
    void copied(std::size_t rows);

private:
    void finish();

    const PreviewModel& m_model;
    RowService& m_rows;
    std::vector<int> m_positions; ///< of what is still to be copied
    std::vector<int> m_columns;
    bool m_withHeaders = false;
};

} // namespace workbench
