// SPDX-License-Identifier: GPL-3.0-or-later
/// The documents that --json prints (contract, section 1).
#pragma once

#include "core/base/result.h"
#include "core/bundle/bundle_verifier.h"
#include "core/job/export_job.h"
#include "core/schema/schema_diff.h"

#include <nlohmann/json.hpp>

#include <string>

namespace workbench {

using Json = nlohmann::ordered_json;

/// With a newline at the end. Text that is not UTF-8 (a file's name may be) does not break it.
[[nodiscard]] std::string documentText(const Json& document);

/// {"code", "message", "where"}
[[nodiscard]] Json errorJson(const Error& error);
/// {"error": …} and nothing else.
[[nodiscard]] Json errorDocument(const Error& error);

/// What `run` prints. An error does not take away what is known.
[[nodiscard]] Json runDocument(const ExportResult& result, const Schema& schema);
/// The same, nothing having been written, and the first 1,000 findings.
[[nodiscard]] Json checkDocument(const ExportResult& result, const Schema& schema);
[[nodiscard]] Json guardDocument(const ScanSummary& summary, const Schema& schema, double seconds);
[[nodiscard]] Json verifyDocument(const std::string& folder, const Verification& verification);
[[nodiscard]] Json schemaDocument(const Schema& schema);
[[nodiscard]] Json diffDocument(const SchemaDiff& diff);

} // namespace workbench
