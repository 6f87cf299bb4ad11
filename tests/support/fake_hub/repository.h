// SPDX-License-Identifier: Apache-2.0
/// One repository of the fake Hub: commits, branches, and the large objects it was sent.
#pragma once

#include "tests/support/fake_hub/content.h"

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace workbench::fakehub {

struct Entry {
    std::shared_ptr<const Content> content;
    std::string oid = {}; ///< git blob id, of the pointer when the file is large
    bool lfs = false;
};

using Tree = std::map<std::string, Entry, std::less<>>;

struct Commit {
    std::string id = {};
    std::string parent = {}; ///< empty for the first
    std::string title = {};
    std::string message = {};
    std::string author = {};
    std::string date = {};
    std::shared_ptr<const Tree> tree;
};

class Repository {
public:
    /// With a first commit that holds .gitattributes, as a new one has.
    Repository(std::string type, std::string id, bool isPrivate, const std::string& author);

    std::string type = {}; ///< dataset, model, space
    std::string id = {}; ///< "owner/name"
    std::string objectId = {};
    bool isPrivate = true;
    std::string gated = {}; ///< "", auto, manual
    std::set<std::string> granted; ///< users whom a gated one lets in
    bool disabled = false;
    std::string createdAt = {};
    std::string lastModified = {};
    std::map<std::string, std::string> branches; ///< ref ("main", "refs/pr/1") to commit id
    std::map<std::string, Commit> commits;
    std::map<std::string, std::shared_ptr<const Content>> objects; ///< by the oid they were sent for
    unsigned pullRequests = 0;

    [[nodiscard]] std::string owner() const { return id.substr(0, id.find('/')); }
    /// The commit a branch, HEAD, a pull request's ref or a (shortened) commit id means; nullptr for none.
    [[nodiscard]] const Commit* find(const std::string& revision) const;
    /// The branch's name when the revision is one: "main" for "refs/heads/main" too.
    [[nodiscard]] std::optional<std::string> branchNamed(const std::string& revision) const;
    /// Makes a commit on top of `parent` and moves the ref to it. Returns its id.
    std::string commit(const std::string& ref, const std::string& parent, Tree tree, std::string title,
        std::string message, std::string author);
    /// The newest commit from `from` back in which the file got its present content.
    [[nodiscard]] const Commit& lastChange(const Commit& from, const std::string& path) const;
};

[[nodiscard]] Entry regularEntry(std::shared_ptr<const Content> content);
[[nodiscard]] Entry lfsEntry(std::shared_ptr<const Content> content);
/// True when a directory of that name is in the tree ("" is the root).
[[nodiscard]] bool hasFolder(const Tree& tree, std::string_view folder);
/// A git tree's id stands for its content; ours likewise, though not git's own.
[[nodiscard]] std::string folderId(const Tree& tree, std::string_view folder);

/// "2026-05-01T10:00:00.000Z"
[[nodiscard]] std::string isoTime(std::chrono::system_clock::time_point time);
/// "Fri, 01 May 2026 10:00:00 GMT"
[[nodiscard]] std::string httpTime(std::chrono::system_clock::time_point time);

/// What git's attributes say, as far as the Hub asks: does the file belong into large file storage?
[[nodiscard]] bool trackedAsLfs(std::string_view gitAttributes, std::string_view path);
/// What a .gitignore says, for patterns without slashes and negation.
[[nodiscard]] bool ignored(std::string_view gitIgnore, std::string_view path);

} // namespace workbench::fakehub
