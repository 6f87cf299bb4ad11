// SPDX-License-Identifier: Apache-2.0
// The export as it would be without any care for speed: the tests' second guard (a tree of objects for each
// line, regular expressions), all rows in memory, then dataset and splits written one after the other.
// Usage: slow_export ROWS FOLDER FILE…   reads at most ROWS lines and prints how many it wrote.
#include "core/schema/builtin_schemas.h"
#include "tests/support/oracle.h"

#include <nlohmann/json.hpp>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

int main(int count, char** arguments)
{
    if (count < 4) {
        std::fputs("Usage: slow_export ROWS FOLDER FILE…\n", stderr);
        return 2;
    }
    const auto most = std::strtoull(arguments[1], nullptr, 10);
    const std::filesystem::path folder = arguments[2];
    std::filesystem::create_directories(folder / "splits");
    const workbench::SchemaPtr schema = workbench::builtinSchema("signals_v1_core48");
    std::vector<std::string> rows;
    std::uint64_t read = 0;
    for (int i = 3; i < count && read < most; ++i) {
        std::ifstream file(arguments[i]);
        for (std::string line; read < most && std::getline(file, line); ++read) {
            const auto answer = workbench::oracle::judge(line, *schema);
            if (answer.accepted()) {
                rows.push_back(answer.line);
            }
        }
    }
    std::ofstream dataset(folder / "dataset.jsonl");
    std::map<std::string, std::ofstream> splits;
    for (const std::string& row : rows) {
        dataset << row;
        const auto example = nlohmann::json::parse(row);
        const std::string name
            = example["source"].get<std::string>() + '_' + example["industry_key"].get<std::string>();
        const auto [split, isNew] = splits.try_emplace(name);
        if (isNew) {
            split->second.open(folder / "splits" / (name + ".jsonl"));
        }
        split->second << row;
    }
    std::printf("%zu\n", rows.size());
    return rows.empty() ? 1 : 0;
}
