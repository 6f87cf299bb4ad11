// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rejections/findings_model.h"

#include "ui/bridge/qt_text.h"
#include "ui/widgets/number_text.h"

#include <algorithm>
#include <numeric>

namespace workbench {

namespace {

/// The rank of each text when they are sorted: comparing two findings is then comparing two numbers.
std::vector<std::uint32_t> ranks(const std::vector<std::string>& texts)
{
    std::vector<std::uint32_t> order(texts.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(
        order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return texts[a] < texts[b]; });
    std::vector<std::uint32_t> rank(texts.size());
    for (std::uint32_t place = 0; place < order.size(); ++place) {
        rank[order[place]] = place;
    }
    return rank;
}

} // namespace

bool sameFinding(const IndexedFinding& a, const IndexedFinding& b)
{
    return a.row == b.row && a.rule == b.rule && a.path == b.path && a.masked == b.masked;
}

std::string fieldOfPath(std::string_view path)
{
    std::string field(path);
    for (std::size_t open = field.find('['); open != std::string::npos; open = field.find('[', open + 1)) {
        const std::size_t close = field.find(']', open);
        if (close == std::string::npos) {
            break;
        }
        field.erase(open + 1, close - open - 1);
    }
    return field;
}

void FindingsModel::setSelection(SelectionPtr selection)
{
    m_selection = std::move(selection);
    rebuild();
}

void FindingsModel::narrow(std::optional<FindingFilter> filter)
{
    if (filter == m_filter) {
        return;
    }
    m_filter = std::move(filter);
    rebuild();
}

void FindingsModel::sortBy(std::optional<int> column, Qt::SortOrder order)
{
    if (column == m_sortColumn && order == m_sortOrder) {
        return;
    }
    m_sortColumn = column;
    m_sortOrder = order;
    rebuild();
}

bool FindingsModel::passes(const IndexedFinding& finding) const
{
    if (!m_filter) {
        return true;
    }
    switch (m_filter->group) {
    case FindingGroup::Rule:
        return static_cast<std::size_t>(finding.rule) == m_filter->number;
    case FindingGroup::Field:
        return m_pathPasses[finding.path];
    case FindingGroup::File:
        return m_selection->index->sourceLine(finding.row).file == m_filter->number;
    }
    return true;
}

void FindingsModel::rebuild()
{
    beginResetModel();
    m_places.clear();
    m_pathPasses.clear();
    if (m_selection) {
        if (m_filter && m_filter->group == FindingGroup::Field) {
            for (const std::string& path : m_selection->index->paths()) {
                m_pathPasses.push_back(fieldOfPath(path) == m_filter->field);
            }
        }
        const auto findings = m_selection->index->findings();
        for (const std::uint32_t place : m_selection->findings) {
            if (passes(findings[place])) {
                m_places.push_back(place);
            }
        }
        sortPlaces();
    }
    endResetModel();
}

void FindingsModel::sortPlaces()
{
    const auto findings = m_selection->index->findings();
    // Places ascend in row order, so a stable sort leaves ties as the rows stand.
    const auto sortOn = [&](const auto& key) {
        const bool down = m_sortColumn && m_sortOrder == Qt::DescendingOrder;
        std::stable_sort(m_places.begin(), m_places.end(), [&](std::uint32_t a, std::uint32_t b) {
            return down ? key(findings[b]) < key(findings[a]) : key(findings[a]) < key(findings[b]);
        });
    };
    if (!m_sortColumn) {
        const RuleCounts& counts = m_selection->rejections.rowsByRule;
        std::array<std::size_t, RuleCount> order {};
        std::iota(order.begin(), order.end(), std::size_t {0});
        std::stable_sort(
            order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return counts[a] > counts[b]; });
        std::array<std::size_t, RuleCount> rank {};
        for (std::size_t place = 0; place < RuleCount; ++place) {
            rank[order[place]] = place;
        }
        sortOn([&](const IndexedFinding& finding) { return rank[static_cast<std::size_t>(finding.rule)]; });
        return;
    }
    switch (*m_sortColumn) {
    case RuleColumn:
        sortOn([](const IndexedFinding& finding) { return ruleName(finding.rule); });
        break;
    case FieldColumn: {
        const auto rank = ranks(m_selection->index->paths());
        sortOn([&](const IndexedFinding& finding) { return rank[finding.path]; });
        break;
    }
    case MaskedColumn: {
        const auto rank = ranks(m_selection->index->shapes());
        sortOn([&](const IndexedFinding& finding) { return rank[finding.masked]; });
        break;
    }
    case FileColumn: // rows stand file by file
        sortOn([](const IndexedFinding& finding) { return finding.row; });
        break;
    case LineColumn:
        sortOn(
            [&](const IndexedFinding& finding) { return m_selection->index->sourceLine(finding.row).line; });
        break;
    default:
        break;
    }
}

const IndexedFinding& FindingsModel::finding(int position) const
{
    return m_selection->index->findings()[m_places.at(static_cast<std::size_t>(position))];
}

int FindingsModel::positionOf(const IndexedFinding& wanted) const
{
    if (!m_selection) {
        return -1;
    }
    const auto findings = m_selection->index->findings();
    const auto found = std::find_if(m_places.begin(), m_places.end(),
        [&](std::uint32_t place) { return sameFinding(findings[place], wanted); });
    return found == m_places.end() ? -1 : static_cast<int>(found - m_places.begin());
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
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole && role != Qt::AccessibleTextRole) {
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
        return countText(index.sourceLine(found.row).line);
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
