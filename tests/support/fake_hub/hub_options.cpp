// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fake_hub/hub_options.h"

#include <nlohmann/json.hpp>

#include <functional>
#include <map>
#include <stdexcept>
#include <string>

namespace workbench::fakehub {

void applyOptions(HubOptions& options, const nlohmann::json& json)
{
    using Set = std::function<void(const nlohmann::json&)>;
    const auto setter
        = [](auto& place) -> Set { return [&place](const nlohmann::json& value) { value.get_to(place); }; };
    const std::map<std::string, Set> setters {
        {"lfs_above", setter(options.lfsAbove)},
        {"regular_limit", setter(options.regularLimit)},
        {"multipart_from", setter(options.multipartFrom)},
        {"chunk_size", setter(options.chunkSize)},
        {"spill_above", setter(options.spillAbove)},
        {"preupload_limit", setter(options.preuploadLimit)},
        {"batch_limit", setter(options.batchLimit)},
        {"tree_page", setter(options.treePage)},
        {"expanded_tree_page", setter(options.expandedTreePage)},
        {"commits_page", setter(options.commitsPage)},
        {"verify_action", setter(options.verifyAction)},
        {"basic_upload_header", setter(options.basicUploadHeader)},
        {"expires_in", setter(options.expiresIn)},
        {"preupload_oids", setter(options.preuploadOids)},
        {"completion_once", setter(options.completionOnce)},
        {"redirects_posts", setter(options.redirectsPosts)},
        {"regular_via_resolve_cache", setter(options.regularViaResolveCache)},
        {"default_host_in_answers", setter(options.defaultHostInAnswers)},
        {"enforce_rate_limit", setter(options.enforceRateLimit)},
        {"rate_quota", setter(options.rateQuota)},
        {"clock_skew", setter(options.clockSkew)},
    };
    for (const auto& item : json.items()) {
        const auto found = setters.find(item.key());
        if (found == setters.end()) {
            throw std::invalid_argument("the fake Hub has no option \"" + item.key() + "\"");
        }
        found->second(item.value());
    }
}

} // namespace workbench::fakehub
