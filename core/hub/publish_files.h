// SPDX-License-Identifier: Apache-2.0
/// The bundle's files as they are to stand on the Hub, and how that differs from what stands there.
#pragma once

#include "core/base/result.h"
#include "core/bundle/dataset_info.h"
#include "core/hub/commit_body.h"
#include "core/hub/hub_client.h"
#include "core/hub/publish.h"

#include <stop_token>
#include <string>
#include <vector>

namespace workbench {

/// Reads every file that dataset_info.json names, and dataset_info.json itself, once. By path.
/// Errors: Io, Cancelled, PushRefused when a hash is not the stated one, or when `info`, which was verified,
/// is not what dataset_info.json says now.
[[nodiscard]] Result<std::vector<CommitFile>> identifyBundle(
    const std::string& folder, const DatasetInfo& info, const std::stop_token& stop);

/// SHA-256 over "HASH  PATH\n" for all files by path, as "sha256:…".
[[nodiscard]] std::string bundleDigest(const std::vector<CommitFile>& files);

[[nodiscard]] bool isSame(const CommitFile& file, const RemoteFile& remote);

/// Whether bytes that were fetched are those that the listing names.
[[nodiscard]] bool isContentOf(std::string_view content, const RemoteFile& remote);

/// Deleted are published `splits/*.jsonl` that the bundle does not have; nothing else is touched.
[[nodiscard]] std::vector<PlannedFile> planFiles(
    const std::vector<CommitFile>& files, const RemoteTree& remote);

/// Paths of the plan that are not on the Hub as they should be: empty when the whole bundle is there.
[[nodiscard]] std::vector<std::string> differences(
    const std::vector<CommitFile>& files, const std::vector<PlannedFile>& plan, const RemoteTree& remote);

} // namespace workbench
