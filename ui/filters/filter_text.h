// SPDX-License-Identifier: GPL-3.0-or-later
/// Filters in words, the same ones everywhere: status bar, empty states, job list.
#pragma once

#include "core/input/example_filter.h"

#include <QDate>
#include <QString>

namespace workbench {

/// "real, cleaning, since 1 Nov 2026, labelled only"; without source and industry "Any source, any industry".
[[nodiscard]] QString filterSummary(const ExampleFilter& filter);
/// "industry is cleaning and created before 1 Nov 2026"; empty when nothing is filtered on. No row limit.
[[nodiscard]] QString filterSentence(const ExampleFilter& filter);

/// The UTC day a moment lies in, and the first moment of a day.
[[nodiscard]] QDate utcDay(UtcTime time);
[[nodiscard]] UtcTime startOfUtcDay(const QDate& day);

} // namespace workbench
