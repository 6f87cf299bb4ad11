// SPDX-License-Identifier: Apache-2.0
/// Which route a request to the Hub's own port takes.
#include "tests/support/fake_hub/hub_state.h"

#include <array>
#include <utility>

namespace workbench::fakehub {

namespace {

using Segments = std::vector<std::string>;

/// "dataset" for "datasets"; nothing for what is no plural of ours.
std::string typeOf(const std::string& segment)
{
    return segment == "datasets" || segment == "models" || segment == "spaces"
        ? segment.substr(0, segment.size() - 1)
        : std::string();
}

Rest from(const Segments& segments, std::size_t first)
{
    return first >= segments.size()
        ? Rest()
        : Rest(segments.begin() + static_cast<std::ptrdiff_t>(first), segments.end());
}

/// /api/datasets/OWNER/NAME/…
Response repositoryApi(Call& call, const std::string& type)
{
    const Segments& segments = call.request.segments;
    if (segments.size() < 4) {
        return refusal(404, "RepoNotFound", "Repository not found");
    }
    Opened opened = openRepository(call, type, segments[2] + "/" + segments[3]);
    if (opened.repository == nullptr) {
        return std::move(opened.refusal);
    }
    Repository& repository = *opened.repository;
    const Rest rest = from(segments, 4);
    const std::string what = rest.empty() ? "" : rest[0];
    const std::string& method = call.request.method;
    const bool reads = method == "GET" || method == "HEAD";
    if (reads && (what.empty() || (what == "revision" && rest.size() == 2))) {
        return repositoryInfo(call, repository, rest);
    }
    if (reads && what == "tree") {
        return listTree(call, repository, rest);
    }
    if (reads && what == "refs" && rest.size() == 1) {
        return listRefs(repository);
    }
    if (reads && what == "commits" && rest.size() == 2) {
        return listCommits(call, repository, rest[1]);
    }
    if (method == "PUT" && what == "settings") {
        return repositorySettings(call, repository);
    }
    if (method == "POST" && rest.size() == 2) {
        if (what == "paths-info") {
            return pathsInfo(call, repository, rest[1]);
        }
        if (what == "preupload") {
            return preupload(call, repository, rest[1]);
        }
        if (what == "commit") {
            return commit(call, repository, rest[1]);
        }
        if (what == "branch") {
            return createBranch(call, repository, rest[1]);
        }
    }
    return nothingHere();
}

/// /datasets/OWNER/NAME/… and, for models, /OWNER/NAME/…
Response repositoryPages(Call& call)
{
    const Segments& segments = call.request.segments;
    std::string type = segments.empty() ? std::string() : typeOf(segments[0]);
    const std::size_t first = type.empty() ? 0 : 1;
    type = type.empty() ? "model" : type;
    if (segments.size() < first + 3) {
        return nothingHere();
    }
    std::string name = segments[first + 1];
    const bool git = name.ends_with(".git");
    if (git) {
        name.resize(name.size() - 4);
    }
    const Rest rest = from(segments, first + 2);
    Opened opened = openRepository(call, type, segments[first] + "/" + name);
    if (opened.repository == nullptr) {
        return std::move(opened.refusal);
    }
    if (git && call.request.method == "POST" && rest.size() == 4 && rest[0] == "info" && rest[1] == "lfs"
        && rest[2] == "objects") {
        if (rest[3] == "batch") {
            return lfsBatch(call, *opened.repository);
        }
        if (rest[3] == "verify") {
            return lfsVerify(call, *opened.repository);
        }
    }
    return !git && rest[0] == "resolve" ? resolve(call, *opened.repository, rest) : nothingHere();
}

} // namespace

Response route(Call& call)
{
    const Segments& segments = call.request.segments;
    if (segments.empty() || segments[0] != "api") {
        return repositoryPages(call);
    }
    const std::string& method = call.request.method;
    const std::string second = segments.size() > 1 ? segments[1] : "";
    const std::string third = segments.size() > 2 ? segments[2] : "";
    if (method == "GET" && second == "whoami-v2") {
        return whoAmI(call);
    }
    if (method == "POST" && second == "validate-yaml") {
        return validateYaml(call);
    }
    if (method == "POST" && second == "repos" && third == "create") {
        return createRepository(call);
    }
    if (method == "DELETE" && second == "repos" && third == "delete") {
        return deleteRepository(call);
    }
    if (method == "POST" && second == "complete_multipart") {
        return completeMultipart(call);
    }
    if (second == "resolve-cache" && segments.size() > 5 && !typeOf(third).empty()) {
        Opened opened = openRepository(call, typeOf(third), segments[3] + "/" + segments[4]);
        return opened.repository == nullptr ? std::move(opened.refusal)
                                            : resolveCached(call, *opened.repository, from(segments, 5));
    }
    const std::string type = typeOf(second);
    return type.empty() ? nothingHere() : repositoryApi(call, type);
}

} // namespace workbench::fakehub
