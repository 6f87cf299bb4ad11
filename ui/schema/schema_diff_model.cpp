// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/schema/schema_diff_model.h"

#include "core/row/row_columns.h"
#include "ui/bridge/qt_text.h"
#include "ui/schema/schema_words.h"
#include "ui/widgets/number_text.h"

#include <QStringList>

#include <algorithm>

namespace workbench {

namespace {

QString place(std::optional<std::size_t> position) { return position ? countText(*position + 1) : QString(); }

} // namespace

void SchemaDiffModel::setSchema(SchemaPtr current)
{
    SchemaDiff alone;
    if (current) {
        for (std::size_t i = 0; i < current->features().size(); ++i) {
            FeatureDiff line;
            line.after = i;
            alone.features.push_back(line);
        }
    }
    alone.after = std::move(current);
    setDiff(std::move(alone));
}

void SchemaDiffModel::setDiff(SchemaDiff diff)
{
    beginResetModel();
    m_diff = std::move(diff);
    endResetModel();
}

void SchemaDiffModel::setStatistics(StatisticsPtr statistics)
{
    if (statistics == m_statistics) {
        return;
    }
    m_statistics = std::move(statistics);
    if (rowCount() > 0) {
        Q_EMIT dataChanged(index(0, NullRate), index(rowCount() - 1, Highest));
    }
}

int SchemaDiffModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_diff.features.size());
}

int SchemaDiffModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

const Feature* SchemaDiffModel::baseline(const FeatureDiff& line) const
{
    return line.before && m_diff.before ? &m_diff.before->features()[*line.before] : nullptr;
}

const Feature& SchemaDiffModel::feature(const FeatureDiff& line) const
{
    return line.after ? m_diff.after->features()[*line.after] : m_diff.before->features()[*line.before];
}

const ColumnStatistics* SchemaDiffModel::observed(const FeatureDiff& line) const
{
    if (!line.after || !m_statistics || !m_statistics->selection || !m_statistics->selection->index
        || m_statistics->selection->index->schema()->fingerprint() != m_diff.after->fingerprint()) {
        return nullptr;
    }
    const std::size_t column = RowColumns::FirstFeature + *line.after;
    return column < m_statistics->columns.size() ? &m_statistics->columns[column] : nullptr;
}

QString SchemaDiffModel::text(const FeatureDiff& line, int column) const
{
    const Feature& current = feature(line);
    const bool gone = !line.after;
    const ColumnStatistics* seen = observed(line);
    const bool hasRange = seen && seen->values > 0 && current.kind != FeatureKind::Enum;
    switch (column) {
    case Mark:
        return changeWord(line.change);
    case BaselinePlace:
        return place(line.before);
    case BaselineName:
        return line.before ? toQt(baseline(line)->key) : QString();
    case CurrentPlace:
        return place(line.after);
    case CurrentName:
        return gone ? tr("no longer in the schema") : toQt(current.key);
    case Kind: {
        const Feature* old = baseline(line);
        const bool other = !gone && m_diff.attributesKnown && old && old->kind != current.kind;
        return other ? tr("%1, was %2").arg(kindWord(current.kind), kindWord(old->kind))
                     : kindWord(current.kind);
    }
    case Range: {
        const Feature* old = baseline(line);
        const QString now = gone && !m_diff.attributesKnown ? QString() : rangeText(current);
        if (gone || !line.attributesChanged || !old || old->kind != current.kind || rangeText(*old) == now) {
            return now;
        }
        return tr("%1, was %2").arg(now, rangeText(*old));
    }
    case FamilyColumn:
        return gone && !m_diff.attributesKnown ? QString() : familyWord(current.family);
    case NullRate:
        return seen ? percentText(seen->nullRate()) : QString();
    case Lowest:
        if (seen && seen->values == 0) {
            return tr("no value in any row");
        }
        return hasRange ? observedText(current, seen->lowest) : QString();
    case Highest:
        return hasRange ? observedText(current, seen->highest) : QString();
    case Spread:
    default:
        return {};
    }
}

QString SchemaDiffModel::spokenText(const FeatureDiff& line, int column) const
{
    if (column != Spread) {
        return column == Mark && line.change == FeatureChange::Same ? tr("same") : text(line, column);
    }
    const ColumnStatistics* seen = observed(line);
    if (!seen || seen->values == 0) {
        return {};
    }
    const std::vector<std::uint64_t>& bins
        = feature(line).kind == FeatureKind::Enum ? seen->counts : seen->spread.bins;
    if (bins.empty()) {
        return {};
    }
    const auto highest = std::max_element(bins.begin(), bins.end());
    const auto bin = static_cast<double>(highest - bins.begin());
    if (feature(line).kind == FeatureKind::Enum) {
        const std::vector<std::string>& values = feature(line).values;
        const auto code = static_cast<std::size_t>(highest - bins.begin());
        return code < values.size() ? tr("mostly %1").arg(toQt(values[code])) : QString();
    }
    if (seen->spread.oneBinPerNumber || bins.size() == 1) {
        return tr("most rows at %1").arg(observedText(feature(line), seen->spread.from + bin));
    }
    const double width = (seen->spread.to - seen->spread.from) / static_cast<double>(bins.size());
    const double from = seen->spread.from + width * bin;
    return tr("most rows between %1 and %2")
        .arg(observedText(feature(line), from), observedText(feature(line), from + width));
}

QVariant SchemaDiffModel::toolTip(const FeatureDiff& line, int column) const
{
    switch (column) {
    case Range: {
        const Feature* old = baseline(line);
        const QString now = exactRangeText(feature(line));
        return line.attributesChanged && old && line.after
            ? tr("%1\nBefore: %2").arg(now, exactRangeText(*old))
            : now;
    }
    case BaselineName:
    case CurrentName:
        return text(line, column);
    case NullRate:
        if (const ColumnStatistics* seen = observed(line)) {
            return tr("%1 of %2 rows")
                .arg(countText(seen->nulls), countText(seen->nulls + seen->values + seen->hidden));
        }
        return {};
    case Spread: {
        const QString spoken = spokenText(line, Spread);
        return spoken.isEmpty() ? QVariant()
                                : tr("%1\nHeights are square roots, so that small bars show.").arg(spoken);
    }
    default:
        return {};
    }
}

QVariant SchemaDiffModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) {
        return {};
    }
    const FeatureDiff& shown = line(index.row());
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        return text(shown, column);
    case Qt::AccessibleTextRole:
        return spokenText(shown, column);
    case Qt::ToolTipRole:
        return toolTip(shown, column);
    case Qt::TextAlignmentRole: {
        const bool figure = column == BaselinePlace || column == CurrentPlace || column == NullRate
            || column == Highest || (column == Lowest && !data(index, NoValueRole).toBool());
        return QVariant::fromValue(Qt::AlignVCenter | (figure ? Qt::AlignRight : Qt::AlignLeft));
    }
    case ChangeRole:
        return static_cast<int>(shown.change);
    case AttributesChangedRole:
        return shown.attributesChanged;
    case TintedRole: {
        const bool names = column >= BaselinePlace && column <= CurrentName;
        switch (shown.change) {
        case FeatureChange::Same:
            return false;
        case FeatureChange::Added:
            return column == CurrentPlace || column == CurrentName;
        case FeatureChange::Removed:
            return column == BaselinePlace || column == BaselineName;
        case FeatureChange::Moved:
        case FeatureChange::Changed:
            return names;
        }
        return false;
    }
    case FamilyRole:
        return static_cast<int>(feature(shown).family);
    case NullRateRole:
        if (const ColumnStatistics* seen = observed(shown)) {
            return seen->nullRate();
        }
        return {};
    case SpreadRole:
        if (const ColumnStatistics* seen = observed(shown); seen && seen->values > 0) {
            Histogram spread = seen->spread;
            if (feature(shown).kind == FeatureKind::Enum) {
                spread.bins = seen->counts; // one bar a value, in the schema's order
            }
            return QVariant::fromValue(spread);
        }
        return {};
    case NoValueRole: {
        const ColumnStatistics* seen = observed(shown);
        return seen != nullptr && seen->values == 0;
    }
    default:
        return {};
    }
}

QVariant SchemaDiffModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        const bool figure
            = section == BaselinePlace || section == CurrentPlace || section == Lowest || section == Highest;
        return QVariant::fromValue(Qt::AlignVCenter | (figure ? Qt::AlignRight : Qt::AlignLeft));
    }
    if (role == Qt::AccessibleTextRole && section == Mark) {
        return tr("Difference");
    }
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole) {
        return {};
    }
    switch (section) {
    case BaselinePlace:
    case CurrentPlace:
        return QStringLiteral("#");
    case BaselineName:
    case CurrentName:
        return tr("Feature");
    case Kind:
        return tr("Kind");
    case Range:
        return tr("Range");
    case FamilyColumn:
        return tr("Family");
    case NullRate:
        return tr("Null rate");
    case Lowest:
        return tr("Lowest");
    case Spread:
        return tr("Spread");
    case Highest:
        return tr("Highest");
    default:
        return QString();
    }
}

QString SchemaDiffModel::differenceText() const
{
    QStringList lines;
    if (m_diff.before && m_diff.after) {
        lines.append(
            tr("baseline %1, current %2").arg(toQt(m_diff.before->hash()), toQt(m_diff.after->hash())));
        const SchemaVerdict verdict = schemaVerdict(m_diff);
        lines.append((verdict.title + QLatin1Char(' ') + verdict.detail).trimmed());
        lines.append(QStringList {tr("difference"), tr("baseline place"), tr("baseline feature"),
            tr("current place"), tr("current feature"), tr("kind"), tr("range")}
                         .join(QLatin1Char('\t')));
    }
    for (const FeatureDiff& shown : m_diff.features) {
        if (shown.change == FeatureChange::Same) {
            continue;
        }
        QStringList cells;
        for (int column = Mark; column <= Range; ++column) {
            cells.append(column == CurrentName && !shown.after ? QString() : text(shown, column));
        }
        lines.append(cells.join(QLatin1Char('\t')));
    }
    return lines.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

void SchemaDiffFilter::show(SchemaShown shown)
{
    m_shown = shown;
    invalidateFilter();
}

bool SchemaDiffFilter::filterAcceptsRow(int row, const QModelIndex& parent) const
{
    const QModelIndex index = sourceModel()->index(row, SchemaDiffModel::Mark, parent);
    const auto change = static_cast<FeatureChange>(index.data(SchemaDiffModel::ChangeRole).toInt());
    switch (m_shown) {
    case SchemaShown::All:
        return true;
    case SchemaShown::Changes:
        return change != FeatureChange::Same;
    case SchemaShown::Added:
        return change == FeatureChange::Added;
    case SchemaShown::Removed:
        return change == FeatureChange::Removed;
    case SchemaShown::Moved:
        return change == FeatureChange::Moved;
    case SchemaShown::Changed:
        return index.data(SchemaDiffModel::AttributesChangedRole).toBool();
    }
    return true;
}

} // namespace workbench
