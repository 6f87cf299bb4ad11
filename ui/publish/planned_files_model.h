// SPDX-License-Identifier: GPL-3.0-or-later
/// What one commit does to each file: what hurts most first, with sizes now and after; then how far it is.
#pragma once

#include "core/hub/publish.h"
#include "ui/bridge/publish_runner.h"

#include <QAbstractTableModel>

#include <cstdint>
#include <optional>
#include <vector>

namespace workbench {

class PlannedFilesModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Change, File, Now, After, Difference, ColumnCount };
    static constexpr int ChangeRole = Qt::UserRole; ///< int of FileChange
    static constexpr int ShareRole = Qt::UserRole + 1; ///< 0 to 1 while it is sent; else nothing

    using QAbstractTableModel::QAbstractTableModel;

    void clear();
    /// Deleted, added, replaced; what stays the same is left out.
    void setPlan(const PublishPlan& plan);
    void begin(); ///< the last column shows how much of each file was sent
    void setStep(const PublishStep& step);
    void setAllSent();
    /// The last column shows differences again; when it is done, what was to come is now.
    void end(bool done);

    [[nodiscard]] std::size_t count(FileChange change) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] QString text(const PlannedFile& file, int row, int column) const;
    [[nodiscard]] QString differenceText(const PlannedFile& file, int row) const;
    void showLastColumn();

    std::vector<PlannedFile> m_files;
    bool m_done = false;
    std::vector<std::uint64_t> m_sent; ///< bytes, one a file; empty while nothing is sent
};

[[nodiscard]] QString changeWord(FileChange change);

} // namespace workbench
