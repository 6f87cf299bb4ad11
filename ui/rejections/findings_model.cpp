// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rejections/findings_model.h"

#include "ui/bridge/qt_text.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/tab_separated.h"

#include <algorithm>
#include <memory>
#include <utility>

namespace workbench {

namespace {

/// As many are put in order before anybody notices.
constexpr std::size_t AtOnce = 10'000;

FindingKey keyOf(int column) { return static_cast<FindingKey>(column); }
static_assert(FindingsModel::RuleColumn == static_cast<int>(FindingKey::Rule)
    && FindingsModel::FieldColumn == static_cast<int>(FindingKey::Field)
    && FindingsModel::MaskedColumn == static_cast<int>(FindingKey::Masked)
    && FindingsModel::FileColumn == static_cast<int>(FindingKey::File)
    && FindingsModel::LineColumn == static_cast<int>(FindingKey::Line));

} // namespace

bool sameFinding(const IndexedFinding& a, const IndexedFinding& b)
{
    return a.row == b.row && a.rule == b.rule && a.path == b.path && a.masked == b.masked;
}

void FindingsModel::setSelection(SelectionPtr selection)
{
    m_wanted = std::move(selection);
    list();
}

void FindingsModel::narrow(std::optional<FindingFilter> filter)
{
    if (filter != m_order.filter) {
        m_order.filter = std::move(filter);
        list();
    }
}

void FindingsModel::sortBy(std::optional<int> column, Qt::SortOrder order)
{
    FindingOrder wanted = m_order;
    wanted.key = column ? std::optional(keyOf(*column)) : std::nullopt;
    wanted.order = order == Qt::AscendingOrder ? SortOrder::Ascending : SortOrder::Descending;
    if (wanted != m_order) {
        m_order = std::move(wanted);
        list();
    }
}

std::optional<int> FindingsModel::sortColumn() const
{
    return m_order.key ? std::optional(static_cast<int>(*m_order.key)) : std::nullopt;
}

Qt::SortOrder FindingsModel::sortOrder() const
{
    return m_order.order == SortOrder::Ascending ? Qt::AscendingOrder : Qt::DescendingOrder;
}

void FindingsModel::list()
{
    m_lane.forget();
    m_busy = m_wanted && m_wanted->findings.size() > AtOnce;
    if (!m_busy) {
        show(m_wanted, m_wanted ? *orderedFindings(*m_wanted, m_order, {}) : std::vector<std::uint32_t>());
        return;
    }
    m_lane.start([this, selection = m_wanted, order = m_order](
                     const std::stop_token& stop, const Lane::Report& report) {
        if (auto ordered = orderedFindings(*selection, order, stop)) {
            const auto places = std::make_shared<std::vector<std::uint32_t>>(std::move(*ordered));
            report([this, selection, places] {
                m_busy = false;
                show(selection, std::move(*places));
            });
        }
    });
}

void FindingsModel::show(SelectionPtr selection, std::vector<std::uint32_t> places)
{
    beginResetModel();
    m_selection = std::move(selection);
    m_places = std::move(places);
    endResetModel();
    Q_EMIT listed();
}

const IndexedFinding& FindingsModel::finding(int position) const
{
    return m_selection->index->findings()[m_places.at(static_cast<std::size_t>(position))];
}

int FindingsModel::positionOf(const IndexedFinding& wanted) const
{
    if (!m_selection || wanted.row >= m_selection->index->rows()) {
        return -1;
    }
    const auto ofRow = m_selection->index->findingsOf(wanted.row);
    const auto known = std::find_if(ofRow.begin(), ofRow.end(),
        [&](const IndexedFinding& finding) { return sameFinding(finding, wanted); });
    if (known == ofRow.end()) {
        return -1;
    }
    const auto place = static_cast<std::uint32_t>(&*known - m_selection->index->findings().data());
    const auto found = std::find(m_places.begin(), m_places.end(), place);
    return found == m_places.end() ? -1 : static_cast<int>(found - m_places.begin());
}

QString FindingsModel::exactText(const std::vector<int>& positions, bool withHeaders) const
{
    QString text;
    QStringList cells;
    if (withHeaders) {
        for (int column = 0; column < ColumnCount; ++column) {
            cells << headerData(column, Qt::Horizontal).toString();
        }
        text += tabSeparatedLine(cells);
    }
    for (const int position : positions) {
        cells.clear();
        for (int column = 0; column < ColumnCount; ++column) {
            cells << data(index(position, column), ExactRole).toString();
        }
        text += tabSeparatedLine(cells);
    }
    return text;
}

int FindingsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_places.size());
}

int FindingsModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant FindingsModel::data(const QModelIndex& at, int role) const
{
    if (!checkIndex(at, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return QVariant::fromValue(
            Qt::Alignment((at.column() == LineColumn ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
    }
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole && role != Qt::AccessibleTextRole
        && role != ExactRole) {
        return {};
    }
    const IndexedFinding& found = finding(at.row());
    const ExampleIndex& index = *m_selection->index;
    switch (at.column()) {
    case RuleColumn:
        return toQt(ruleName(found.rule));
    case FieldColumn: {
        const std::string& path = index.paths()[found.path];
        return path.empty() ? tr("the whole line") : toQt(path);
    }
    case MaskedColumn: {
        const QString shape = toQt(index.shapes()[found.masked]);
        if (role == Qt::ToolTipRole) {
            return shape.isEmpty() ? tr("There is no value.")
                                   : tr("%1\nOnly the shape is shown: letters x, digits 9.").arg(shape);
        }
        if (role == Qt::AccessibleTextRole) {
            return shape.isEmpty() ? tr("no value") : tr("masked %1").arg(shape);
        }
        return shape;
    }
    case FileColumn: {
        const std::uint32_t file = index.sourceLine(found.row).file;
        return file < index.files().files.size() ? toQt(index.files().files[file].name) : QString();
    }
    case LineColumn:
        return role == ExactRole ? QString::number(index.sourceLine(found.row).line)
                                 : countText(index.sourceLine(found.row).line);
    default:
        return {};
    }
}

QVariant FindingsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Vertical) {
        return role == Qt::DisplayRole ? QVariant(section + 1) : QVariant();
    }
    if (role == Qt::TextAlignmentRole) {
        return QVariant::fromValue(
            Qt::Alignment((section == LineColumn ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case RuleColumn:
        return tr("Rule");
    case FieldColumn:
        return tr("Field");
    case MaskedColumn:
        return tr("Masked excerpt");
    case FileColumn:
        return tr("File");
    case LineColumn:
        return tr("Line");
    default:
        return {};
    }
}

} // namespace workbench
