// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preview/preview_columns.h"

#include "ui/bridge/qt_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string_view>

namespace workbench {

PreviewColumns::PreviewColumns(const Schema& schema) : m_rowColumns(schema), m_order(m_rowColumns.size())
{
    std::iota(m_order.begin(), m_order.end(), std::size_t {0});
    // example_id stands first whatever its family, because it is frozen.
    std::stable_sort(m_order.begin() + 1, m_order.end(),
        [this](std::size_t a, std::size_t b) { return m_rowColumns[a].family < m_rowColumns[b].family; });
}

std::optional<std::size_t> PreviewColumns::rowColumn(int column) const
{
    if (column < ExampleId || column >= count()) {
        return std::nullopt;
    }
    return m_order[static_cast<std::size_t>(column - ExampleId)];
}

const RowColumn* PreviewColumns::at(int column) const
{
    const auto place = rowColumn(column);
    return place ? &m_rowColumns[*place] : nullptr;
}

int PreviewColumns::columnOfPath(const QString& wanted) const
{
    for (int column = 0; column < count(); ++column) {
        if (path(column) == wanted) {
            return column;
        }
    }
    return -1;
}

QString PreviewColumns::path(int column) const
{
    switch (column) {
    case Number:
        return QStringLiteral("#");
    case Verdict:
        return QStringLiteral("verdict");
    default:
        break;
    }
    const RowColumn* found = at(column);
    return found ? toQt(found->path) : QString();
}

QString PreviewColumns::name(int column) const
{
    switch (column) {
    case Number:
        return QStringLiteral("#");
    case Verdict:
        return QCoreApplication::translate("PreviewColumns", "Verdict");
    default:
        break;
    }
    const RowColumn* found = at(column);
    if (!found) {
        return {};
    }
    // A feature that is called like a field of the row itself needs its whole path to be told apart.
    return toQt(found->feature && m_rowColumns.indexOf(found->name) ? found->path : found->name);
}

QString PreviewColumns::familyTitle(int column) const
{
    const RowColumn* found = column < FrozenCount ? nullptr : at(column);
    return found ? workbench::familyTitle(found->family) : QString();
}

bool PreviewColumns::isNumeric(int column) const
{
    if (column == Number) {
        return true;
    }
    const RowColumn* found = at(column);
    return found && (found->kind == ColumnKind::Integer || found->kind == ColumnKind::Number);
}

bool PreviewColumns::shownByDefault(int column, const Statistics& statistics) const
{
    const auto place = rowColumn(column);
    if (column < FrozenCount || !place) {
        return true;
    }
    if (*place >= statistics.columns.size()) {
        return false;
    }
    const RowColumn& what = m_rowColumns[*place];
    const ColumnStatistics& counted = statistics.columns[*place];
    if (statistics.selection) { // what a row is rejected for must be there to be seen
        const auto& fields = statistics.selection->rejections.rowsByField;
        if (fields.contains(what.path) || fields.contains(what.path + "[]")) {
            return true;
        }
    }
    if (counted.values == 0 || what.kind == ColumnKind::Constant) {
        return false;
    }
    const bool oneNumber = (what.kind == ColumnKind::Integer || what.kind == ColumnKind::Number)
        && counted.lowest == counted.highest;
    if (oneNumber && counted.nulls == 0 && counted.values > 1) {
        return false;
    }
    if (what.family == Family::Flag) { // has_quotes says no more than quotes_count
        return false;
    }
    const std::string_view name = what.name;
    // What the capture says about itself: in the row's detail, and a click away.
    for (const std::string_view aside :
        {"created_at", "window_rule", "window_days", "mapping_confidence_level", "missingness_score"}) {
        if (name == aside) {
            return false;
        }
    }
    if (what.feature) {
        // A feature that repeats a field of the row itself.
        if (m_rowColumns.indexOf(name)) {
            return false;
        }
        // The 90th percentile beside its median, and what lies outside the window: a click away.
        if (name.starts_with("excluded_")) {
            return false;
        }
        if (name.ends_with("_p90") || name.ends_with("_p90_log")) {
            std::string median = what.path;
            median.replace(median.rfind("_p90"), 4, "_p50");
            return !m_rowColumns.indexOf(median);
        }
    }
    return true;
}

QString familyTitle(Family family)
{
    switch (family) {
    case Family::Context:
        return QCoreApplication::translate("Family", "Context");
    case Family::Volume:
        return QCoreApplication::translate("Family", "Volume");
    case Family::Timing:
        return QCoreApplication::translate("Family", "Timing");
    case Family::Revenue:
        return QCoreApplication::translate("Family", "Revenue");
    case Family::Ratio:
        return QCoreApplication::translate("Family", "Ratio");
    case Family::Flag:
        return QCoreApplication::translate("Family", "Flags");
    case Family::Targets:
        return QCoreApplication::translate("Family", "Targets");
    case Family::Labels:
        return QCoreApplication::translate("Family", "Labels");
    }
    return {};
}

int decimalsFor(const RowColumn& column, const ColumnStatistics& statistics)
{
    if (column.kind != ColumnKind::Number) {
        return 0;
    }
    const double largest
        = statistics.values == 0 ? 0 : std::max(std::abs(statistics.lowest), std::abs(statistics.highest));
    if (largest < 10) {
        return 3;
    }
    if (largest < 100) {
        return 2;
    }
    return largest < 10'000 ? 1 : 0;
}

} // namespace workbench
