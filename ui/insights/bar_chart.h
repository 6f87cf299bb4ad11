// SPDX-License-Identifier: GPL-3.0-or-later
/// Horizontal bars with their names and figures; each bar can be reached by keyboard and has an accessible
/// name.
#pragma once

#include "ui/insights/chart_tone.h"

#include <QAbstractButton>
#include <QWidget>

#include <cstdint>
#include <vector>

namespace workbench {

struct BarPart {
    std::uint64_t rows = 0;
    ChartTone tone;
};

struct Bar {
    QString label;
    QString key; ///< what a click chooses; empty: nothing to choose
    std::vector<BarPart> parts; ///< side by side
    double length = 0; ///< of all parts together, 1 is the whole width
    QString figure; ///< "310"
    QString percent; ///< "24.4 %"
    QString spoken; ///< "unknown: 310 rows, 24.4 %, mock 124, real 186"
    bool chosen = false; ///< the filter in force

    [[nodiscard]] std::uint64_t rows() const;
};

class BarRow;

class BarChart final : public QWidget {
    Q_OBJECT

public:
    explicit BarChart(QWidget* parent = nullptr);

    /// With a track the whole width is drawn behind each bar.
    void setBars(std::vector<Bar> bars, bool track);
    [[nodiscard]] const std::vector<Bar>& bars() const { return m_bars; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void barActivated(const QString& key);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    friend class BarRow;
    struct Columns {
        int label = 0;
        int figure = 0;
        int percent = 0;
    };

    void measure();
    void placeRows();
    void setStop(BarRow& stop);
    void step(const BarRow* from, int by); ///< keyboard: to a neighbour
    [[nodiscard]] int rowHeight() const;

    std::vector<Bar> m_bars;
    std::vector<BarRow*> m_rows; ///< children; as many as there ever were bars, the rest hidden
    Columns m_columns;
    bool m_track = false;
};

/// One bar. Enter, Space and click choose it. The window draws the ring around the one with the focus.
class BarRow final : public QAbstractButton {
    Q_OBJECT

public:
    BarRow(BarChart* chart, std::size_t place);

    [[nodiscard]] std::size_t place() const { return m_place; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    BarChart* m_chart;
    std::size_t m_place;
};

} // namespace workbench
