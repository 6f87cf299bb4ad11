// SPDX-License-Identifier: Apache-2.0
/// Where a schema can be read from: a schema file, a bundle folder, a dataset_info.json, or a shipped name.
#pragma once

#include "core/schema/schema.h"

#include <string>

namespace workbench {

struct SchemaReference {
    SchemaPtr schema;
    bool attributesKnown = true; ///< false when the source lists keys only
    std::string description; ///< "bundle of 8 Nov 2026, 1,098 rows", "schema file", "shipped schema"
    std::string generatedAt; ///< RFC 3339, bundles only
    std::uint64_t totalRows = 0; ///< bundles only
};

/// Errors: Io when nothing can be read there, Usage when it holds no schema.
[[nodiscard]] Result<SchemaReference> loadSchemaReference(const std::string& reference);

/// The schema inside the text of a dataset_info.json; `where` names it in messages. Kinds and ranges come
/// from its `features` (listed as in a schema file), else from the shipped schema of that fingerprint.
[[nodiscard]] Result<SchemaReference> schemaFromDatasetInfo(std::string_view json, std::string_view where);

} // namespace workbench
