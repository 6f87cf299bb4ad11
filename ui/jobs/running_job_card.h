// SPDX-License-Identifier: GPL-3.0-or-later
/// The export that is under way: how far it is, how fast, how long it may still take, and a way to stop it.
#pragma once

#include "core/job/scan.h"
#include "core/review/selection.h"
#include "ui/jobs/rate_meter.h"

#include <QElapsedTimer>
#include <QFrame>

#include <array>

class QLabel;
class QProgressBar;
class QPushButton;

namespace workbench {

class ElidedLabel;
class RateChart;

class RunningJobCard final : public QFrame {
    Q_OBJECT

public:
    explicit RunningJobCard(QWidget* parent = nullptr);

    /// `ledger` is the account the person agreed to.
    void begin(const Ledger& ledger);
    void showProgress(const ScanProgress& progress);
    void showProgressAt(
        const ScanProgress& progress, qint64 elapsedMs); ///< for those who bring their own clock
    void showCancelling();
    [[nodiscard]] QPushButton* cancelButton() const { return m_cancel; }
    [[nodiscard]] double done() const { return m_done; } ///< 0 to 1

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    enum Figure { Rows, Bytes, Rate, Left, Done, Figures };

    Ledger m_ledger;
    RateMeter m_meter;
    QElapsedTimer m_clock;
    double m_done = 0;
    QLabel* m_title;
    ElidedLabel* m_note;
    QProgressBar* m_bar;
    std::array<QLabel*, Figures> m_figures {};
    RateChart* m_chart;
    QWidget* m_rate; ///< the chart and its caption; leaves first when there is little room
    QPushButton* m_cancel;
};

/// Rows a second over the last five seconds as small bars.
class RateChart final : public QWidget {
    Q_OBJECT

public:
    explicit RateChart(QWidget* parent = nullptr);
    void setRates(std::vector<double> rates);
    [[nodiscard]] QSize sizeHint() const override { return {132, 34}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    std::vector<double> m_rates;
};

} // namespace workbench
