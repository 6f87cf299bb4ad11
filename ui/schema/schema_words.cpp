// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/schema/schema_words.h"

#include "ui/bridge/qt_text.h"
#include "ui/widgets/number_text.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QStringList>

#include <cmath>

namespace workbench {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(SchemaWords)
};

QString withoutTrailingZeros(QString text)
{
    const QString point = displayLocale().decimalPoint();
    if (text.contains(point)) {
        while (text.endsWith(QLatin1Char('0'))) {
            text.chop(1);
        }
        if (text.endsWith(point)) {
            text.chop(static_cast<qsizetype>(point.size()));
        }
    }
    return text;
}

/// One end of a range: rounded to three digits from a million on, as 999,999,999 means "a billion".
QString shortEnd(double value)
{
    const double size = std::abs(value);
    if (size >= 999.5e6) {
        return Words::tr("%1\u00a0B", "billion").arg(withoutTrailingZeros(decimalText(value / 1e9, 1)));
    }
    if (size >= 1e6) {
        return Words::tr("%1\u00a0M", "million").arg(withoutTrailingZeros(decimalText(value / 1e6, 1)));
    }
    return withoutTrailingZeros(decimalText(value, 3));
}

/// "22 features were added at the end, 1 was removed, 1 changed its place and 1 its range."
QString whatDiffers(const SchemaDiff& diff)
{
    QStringList parts;
    // The first part names what is counted; the ones after it lean on that.
    const auto add = [&](std::size_t n, const QString& first, const QString& firstMany, const QString& next,
                         const QString& nextMany) {
        if (n != 0) {
            const bool one = n == 1;
            parts.append(
                (parts.isEmpty() ? (one ? first : firstMany) : (one ? next : nextMany)).arg(countText(n)));
        }
    };
    bool atTheEnd = diff.added != 0;
    bool addedSeen = false;
    for (const FeatureDiff& feature : diff.features) {
        addedSeen = addedSeen || feature.change == FeatureChange::Added;
        atTheEnd = atTheEnd
            && !(addedSeen && feature.change != FeatureChange::Added
                && feature.change != FeatureChange::Removed);
    }
    if (atTheEnd) {
        add(diff.added, Words::tr("%1 feature was added at the end"),
            Words::tr("%1 features were added at the end"), QString(), QString());
    } else {
        add(diff.added, Words::tr("%1 feature was added"), Words::tr("%1 features were added"), QString(),
            QString());
    }
    add(diff.removed, Words::tr("%1 feature was removed"), Words::tr("%1 features were removed"),
        Words::tr("%1 was removed"), Words::tr("%1 were removed"));
    add(diff.moved, Words::tr("%1 feature changed its place"), Words::tr("%1 features changed their places"),
        Words::tr("%1 changed its place"), Words::tr("%1 changed their places"));
    if (diff.moved != 0) {
        add(diff.changed, QString(), QString(), Words::tr("%1 its range"), Words::tr("%1 their ranges"));
    } else {
        add(diff.changed, Words::tr("%1 feature changed its range"),
            Words::tr("%1 features changed their ranges"), Words::tr("%1 changed its range"),
            Words::tr("%1 changed their ranges"));
    }
    if (parts.isEmpty()) {
        return {};
    }
    const QString last = parts.takeLast();
    return parts.isEmpty() ? Words::tr("%1.").arg(last)
                           : Words::tr("%1 and %2.").arg(parts.join(QStringLiteral(", ")), last);
}

} // namespace

SchemaVerdict schemaVerdict(const SchemaDiff& diff)
{
    SchemaVerdict verdict;
    switch (diff.fit) {
    case ModelFit::Identical:
        verdict.title = Words::tr("Models trained on the baseline fit.");
        verdict.detail = diff.attributesKnown
            ? Words::tr("Both schemas are the same: names, order, kinds and ranges.")
            : Words::tr(
                "Names and order are the same. The baseline does not say its kinds and ranges, so these "
                "were not compared.");
        return verdict;
    case ModelFit::OtherRanges:
        verdict.title = Words::tr("Same columns, other ranges.");
        verdict.detail = whatDiffers(diff) + QLatin1Char(' ')
            + Words::tr(
                "A model reads the right columns, but the values in them may differ from those it learned.");
        verdict.remedy = Words::tr("check that the model takes the new ranges, then export as usual.");
        return verdict;
    case ModelFit::DoesNotFit:
        break;
    }
    verdict.title = Words::tr("Models trained on the baseline do not fit.");
    verdict.detail = whatDiffers(diff);
    const std::size_t known = diff.before ? diff.before->features().size() : 0;
    if (!verdict.detail.isEmpty()) {
        verdict.detail += QLatin1Char(' ');
    }
    if (diff.firstWrongPosition && *diff.firstWrongPosition < known) {
        verdict.detail
            += Words::tr("A model that reads features by position would read wrong numbers from position "
                         "%1 on.")
                   .arg(countText(*diff.firstWrongPosition + 1));
    } else if (diff.added == 0 && diff.removed == 0 && diff.moved == 0) {
        verdict.detail += Words::tr("The features are the same, the schema's version is another.");
    } else {
        verdict.detail
            += Words::tr("The first %1 stand where they stood; a model that checks the schema hash will "
                         "refuse the data.")
                   .arg(countText(known));
    }
    verdict.remedy = Words::tr("retrain, or export with the schema the model knows.");
    return verdict;
}

QString changeWord(FeatureChange change)
{
    switch (change) {
    case FeatureChange::Same:
        return {};
    case FeatureChange::Added:
        return Words::tr("added");
    case FeatureChange::Removed:
        return Words::tr("removed");
    case FeatureChange::Moved:
        return Words::tr("moved");
    case FeatureChange::Changed:
        return Words::tr("changed");
    }
    return {};
}

QString kindWord(FeatureKind kind)
{
    switch (kind) {
    case FeatureKind::Enum:
        return Words::tr("enum");
    case FeatureKind::Integer:
        return Words::tr("integer");
    case FeatureKind::Number:
        return Words::tr("number");
    }
    return {};
}

QString familyWord(Family family)
{
    switch (family) {
    case Family::Context:
        return Words::tr("context");
    case Family::Volume:
        return Words::tr("volume");
    case Family::Timing:
        return Words::tr("timing");
    case Family::Revenue:
        return Words::tr("revenue");
    case Family::Ratio:
        return Words::tr("ratio");
    case Family::Flag:
        return Words::tr("flag");
    case Family::Targets:
        return Words::tr("targets");
    case Family::Labels:
        return Words::tr("labels");
    }
    return {};
}

QString rangeText(const Feature& feature)
{
    if (feature.kind == FeatureKind::Enum) {
        return feature.values.size() == 1 ? Words::tr("1 value")
                                          : Words::tr("%1 values").arg(countText(feature.values.size()));
    }
    return Words::tr("%1 – %2", "a range").arg(shortEnd(feature.min), shortEnd(feature.max));
}

QString exactRangeText(const Feature& feature)
{
    if (feature.kind == FeatureKind::Enum) {
        QStringList values;
        for (const std::string& value : feature.values) {
            values.append(toQt(value));
        }
        return values.join(QStringLiteral(", "));
    }
    const QString range = Words::tr("%1 to %2")
                              .arg(withoutTrailingZeros(decimalText(feature.min, 6)),
                                  withoutTrailingZeros(decimalText(feature.max, 6)));
    return feature.unit.empty() ? range : range + QLatin1Char(' ') + toQt(feature.unit);
}

QString observedText(const Feature& feature, double value)
{
    if (feature.kind == FeatureKind::Integer || std::abs(value) >= 1e6) {
        return decimalText(value, 0);
    }
    switch (feature.family) {
    case Family::Ratio:
    case Family::Context:
        return decimalText(value, 3);
    case Family::Timing:
        return decimalText(value, 1);
    case Family::Volume:
    case Family::Revenue:
    case Family::Flag:
    case Family::Targets:
    case Family::Labels:
        break;
    }
    return decimalText(value, 2);
}

QString referenceTitle(const SchemaReference& reference)
{
    const QDateTime made = QDateTime::fromString(toQt(reference.generatedAt), Qt::ISODateWithMs);
    if (!made.isValid()) {
        return reference.schema ? toQt(reference.schema->name()) : toQt(reference.description);
    }
    const QString rows = reference.totalRows == 1 ? Words::tr("1 row")
                                                  : Words::tr("%1 rows").arg(countText(reference.totalRows));
    return Words::tr("Bundle of %1, %2").arg(dateText(made.date()), rows);
}

QString schemaCaption(const Schema& schema)
{
    const std::size_t features = schema.features().size();
    return Words::tr("%1 · %2 · model hash %3")
        .arg(toQt(schema.version()),
            features == 1 ? Words::tr("1 feature") : Words::tr("%1 features").arg(countText(features)),
            toQt(schema.modelHash()));
}

} // namespace workbench
