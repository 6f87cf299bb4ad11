// SPDX-License-Identifier: GPL-3.0-or-later
/// A push in words for people, and as JSON.
#pragma once

#include "app/export/json_document.h"
#include "app/export/output.h"
#include "core/hub/publish.h"

#include <string>

namespace workbench {

/// What would be done, file by file.
[[nodiscard]] std::string planText(const PublishPlan& plan, const Output& output);
/// What was done; empty when it failed, for then the error says it.
[[nodiscard]] std::string publishedText(const PublishOutcome& outcome, const Output& output);

/// The push of `run --push`, and of the record: {pushed, repo, revision, url, error}.
[[nodiscard]] Json pushJson(const PushReceipt& receipt);
/// What would be done: checks, and files with their sizes.
[[nodiscard]] Json planJson(const PublishPlan& plan);

} // namespace workbench
