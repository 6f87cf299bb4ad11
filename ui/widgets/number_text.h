// SPDX-License-Identifier: GPL-3.0-or-later
/// Figures as people read them: grouped, rounded, with a real minus and by their locale.
#pragma once

#include <QDateTime>
#include <QLocale>
#include <QString>

namespace workbench {

/// The person's locale; English with group marks where the system only says "C".
[[nodiscard]] QLocale displayLocale();

/// `count` as tr() takes it: all that a language's plural forms ask of it.
[[nodiscard]] int pluralOf(quint64 count);
[[nodiscard]] QString countText(quint64 count, bool growing = false); ///< "1,214", growing "301,122+"
[[nodiscard]] QString signedCountText(qint64 change); ///< "+124", "−41", "0"
/// A number with so many digits after the point: "14.19", "−0.5".
[[nodiscard]] QString decimalText(double value, int decimals);
[[nodiscard]] double share(quint64 part, quint64 whole); ///< from 0 to 1; 0 of nothing
[[nodiscard]] QString percentText(double share); ///< 0.121 is "12.1 %"
[[nodiscard]] QString sizeText(quint64 bytes); ///< "341 B", "250.2 kB", "2.9 MB" (1 kB = 1000 B)
[[nodiscard]] QString signedSizeText(qint64 bytes); ///< "+27.9 kB", "−41.2 kB"
[[nodiscard]] QString durationText(double seconds); ///< "0.02 s", "1.9 s", "48 s", "2 min 5 s"
/// Rounded, for what is only guessed: "3 s", "2 min"; empty for less than nothing.
[[nodiscard]] QString remainingText(double seconds);
[[nodiscard]] QString rateText(double perSecond); ///< three digits that count: "65,400"
[[nodiscard]] QString timeText(
    const QDateTime& time); ///< today "15:22", else "21 Nov 2026, 15:22"; local time
[[nodiscard]] QString dateText(const QDate& date); ///< "8 Nov 2026"

} // namespace workbench
