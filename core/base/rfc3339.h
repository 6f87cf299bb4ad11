// SPDX-License-Identifier: Apache-2.0
/// Times in and out: RFC 3339 text to UTC and back (contract, section 5, `created_at`).
#pragma once

#include "core/base/clock.h"

#include <optional>
#include <string>
#include <string_view>

namespace workbench {

/// A parsed time that remembers whether its text had a fraction of a second.
struct Rfc3339Time {
    UtcTime time; ///< milliseconds, cut not rounded
    bool hasFraction = false;
};

/// Reads `YYYY-MM-DD[Tt ]hh:mm:ss[.fraction](Z|z|±hh:mm)`: a real date, seconds 00–59.
[[nodiscard]] std::optional<Rfc3339Time> parseRfc3339(std::string_view text);

/// Reads a whole day `YYYY-MM-DD` as its first moment in UTC, or an RFC 3339 time of the years 0000–9999 in
/// UTC.
[[nodiscard]] std::optional<UtcTime> parseDateOrTime(std::string_view text);

/// Writes `YYYY-MM-DDTHH:MM:SS[.mmm]Z`; the milliseconds exactly when asked for. False, nothing written,
/// when the year in UTC is not 0000–9999.
[[nodiscard]] bool appendRfc3339(std::string& out, const Rfc3339Time& time);

/// Whether a text that parseRfc3339() has read is as appendRfc3339() would write it.
[[nodiscard]] bool isCanonicalRfc3339(std::string_view text);

/// Whether a time is no whole second.
[[nodiscard]] inline bool hasFraction(UtcTime time) { return time.time_since_epoch().count() % 1000 != 0; }

/// A time as appendRfc3339() writes it; empty when it cannot. `withMillis` false drops the fraction.
[[nodiscard]] std::string formatRfc3339(UtcTime time, bool withMillis = false);

} // namespace workbench
