// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fake_hub/repository.h"

#include "tests/support/fake_hub/fault.h"

#include <algorithm>
#include <array>
#include <ctime>
#include <utility>

namespace workbench::fakehub {

namespace {

constexpr std::string_view DefaultAttributes = R"(*.7z filter=lfs diff=lfs merge=lfs -text
*.arrow filter=lfs diff=lfs merge=lfs -text
*.bin filter=lfs diff=lfs merge=lfs -text
*.bz2 filter=lfs diff=lfs merge=lfs -text
*.gz filter=lfs diff=lfs merge=lfs -text
*.npy filter=lfs diff=lfs merge=lfs -text
*.npz filter=lfs diff=lfs merge=lfs -text
*.parquet filter=lfs diff=lfs merge=lfs -text
*.safetensors filter=lfs diff=lfs merge=lfs -text
*.tar filter=lfs diff=lfs merge=lfs -text
*.tgz filter=lfs diff=lfs merge=lfs -text
*.xz filter=lfs diff=lfs merge=lfs -text
*.zip filter=lfs diff=lfs merge=lfs -text
*.zst filter=lfs diff=lfs merge=lfs -text
*.mp3 filter=lfs diff=lfs merge=lfs -text
*.mp4 filter=lfs diff=lfs merge=lfs -text
*.jpg filter=lfs diff=lfs merge=lfs -text
*.jpeg filter=lfs diff=lfs merge=lfs -text
*.png filter=lfs diff=lfs merge=lfs -text
*.webp filter=lfs diff=lfs merge=lfs -text
)";

std::string_view fileName(std::string_view path) { return path.substr(path.rfind('/') + 1); }

/// Calls `use` with each line that holds something, without its end.
template <class Use> void forEachLine(std::string_view text, Use use)
{
    while (!text.empty()) {
        std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(text.size(), line.size() + 1));
        while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) {
            line.remove_suffix(1);
        }
        if (!line.empty() && line.front() != '#') {
            use(line);
        }
    }
}

bool namesPath(std::string_view pattern, std::string_view path)
{
    return matchesPattern(pattern, pattern.find('/') == std::string_view::npos ? fileName(path) : path);
}

std::tm utc(std::chrono::system_clock::time_point time)
{
    const std::time_t seconds = std::chrono::system_clock::to_time_t(time);
    std::tm parts {};
    gmtime_r(&seconds, &parts);
    return parts;
}

std::string padded(int value, std::size_t digits)
{
    std::string text = std::to_string(value);
    return text.size() < digits ? std::string(digits - text.size(), '0') + text : text;
}

} // namespace

Repository::Repository(std::string type_, std::string id_, bool isPrivate_, const std::string& author)
    : type(std::move(type_))
    , id(std::move(id_))
    , objectId(randomHex(24))
    , isPrivate(isPrivate_)
    , createdAt(isoTime(std::chrono::system_clock::now()))
    , lastModified(createdAt)
{
    Tree tree;
    tree.emplace(".gitattributes", regularEntry(ContentWriter::of(DefaultAttributes)));
    commit("main", "", std::move(tree), "initial commit", "", author);
}

const Commit* Repository::find(const std::string& revision) const
{
    std::string commitId;
    if (const auto branch = branchNamed(revision == "HEAD" ? "main" : revision)) {
        commitId = branches.at(*branch);
    } else if (revision.size() >= 7 && revision.size() <= 40 && isLowerHex(revision, revision.size())) {
        const auto found = commits.lower_bound(revision);
        commitId = found != commits.end() && found->first.starts_with(revision) ? found->first : "";
    }
    const auto found = commits.find(commitId);
    return found == commits.end() ? nullptr : &found->second;
}

std::optional<std::string> Repository::branchNamed(const std::string& revision) const
{
    constexpr std::string_view Heads = "refs/heads/";
    const std::string name = revision.starts_with(Heads) ? revision.substr(Heads.size()) : revision;
    return branches.contains(name) ? std::optional(name) : std::nullopt;
}

std::string Repository::commit(const std::string& ref, const std::string& parent, Tree tree,
    std::string title, std::string message, std::string author)
{
    const std::string commitId
        = Digest::of(Digest::Kind::Sha1, folderId(tree, "") + parent + title + message + randomHex(40));
    lastModified = isoTime(std::chrono::system_clock::now());
    commits[commitId] = Commit {.id = commitId,
        .parent = parent,
        .title = std::move(title),
        .message = std::move(message),
        .author = std::move(author),
        .date = lastModified,
        .tree = std::make_shared<const Tree>(std::move(tree))};
    branches[ref] = commitId;
    return commitId;
}

const Commit& Repository::lastChange(const Commit& from, const std::string& path) const
{
    const auto oidIn = [&](const Commit& at) {
        const auto found = at.tree->find(path);
        return found == at.tree->end() ? std::string() : found->second.oid;
    };
    const Commit* newest = &from;
    while (!newest->parent.empty() && oidIn(commits.at(newest->parent)) == oidIn(from)) {
        newest = &commits.at(newest->parent);
    }
    return *newest;
}

Entry regularEntry(std::shared_ptr<const Content> content)
{
    std::string oid = gitBlobId(content->text());
    return {.content = std::move(content), .oid = std::move(oid), .lfs = false};
}

Entry lfsEntry(std::shared_ptr<const Content> content)
{
    std::string oid = gitBlobId(lfsPointer(content->sha256(), content->size()));
    return {.content = std::move(content), .oid = std::move(oid), .lfs = true};
}

bool hasFolder(const Tree& tree, std::string_view folder)
{
    if (folder.empty()) {
        return true;
    }
    const std::string prefix = std::string(folder) + "/";
    const auto found = tree.lower_bound(prefix);
    return found != tree.end() && found->first.starts_with(prefix);
}

std::string folderId(const Tree& tree, std::string_view folder)
{
    const std::string prefix = folder.empty() ? std::string() : std::string(folder) + "/";
    Digest digest(Digest::Kind::Sha1);
    for (auto at = tree.lower_bound(prefix); at != tree.end() && at->first.starts_with(prefix); ++at) {
        digest.update(at->second.oid);
        digest.update(at->first);
    }
    return digest.finish();
}

std::string isoTime(std::chrono::system_clock::time_point time)
{
    const std::tm parts = utc(time);
    return padded(parts.tm_year + 1900, 4) + "-" + padded(parts.tm_mon + 1, 2) + "-"
        + padded(parts.tm_mday, 2) + "T" + padded(parts.tm_hour, 2) + ":" + padded(parts.tm_min, 2) + ":"
        + padded(parts.tm_sec, 2) + ".000Z";
}

std::string httpTime(std::chrono::system_clock::time_point time)
{
    constexpr std::array<const char*, 7> Days {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array<const char*, 12> Months {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const std::tm parts = utc(time);
    return std::string(Days.at(static_cast<std::size_t>(parts.tm_wday))) + ", " + padded(parts.tm_mday, 2)
        + " " + Months.at(static_cast<std::size_t>(parts.tm_mon)) + " " + padded(parts.tm_year + 1900, 4)
        + " " + padded(parts.tm_hour, 2) + ":" + padded(parts.tm_min, 2) + ":" + padded(parts.tm_sec, 2)
        + " GMT";
}

bool trackedAsLfs(std::string_view gitAttributes, std::string_view path)
{
    bool tracked = false;
    forEachLine(gitAttributes, [&](std::string_view line) {
        const std::string_view pattern = line.substr(0, line.find(' '));
        if (namesPath(pattern, path)) { // the last line that says something decides
            const std::string_view attributes = line.substr(pattern.size());
            if (attributes.find(" filter=lfs") != std::string_view::npos) {
                tracked = true;
            } else if (attributes.find(" -filter") != std::string_view::npos
                || attributes.find(" !filter") != std::string_view::npos) {
                tracked = false;
            }
        }
    });
    return tracked;
}

bool ignored(std::string_view gitIgnore, std::string_view path)
{
    bool found = false;
    forEachLine(gitIgnore, [&](std::string_view line) {
        const bool folder = line.back() == '/';
        found = found || (folder ? path.starts_with(line) : namesPath(line, path));
    });
    return found;
}

} // namespace workbench::fakehub
