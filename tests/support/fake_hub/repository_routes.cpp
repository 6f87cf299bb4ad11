// SPDX-License-Identifier: Apache-2.0
/// Who am I, and repositories as a whole: protocol, sections 2.4 and 4.
#include "tests/support/fake_hub/hub_state.h"

#include <algorithm>
#include <array>
#include <set>

namespace workbench::fakehub {

namespace {

using nlohmann::json;

std::string memberText(const json& object, const char* key)
{
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

/// Section 3 of the protocol.
bool validName(std::string_view name)
{
    constexpr std::string_view Edge = "-.";
    if (name.empty() || name.size() > 96 || Edge.find(name.front()) != std::string_view::npos
        || Edge.find(name.back()) != std::string_view::npos || name.find("--") != std::string_view::npos
        || name.find("..") != std::string_view::npos || name.ends_with(".git")) {
        return false;
    }
    return std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'
            || c == '-' || c == '.';
    });
}

std::string webUrl(const HubState& state, const Repository& repository)
{
    return answeredHost(state) + "/" + (repository.type == "model" ? "" : plural(repository.type) + "/")
        + repository.id;
}

json siblingsOf(const Tree& tree, bool blobs)
{
    json siblings = json::array();
    for (const auto& [path, entry] : tree) {
        json sibling {{"rfilename", path}};
        if (blobs) {
            sibling["size"] = entry.content->size();
            sibling["blobId"] = entry.oid;
            if (entry.lfs) {
                sibling["lfs"] = {{"sha256", entry.content->sha256()}, {"size", entry.content->size()},
                    {"pointerSize", lfsPointer(entry.content->sha256(), entry.content->size()).size()}};
            }
        }
        siblings.push_back(std::move(sibling));
    }
    return siblings;
}

/// {path, content, encoding} of the files that a creation brings along.
std::string addInitialFiles(Repository& repository, const json& files, const std::string& author)
{
    Tree tree = *repository.find("main")->tree;
    for (const json& file : files) {
        const std::string path = memberText(file, "path");
        const auto bytes = memberText(file, "encoding") == "base64"
            ? decodeBase64(memberText(file, "content"))
            : std::optional(memberText(file, "content"));
        if (!bytes || !pathFault(path).empty()) {
            return "a file of \"files\" cannot be read";
        }
        tree[path] = regularEntry(ContentWriter::of(*bytes));
    }
    const std::string parent = repository.branches.at("main");
    static_cast<void>(repository.commit("main", parent, std::move(tree), "initial files", "", author));
    return "";
}

} // namespace

Response whoAmI(Call& call)
{
    if (call.caller.kind == Caller::Kind::Anonymous) {
        return refusal(401, "", "Invalid username or password.");
    }
    if (call.caller.kind == Caller::Kind::Invalid) {
        return refusal(401, "", "Invalid credentials in Authorization header");
    }
    const User& user = *call.caller.user;
    json organizations = json::array();
    for (const auto& [name, role] : user.organizations) {
        organizations.push_back({{"type", "org"}, {"id", Digest::of(Digest::Kind::Sha1, name).substr(0, 24)},
            {"name", name}, {"fullname", name}, {"email", nullptr}, {"canPay", false}, {"periodEnd", nullptr},
            {"avatarUrl", "/avatars/o.svg"}, {"roleInOrg", role}});
    }
    return jsonAnswer({{"type", "user"}, {"id", Digest::of(Digest::Kind::Sha1, user.name).substr(0, 24)},
        {"name", user.name}, {"fullname", user.name}, {"email", user.name + "@example.org"},
        {"emailVerified", true}, {"isPro", false}, {"canPay", false}, {"periodEnd", nullptr},
        {"avatarUrl", "/avatars/x.svg"}, {"orgs", organizations},
        {"auth",
            {{"type", "access_token"},
                {"accessToken",
                    {{"displayName", "laptop"}, {"role", call.caller.token->role},
                        {"createdAt", "2026-01-02T03:04:05.000Z"}}}}}});
}

Response createRepository(Call& call)
{
    HubState& state = call.state;
    if (call.caller.kind == Caller::Kind::Invalid) {
        return refusal(401, "", "Invalid credentials in Authorization header");
    }
    if (call.caller.kind == Caller::Kind::Anonymous) {
        return refusal(401, "", "Invalid username or password.");
    }
    const auto body = jsonBody(call.request);
    if (!body) {
        return badRequest("The body is no JSON object");
    }
    // A client that forgets the type gets a model, as on the real Hub.
    const std::string type = body->contains("type") ? memberText(*body, "type") : "model";
    if (type != "dataset" && type != "model" && type != "space") {
        return badRequest("\"type\" must be one of [model, dataset, space]");
    }
    const std::string name = memberText(*body, "name");
    const std::string given = memberText(*body, "organization");
    const std::string owner = given.empty() ? call.caller.user->name : given;
    if (!validName(name) || !validName(owner)) {
        return badRequest("\"name\" is not valid");
    }
    const std::string id = owner + "/" + name;
    const std::string visibility = memberText(*body, "visibility");
    if (!visibility.empty() && visibility != "public" && visibility != "private") {
        return badRequest("\"visibility\" must be one of [public, private]");
    }
    const auto organization = state.accounts.organizations.find(owner);
    const bool byDefault
        = organization != state.accounts.organizations.end() && organization->second.privateByDefault;
    const bool wantsPrivate
        = visibility.empty() ? body->value("private", byDefault) : visibility == "private";
    const auto existing = state.repositories.find(repositoryKey(type, id));
    if (!state.accounts.mayWrite(call.caller, owner, id)) {
        return refusal(403, "",
            "You don't have the rights to create a " + type + " under the namespace \"" + owner + "\"");
    }
    if (existing != state.repositories.end()) {
        Response response = refusal(409, "", "You already created this " + type + " repo");
        response.body = json {{"error", "You already created this " + type + " repo"},
            {"url", webUrl(state, existing->second)}}
                            .dump();
        return response;
    }
    if (!wantsPrivate && organization != state.accounts.organizations.end()
        && organization->second.forbidsPublic) {
        return refusal(403, "", "Public repositories are not allowed in this organization");
    }
    const auto made = state.repositories.emplace(
        repositoryKey(type, id), Repository(type, id, wantsPrivate, call.caller.user->name));
    Repository& repository = made.first->second;
    if (body->contains("files") && (*body)["files"].is_array()) {
        const std::string fault = addInitialFiles(repository, (*body)["files"], call.caller.user->name);
        if (!fault.empty()) {
            state.repositories.erase(made.first);
            return badRequest(fault);
        }
    }
    return jsonAnswer(
        {{"url", webUrl(state, repository)}, {"name", repository.id}, {"id", repository.objectId}});
}

Response deleteRepository(Call& call)
{
    const auto body = jsonBody(call.request);
    if (!body) {
        return badRequest("The body is no JSON object");
    }
    const std::string type = body->contains("type") ? memberText(*body, "type") : "model";
    std::string owner = memberText(*body, "organization");
    if (owner.empty() && call.caller.user != nullptr) {
        owner = call.caller.user->name;
    }
    const Opened opened = openRepository(call, type, owner + "/" + memberText(*body, "name"));
    if (opened.repository == nullptr) {
        return opened.refusal;
    }
    if (auto refused = refuseToWrite(call, *opened.repository)) {
        return std::move(*refused);
    }
    call.state.repositories.erase(repositoryKey(type, opened.repository->id));
    return jsonAnswer("OK");
}

Response repositoryInfo(Call& call, Repository& repository, const Rest& rest)
{
    const std::string revision = rest.size() > 1 ? rest[1] : "main";
    const Commit* commit = repository.find(revision);
    if (commit == nullptr) {
        return revisionNotFound(revision);
    }
    const bool blobs = call.request.queryFlag("blobs");
    std::set<std::string> expand;
    for (const auto& [name, value] : call.request.query) {
        if (name == "expand" || name == "expand[]") {
            expand.insert(value);
        }
    }
    if (blobs && !expand.empty()) {
        return badRequest("\"blobs\" and \"expand\" exclude each other");
    }
    json info {{"_id", repository.objectId}, {"id", repository.id}, {"author", repository.owner()},
        {"sha", commit->id}, {"private", repository.isPrivate},
        {"gated", repository.gated.empty() ? json(false) : json(repository.gated)},
        {"disabled", repository.disabled}, {"lastModified", repository.lastModified},
        {"createdAt", repository.createdAt}, {"tags", json::array({"region:us"})}, {"downloads", 0},
        {"likes", 0}, {"siblings", siblingsOf(*commit->tree, blobs)}};
    if (!expand.empty()) {
        std::uint64_t used = 0;
        for (const auto& entry : *commit->tree) {
            used += entry.second.content->size();
        }
        info["usedStorage"] = used;
        json narrowed {{"_id", info["_id"]}, {"id", info["id"]}};
        for (const std::string& field : expand) {
            if (info.contains(field)) {
                narrowed[field] = info[field];
            }
        }
        info = std::move(narrowed);
    }
    return jsonAnswer(info);
}

Response repositorySettings(Call& call, Repository& repository)
{
    if (auto refused = refuseToWrite(call, repository)) {
        return std::move(*refused);
    }
    const auto body = jsonBody(call.request);
    if (!body) {
        return badRequest("The body is no JSON object");
    }
    const std::string visibility = memberText(*body, "visibility");
    if (!visibility.empty() && visibility != "public" && visibility != "private") {
        return badRequest("\"visibility\" must be one of [public, private]");
    }
    repository.isPrivate
        = visibility.empty() ? body->value("private", repository.isPrivate) : visibility == "private";
    if (body->contains("gated")) {
        repository.gated = memberText(*body, "gated");
    }
    return jsonAnswer({{"private", repository.isPrivate}});
}

Response listRefs(const Repository& repository)
{
    json branches = json::array();
    json pulls = json::array();
    for (const auto& [name, commit] : repository.branches) {
        const bool pull = name.starts_with("refs/");
        (pull ? pulls : branches)
            .push_back(
                {{"name", name}, {"ref", pull ? name : "refs/heads/" + name}, {"targetCommit", commit}});
    }
    return jsonAnswer({{"branches", branches}, {"converts", json::array()}, {"tags", json::array()},
        {"pullRequests", pulls}});
}

Response createBranch(Call& call, Repository& repository, const std::string& name)
{
    if (auto refused = refuseToWrite(call, repository)) {
        return std::move(*refused);
    }
    if (repository.branches.contains(name)) {
        return refusal(409, "", "Reference already exists");
    }
    const auto body = jsonBody(call.request);
    const std::string from = body ? memberText(*body, "startingPoint") : std::string();
    const Commit* start = repository.find(from.empty() ? "main" : from);
    if (start == nullptr) {
        return revisionNotFound(from);
    }
    repository.branches[name] = start->id;
    return jsonAnswer("OK");
}

} // namespace workbench::fakehub
