// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/running_job_card.h"

#include "ui/jobs/job_words.h"
#include "ui/theme/theme.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/tone_label.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QPainter>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace workbench {

namespace {

constexpr int LeastWidthWithChart = 860;
constexpr std::size_t Slices = 20; ///< of the rate chart

} // namespace

RunningJobCard::RunningJobCard(QWidget* parent)
    : QFrame(parent)
    , m_title(new ToneLabel(TextSize::Section, TextTone::Plain, this))
    , m_note(new ElidedLabel(Qt::ElideRight, this))
    , m_bar(new QProgressBar(this))
    , m_chart(new RateChart(this))
    , m_rate(new QWidget(this))
    , m_cancel(makeButton(tr("Cancel"), QStringLiteral("stop"), this))
{
    setProperty("frame", QStringLiteral("card"));
    setAccessibleName(tr("Running export"));
    m_note->setFont(Theme::captionFont());
    m_note->setProperty("tone", QStringLiteral("quiet"));
    m_bar->setObjectName(QStringLiteral("jobProgressBar"));
    m_bar->setAccessibleName(tr("Export progress"));
    m_bar->setRange(0, ProgressSteps);
    m_bar->setTextVisible(false);
    m_bar->setFixedHeight(10);
    m_cancel->setObjectName(QStringLiteral("cancelButton"));
    m_cancel->setToolTip(tr("Stops the export (Ctrl+.). No files are left behind."));
    m_cancel->setAccessibleName(tr("Cancel the running export"));

    auto* head = new QHBoxLayout;
    head->setSpacing(12);
    head->addWidget(m_title);
    head->addWidget(m_note, 1);

    const std::array<QString, Figures> names {
        tr("Rows"), tr("Read"), tr("Rows a second"), tr("Time left"), tr("Done")};
    auto* figures = new QGridLayout;
    figures->setHorizontalSpacing(16);
    figures->setVerticalSpacing(0);
    for (std::size_t i = 0; i < Figures; ++i) {
        auto* name = new ToneLabel(TextSize::Caption, TextTone::Secondary, this);
        name->setText(names[i]);
        auto* figure = new ToneLabel(TextSize::NumberStrong, TextTone::Plain, this);
        figure->setMinimumWidth(figure->fontMetrics().horizontalAdvance(QStringLiteral("00 min")));
        figures->addWidget(name, 0, static_cast<int>(i));
        figures->addWidget(figure, 1, static_cast<int>(i));
        figures->setColumnStretch(static_cast<int>(i), i < Rate ? 3 : 2);
        m_figures[i] = figure;
    }

    auto* left = new QVBoxLayout;
    left->setSpacing(8);
    left->addLayout(head);
    left->addWidget(m_bar);
    left->addLayout(figures);

    auto* rate = new QVBoxLayout(m_rate);
    rate->setContentsMargins(0, 0, 0, 0);
    rate->setSpacing(4);
    auto* rateLabel = new ToneLabel(TextSize::Caption, TextTone::Secondary, this);
    rateLabel->setText(tr("rows a second, last 5 s"));
    rate->addStretch();
    rate->addWidget(m_chart);
    rate->addWidget(rateLabel);
    rate->addStretch();

    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(16, 12, 16, 12);
    row->setSpacing(24);
    row->addLayout(left, 1);
    row->addWidget(m_rate);
    row->addWidget(m_cancel, 0, Qt::AlignVCenter);
}

void RunningJobCard::resizeEvent(QResizeEvent* event)
{
    QFrame::resizeEvent(event);
    m_rate->setVisible(width() >= LeastWidthWithChart);
}

void RunningJobCard::begin(const Ledger& ledger)
{
    m_ledger = ledger;
    m_meter.clear();
    m_clock.start();
    m_done = 0;
    m_title->setText(ledger.toExport == 1 ? tr("Exporting 1 row")
                                          : tr("Exporting %1 rows").arg(countText(ledger.toExport)));
    const QString calm = tr("Cancelling leaves no files.");
    if (ledger.rejected == 0) {
        m_note->setFullText(calm);
    } else if (ledger.rejected == 1) {
        m_note->setFullText(tr("Without the 1 rejected row, as you agreed. %1").arg(calm));
    } else {
        m_note->setFullText(
            tr("Without the %1 rejected rows, as you agreed. %2").arg(countText(ledger.rejected), calm));
    }
    m_cancel->setEnabled(true);
    m_cancel->setText(tr("Cancel"));
    showProgressAt({}, 0);
}

void RunningJobCard::showProgress(const ScanProgress& progress)
{
    showProgressAt(progress, m_clock.elapsed());
}

void RunningJobCard::showProgressAt(const ScanProgress& progress, qint64 elapsedMs)
{
    m_done = progress.bytesTotal == 0
        ? 0
        : std::min(1.0, static_cast<double>(progress.bytesRead) / static_cast<double>(progress.bytesTotal));
    m_meter.add(elapsedMs, progress.read, m_done);
    m_bar->setValue(static_cast<int>(std::lround(m_done * ProgressSteps)));
    const QString unknown = QStringLiteral("–");
    m_figures[Rows]->setText(
        tr("%1 of %2").arg(countText(progress.read), countText(std::max(m_ledger.read, progress.read))));
    m_figures[Bytes]->setText(
        tr("%1 of %2").arg(sizeText(progress.bytesRead), sizeText(progress.bytesTotal)));
    const std::optional<double> rate = m_meter.rowsPerSecond();
    m_figures[Rate]->setText(rate ? rateText(*rate) : unknown);
    const std::optional<double> left = m_meter.secondsLeft();
    m_figures[Left]->setText(left ? remainingText(*left) : unknown);
    m_figures[Done]->setText(tr("%1\u00a0%").arg(decimalText(std::floor(m_done * 100), 0)));
    m_chart->setRates(m_meter.slices(Slices));
}

void RunningJobCard::showCancelling()
{
    m_cancel->setEnabled(false);
    m_cancel->setText(tr("Cancelling"));
}

RateChart::RateChart(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAccessibleName(tr("Rows a second over the last five seconds"));
}

void RateChart::setRates(std::vector<double> rates)
{
    m_rates = std::move(rates);
    if (!m_rates.empty()) {
        setAccessibleDescription(tr("now %1").arg(rateText(m_rates.back())));
    }
    update();
}

void RateChart::paintEvent(QPaintEvent* event)
{
    Q_UNUSED(event)
    const ThemeColors& colors = Theme::colors();
    QPainter painter(this);
    painter.fillRect(QRect(0, height() - 1, width(), 1), colors.line);
    if (m_rates.empty()) {
        return;
    }
    const double most = *std::max_element(m_rates.begin(), m_rates.end());
    const double step = static_cast<double>(width()) / static_cast<double>(m_rates.size());
    for (std::size_t i = 0; i < m_rates.size() && most > 0; ++i) {
        const int bar = static_cast<int>(std::lround(m_rates[i] / most * (height() - 1)));
        const int from = static_cast<int>(std::lround(step * static_cast<double>(i)));
        const int to = static_cast<int>(std::lround(step * static_cast<double>(i + 1)));
        painter.fillRect(QRect(from, height() - 1 - bar, std::max(1, to - from - 1), bar), colors.accent);
    }
}

} // namespace workbench
