// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/insights/insight_contents.h"

#include "ui/bridge/qt_text.h"
#include "ui/schema/schema_words.h"
#include "ui/widgets/number_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace workbench {

namespace {

struct ContentWords {
    Q_DECLARE_TR_FUNCTIONS(InsightContents)
};

const ExampleIndex& indexOf(const Statistics& statistics) { return *statistics.selection->index; }

std::uint64_t matchedRows(const Statistics& statistics) { return statistics.selection->ledger.matched; }

void sortByRows(std::vector<Bar>& bars)
{
    std::stable_sort(
        bars.begin(), bars.end(), [](const Bar& a, const Bar& b) { return a.rows() > b.rows(); });
}

/// Lengths so that the longest bar fills the width; figures and the table of the same numbers.
void finish(InsightContent& content, const QString& what, std::uint64_t of)
{
    std::uint64_t most = 0;
    for (const Bar& bar : content.bars) {
        most = std::max(most, bar.rows());
    }
    content.numbers.header = {what, ContentWords::tr("Rows"), ContentWords::tr("Share")};
    for (Bar& bar : content.bars) {
        bar.length = share(bar.rows(), most);
        bar.figure = countText(bar.rows());
        bar.percent = percentText(share(bar.rows(), of));
        bar.spoken = ContentWords::tr("%1: %2, %3").arg(bar.label, rowCountText(bar.rows()), bar.percent);
        content.numbers.lines.push_back({bar.label, bar.figure, bar.percent});
    }
}

Bar plainBar(const QString& label, std::uint64_t rows, ChartTone tone)
{
    Bar bar;
    bar.label = label;
    bar.parts = {{rows, tone}};
    return bar;
}

} // namespace

InsightContent industryContent(const Statistics& statistics)
{
    const Schema& schema = *indexOf(statistics).schema();
    const ExampleFilter& filter = statistics.selection->filter;
    const std::uint64_t rows = matchedRows(statistics);
    const std::vector<std::string>& sources = schema.sources();
    const auto toneOf = [](std::size_t source) {
        switch (source) {
        case 0:
            return ChartTone {ChartTone::Kind::Counts, Family::Context};
        case 1:
            return ChartTone {ChartTone::Kind::Chosen, Family::Context};
        default:
            return ChartTone::of(static_cast<Family>(source % FamilyCount));
        }
    };

    InsightContent content;
    std::vector<NamedCount> counts;
    for (std::size_t industry = 0; industry < schema.industries().size(); ++industry) {
        Bar bar;
        bar.label = toQt(schema.industries()[industry]);
        bar.key = bar.label;
        bar.chosen = filter.industry && *filter.industry == schema.industries()[industry];
        for (std::size_t source = 0; source < sources.size(); ++source) {
            const bool known = industry < statistics.industryBySource.size()
                && source < statistics.industryBySource[industry].size();
            bar.parts.push_back({known ? statistics.industryBySource[industry][source] : 0, toneOf(source)});
        }
        counts.push_back({bar.label, bar.rows()});
        content.bars.push_back(std::move(bar));
    }
    sortByRows(content.bars);
    finish(content, ContentWords::tr("Industry"), rows);
    content.numbers.header = {ContentWords::tr("Industry")};
    for (const std::string& source : sources) {
        content.numbers.header.append(toQt(source));
    }
    content.numbers.header += {ContentWords::tr("Rows"), ContentWords::tr("Share")};
    content.numbers.lines.clear();
    for (Bar& bar : content.bars) {
        QStringList line {bar.label};
        for (std::size_t source = 0; source < sources.size(); ++source) {
            line.append(countText(bar.parts[source].rows));
            bar.spoken += ContentWords::tr(", %1 %2", "source, count")
                              .arg(toQt(sources[source]), countText(bar.parts[source].rows));
        }
        content.numbers.lines.push_back(line + QStringList {bar.figure, bar.percent});
    }
    for (std::size_t source = 0; source < sources.size(); ++source) {
        const QString name = toQt(sources[source]);
        content.legend.push_back(
            {name, name, toneOf(source), filter.source && *filter.source == sources[source]});
    }
    content.text = industryFinding(counts, rows, QStringLiteral("unknown"));
    return content;
}

InsightContent boundaryContent(const Statistics& statistics)
{
    const RowColumns& columns = indexOf(statistics).columns();
    const RowColumn& column = columns[columns.boundaryClass()];
    const ColumnStatistics& seen = statistics.columns[columns.boundaryClass()];
    InsightContent content;
    std::vector<NamedCount> counts;
    QStringList never;
    for (std::size_t code = 0; code < column.values.size(); ++code) {
        const QString name = toQt(column.values[code]);
        const std::uint64_t rows = code < seen.counts.size() ? seen.counts[code] : 0;
        counts.push_back({name, rows});
        if (rows == 0) {
            never.append(ContentWords::tr("%1 0", "a class without rows").arg(name));
        } else {
            content.bars.push_back(plainBar(name, rows, ChartTone::of(Family::Targets)));
        }
    }
    sortByRows(content.bars);
    finish(content, ContentWords::tr("Boundary class"), matchedRows(statistics));
    content.text = boundaryFinding(counts, matchedRows(statistics));
    if (seen.nulls > 0) {
        never.append(ContentWords::tr("null %1").arg(countText(seen.nulls)));
    }
    content.footer = never.join(QStringLiteral(", "));
    return content;
}

InsightContent pressureContent(const Statistics& statistics)
{
    InsightContent content;
    std::vector<NamedCount> counts;
    for (const auto& [key, rows] : statistics.pressureKeys) {
        counts.push_back({toQt(key), rows});
        content.bars.push_back(plainBar(toQt(key), rows, ChartTone::of(Family::Targets)));
    }
    sortByRows(content.bars);
    finish(content, ContentWords::tr("Pressure"), matchedRows(statistics));
    constexpr std::size_t Most = 10; // anybody may name a pressure of their own
    if (content.bars.size() > Most) {
        const std::size_t more = content.bars.size() - Most;
        content.bars.resize(Most);
        content.footer = more == 1 ? ContentWords::tr("1 more under Show numbers")
                                   : ContentWords::tr("%1 more under Show numbers").arg(countText(more));
    }
    content.text = pressureFinding(counts, matchedRows(statistics), statistics.rowsWithoutPressure);
    return content;
}

InsightContent nullsContent(const Statistics& statistics, bool all)
{
    const Schema& schema = *indexOf(statistics).schema();
    InsightContent content;
    content.track = true;
    std::size_t empty = 0;
    for (std::size_t feature = 0; feature < schema.features().size(); ++feature) {
        const ColumnStatistics& column = statistics.columns[RowColumns::FirstFeature + feature];
        if (column.nulls == 0) {
            continue;
        }
        if (column.values == 0) {
            ++empty;
            continue;
        }
        Bar bar = plainBar(
            toQt(schema.features()[feature].key), column.nulls, {ChartTone::Kind::Nulls, Family::Context});
        bar.length = column.nullRate();
        content.bars.push_back(std::move(bar));
    }
    sortByRows(content.bars);
    content.numbers.header
        = {ContentWords::tr("Feature"), ContentWords::tr("Null"), ContentWords::tr("Share")};
    for (Bar& bar : content.bars) {
        bar.percent = percentText(bar.length);
        bar.spoken
            = ContentWords::tr("%1: null in %2, %3").arg(bar.label, rowCountText(bar.rows()), bar.percent);
        content.numbers.lines.push_back({bar.label, countText(bar.rows()), bar.percent});
    }
    content.text = matchedRows(statistics) == 0 ? InsightText {} : nullFinding(content.bars.size(), empty);
    if (!all && content.bars.size() > NullsShown + 1) { // "1 more" would take the place of the one
        content.more = content.bars.size() - NullsShown;
        content.bars.resize(NullsShown);
    }
    return content;
}

std::vector<std::uint64_t> rowsByWholeNumber(const ColumnStatistics& column, int lowest, int highest)
{
    std::vector<std::uint64_t> rows(static_cast<std::size_t>(highest - lowest + 1), 0);
    const Histogram& bins = column.insight;
    if (bins.bins.empty() || column.values == 0) {
        return rows;
    }
    for (std::size_t bin = 0; bin < bins.bins.size(); ++bin) {
        const double value
            = bins.from + static_cast<double>(bin); // whole numbers of a small range have a bin each
        const int place = std::clamp(static_cast<int>(std::lround(value)), lowest, highest) - lowest;
        rows[static_cast<std::size_t>(place)] += bins.bins[bin];
    }
    return rows;
}

InsightContent reviewContent(const Statistics& statistics)
{
    const RowColumns& columns = indexOf(statistics).columns();
    const ColumnStatistics& score = statistics.columns[columns.reviewerScore()];
    const ColumnStatistics& feedback = statistics.columns[columns.clientFeedback()];
    const ColumnStatistics& wrong = statistics.columns[columns.mappingWasWrong()];
    const bool filtered = statistics.selection->filter.labelled;
    InsightContent content;
    const std::vector<std::uint64_t> rows = rowsByWholeNumber(score, 0, 5);
    for (std::size_t value = 0; value < rows.size() && statistics.labelledRows > 0; ++value) {
        Bar bar = plainBar(countText(value), rows[value], ChartTone::of(Family::Labels));
        bar.key = QStringLiteral("labelled");
        bar.chosen = false;
        content.bars.push_back(std::move(bar));
    }
    finish(content, ContentWords::tr("Reviewer score"), score.values);
    for (Bar& bar : content.bars) {
        bar.spoken = ContentWords::tr("Score %1").arg(bar.spoken);
    }
    content.text = reviewFinding(statistics.labelledRows, matchedRows(statistics), score.values);
    QStringList footer;
    const auto at = [](const std::vector<std::uint64_t>& counts, std::size_t code) {
        return code < counts.size() ? counts[code] : 0;
    };
    if (feedback.values > 0) {
        const std::vector<std::string>& names = columns[columns.clientFeedback()].values;
        QStringList parts;
        for (std::size_t code = 0; code < names.size(); ++code) {
            parts.append(
                QStringLiteral("%1 %2").arg(toQt(names[code]), countText(at(feedback.counts, code))));
        }
        footer.append(ContentWords::tr("Feedback %1.").arg(parts.join(QStringLiteral(", "))));
    }
    if (wrong.values > 0) {
        footer.append(ContentWords::tr("Mapping was wrong in %1 of %2.")
                          .arg(countText(at(wrong.counts, 1)), countText(wrong.values)));
    }
    content.footer = footer.join(QLatin1Char(' '));
    if (filtered && statistics.labelledRows == matchedRows(statistics) && statistics.labelledRows > 0) {
        content.text.title = ContentWords::tr("Reviewer scores of the labelled rows");
    }
    return content;
}

InsightContent featureContent(const Statistics& statistics, std::size_t feature)
{
    const Feature& which = indexOf(statistics).schema()->features()[feature];
    const ColumnStatistics& seen = statistics.columns[RowColumns::FirstFeature + feature];
    InsightContent content;
    content.tone = ChartTone::of(which.family);
    const std::uint64_t without = seen.nulls + seen.hidden;
    content.footer = without == 0
        ? ContentWords::tr("%1, none null").arg(rowCountText(seen.values))
        : ContentWords::tr("%1, %2 null").arg(rowCountText(seen.values), countText(seen.nulls));
    if (seen.hidden > 0) {
        content.footer += ContentWords::tr(", %1 masked").arg(countText(seen.hidden));
    }
    if (which.kind == FeatureKind::Enum) {
        std::vector<NamedCount> counts;
        for (std::size_t code = 0; code < which.values.size(); ++code) {
            const std::uint64_t rows = code < seen.counts.size() ? seen.counts[code] : 0;
            counts.push_back({toQt(which.values[code]), rows});
            content.bars.push_back(plainBar(toQt(which.values[code]), rows, content.tone));
        }
        finish(content, toQt(which.key), seen.values);
        content.text = valueFinding(counts);
        return content;
    }
    const QString lowest = observedText(which, seen.lowest);
    const QString highest = observedText(which, seen.highest);
    content.text = rangeFinding(seen.values, lowest, highest, seen.lowest == seen.highest);
    if (seen.values == 0) {
        return content;
    }
    content.histogram = seen.insight;
    content.median = seen.median;
    content.numbers.header = {ContentWords::tr("From"), ContentWords::tr("To"), ContentWords::tr("Rows")};
    const auto bins = static_cast<double>(seen.insight.bins.size());
    for (std::size_t bin = 0; bin < seen.insight.bins.size(); ++bin) {
        const double width = seen.insight.oneBinPerNumber ? 1 : (seen.insight.to - seen.insight.from) / bins;
        const double from = seen.insight.from + width * static_cast<double>(bin);
        const bool rest = seen.insight.lastBinHoldsRest && bin + 1 == seen.insight.bins.size();
        const double to = rest ? seen.highest : seen.insight.oneBinPerNumber ? from : from + width;
        content.numbers.lines.push_back(
            {observedText(which, from), observedText(which, to), countText(seen.insight.bins[bin])});
    }
    return content;
}

} // namespace workbench
