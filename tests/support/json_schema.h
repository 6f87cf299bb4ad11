// SPDX-License-Identifier: Apache-2.0
/// The part of JSON Schema that our OpenAPI document uses: checks an answer against its description.
#pragma once

#include <nlohmann/json.hpp>

#include <string>

namespace workbench {

/// What is wrong with `value`, with its path, or an empty text. `document` resolves "#/…" references. A
/// keyword that is not known here is a fault too, so that none is passed over.
[[nodiscard]] std::string schemaFault(const nlohmann::json& document, const nlohmann::json& schema,
    const nlohmann::json& value, const std::string& path = "$");

/// What stands behind "#/components/…".
[[nodiscard]] const nlohmann::json& resolved(const nlohmann::json& document, const nlohmann::json& node);

} // namespace workbench
