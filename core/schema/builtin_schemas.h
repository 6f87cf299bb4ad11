// SPDX-License-Identifier: Apache-2.0
/// The schemas that ship with the program, compiled in so that a copied binary works.
#pragma once

#include "core/schema/schema.h"

#include <span>
#include <string_view>

namespace workbench {

struct BuiltinSchema {
    std::string_view name;
    std::string_view json; ///< the text of resources/schemas/<name>.json
};

[[nodiscard]] std::span<const BuiltinSchema> builtinSchemas();
/// nullptr when no such schema ships.
[[nodiscard]] SchemaPtr builtinSchema(std::string_view name);
/// `signals_v1`, all 70 features.
[[nodiscard]] SchemaPtr defaultSchema();

} // namespace workbench
