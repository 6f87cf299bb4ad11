// SPDX-License-Identifier: GPL-3.0-or-later
/// One card of the Insights tab: finding, caption, chart or table of the same numbers, footer.
#pragma once

#include "ui/insights/histogram_chart.h"
#include "ui/insights/insight_contents.h"

#include <QFrame>

class QHBoxLayout;
class QLabel;
class QPushButton;
class QTableWidget;
class QVBoxLayout;

namespace workbench {

class InsightCard final : public QFrame {
    Q_OBJECT

public:
    /// `name` is what the card is called when nobody sees its title.
    explicit InsightCard(const QString& name, QWidget* parent = nullptr);

    void setContent(const InsightContent& content, const HistogramChart::ValueText& valueText = {});
    void setNumbersShown(bool shown);
    /// Puts a control between caption and chart.
    void addControl(QWidget* control);
    [[nodiscard]] QString title() const;

Q_SIGNALS:
    void barChosen(const QString& key);
    void legendChosen(const QString& key);
    void moreRequested();

private:
    void showLegend(const std::vector<LegendEntry>& legend);
    void showNumbers(const NumberTable& numbers);
    void showWhatFits();

    QLabel* m_title;
    QLabel* m_caption;
    QVBoxLayout* m_column;
    BarChart* m_bars;
    HistogramChart* m_histogram;
    QTableWidget* m_numbers;
    QWidget* m_legend;
    QHBoxLayout* m_legendRow;
    QPushButton* m_more;
    QLabel* m_footer;
    bool m_numbersShown = false;
    bool m_hasHistogram = false;
    bool m_hasMore = false;
};

} // namespace workbench
