// SPDX-License-Identifier: GPL-3.0-or-later
/// What a comparison of two schemas means, in plain words made of its counts.
#pragma once

#include "core/schema/schema_diff.h"
#include "core/schema/schema_reference.h"

#include <QString>

namespace workbench {

/// The answer to "does a model trained on the baseline still fit?".
struct SchemaVerdict {
    QString title; ///< one sentence
    QString detail; ///< what differs, and from which position on
    QString remedy; ///< what to do; empty when there is nothing to do
};

[[nodiscard]] SchemaVerdict schemaVerdict(const SchemaDiff& diff);

/// "added", "removed", "moved", "changed"; empty for the same.
[[nodiscard]] QString changeWord(FeatureChange change);
[[nodiscard]] QString kindWord(FeatureKind kind);
[[nodiscard]] QString familyWord(Family family);

/// "0 – 10 M", "−1 B – 1 B", "6 values": short enough for a cell.
[[nodiscard]] QString rangeText(const Feature& feature);
/// The same without rounding and with the unit or the values, for a tooltip.
[[nodiscard]] QString exactRangeText(const Feature& feature);
/// An observed value of a feature with as many decimals as all values of its column have.
[[nodiscard]] QString observedText(const Feature& feature, double value);

/// "Bundle of 8 Nov 2026, 1,098 rows" or the schema's name.
[[nodiscard]] QString referenceTitle(const SchemaReference& reference);
/// "signals_v1 · 70 features · model hash 46d5ac17".
[[nodiscard]] QString schemaCaption(const Schema& schema);

} // namespace workbench
