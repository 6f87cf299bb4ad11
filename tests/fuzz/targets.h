// SPDX-License-Identifier: Apache-2.0
/// Whatever reads what others wrote, each fed with any bytes at all and held to a promise.
#pragma once

#include <span>
#include <string_view>

namespace workbench::fuzz {

struct Target {
    const char* name; ///< of its folder in corpus/ and of its program fuzz_{name}
    void (*run)(std::string_view input); ///< throws BrokenPromise
};

[[nodiscard]] std::span<const Target> targets();
/// nullptr when there is none of that name.
[[nodiscard]] const Target* findTarget(std::string_view name);

void readEnvFile(std::string_view input);
void readInfo(std::string_view input);
void readJobRecord(std::string_view input);
void readSchema(std::string_view input);
void readLine(std::string_view input);
void guardLine(std::string_view input);
void guardStream(std::string_view input);
void mergeLabels(std::string_view input);
void writeStoreRow(std::string_view input);
void unpack(std::string_view input);
void readNumber(std::string_view input);
void readTime(std::string_view input);
void maskText(std::string_view input);
void redactToken(std::string_view input);
void hearHub(std::string_view input);
void answerRequest(std::string_view input);

} // namespace workbench::fuzz
