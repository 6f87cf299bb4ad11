// SPDX-License-Identifier: Apache-2.0
/// Examples that differ in their labels alone.
#pragma once

#include "tests/support/example_builder.h"

#include <map>
#include <string>
#include <string_view>

namespace workbench {

/// `labels` as JSON text; without any when empty.
inline std::string example(const std::string& id, const std::string& labels = {})
{
    static std::map<std::string, std::string> made; // by labels: a builder for each would take its time
    constexpr const char* NoId = "no id yet";
    std::string& line = made[labels];
    if (line.empty()) {
        ExampleBuilder builder;
        builder.with("id", NoId).without("labels");
        if (!labels.empty()) {
            builder.raw("labels", labels);
        }
        line = builder.json();
    }
    std::string named = line;
    return named.replace(named.find(NoId), std::string_view(NoId).size(), id);
}

inline std::string idOf(int number) { return "ex_" + std::to_string(number); }

} // namespace workbench
