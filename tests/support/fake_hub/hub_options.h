// SPDX-License-Identifier: Apache-2.0
/// What the protocol leaves to the server, or what nobody outside knows: turn it and the client must still
/// work.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <cstddef>
#include <cstdint>

namespace workbench::fakehub {

struct HubOptions {
    std::uint64_t lfsAbove = 10U << 20; ///< larger files get the mode "lfs" (the real rule is not known)
    std::uint64_t regularLimit = 10U << 20; ///< a commit with a larger regular file is refused
    std::uint64_t multipartFrom = 32'000'000; ///< objects of this size are sent in parts if the client can
    std::uint64_t chunkSize = 16'000'000; ///< size of a part
    std::uint64_t spillAbove = 1U << 20; ///< larger contents go to disk
    std::size_t preuploadLimit = 256; ///< files per request, else 413 (the real limit is not known)
    std::size_t batchLimit = 0; ///< objects per LFS batch, else 413; 0: none
    std::size_t treePage = 1000;
    std::size_t expandedTreePage = 50;
    std::size_t commitsPage = 50;
    bool verifyAction = true; ///< batch answers carry a verify action
    bool basicUploadHeader = false; ///< basic actions carry a header that the PUT must repeat
    bool expiresIn = true; ///< actions carry expires_in
    bool preuploadOids = true; ///< preupload answers carry oid and commitOid
    bool completionOnce = false; ///< completing an upload a second time is an error
    bool redirectsPosts = true; ///< a moved repository answers 307 to POST too, not to GET alone
    bool regularViaResolveCache = false; ///< resolve answers 307 for regular files
    bool defaultHostInAnswers = false; ///< hub URLs in answers start with https://huggingface.co
    bool enforceRateLimit = false; ///< 429 once the quota is used up
    unsigned rateQuota = 1000; ///< requests per bucket and window of 300 s
    int clockSkew = 0; ///< seconds by which the Date header is wrong
};

/// Sets what the JSON object names ({"lfs_above": 5000000, …}). Throws std::invalid_argument.
void applyOptions(HubOptions& options, const nlohmann::json& json);

} // namespace workbench::fakehub
