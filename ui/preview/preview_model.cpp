// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preview/preview_model.h"

#include "ui/bridge/qt_text.h"
#include "ui/preview/column_histogram.h"
#include "ui/widgets/number_text.h"

#include <algorithm>
#include <limits>

namespace workbench {

namespace {

/// Rows fetched on either side of those looked at, so that a turn of the wheel finds them here.
constexpr int Neighbours = 40;
/// What one turn of the event loop may ask for; more than a screen only when somebody reads a model through.
constexpr std::size_t MostWanted = 1024;
/// Rows that are walked between two frames without anybody noticing.
constexpr std::size_t MostWalked = 65536;

int clampedCount(std::size_t rows)
{
    constexpr auto Most = static_cast<std::size_t>(std::numeric_limits<int>::max());
    return static_cast<int>(std::min(rows, Most));
}

} // namespace

PreviewModel::PreviewModel(const Schema& schema, RowService& rows, QObject* parent)
    : QAbstractTableModel(parent)
    , m_columns(schema)
    , m_service(rows)
{
    setStatistics(nullptr);
    m_wantedTimer.setSingleShot(true);
    m_wantedTimer.setInterval(0);
    connect(&m_wantedTimer, &QTimer::timeout, this, &PreviewModel::requestWanted);
    connect(&m_service, &RowService::loaded, this, &PreviewModel::rowsLoaded);
    connect(&m_service, &RowService::loadFailed, this, [this] { m_asked.clear(); });
}

void PreviewModel::show(IndexPtr index, RowList rows, const RowListFacts& facts)
{
    static const auto nothing = std::make_shared<const std::vector<RowNumber>>();
    const RowList before = m_rows ? m_rows : nothing;
    const RowList after = rows ? std::move(rows) : nothing;
    // A scan that goes on gives the same rows and some more. Reset would lose place and selection.
    const auto startsWithThoseBefore = [&] {
        return facts.startsWith == before
            || (before->size() <= MostWalked && std::equal(before->begin(), before->end(), after->begin()));
    };
    const bool grew = m_index && index && m_index->files().files == index->files().files
        && after->size() >= before->size() && startsWithThoseBefore();
    if (grew) {
        m_index = std::move(index);
        if (after->size() > before->size()) {
            beginInsertRows({}, clampedCount(before->size()), clampedCount(after->size()) - 1);
            m_rows = after;
            endInsertRows();
        } else {
            m_rows = after;
        }
    } else {
        beginResetModel();
        m_index = std::move(index);
        m_rows = after;
        m_wanted.clear();
        m_asked.clear();
        endResetModel();
    }
    m_ascending
        = facts.ascending || (m_rows->size() <= MostWalked && std::is_sorted(m_rows->begin(), m_rows->end()));
}

void PreviewModel::setStatistics(const StatisticsPtr& statistics)
{
    m_statistics = statistics;
    std::vector<int> decimals(static_cast<std::size_t>(m_columns.count()), 0);
    for (int column = 0; column < m_columns.count(); ++column) {
        if (const auto place = m_columns.rowColumn(column)) {
            const bool known = statistics && *place < statistics->columns.size();
            decimals[static_cast<std::size_t>(column)] = decimalsFor(
                m_columns.rowColumns()[*place], known ? statistics->columns[*place] : ColumnStatistics());
        }
    }
    if (decimals == m_decimals) {
        return;
    }
    m_decimals = std::move(decimals);
    if (rowCount() > 0) {
        Q_EMIT dataChanged(
            createIndex(0, 0), createIndex(rowCount() - 1, columnCount() - 1), {Qt::DisplayRole});
    }
}

RowNumber PreviewModel::rowNumber(int position) const
{
    return m_rows->at(static_cast<std::size_t>(position));
}

int PreviewModel::positionOf(RowNumber row) const
{
    if (!m_rows) {
        return -1;
    }
    const auto found = m_ascending ? std::lower_bound(m_rows->begin(), m_rows->end(), row)
                                   : std::find(m_rows->begin(), m_rows->end(), row);
    return found != m_rows->end() && *found == row ? static_cast<int>(found - m_rows->begin()) : -1;
}

LoadedRowPtr PreviewModel::loaded(int position) const { return m_service.cached(rowNumber(position)); }

int PreviewModel::decimals(int column) const { return m_decimals[static_cast<std::size_t>(column)]; }

bool PreviewModel::idle() const { return m_wanted.empty() && !m_service.busy(); }

int PreviewModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() || !m_rows ? 0 : clampedCount(m_rows->size());
}

int PreviewModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : m_columns.count();
}

LoadedRowPtr PreviewModel::rowAt(int position) const
{
    LoadedRowPtr row = loaded(position);
    if (!row && m_wanted.size() < MostWanted && (m_wanted.empty() || m_wanted.back() != position)) {
        m_wanted.push_back(position);
        if (!m_wantedTimer.isActive()) {
            m_wantedTimer.start();
        }
    }
    return row;
}

QVariant PreviewModel::data(const QModelIndex& at, int role) const
{
    QModelRoleData one(role);
    multiData(at, one);
    return one.data();
}

void PreviewModel::multiData(const QModelIndex& at, QModelRoleDataSpan roles) const
{
    if (!checkIndex(at, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) {
        for (QModelRoleData& role : roles) {
            role.clearData();
        }
        return;
    }
    const RowNumber row = rowNumber(at.row());
    // One look into the cache for all roles of a cell.
    const LoadedRowPtr loadedRow = at.column() >= PreviewColumns::ExampleId ? rowAt(at.row()) : nullptr;
    for (QModelRoleData& role : roles) {
        QVariant value;
        if (role.role() == RejectedRole) {
            value = m_index && m_index->rejected(row);
        } else if (role.role() == Qt::TextAlignmentRole) {
            const bool numeric = m_columns.isNumeric(at.column());
            value = QVariant::fromValue(Qt::Alignment(
                numeric ? Qt::AlignRight | Qt::AlignVCenter : Qt::AlignLeft | Qt::AlignVCenter));
        } else if (at.column() == PreviewColumns::Number) {
            value = numberData(at.row(), role.role());
        } else if (at.column() == PreviewColumns::Verdict) {
            value = verdictData(row, role.role());
        } else {
            value = cellData(loadedRow.get(), at.column(), role.role());
        }
        role.setData(std::move(value));
    }
}

QVariant PreviewModel::numberData(int position, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
        return countText(static_cast<quint64>(position) + 1);
    case ExactRole:
        return QString::number(position + 1);
    case StateRole:
        return static_cast<int>(CellState::Value);
    default:
        return {};
    }
}

QVariant PreviewModel::verdictData(RowNumber row, int role) const
{
    const bool isRejected = m_index && m_index->rejected(row);
    switch (role) {
    case Qt::DisplayRole:
    case ExactRole:
    case Qt::AccessibleTextRole:
        if (!isRejected) {
            return tr("kept");
        }
        return verdictText(m_index->firstRule(row), m_index->ruleCount(row));
    case Qt::ToolTipRole: {
        if (!isRejected) {
            return tr("Passed the guard: an export writes this row.");
        }
        QStringList lines {tr("Rejected: an export does not write this row.")};
        for (const IndexedFinding& finding : m_index->findingsOf(row)) {
            const std::string& path = m_index->paths()[finding.path];
            lines << QStringLiteral("%1: %2").arg(
                toQt(ruleName(finding.rule)), path.empty() ? tr("the whole line") : toQt(path));
        }
        return lines.join(QLatin1Char('\n'));
    }
    case StateRole:
        return static_cast<int>(CellState::Value);
    default:
        return {};
    }
}

QVariant PreviewModel::cellData(const LoadedRow* row, int column, int role) const
{
    if (!row) {
        return role == StateRole ? QVariant(static_cast<int>(CellState::Loading)) : QVariant();
    }
    const std::size_t place = *m_columns.rowColumn(column);
    const std::vector<GuardedCell>& cells = row->explanation.cells;
    if (place >= cells.size()) {
        return {};
    }
    if (!couldBeRead(row->explanation)) {
        return unreadData(column, role);
    }
    const GuardedCell& cell = cells[place];
    const RowColumn& what = m_columns.rowColumns()[place];
    switch (role) {
    case Qt::DisplayRole:
        return cellText(cell, what, decimals(column));
    case Qt::ToolTipRole:
        return cellTip(cell, what, row->explanation.findings.empty());
    case Qt::AccessibleTextRole:
        return cellSpoken(cell, what, decimals(column));
    case ExactRole:
        return cellExact(cell);
    case StateRole:
        switch (cell.state) {
        case GuardedCell::State::Null:
            return static_cast<int>(CellState::Null);
        case GuardedCell::State::Value:
            return static_cast<int>(CellState::Value);
        case GuardedCell::State::Refused:
            return static_cast<int>(CellState::Refused);
        }
        return {};
    default:
        return {};
    }
}

QVariant PreviewModel::unreadData(int column, int role)
{
    switch (role) {
    case Qt::DisplayRole:
        return column == PreviewColumns::ExampleId ? unreadText() : QString();
    case Qt::AccessibleTextRole:
        return unreadText();
    case Qt::ToolTipRole:
        return unreadTip();
    case ExactRole:
        return QString();
    case StateRole:
        return static_cast<int>(CellState::Unread);
    default:
        return {};
    }
}

QVariant PreviewModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Vertical) {
        return role == Qt::DisplayRole ? QVariant(section + 1) : QVariant();
    }
    if (section < 0 || section >= m_columns.count()) {
        return {};
    }
    switch (role) {
    case Qt::DisplayRole:
        return m_columns.name(section);
    case Qt::AccessibleTextRole: {
        const QString family = m_columns.familyTitle(section);
        return family.isEmpty() ? m_columns.name(section) : tr("%1, %2").arg(m_columns.name(section), family);
    }
    case Qt::AccessibleDescriptionRole: { // what the small bars show to those who see them
        const auto place = m_columns.rowColumn(section);
        const bool drawn = section >= PreviewColumns::FrozenCount && place && m_statistics
            && *place < m_statistics->columns.size();
        return drawn ? histogramText(m_columns.rowColumns()[*place], m_statistics->columns[*place])
                           .replace(QLatin1Char('\n'), QLatin1String(". "))
                     : QString();
    }
    default:
        return {};
    }
}

void PreviewModel::requestWanted()
{
    if (m_wanted.empty()) {
        return;
    }
    std::vector<int> wanted;
    wanted.swap(m_wanted);
    std::sort(wanted.begin(), wanted.end());
    std::vector<int> neighbours;
    for (int step = 1; step <= Neighbours; ++step) {
        neighbours.push_back(wanted.back() + step);
        neighbours.push_back(wanted.front() - step);
    }
    std::vector<RowNumber> missing;
    const auto ask = [&](int position, bool again) {
        if (position < 0 || position >= rowCount()) {
            return;
        }
        const RowNumber row = rowNumber(position);
        if (!m_service.cached(row) && (m_asked.insert_or_assign(row, position).second || again)) {
            missing.push_back(row);
        }
    };
    for (const int position : wanted) {
        ask(position, true); // asked for before, perhaps, and given up since
    }
    for (const int position : neighbours) {
        ask(position, false);
    }
    if (!missing.empty()) {
        m_service.request(missing);
    }
}

void PreviewModel::rowsLoaded(const std::vector<RowNumber>& rows)
{
    std::vector<int> positions;
    for (const RowNumber row : rows) {
        const auto asked = m_asked.find(row);
        if (asked == m_asked.end()) {
            continue;
        }
        if (asked->second < rowCount() && rowNumber(asked->second) == row) {
            positions.push_back(asked->second);
        }
        m_asked.erase(asked);
    }
    // In runs: the neighbours above and below a page are no reason to paint the page.
    std::sort(positions.begin(), positions.end());
    for (auto first = positions.begin(); first != positions.end();) {
        auto last = first;
        while (last + 1 != positions.end() && *(last + 1) == *last + 1) {
            ++last;
        }
        Q_EMIT dataChanged(
            createIndex(*first, PreviewColumns::ExampleId), createIndex(*last, columnCount() - 1));
        first = last + 1;
    }
}

} // namespace workbench
