// SPDX-License-Identifier: GPL-3.0-or-later
/// The files of one bundle, and after a verification which of them are what the bundle says.
#pragma once

#include "core/bundle/bundle_verifier.h"

#include <QAbstractTableModel>

#include <optional>
#include <string>
#include <vector>

namespace workbench {

class BundleFilesModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { File, Rows, Size, Sha256, ColumnCount };
    enum Role { IntactRole = Qt::UserRole }; ///< bool; absent before a verification

    using QAbstractTableModel::QAbstractTableModel;

    void clear();
    void setInfo(const DatasetInfo& info);
    void setVerification(const Verification& verification);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Line {
        std::string path;
        BundleFile file;
        std::optional<bool> intact;
    };
    void setLines(std::vector<Line> lines);

    std::vector<Line> m_lines;
};

} // namespace workbench
