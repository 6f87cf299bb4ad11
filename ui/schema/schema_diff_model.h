// SPDX-License-Identifier: GPL-3.0-or-later
/// Two schemas side by side, with what the matched rows hold in each feature.
#pragma once

#include "core/review/statistics.h"
#include "core/schema/schema_diff.h"

#include <QAbstractTableModel>
#include <QMetaType>
#include <QSortFilterProxyModel>

#include <vector>

namespace workbench {

/// Without a baseline it lists the current schema alone.
class SchemaDiffModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column {
        Mark,
        BaselinePlace,
        BaselineName,
        CurrentPlace,
        CurrentName,
        Kind,
        Range,
        FamilyColumn,
        NullRate,
        Lowest,
        Spread,
        Highest,
        ColumnCount,
    };

    enum Role {
        ChangeRole = Qt::UserRole, ///< int of FeatureChange
        AttributesChangedRole, ///< bool
        TintedRole, ///< bool: this cell is what changed
        FamilyRole, ///< int of Family
        NullRateRole, ///< double, absent when nothing is observed
        SpreadRole, ///< Histogram, absent when there is nothing to draw
        NoValueRole, ///< bool: observed, but no row has a value
    };

    using QAbstractTableModel::QAbstractTableModel;

    void setSchema(SchemaPtr current); ///< no baseline
    void setDiff(SchemaDiff diff);
    /// Null, or of another schema: the observed columns are empty.
    void setStatistics(StatisticsPtr statistics);

    [[nodiscard]] const SchemaDiff& diff() const { return m_diff; }
    [[nodiscard]] bool hasBaseline() const { return m_diff.before != nullptr; }
    /// Tab-separated: what differs, for an email or an issue.
    [[nodiscard]] QString differenceText() const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] const FeatureDiff& line(int row) const
    {
        return m_diff.features[static_cast<std::size_t>(row)];
    }
    [[nodiscard]] const Feature& feature(const FeatureDiff& line) const;
    [[nodiscard]] const Feature* baseline(const FeatureDiff& line) const;
    [[nodiscard]] const ColumnStatistics* observed(const FeatureDiff& line) const;
    [[nodiscard]] QString text(const FeatureDiff& line, int column) const;
    [[nodiscard]] QString spokenText(const FeatureDiff& line, int column) const;
    [[nodiscard]] QVariant toolTip(const FeatureDiff& line, int column) const;

    SchemaDiff m_diff;
    StatisticsPtr m_statistics;
};

/// Which lines are shown.
enum class SchemaShown { All, Changes, Added, Removed, Moved, Changed };

class SchemaDiffFilter final : public QSortFilterProxyModel {
    Q_OBJECT

public:
    using QSortFilterProxyModel::QSortFilterProxyModel;
    void show(SchemaShown shown);
    [[nodiscard]] SchemaShown shown() const { return m_shown; }

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

private:
    SchemaShown m_shown = SchemaShown::All;
};

} // namespace workbench

Q_DECLARE_METATYPE(workbench::Histogram)
