// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/publish/planned_files_model.h"

#include "ui/bridge/qt_text.h"
#include "ui/widgets/number_text.h"

#include <algorithm>

namespace workbench {

namespace {

const QString None = QStringLiteral("–");

bool travels(const PlannedFile& file) { return file.change != FileChange::Deleted; }

} // namespace

QString changeWord(FileChange change)
{
    switch (change) {
    case FileChange::Deleted:
        return PlannedFilesModel::tr("deleted");
    case FileChange::Added:
        return PlannedFilesModel::tr("added");
    case FileChange::Replaced:
        return PlannedFilesModel::tr("replaced");
    case FileChange::Same:
        return PlannedFilesModel::tr("the same");
    }
    return {};
}

void PlannedFilesModel::clear()
{
    beginResetModel();
    m_files.clear();
    m_sent.clear();
    endResetModel();
}

void PlannedFilesModel::setPlan(const PublishPlan& plan)
{
    beginResetModel();
    m_sent.clear();
    m_done = false;
    m_files.clear();
    std::copy_if(plan.files.begin(), plan.files.end(), std::back_inserter(m_files),
        [](const PlannedFile& file) { return file.change != FileChange::Same; });
    endResetModel();
}

void PlannedFilesModel::begin()
{
    m_sent.assign(m_files.size(), 0);
    showLastColumn();
}

void PlannedFilesModel::setStep(const PublishStep& step)
{
    if (m_sent.empty()) {
        return;
    }
    std::uint64_t alone = 0;
    for (std::size_t i = 0; i < m_files.size(); ++i) {
        const auto sent = step.sentByFile.find(m_files[i].path);
        if (sent == step.sentByFile.end()) {
            continue;
        }
        // The one before is through when the next begins, though nobody said so any more.
        const bool through = step.progress.file != m_files[i].path;
        m_sent[i] = through ? m_files[i].after : sent->second;
        alone += m_sent[i];
    }
    if (step.progress.phase == PublishPhase::Committing) { // the small ones travel together, in this order
        std::uint64_t rest = step.progress.sent > alone ? step.progress.sent - alone : 0;
        for (std::size_t i = 0; i < m_files.size(); ++i) {
            if (travels(m_files[i]) && !step.sentByFile.contains(m_files[i].path)) {
                m_sent[i] = std::min(m_files[i].after, rest);
                rest -= m_sent[i];
            }
        }
    }
    showLastColumn();
}

void PlannedFilesModel::setAllSent()
{
    for (std::size_t i = 0; i < m_sent.size(); ++i) {
        m_sent[i] = m_files[i].after;
    }
    showLastColumn();
}

void PlannedFilesModel::end(bool done)
{
    m_sent.clear();
    m_done = done;
    showLastColumn();
    Q_EMIT headerDataChanged(Qt::Horizontal, Now, After);
}

void PlannedFilesModel::showLastColumn()
{
    if (!m_files.empty()) {
        Q_EMIT dataChanged(index(0, Difference), index(rowCount() - 1, Difference));
    }
    Q_EMIT headerDataChanged(Qt::Horizontal, Difference, Difference);
}

std::size_t PlannedFilesModel::count(FileChange change) const
{
    return static_cast<std::size_t>(std::count_if(
        m_files.begin(), m_files.end(), [change](const PlannedFile& f) { return f.change == change; }));
}

int PlannedFilesModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_files.size());
}

int PlannedFilesModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString PlannedFilesModel::differenceText(const PlannedFile& file, int row) const
{
    if (!m_sent.empty() && travels(file)) {
        const std::uint64_t sent = m_sent[static_cast<std::size_t>(row)];
        return sent >= file.after ? tr("sent")
                                  : tr("%1 of %2", "bytes").arg(sizeText(sent), sizeText(file.after));
    }
    return signedSizeText(static_cast<qint64>(file.after) - static_cast<qint64>(file.before));
}

QString PlannedFilesModel::text(const PlannedFile& file, int row, int column) const
{
    switch (column) {
    case Change:
        return changeWord(file.change);
    case File:
        return toQt(file.path);
    case Now:
        return file.change == FileChange::Added ? None : sizeText(file.before);
    case After:
        return file.change == FileChange::Deleted ? None : sizeText(file.after);
    case Difference:
        return differenceText(file, row);
    default:
        return {};
    }
}

QVariant PlannedFilesModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) {
        return {};
    }
    const PlannedFile& file = m_files[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return text(file, index.row(), index.column());
    case Qt::AccessibleTextRole: {
        const QString shown = text(file, index.row(), index.column());
        return shown == None ? tr("no file") : shown;
    }
    case Qt::ToolTipRole:
        return index.column() == File ? QVariant(toQt(file.path)) : QVariant();
    case Qt::TextAlignmentRole: {
        const bool figure = index.column() >= Now;
        return QVariant::fromValue(Qt::AlignVCenter | (figure ? Qt::AlignRight : Qt::AlignLeft));
    }
    case ChangeRole:
        return static_cast<int>(file.change);
    case ShareRole:
        if (m_sent.empty() || !travels(file)) {
            return {};
        }
        return file.after == 0 ? 1.0
                               : static_cast<double>(m_sent[static_cast<std::size_t>(index.row())])
                / static_cast<double>(file.after);
    default:
        return {};
    }
}

QVariant PlannedFilesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return QVariant::fromValue(Qt::AlignVCenter | (section >= Now ? Qt::AlignRight : Qt::AlignLeft));
    }
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole) {
        return {};
    }
    switch (section) {
    case Change:
        return tr("Change");
    case File:
        return tr("File");
    case Now:
        return m_done ? tr("Before") : tr("Now");
    case After:
        return m_done ? tr("Now") : tr("After");
    default:
        return m_sent.empty() ? tr("Difference") : tr("Sent");
    }
}

} // namespace workbench
