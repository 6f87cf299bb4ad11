// SPDX-License-Identifier: Apache-2.0
// A time: read as a regular expression reads it, written, and read again.
#include "core/base/rfc3339.h"
#include "tests/fuzz/promise.h"
#include "tests/fuzz/targets.h"
#include "tests/support/oracle.h"

#include <string>

namespace workbench::fuzz {

void readTime(std::string_view input)
{
    const auto time = parseRfc3339(input);
    std::string written;
    const bool isWritten = time && appendRfc3339(written, *time);
    promise(isWritten == !written.empty(), "half a time was written");
    constexpr std::size_t Most
        = 100; // longer ones are refused before, and are too much for a regular expression
    promise(input.size() > Most || written == oracle::canonicalTime(input), "a time is read differently");
    if (isWritten) {
        const auto again = parseRfc3339(written);
        promise(again && again->time == time->time && again->hasFraction == time->hasFraction,
            "a time written does not read back");
        promise(isCanonicalRfc3339(written), "a time written is not canonical");
        promise(isCanonicalRfc3339(input) == (input == written), "a time is taken for canonical");
        promise(formatRfc3339(time->time, time->hasFraction) == written, "a time is written in two ways");
    }
    if (const auto day = parseDateOrTime(input)) {
        promise(parseDateOrTime(formatRfc3339(*day, hasFraction(*day))) == day, "a day does not read back");
    }
}

} // namespace workbench::fuzz
