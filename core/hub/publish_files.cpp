// SPDX-License-Identifier: Apache-2.0
#include "core/hub/publish_files.h"

#include "core/base/sha256.h"
#include "core/bundle/bundle_names.h"

#include <algorithm>
#include <set>

namespace workbench {

namespace {

bool isSplitFile(std::string_view path)
{
    constexpr std::string_view Folder = "splits/";
    return path.starts_with(Folder) && path.ends_with(".jsonl")
        && path.find('/', Folder.size()) == std::string_view::npos;
}

} // namespace

Result<std::vector<CommitFile>> identifyBundle(
    const std::string& folder, const DatasetInfo& info, const std::stop_token& stop)
{
    std::set<std::string> paths {InfoName};
    for (const auto& [path, file] : info.files) {
        paths.insert(path);
    }
    // No file states the hash of the statement itself; what was verified has just one spelling.
    const std::string statement = Sha256::of(toJson(info));
    const std::string inFolder = folder + '/';
    std::vector<CommitFile> files;
    for (const std::string& path : paths) {
        CommitFile file {path, inFolder + path, {}, false};
        auto identity = identify(file.localPath, stop);
        if (!identity) {
            return identity.error();
        }
        file.identity = std::move(*identity);
        if (file.identity.sha256 != (path == InfoName ? statement : info.files.at(path).sha256)) {
            return Error {ErrorCode::PushRefused,
                "The bundle was changed after it was written: " + path + " differs. Export again.", path};
        }
        files.push_back(std::move(file));
    }
    return files;
}

std::string bundleDigest(const std::vector<CommitFile>& files)
{
    Sha256 hash;
    for (const CommitFile& file : files) {
        hash.update(file.identity.sha256);
        hash.update("  ");
        hash.update(file.path);
        hash.update("\n");
    }
    return "sha256:" + hash.finish();
}

bool isSame(const CommitFile& file, const RemoteFile& remote)
{
    if (remote.size != file.identity.bytes) {
        return false;
    }
    return remote.sha256.empty() ? remote.gitBlob == file.identity.gitBlob
                                 : remote.sha256 == file.identity.sha256;
}

bool isContentOf(std::string_view content, const RemoteFile& remote)
{
    if (remote.sha256.empty()) {
        return gitBlobOf(content) == remote.gitBlob;
    }
    return Sha256::of(content) == remote.sha256;
}

std::vector<PlannedFile> planFiles(const std::vector<CommitFile>& files, const RemoteTree& remote)
{
    std::vector<PlannedFile> plan;
    for (const CommitFile& file : files) {
        PlannedFile planned {file.path, FileChange::Added, 0, file.identity.bytes};
        if (const auto there = remote.find(file.path); there != remote.end()) {
            planned.change = isSame(file, there->second) ? FileChange::Same : FileChange::Replaced;
            planned.before = there->second.size;
        }
        plan.push_back(std::move(planned));
    }
    for (const auto& [path, there] : remote) {
        const bool ours = std::any_of(
            files.begin(), files.end(), [&path = path](const CommitFile& file) { return file.path == path; });
        if (isSplitFile(path) && !ours) {
            plan.push_back({path, FileChange::Deleted, there.size, 0});
        }
    }
    std::stable_sort(plan.begin(), plan.end(), [](const PlannedFile& a, const PlannedFile& b) {
        return a.change != b.change ? a.change < b.change : a.path < b.path;
    });
    return plan;
}

std::vector<std::string> differences(
    const std::vector<CommitFile>& files, const std::vector<PlannedFile>& plan, const RemoteTree& remote)
{
    std::vector<std::string> wrong;
    for (const CommitFile& file : files) {
        const auto there = remote.find(file.path);
        if (there == remote.end() || !isSame(file, there->second)) {
            wrong.push_back(file.path);
        }
    }
    for (const PlannedFile& planned : plan) {
        if (planned.change == FileChange::Deleted && remote.contains(planned.path)) {
            wrong.push_back(planned.path);
        }
    }
    return wrong;
}

} // namespace workbench
