// SPDX-License-Identifier: Apache-2.0
/// Downloads: protocol, section 11.
#include "tests/support/fake_hub/hub_state.h"

namespace workbench::fakehub {

namespace {

/// From the third segment on: resolve, revision, path…
std::string pathOf(const Rest& rest)
{
    std::string path;
    for (std::size_t i = 2; i < rest.size(); ++i) {
        path += (path.empty() ? "" : "/") + rest[i];
    }
    return path;
}

std::string quoted(const std::string& text) { return "\"" + text + "\""; }

bool letsIn(const Call& call, const Repository& repository)
{
    return repository.gated.empty()
        || call.state.accounts.mayRead(call.caller, repository.owner(), repository.id)
        || (call.caller.user != nullptr && repository.granted.contains(call.caller.user->name));
}

Response redirectToStorage(Call& call, const Entry& entry)
{
    HubState& state = call.state;
    const std::string& sha256 = entry.content->sha256();
    const std::string target = "/fake-cdn/" + sha256
        + "?response-content-disposition=inline%3B&Expires=1790000000"
          "&Policy=%7e%2b&Signature="
        + randomHex(64);
    state.downloads[target] = entry.content;
    Response response;
    response.status = 302;
    response.set("Location", state.storageUrl + target);
    response.set("ETag", quoted(randomHex(64))); // of the redirect: nothing to rely on
    response.set("X-Linked-Etag", quoted(sha256));
    response.set("X-Linked-Size", std::to_string(entry.content->size()));
    response.set("Content-Type", "text/plain; charset=utf-8");
    response.body = "Found. Redirecting to " + state.storageUrl + target;
    return response;
}

} // namespace

Response resolve(Call& call, Repository& repository, const Rest& rest)
{
    if (call.request.method != "GET" && call.request.method != "HEAD") {
        return nothingHere();
    }
    if (!letsIn(call, repository)) {
        return refusal(call.caller.kind == Caller::Kind::Known ? 403 : 401, "GatedRepo",
            "Access to this dataset is restricted. Ask for access on its page first.");
    }
    const std::string revision = rest.size() > 1 ? rest[1] : "";
    const Commit* commit = repository.find(revision);
    if (commit == nullptr) {
        return revisionNotFound(revision);
    }
    const std::string path = pathOf(rest);
    const auto found = commit->tree->find(path);
    if (found == commit->tree->end()) {
        return entryNotFound(commit->id);
    }
    const Entry& entry = found->second;
    Response response;
    if (entry.lfs) {
        response = redirectToStorage(call, entry);
    } else if (call.state.options.regularViaResolveCache) {
        response.status = 307;
        std::string target
            = "/api/resolve-cache/" + plural(repository.type) + "/" + repository.id + "/" + commit->id;
        for (std::size_t i = 2; i < rest.size(); ++i) {
            target += "/" + percentEncoded(rest[i]);
        }
        response.set("Location", target);
        response.set("X-Linked-Etag", quoted(entry.oid));
        response.set("X-Linked-Size", std::to_string(entry.content->size()));
    } else {
        response = contentAnswer(call.request, entry.content);
        response.set("ETag", quoted(entry.oid));
    }
    response.set("X-Repo-Commit", commit->id);
    return response;
}

Response resolveCached(Call& call, Repository& repository, const Rest& rest)
{
    const Commit* commit = rest.empty() ? nullptr : repository.find(rest[0]);
    if (commit == nullptr) {
        return revisionNotFound(rest.empty() ? "" : rest[0]);
    }
    Rest shifted {"resolve"};
    shifted.insert(shifted.end(), rest.begin(), rest.end());
    const auto found = commit->tree->find(pathOf(shifted));
    if (found == commit->tree->end()) {
        return entryNotFound(commit->id);
    }
    Response response = contentAnswer(call.request, found->second.content);
    response.set("ETag", quoted(found->second.oid));
    response.set("X-Repo-Commit", commit->id);
    return response;
}

} // namespace workbench::fakehub
