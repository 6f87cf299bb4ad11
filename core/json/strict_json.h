// SPDX-License-Identifier: Apache-2.0
/// Small JSON documents (schemas, bundle infos, job records, what the Hub answers), read without forgiveness.
#pragma once

#include "core/base/result.h"
#include "core/json/json_node.h"

#include <optional>
#include <string>
#include <string_view>

namespace workbench {

/// Why text is no document of ours.
struct JsonFault {
    enum class Kind { NoJson, NumberTooLarge, TooDeep, KeyTwice };

    Kind kind = Kind::NoJson;
    std::size_t line = 0; ///< from 1: where the text stops being JSON in UTF-8
    std::string key; ///< the one that stands twice in one object
};

/// One JSON document and nothing behind it. Nothing for text that is not JSON in UTF-8, a key that stands
/// twice in one object, nesting deeper than 64, or a number that overflows; `fault` is then told which.
[[nodiscard]] std::optional<JsonNode> parseJson(std::string_view text, JsonFault* fault = nullptr);

/// "it is not JSON (line 3)": the fault in words, fit to be shown.
[[nodiscard]] std::string jsonFaultText(const JsonFault& fault);
/// Usage, naming `where` and jsonFaultText().
[[nodiscard]] Error jsonError(const JsonFault& fault, std::string_view where);
/// The document, or jsonError().
[[nodiscard]] Result<JsonNode> parseStrictJson(std::string_view text, std::string_view where);

} // namespace workbench
