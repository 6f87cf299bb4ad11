// SPDX-License-Identifier: GPL-3.0-or-later
/// The six cards of the Insights tab in as many columns as fit.
#pragma once

#include "core/review/statistics.h"

#include <QWidget>

#include <array>

class QComboBox;
class QGridLayout;

namespace workbench {

class InsightCard;

class InsightsBoard final : public QWidget {
    Q_OBJECT

public:
    static constexpr int LeastCardWidth = 340; ///< at the design's letters

    explicit InsightsBoard(QWidget* parent = nullptr);

    void setStatistics(StatisticsPtr statistics);
    void setNumbersShown(bool shown);
    /// All cards on the window's colour, twice as fine as the screen needs.
    [[nodiscard]] QImage picture();

Q_SIGNALS:
    void industryChosen(const QString& industry);
    void sourceChosen(const QString& source);
    void labelledChosen();

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    enum Card { Industry, Boundary, Pressure, Nulls, Feature, Reviews, Cards };

    void showCards();
    void showFeature();
    void fillFeatures();
    void arrange();

    std::array<InsightCard*, Cards> m_cards {};
    QComboBox* m_feature;
    QGridLayout* m_grid;
    StatisticsPtr m_statistics;
    QString m_featuresOf; ///< fingerprint of the schema in the combo box
    int m_columns = 0;
    bool m_allNulls = false;
};

} // namespace workbench
