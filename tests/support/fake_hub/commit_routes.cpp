// SPDX-License-Identifier: Apache-2.0
/// The commit, all of it or nothing: protocol, section 9. And what the Hub thinks of a card.
#include "tests/support/fake_hub/commit_reader.h"
#include "tests/support/fake_hub/hub_state.h"

#include <algorithm>
#include <set>

namespace workbench::fakehub {

namespace {

using nlohmann::json;
using Kind = CommitOperation::Kind;

constexpr std::size_t MostLfsFiles = 25'000;
constexpr std::uint64_t MostRegularBytes = 1'000'000'000;

Response operationOnNothing() { return refusal(404, "EntryNotFound", "A file with this name doesn't exist"); }

/// Does one operation on the tree. A refusal leaves the tree half changed: it is a copy.
std::optional<Response> apply(Tree& tree, const CommitOperation& operation, const Repository& repository)
{
    const std::string& path = operation.path;
    if (operation.kind == Kind::DeletedFile) {
        return tree.erase(path) > 0 ? std::nullopt : std::optional(operationOnNothing());
    }
    if (operation.kind == Kind::DeletedFolder) {
        if (path.empty() || !hasFolder(tree, path)) {
            return operationOnNothing();
        }
        const std::string prefix = path + "/";
        for (auto at = tree.lower_bound(prefix); at != tree.end() && at->first.starts_with(prefix);) {
            at = tree.erase(at);
        }
        return std::nullopt;
    }
    const std::string fault = pathFault(path);
    if (!fault.empty()) {
        return badRequest(fault);
    }
    if (operation.kind == Kind::File) {
        const auto faults
            = path == "README.md" ? cardFaults(operation.content->text()) : std::vector<std::string>();
        if (!faults.empty()) {
            return badRequest("Invalid metadata in README.md: " + faults.front());
        }
        tree[path] = regularEntry(operation.content);
        return std::nullopt;
    }
    const auto object = repository.objects.find(operation.oid);
    if (object == repository.objects.end() || (operation.size && *operation.size != object->second->size())) {
        return badRequest(
            "Your push was rejected because an LFS pointer pointed to a file that does not exist. Path: "
            + percentEncoded(path));
    }
    tree[path] = lfsEntry(object->second);
    return std::nullopt;
}

/// True when some path is a file and a folder at once.
bool contradicts(const Tree& tree)
{
    return std::any_of(
        tree.begin(), tree.end(), [&](const auto& entry) { return hasFolder(tree, entry.first); });
}

/// Large files that no line of .gitattributes names get one, as on the Hub.
void trackLargeFiles(Tree& tree, const std::vector<CommitOperation>& operations)
{
    const auto found = tree.find(".gitattributes");
    std::string attributes = found == tree.end() ? std::string() : found->second.content->text();
    const std::size_t before = attributes.size();
    for (const CommitOperation& operation : operations) {
        if (operation.kind == Kind::LfsFile && !trackedAsLfs(attributes, operation.path)) {
            if (!attributes.empty() && attributes.back() != '\n') {
                attributes += '\n';
            }
            attributes += operation.path + " filter=lfs diff=lfs merge=lfs -text\n";
        }
    }
    if (attributes.size() != before) {
        tree[".gitattributes"] = regularEntry(ContentWriter::of(attributes));
    }
}

/// What the wrong-hash fault does to a commit: the first file gets other bytes than were sent.
void corrupt(Tree& tree, const std::vector<CommitOperation>& operations)
{
    for (const CommitOperation& operation : operations) {
        const auto entry = tree.find(operation.path);
        if (entry != tree.end() && operation.kind <= Kind::LfsFile) {
            auto changed = corruptedCopy(*entry->second.content);
            entry->second
                = entry->second.lfs ? lfsEntry(std::move(changed)) : regularEntry(std::move(changed));
            return;
        }
    }
}

std::optional<Response> refuseBody(const CommitBody& body)
{
    if (!body.fault.empty()) {
        return badRequest(body.fault);
    }
    if (body.regularBytes > MostRegularBytes) {
        return refusal(413, "", "The payload is too large");
    }
    std::set<std::string> seen;
    std::size_t largeFiles = 0;
    for (const CommitOperation& operation : body.operations) {
        largeFiles += operation.kind == Kind::LfsFile ? 1 : 0;
        if (!seen.insert(operation.path).second) {
            return badRequest("a path is named twice in one commit");
        }
    }
    return largeFiles > MostLfsFiles ? std::optional(badRequest("too many LFS files in one commit"))
                                     : std::nullopt;
}

std::string commitUrl(const HubState& state, const Repository& repository, const std::string& id)
{
    const std::string prefix = repository.type == "model" ? "" : plural(repository.type) + "/";
    return answeredHost(state) + "/" + prefix + repository.id + "/commit/" + id;
}

} // namespace

std::string pathFault(std::string_view path)
{
    if (path.empty() || path.front() == '/' || path.back() == '/') {
        return "\"path\" is empty or starts or ends with a slash";
    }
    while (!path.empty()) {
        const std::string_view part = path.substr(0, path.find('/'));
        if (part.empty() || part == "." || part == ".." || part == ".git") {
            return "\"path\" has a part that is not allowed";
        }
        path.remove_prefix(std::min(path.size(), part.size() + 1));
    }
    return "";
}

Response commit(Call& call, Repository& repository, const std::string& revision)
{
    const bool pullRequest = call.request.queryFlag("create_pr");
    if (auto refused = refuseToWrite(call, repository)) {
        if (!pullRequest || call.caller.kind != Caller::Kind::Known) {
            return std::move(*refused);
        }
    }
    const auto branch = repository.branchNamed(revision);
    if (!branch) {
        return revisionNotFound(revision);
    }
    auto* body = dynamic_cast<CommitBody*>(call.request.body.get());
    if (body == nullptr) {
        return badRequest("Content-Type must be application/x-ndjson");
    }
    body->finish();
    if (auto refused = refuseBody(*body)) {
        return std::move(*refused);
    }
    const std::string head = repository.branches.at(*branch);
    if (!body->parentCommit.empty() && !head.starts_with(body->parentCommit)) {
        return refusal(
            412, "", "The branch was updated since you opened this page. Please refresh and try again.");
    }
    Tree tree = *repository.commits.at(head).tree;
    for (const CommitOperation& operation : body->operations) {
        if (auto refused = apply(tree, operation, repository)) {
            return std::move(*refused);
        }
    }
    if (contradicts(tree)) {
        return badRequest("a path is a file and a folder at once");
    }
    trackLargeFiles(tree, body->operations);
    if (call.request.fault && call.request.fault->kind == FaultKind::WrongHash) {
        corrupt(tree, body->operations);
    }
    const std::string ref = pullRequest ? "refs/pr/" + std::to_string(++repository.pullRequests) : *branch;
    const std::string id = repository.commit(
        ref, head, std::move(tree), body->summary, body->description, call.caller.user->name);
    json answer {{"success", true}, {"commitOid", id}, {"commitUrl", commitUrl(call.state, repository, id)},
        {"hookOutput", ""}};
    if (pullRequest) {
        answer["pullRequestUrl"] = answeredHost(call.state) + "/" + plural(repository.type) + "/"
            + repository.id + "/discussions/" + std::to_string(repository.pullRequests);
    }
    return jsonAnswer(answer);
}

std::vector<std::string> cardFaults(std::string_view readme)
{
    // Not a YAML parser: the outline of one, enough to notice a block that never ends or is not a mapping.
    if (!readme.starts_with("---\n")) {
        return {};
    }
    readme.remove_prefix(4);
    bool first = true;
    while (!readme.empty()) {
        const std::string_view line = readme.substr(0, readme.find('\n'));
        readme.remove_prefix(std::min(readme.size(), line.size() + 1));
        if (line == "---") {
            return {};
        }
        const bool key = line.find(": ") != std::string_view::npos || line.ends_with(':');
        const bool inner = line.empty() || line.front() == ' ' || line.front() == '#' || line.front() == '-'
            || line.front() == '}' || line.front() == ']';
        if (line.find('\t') != std::string_view::npos || (!key && (!inner || first))) {
            return {"the YAML is not valid"};
        }
        first = false;
    }
    return {"the YAML block does not end"};
}

Response validateYaml(Call& call)
{
    const auto body = jsonBody(call.request);
    if (!body || !body->contains("content") || !(*body)["content"].is_string()
        || !body->contains("repoType")) {
        return badRequest("\"content\" and \"repoType\" are required");
    }
    json errors = json::array();
    for (const std::string& fault : cardFaults((*body)["content"].get_ref<const std::string&>())) {
        errors.push_back({{"message", fault}});
    }
    const int status = errors.empty() ? 200 : 400;
    return jsonAnswer({{"errors", std::move(errors)}, {"warnings", json::array()}}, status);
}

} // namespace workbench::fakehub
