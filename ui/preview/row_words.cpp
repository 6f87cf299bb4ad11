// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preview/row_words.h"

#include "ui/bridge/qt_text.h"
#include "ui/widgets/number_text.h"

#include <QCoreApplication>
#include <QStringList>

namespace workbench {

namespace {

struct RowWords {
    Q_DECLARE_TR_FUNCTIONS(RowWords)
};

QString numbers(std::size_t count)
{
    return count == 1
        ? RowWords::tr("1 number within range")
        : RowWords::tr("%1 numbers within range", nullptr, static_cast<int>(count)).arg(countText(count));
}

QString strings(std::size_t count)
{
    return count == 1
        ? RowWords::tr("1 string from a closed set")
        : RowWords::tr("%1 strings from closed sets", nullptr, static_cast<int>(count)).arg(countText(count));
}

} // namespace

QString whyPassed(const RowExplanation& explanation)
{
    QStringList reasons {numbers(explanation.numbersInRange)};
    if (explanation.nulls > 0) {
        reasons << RowWords::tr("%1 null", nullptr, static_cast<int>(explanation.nulls))
                       .arg(countText(explanation.nulls));
    }
    reasons << strings(explanation.stringsFromClosedSets) << RowWords::tr("the id fits its grammar");
    return RowWords::tr("%1. %2", "a list of reasons, then what is withheld")
        .arg(reasons.join(RowWords::tr(", ", "between reasons")), whatIsWithheld(explanation.withheld));
}

QString whatIsWithheld(const std::array<std::uint16_t, WithheldReasonCount>& withheld)
{
    QStringList names;
    for (std::size_t reason = 0; reason < withheld.size(); ++reason) {
        if (withheld[reason] == 0) {
            continue;
        }
        const QString name = toQt(withheldName(reason));
        if (reason >= WithheldReviewerNotes) {
            names << RowWords::tr("%1 (free text)").arg(name);
        } else if (withheld[reason] > 1) {
            names << RowWords::tr("%1 (%2)", "a field and how often").arg(name, countText(withheld[reason]));
        } else {
            names << name;
        }
    }
    if (names.isEmpty()) {
        return RowWords::tr("Nothing withheld.");
    }
    return RowWords::tr("Withheld: %1.").arg(names.join(RowWords::tr(", ", "between fields")));
}

QString findingLine(const Finding& finding)
{
    const QString rule = toQt(ruleName(finding.rule));
    if (finding.path.empty()) {
        return RowWords::tr("%1: the whole line").arg(rule);
    }
    if (finding.masked.empty()) {
        return RowWords::tr("%1 in %2").arg(rule, toQt(finding.path));
    }
    return RowWords::tr("%1 in %2: %3", "rule, field, masked value")
        .arg(rule, toQt(finding.path), toQt(finding.masked));
}

} // namespace workbench
