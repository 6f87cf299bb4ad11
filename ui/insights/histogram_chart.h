// SPDX-License-Identifier: GPL-3.0-or-later
/// A histogram with axes and a line at the median.
#pragma once

#include "core/review/statistics.h"
#include "ui/insights/chart_tone.h"

#include <QWidget>

#include <functional>
#include <optional>

namespace workbench {

/// Round numbers from `from` to `to`, at most `most` of them, steps of 1, 2 or 5 times a power of ten.
[[nodiscard]] std::vector<double> axisTicks(double from, double to, int most);

class HistogramChart final : public QWidget {
    Q_OBJECT

public:
    using ValueText = std::function<QString(double)>;

    explicit HistogramChart(QWidget* parent = nullptr);

    void setHistogram(Histogram histogram, std::optional<double> median, ChartTone tone, ValueText valueText);
    [[nodiscard]] QSize sizeHint() const override { return {300, 210}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {200, 160}; }

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    [[nodiscard]] QRect plot() const;
    [[nodiscard]] QRect binRect(std::size_t bin) const;
    [[nodiscard]] QString binText(std::size_t bin) const; ///< "493 rows from 0 to 44"
    [[nodiscard]] double xOf(double value) const;
    [[nodiscard]] double first() const; ///< the value at the left edge of the first bin
    [[nodiscard]] double last() const; ///< at the right edge of the last
    [[nodiscard]] double top() const; ///< the value at the upper end of the vertical axis

    Histogram m_histogram;
    std::optional<double> m_median;
    ChartTone m_tone;
    ValueText m_valueText;
    std::optional<std::size_t> m_current; ///< by keyboard
};

} // namespace workbench
