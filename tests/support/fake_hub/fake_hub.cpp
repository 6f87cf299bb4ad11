// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fake_hub/fake_hub.h"

#include "tests/support/fake_hub/service.h"

#include <algorithm>
#include <stdexcept>

namespace workbench::fakehub {

namespace {

std::string dataset(const std::string& id) { return repositoryKey("dataset", id); }

/// Throws when there is none: a test that names a repository wrongly shall not pass.
Repository& existing(HubState& state, const std::string& id)
{
    const auto found = state.repositories.find(dataset(id));
    if (found == state.repositories.end()) {
        throw std::invalid_argument("the fake Hub has no data set " + id);
    }
    return found->second;
}

} // namespace

FakeHub::FakeHub(HubOptions options, const Tls& tls)
    : m_service(std::make_unique<Service>(*this, options, tls))
{
    add(User {.name = "lena", .organizations = {{"lab", "write"}}});
    add(User {.name = "otto", .organizations = {{"lab", "read"}}});
    add(Organization {.name = "lab"});
    add(Token {.value = WriteToken, .user = "lena"});
    add(Token {.value = ReadToken, .user = "lena", .role = "read"});
    add(Token {.value = FineGrainedToken, .user = "lena", .role = "fineGrained", .writes = {"lab"}});
    add(Token {.value = ReaderToken, .user = "otto"});
    add(Token {.value = RevokedToken, .user = "lena", .revoked = true});
}

FakeHub::~FakeHub() { stop(); }

std::string FakeHub::url() const { return m_service->state.hubUrl; }

std::string FakeHub::storageUrl() const { return m_service->state.storageUrl; }

void FakeHub::stop()
{
    m_service->hubServer->stop();
    m_service->storageServer->stop();
}

HubOptions FakeHub::options() const
{
    const std::lock_guard lock(m_service->state.mutex);
    return m_service->state.options;
}

void FakeHub::setOptions(const HubOptions& options)
{
    if (options.chunkSize == 0 || options.treePage == 0 || options.expandedTreePage == 0
        || options.commitsPage == 0) {
        throw std::invalid_argument("sizes of parts and pages are at least 1");
    }
    const std::lock_guard lock(m_service->state.mutex);
    m_service->state.options = options;
}

void FakeHub::add(const User& user)
{
    const std::lock_guard lock(m_service->state.mutex);
    m_service->state.accounts.users[user.name] = user;
}

void FakeHub::add(const Organization& organization)
{
    const std::lock_guard lock(m_service->state.mutex);
    m_service->state.accounts.organizations[organization.name] = organization;
}

void FakeHub::add(const Token& token)
{
    const std::lock_guard lock(m_service->state.mutex);
    m_service->state.accounts.tokens[token.value] = token;
}

void FakeHub::createRepository(const std::string& id, bool isPrivate)
{
    const std::lock_guard lock(m_service->state.mutex);
    if (id.find('/') == std::string::npos || m_service->state.repositories.contains(dataset(id))) {
        throw std::invalid_argument("the fake Hub cannot create " + id);
    }
    m_service->state.repositories.emplace(dataset(id), Repository("dataset", id, isPrivate, "lena"));
}

void FakeHub::deleteRepository(const std::string& id)
{
    const std::lock_guard lock(m_service->state.mutex);
    m_service->state.repositories.erase(dataset(id));
}

void FakeHub::setPrivate(const std::string& id, bool isPrivate)
{
    const std::lock_guard lock(m_service->state.mutex);
    existing(m_service->state, id).isPrivate = isPrivate;
}

void FakeHub::setGated(const std::string& id, const std::string& mode)
{
    const std::lock_guard lock(m_service->state.mutex);
    existing(m_service->state, id).gated = mode;
}

void FakeHub::setDisabled(const std::string& id, bool disabled)
{
    const std::lock_guard lock(m_service->state.mutex);
    existing(m_service->state, id).disabled = disabled;
}

void FakeHub::rename(const std::string& from, const std::string& to)
{
    const std::lock_guard lock(m_service->state.mutex);
    HubState& state = m_service->state;
    static_cast<void>(existing(state, from));
    auto node = state.repositories.extract(dataset(from));
    node.key() = dataset(to);
    node.mapped().id = to;
    state.repositories.insert(std::move(node));
    state.moved.erase(dataset(to));
    for (auto& entry : state.moved) { // an older name leads to the newest at once
        entry.second = entry.second == dataset(from) ? dataset(to) : entry.second;
    }
    state.moved[dataset(from)] = dataset(to);
}

std::string FakeHub::commitFiles(const std::string& id, const std::map<std::string, std::string>& files,
    const std::string& title, const std::vector<std::string>& deleted, bool lfs)
{
    const std::lock_guard lock(m_service->state.mutex);
    Repository& repository = existing(m_service->state, id);
    const std::string head = repository.branches.at("main");
    Tree tree = *repository.commits.at(head).tree;
    for (const std::string& path : deleted) {
        tree.erase(path);
    }
    for (const auto& [path, text] : files) {
        auto content = ContentWriter::of(text);
        if (lfs) {
            repository.objects[content->sha256()] = content;
        }
        tree[path] = lfs ? lfsEntry(std::move(content)) : regularEntry(std::move(content));
    }
    return repository.commit("main", head, std::move(tree), title, "", "somebody");
}

void FakeHub::fail(const Fault& fault)
{
    const std::lock_guard lock(m_service->state.mutex);
    m_service->state.faults.add(fault);
}

void FakeHub::clearFaults()
{
    const std::lock_guard lock(m_service->state.mutex);
    m_service->state.faults.clear();
}

void FakeHub::refuseObject(const std::string& oid, int code, const std::string& message)
{
    const std::lock_guard lock(m_service->state.mutex);
    m_service->state.refusedObjects[oid] = {code, message};
}

void FakeHub::expireUploads()
{
    const std::lock_guard lock(m_service->state.mutex);
    for (auto& entry : m_service->state.uploads) {
        entry.second.expired = true;
    }
}

std::vector<LoggedRequest> FakeHub::requests() const
{
    const std::lock_guard lock(m_service->state.mutex);
    return m_service->state.log;
}

void FakeHub::clearRequests()
{
    const std::lock_guard lock(m_service->state.mutex);
    m_service->state.log.clear();
}

std::size_t FakeHub::count(std::string_view method, std::string_view pathPattern) const
{
    const std::vector<LoggedRequest> log = requests();
    return static_cast<std::size_t>(std::count_if(log.begin(), log.end(), [&](const LoggedRequest& request) {
        return (method.empty() || request.method == method)
            && (pathPattern.empty() || matchesPattern(pathPattern, request.path));
    }));
}

std::size_t FakeHub::leaks() const
{
    const std::vector<LoggedRequest> log = requests();
    return static_cast<std::size_t>(
        std::count_if(log.begin(), log.end(), [](const LoggedRequest& request) { return request.leaked; }));
}

std::uint64_t FakeHub::uploadedBytes() const
{
    std::uint64_t bytes = 0;
    for (const LoggedRequest& request : requests()) {
        const bool uploads
            = request.port == Port::Storage || request.path.find("/commit/") != std::string::npos;
        bytes += uploads ? request.bodyBytes : 0;
    }
    return bytes;
}

Snapshot FakeHub::snapshot(const std::string& id, const std::string& revision) const
{
    const std::lock_guard lock(m_service->state.mutex);
    const auto found = m_service->state.repositories.find(dataset(id));
    if (found == m_service->state.repositories.end()) {
        return {};
    }
    Snapshot snapshot {.exists = true, .isPrivate = found->second.isPrivate, .head = {}, .files = {}};
    if (const Commit* commit = found->second.find(revision)) {
        snapshot.head = commit->id;
        for (const auto& [path, entry] : *commit->tree) {
            snapshot.files[path]
                = {.sha256 = entry.content->sha256(), .size = entry.content->size(), .lfs = entry.lfs};
        }
    }
    return snapshot;
}

std::vector<CommitInfo> FakeHub::commits(const std::string& id, const std::string& revision) const
{
    const std::lock_guard lock(m_service->state.mutex);
    const Repository& repository = existing(m_service->state, id);
    std::vector<CommitInfo> list;
    for (const Commit* commit = repository.find(revision); commit != nullptr;) {
        list.push_back({.id = commit->id, .title = commit->title, .message = commit->message});
        const auto parent = repository.commits.find(commit->parent);
        commit = parent == repository.commits.end() ? nullptr : &parent->second;
    }
    return list;
}

std::string FakeHub::content(const std::string& id, const std::string& path) const
{
    std::shared_ptr<const Content> content;
    {
        const std::lock_guard lock(m_service->state.mutex);
        const Tree& tree = *existing(m_service->state, id).find("main")->tree;
        const auto found = tree.find(path);
        content = found == tree.end() ? nullptr : found->second.content;
    }
    return content ? content->text() : std::string();
}

} // namespace workbench::fakehub
