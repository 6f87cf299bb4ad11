// SPDX-License-Identifier: Apache-2.0
/// Brings large files to the Hub's storage: only what it does not have, each content once.
#pragma once

#include "core/hub/hub_client.h"
#include "core/hub/publish.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace workbench {

/// Told while a file's bytes leave: path, its size, how much of it is sent.
using FileSentFn = std::function<void(const CommitFile& file, std::uint64_t sent)>;

/// Stores every file of `files`. Errors as the calls'; what was stored before one is not sent again next
/// time.
[[nodiscard]] std::optional<HubError> uploadLfs(HubClient& client, const std::string& repo,
    const std::string& branch, const std::vector<const CommitFile*>& files, const FileSentFn& sent,
    const std::stop_token& stop);

} // namespace workbench
