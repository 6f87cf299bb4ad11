// SPDX-License-Identifier: Apache-2.0
/// Trees, paths and commits: protocol, section 5.
#include "tests/support/fake_hub/hub_state.h"

#include <algorithm>
#include <charconv>
#include <set>

namespace workbench::fakehub {

namespace {

using nlohmann::json;

constexpr std::size_t MostPaths = 1000;

std::string joined(const Rest& rest, std::size_t from)
{
    std::string path;
    for (std::size_t i = from; i < rest.size(); ++i) {
        path += (path.empty() ? "" : "/") + rest[i];
    }
    while (path.ends_with('/')) {
        path.pop_back();
    }
    return path;
}

json fileEntry(const Repository& repository, const Commit& commit, const std::string& path, bool expand)
{
    const Entry& entry = commit.tree->at(path);
    json file {{"type", "file"}, {"oid", entry.oid}, {"size", entry.content->size()}, {"path", path}};
    if (entry.lfs) {
        file["lfs"] = {{"oid", entry.content->sha256()}, {"size", entry.content->size()},
            {"pointerSize", lfsPointer(entry.content->sha256(), entry.content->size()).size()}};
    }
    if (expand) {
        const Commit& last = repository.lastChange(commit, path);
        file["lastCommit"] = {{"id", last.id}, {"title", last.title}, {"date", last.date}};
        file["securityFileStatus"] = {{"status", "safe"}};
    }
    return file;
}

json folderEntry(const Commit& commit, const std::string& path)
{
    return {{"type", "directory"}, {"oid", folderId(*commit.tree, path)}, {"size", 0}, {"path", path}};
}

/// Folders before files, each in order of path, as the Hub lists them.
json entriesUnder(const Repository& repository, const Commit& commit, const std::string& folder,
    bool recursive, bool expand)
{
    const std::string prefix = folder.empty() ? "" : folder + "/";
    std::set<std::string> folders;
    json files = json::array();
    for (auto at = commit.tree->lower_bound(prefix);
         at != commit.tree->end() && at->first.starts_with(prefix); ++at) {
        const std::string& path = at->first;
        std::size_t slash = path.find('/', prefix.size());
        const bool below = slash != std::string::npos;
        for (; slash != std::string::npos;
             slash = recursive ? path.find('/', slash + 1) : std::string::npos) {
            folders.insert(path.substr(0, slash));
        }
        if (!below || recursive) {
            files.push_back(fileEntry(repository, commit, path, expand));
        }
    }
    json entries = json::array();
    for (const std::string& path : folders) {
        entries.push_back(folderEntry(commit, path));
    }
    entries.insert(entries.end(), files.begin(), files.end());
    return entries;
}

/// One page, with the address of the next in Link when there is one.
Response page(const Call& call, const json& entries, std::size_t size)
{
    const std::string cursor = call.request.queryValue("cursor");
    std::size_t from = 0;
    std::from_chars(cursor.data(), cursor.data() + cursor.size(), from);
    from = std::min(from, entries.size());
    const std::size_t to = std::min(entries.size(), from + size);
    const auto at = [&](std::size_t index) { return entries.begin() + static_cast<std::ptrdiff_t>(index); };
    Response response = jsonAnswer(json(std::vector<json>(at(from), at(to))));
    if (to < entries.size()) {
        std::string next = answeredHost(call.state) + call.request.path + "?";
        for (const auto& [name, value] : call.request.query) {
            if (name != "cursor") {
                next += percentEncoded(name) + "=" + percentEncoded(value) + "&";
            }
        }
        response.set("Link", "<" + next + "cursor=" + std::to_string(to) + ">; rel=\"next\"");
    }
    return response;
}

} // namespace

Response listTree(Call& call, Repository& repository, const Rest& rest)
{
    const std::string revision = rest.size() > 1 ? rest[1] : "main";
    const Commit* commit = repository.find(revision);
    if (commit == nullptr) {
        return revisionNotFound(revision);
    }
    const std::string folder = joined(rest, 2);
    if (!hasFolder(*commit->tree, folder)) {
        return entryNotFound(commit->id);
    }
    const bool expand = call.request.queryFlag("expand");
    const json entries
        = entriesUnder(repository, *commit, folder, call.request.queryFlag("recursive"), expand);
    return page(call, entries, expand ? call.state.options.expandedTreePage : call.state.options.treePage);
}

Response pathsInfo(Call& call, Repository& repository, const std::string& revision)
{
    const Commit* commit = repository.find(revision);
    if (commit == nullptr) {
        return revisionNotFound(revision);
    }
    std::vector<std::string> paths;
    bool expand = false;
    if (call.request.header("content-type").starts_with("application/x-www-form-urlencoded")) {
        for (const auto& [name, value] : parseForm(call.request.bodyText())) {
            if (name == "paths") {
                paths.push_back(value);
            } else if (name == "expand") {
                expand = value == "true" || value == "True" || value == "1";
            }
        }
    } else {
        const auto body = jsonBody(call.request);
        if (!body || !body->contains("paths") || !(*body)["paths"].is_array()) {
            return badRequest("\"paths\" is required");
        }
        for (const json& path : (*body)["paths"]) {
            if (!path.is_string()) {
                return badRequest("\"paths\" must be strings");
            }
            paths.push_back(path.get<std::string>());
        }
        expand = body->contains("expand") && (*body)["expand"] == true;
    }
    if (paths.size() > MostPaths) {
        return refusal(413, "", "too many parameters");
    }
    json entries = json::array();
    for (const std::string& path : paths) {
        if (commit->tree->contains(path)) {
            entries.push_back(fileEntry(repository, *commit, path, expand));
        } else if (!path.empty() && hasFolder(*commit->tree, path)) {
            entries.push_back(folderEntry(*commit, path));
        } // missing paths are left out in silence
    }
    return jsonAnswer(entries);
}

Response listCommits(Call& call, Repository& repository, const std::string& revision)
{
    const Commit* commit = repository.find(revision);
    if (commit == nullptr) {
        return revisionNotFound(revision);
    }
    json entries = json::array();
    while (commit != nullptr) {
        entries.push_back({{"id", commit->id}, {"title", commit->title}, {"message", commit->message},
            {"authors", json::array({{{"user", commit->author}}})}, {"date", commit->date}});
        const auto parent = repository.commits.find(commit->parent);
        commit = parent == repository.commits.end() ? nullptr : &parent->second;
    }
    return page(call, entries, call.state.options.commitsPage);
}

} // namespace workbench::fakehub
