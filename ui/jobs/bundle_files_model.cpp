// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/bundle_files_model.h"

#include "core/bundle/bundle_names.h"
#include "ui/bridge/qt_text.h"
#include "ui/widgets/number_text.h"

#include <algorithm>
#include <tuple>

namespace workbench {

void BundleFilesModel::clear() { setLines({}); }

void BundleFilesModel::setInfo(const DatasetInfo& info)
{
    std::vector<Line> lines;
    for (const auto& [path, file] : info.files) {
        lines.push_back({path, file, std::nullopt});
    }
    setLines(std::move(lines));
}

void BundleFilesModel::setVerification(const Verification& verification)
{
    std::vector<Line> lines;
    for (const VerifiedFile& file : verification.files) {
        lines.push_back({file.path, file.stated, file.intact});
    }
    setLines(std::move(lines));
}

void BundleFilesModel::setLines(std::vector<Line> lines)
{
    // The data first, then what describes it, then the splits: largest claim on top.
    const auto rank = [](const std::string& path) {
        return path == DatasetName ? 0 : path.find('/') == std::string::npos ? 1 : 2;
    };
    std::sort(lines.begin(), lines.end(), [&rank](const Line& a, const Line& b) {
        return std::make_tuple(rank(a.path), std::cref(a.path))
            < std::make_tuple(rank(b.path), std::cref(b.path));
    });
    beginResetModel();
    m_lines = std::move(lines);
    endResetModel();
}

int BundleFilesModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_lines.size());
}

int BundleFilesModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant BundleFilesModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) {
        return {};
    }
    const Line& line = m_lines[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        switch (index.column()) {
        case File:
            return toQt(line.path);
        case Rows:
            return line.file.rows == 0 ? QStringLiteral("–") : countText(line.file.rows);
        case Size:
            return sizeText(line.file.bytes);
        case Sha256:
            return toQt(line.file.sha256);
        default:
            return {};
        }
    case Qt::AccessibleTextRole:
        if (index.column() == Sha256 && line.intact) {
            return *line.intact ? tr("intact, %1").arg(toQt(line.file.sha256))
                                : tr("not intact, %1").arg(toQt(line.file.sha256));
        }
        return data(index, Qt::DisplayRole);
    case Qt::ToolTipRole:
        return index.column() == Sha256 || index.column() == File ? data(index, Qt::DisplayRole) : QVariant();
    case Qt::TextAlignmentRole: {
        const bool figure = index.column() == Rows || index.column() == Size;
        return QVariant::fromValue(Qt::AlignVCenter | (figure ? Qt::AlignRight : Qt::AlignLeft));
    }
    case IntactRole:
        return line.intact ? QVariant(*line.intact) : QVariant();
    default:
        return {};
    }
}

QVariant BundleFilesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        const bool figure = section == Rows || section == Size;
        return QVariant::fromValue(Qt::AlignVCenter | (figure ? Qt::AlignRight : Qt::AlignLeft));
    }
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole) {
        return {};
    }
    switch (section) {
    case File:
        return tr("File");
    case Rows:
        return tr("Rows");
    case Size:
        return tr("Size");
    case Sha256:
        return QStringLiteral("SHA-256");
    default:
        return {};
    }
}

} // namespace workbench
