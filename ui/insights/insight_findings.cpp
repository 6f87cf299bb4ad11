// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/insights/insight_findings.h"

#include "ui/widgets/number_text.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <array>
#include <cmath>

namespace workbench {

namespace {

struct FindingWords {
    Q_DECLARE_TR_FUNCTIONS(InsightFindings)
};

QString percent(double value) { return FindingWords::tr("%1\u00a0%").arg(decimalText(value * 100, 0)); }

/// "every fourth" for a share near one in two to ten; empty for any other.
QString everyNth(double part)
{
    if (part <= 0) {
        return {};
    }
    const std::array<QString, 9> words {FindingWords::tr("Every second row"),
        FindingWords::tr("Every third row"), FindingWords::tr("Every fourth row"),
        FindingWords::tr("Every fifth row"), FindingWords::tr("Every sixth row"),
        FindingWords::tr("Every seventh row"), FindingWords::tr("Every eighth row"),
        FindingWords::tr("Every ninth row"), FindingWords::tr("Every tenth row")};
    const double n = std::round(1 / part);
    if (n < 2 || n > 10 || std::abs(part * n - 1) > 0.06) {
        return {};
    }
    return words[static_cast<std::size_t>(n) - 2];
}

QString oneIn(double part)
{
    if (part <= 0) {
        return {};
    }
    const std::array<QString, 9> words {FindingWords::tr("one in two"), FindingWords::tr("one in three"),
        FindingWords::tr("one in four"), FindingWords::tr("one in five"), FindingWords::tr("one in six"),
        FindingWords::tr("one in seven"), FindingWords::tr("one in eight"), FindingWords::tr("one in nine"),
        FindingWords::tr("one in ten")};
    const double n = std::round(1 / part);
    if (n < 2 || n > 10 || std::abs(part * n - 1) > 0.12) {
        return {};
    }
    return words[static_cast<std::size_t>(n) - 2];
}

/// The one name with the most rows; null for none or a tie.
const NamedCount* leader(const std::vector<NamedCount>& counts)
{
    const NamedCount* best = nullptr;
    bool tie = false;
    for (const NamedCount& candidate : counts) {
        if (candidate.rows == 0 || (best != nullptr && candidate.rows < best->rows)) {
            continue;
        }
        tie = best != nullptr && candidate.rows == best->rows;
        best = &candidate;
    }
    return tie ? nullptr : best;
}

} // namespace

QString rowCountText(std::uint64_t rows)
{
    return rows == 1 ? FindingWords::tr("1 row") : FindingWords::tr("%1 rows").arg(countText(rows));
}

QString shareOfRows(std::uint64_t rows, std::uint64_t of)
{
    if (rows == 0 || of == 0) {
        return {};
    }
    if (rows >= of) {
        return FindingWords::tr("All rows");
    }
    const double part = share(rows, of);
    if (part >= 0.96) {
        return FindingWords::tr("Nearly all rows");
    }
    struct Fraction {
        double value;
        QString nearly, exactly, more;
    };
    const std::array<Fraction, 5> fractions {
        Fraction {1 / 2.0, FindingWords::tr("Nearly half of the rows"), FindingWords::tr("Half of the rows"),
            FindingWords::tr("More than half of the rows")},
        Fraction {2 / 3.0, FindingWords::tr("Nearly two of three rows"),
            FindingWords::tr("Two of three rows"), FindingWords::tr("More than two of three rows")},
        Fraction {3 / 4.0, FindingWords::tr("Nearly three of four rows"),
            FindingWords::tr("Three of four rows"), FindingWords::tr("More than three of four rows")},
        Fraction {4 / 5.0, FindingWords::tr("Nearly four of five rows"),
            FindingWords::tr("Four of five rows"), FindingWords::tr("More than four of five rows")},
        Fraction {9 / 10.0, FindingWords::tr("Nearly nine of ten rows"), FindingWords::tr("Nine of ten rows"),
            FindingWords::tr("More than nine of ten rows")},
    };
    const auto nearest
        = std::min_element(fractions.begin(), fractions.end(), [part](const Fraction& a, const Fraction& b) {
              return std::abs(a.value - part) < std::abs(b.value - part);
          });
    const double off = part - nearest->value;
    if (off < -0.06) {
        return part > 0.5 ? fractions[0].more : QString(); // too far below the nearest to lean on it
    }
    if (std::abs(off) < 0.0101) {
        return nearest->exactly;
    }
    return off < 0 ? nearest->nearly : nearest->more;
}

InsightText industryFinding(
    const std::vector<NamedCount>& industries, std::uint64_t rows, const QString& unknownName)
{
    const auto unknown = std::find_if(industries.begin(), industries.end(),
        [&unknownName](const NamedCount& industry) { return industry.name == unknownName; });
    const std::uint64_t nameless = unknown == industries.end() ? 0 : unknown->rows;
    InsightText text;
    text.title = FindingWords::tr("Industry by source");
    if (nameless == 0) {
        text.caption = FindingWords::tr("Rows by industry and source.");
    } else {
        text.caption
            = (nameless == 1 ? FindingWords::tr("%1 of %2 is unknown. Rows by industry and source.")
                             : FindingWords::tr("%1 of %2 are unknown. Rows by industry and source."))
                  .arg(countText(nameless), countText(rows));
    }
    if (rows == 0) {
        return text;
    }
    const double part = share(nameless, rows);
    if (nameless == rows) {
        text.title = FindingWords::tr("No row has a known industry");
    } else if (const QString nth = everyNth(part); !nth.isEmpty()) {
        text.title = FindingWords::tr("%1 has no known industry").arg(nth);
    } else if (part > 0.5) {
        text.title = FindingWords::tr("%1 have no known industry").arg(shareOfRows(nameless, rows));
    } else if (part >= 0.05) {
        text.title = FindingWords::tr("%1 of the rows have no known industry").arg(percent(part));
    } else if (const NamedCount* first = leader(industries); first != nullptr && first->name != unknownName) {
        const QString phrase = shareOfRows(first->rows, rows);
        text.title = phrase.isEmpty() ? FindingWords::tr("%1 is the most frequent industry").arg(first->name)
                                      : FindingWords::tr("%1 are from %2").arg(phrase, first->name);
    }
    return text;
}

InsightText boundaryFinding(const std::vector<NamedCount>& classes, std::uint64_t rows)
{
    InsightText text;
    text.title = FindingWords::tr("Boundary classes");
    QStringList never;
    for (const NamedCount& boundary : classes) {
        if (boundary.rows == 0) {
            never.append(boundary.name);
        }
    }
    text.caption = FindingWords::tr("Boundary class.");
    if (never.size() == static_cast<qsizetype>(classes.size())) {
        text.title = FindingWords::tr("No row has a boundary class");
        return text;
    }
    if (never.size() == 1) {
        text.caption += QLatin1Char(' ') + FindingWords::tr("%1 never occurs.").arg(never.first());
    } else if (never.size() > 1) {
        const QString last = never.takeLast();
        text.caption += QLatin1Char(' ')
            + FindingWords::tr("%1 and %2 never occur.").arg(never.join(QStringLiteral(", ")), last);
    }
    if (const NamedCount* first = leader(classes)) {
        const QString phrase = shareOfRows(first->rows, rows);
        text.title = phrase.isEmpty() ? FindingWords::tr("%1 is the most frequent class").arg(first->name)
                                      : FindingWords::tr("%1 are %2").arg(phrase, first->name);
    }
    return text;
}

InsightText pressureFinding(
    const std::vector<NamedCount>& keys, std::uint64_t rows, std::uint64_t rowsWithoutPressure)
{
    InsightText text;
    text.title = FindingWords::tr("Pressure keys");
    if (rowsWithoutPressure == 0) {
        text.caption = FindingWords::tr("Rows that name the pressure. Every row names one.");
    } else if (rowsWithoutPressure == 1) {
        text.caption = FindingWords::tr("Rows that name the pressure. 1 row names none.");
    } else {
        text.caption = FindingWords::tr("Rows that name the pressure. %1 rows name none.")
                           .arg(countText(rowsWithoutPressure));
    }
    if (keys.empty() || rows == 0) {
        text.title = rows == 0 ? text.title : FindingWords::tr("No row names a pressure");
    } else if (const NamedCount* first = leader(keys)) {
        text.title = share(first->rows, rows) >= 0.5
            ? FindingWords::tr("%1 is the usual pressure").arg(first->name)
            : FindingWords::tr("%1 is the most frequent pressure").arg(first->name);
    }
    return text;
}

InsightText nullFinding(std::size_t withGaps, std::size_t empty)
{
    InsightText text;
    const QString gaps = countText(withGaps);
    const QString none = countText(empty);
    if (withGaps == 0 && empty == 0) {
        text.title = FindingWords::tr("No feature has gaps");
        text.caption = FindingWords::tr("Every matched row has a value in every feature.");
        return text;
    }
    if (withGaps == 0) {
        text.title = empty == 1 ? FindingWords::tr("1 feature has no value at all")
                                : FindingWords::tr("%1 features have no value at all").arg(none);
        text.caption = FindingWords::tr("All other features have a value in every row.");
        return text;
    }
    if (empty == 0) {
        text.title = withGaps == 1 ? FindingWords::tr("1 feature has gaps")
                                   : FindingWords::tr("%1 features have gaps").arg(gaps);
    } else if (withGaps == 1) {
        text.title = empty == 1 ? FindingWords::tr("1 feature has gaps, 1 has no value at all")
                                : FindingWords::tr("1 feature has gaps, %1 have no value at all").arg(none);
    } else {
        text.title = empty == 1
            ? FindingWords::tr("%1 features have gaps, 1 has no value at all").arg(gaps)
            : FindingWords::tr("%1 features have gaps, %2 have no value at all").arg(gaps, none);
    }
    text.caption = withGaps == 1 ? FindingWords::tr("Share of nulls in that feature.")
                                 : FindingWords::tr("Share of nulls in the %1 features.").arg(gaps);
    return text;
}

InsightText rangeFinding(std::uint64_t values, const QString& lowest, const QString& highest, bool constant)
{
    InsightText text;
    if (values == 0) {
        text.title = FindingWords::tr("No value in any row");
    } else if (constant) {
        text.title = values == 1 ? FindingWords::tr("One row has a value: %1").arg(lowest)
                                 : FindingWords::tr("Every value is %1").arg(lowest);
    } else {
        text.title = FindingWords::tr("Values run from %1 to %2").arg(lowest, highest);
    }
    return text;
}

InsightText valueFinding(const std::vector<NamedCount>& values)
{
    std::uint64_t rows = 0;
    for (const NamedCount& value : values) {
        rows += value.rows;
    }
    InsightText text;
    text.title = rows == 0 ? FindingWords::tr("No value in any row") : FindingWords::tr("Rows by value");
    if (const NamedCount* first = leader(values)) {
        const QString phrase = shareOfRows(first->rows, rows);
        text.title = phrase.isEmpty() ? FindingWords::tr("%1 is the most frequent value").arg(first->name)
                                      : FindingWords::tr("%1 are %2").arg(phrase, first->name);
    }
    return text;
}

InsightText reviewFinding(std::uint64_t labelled, std::uint64_t rows, std::uint64_t scored)
{
    InsightText text;
    if (labelled == 0) {
        text.title = rows == 0 ? FindingWords::tr("Reviewer scores") : FindingWords::tr("No row is labelled");
        text.caption = FindingWords::tr("Reviewer score.");
        return text;
    }
    text.title = labelled == 1 ? FindingWords::tr("1 row is labelled")
                               : FindingWords::tr("%1 rows are labelled").arg(countText(labelled));
    if (labelled == rows) {
        text.title = FindingWords::tr("Every row is labelled");
    } else if (const QString part = oneIn(share(labelled, rows)); !part.isEmpty()) {
        text.title = FindingWords::tr("%1, %2").arg(text.title, part);
    }
    text.caption = scored == 1 ? FindingWords::tr("Reviewer score, 1 row has one.")
                               : FindingWords::tr("Reviewer score, %1 rows have one.").arg(countText(scored));
    return text;
}

} // namespace workbench
