// SPDX-License-Identifier: Apache-2.0
#include "tests/fuzz/targets.h"

#include <algorithm>
#include <array>

namespace workbench::fuzz {

namespace {

constexpr std::array<Target, 16> All {{
    {"env", readEnvFile},
    {"guard", guardLine},
    {"hub", hearHub},
    {"info", readInfo},
    {"labels", mergeLabels},
    {"line", readLine},
    {"mask", maskText},
    {"number", readNumber},
    {"packed", unpack},
    {"record", readJobRecord},
    {"request", answerRequest},
    {"schema", readSchema},
    {"store", writeStoreRow},
    {"stream", guardStream},
    {"time", readTime},
    {"token", redactToken},
}};

} // namespace

std::span<const Target> targets() { return All; }

const Target* findTarget(std::string_view name)
{
    const auto* const found
        = std::ranges::find_if(All, [name](const Target& target) { return target.name == name; });
    return found == All.end() ? nullptr : found;
}

} // namespace workbench::fuzz
