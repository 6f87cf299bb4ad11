// SPDX-License-Identifier: Apache-2.0
#include "core/hub/lfs_upload.h"

#include <algorithm>
#include <map>

namespace workbench {

namespace {

HubError localFault(const Error& error)
{
    return {error.code == ErrorCode::Cancelled ? HubFault::Cancelled : HubFault::LocalFile, error.message, 0};
}

std::optional<HubError> putBasic(HubClient& client, const CommitFile& file, const LfsUpload& upload,
    const FileSentFn& sent, const std::stop_token& stop)
{
    auto body = FileBody::open(file.localPath, file.identity, 0, file.identity.bytes);
    if (!body) {
        return localFault(body.error());
    }
    const auto stored = client.put(
        upload.href, upload.headers, *body, [&](std::uint64_t count) { sent(file, count); }, stop);
    return stored ? std::nullopt : std::optional<HubError>(stored.error);
}

std::optional<HubError> putParts(HubClient& client, const CommitFile& file, const LfsUpload& upload,
    const FileSentFn& sent, const std::stop_token& stop)
{
    const std::uint64_t bytes = file.identity.bytes;
    std::vector<std::string> etags;
    for (std::size_t part = 0; part < upload.parts.size(); ++part) {
        const std::uint64_t begin = part * upload.chunkBytes;
        auto body = FileBody::open(
            file.localPath, file.identity, begin, std::min(upload.chunkBytes, bytes - begin));
        if (!body) {
            return localFault(body.error());
        }
        const auto etag = client.put(
            upload.parts[part], {}, *body, [&](std::uint64_t count) { sent(file, begin + count); }, stop);
        if (!etag) {
            return etag.error;
        }
        if (etag->empty()) {
            return HubError {
                HubFault::NotAHub, "The storage did not confirm a part of " + file.path + ".", 0};
        }
        etags.push_back(*etag);
    }
    const auto completed = client.completeMultipart(upload.href, file.identity.sha256, etags, stop);
    return completed ? std::nullopt : std::optional<HubError>(completed.error);
}

/// Whether a fresh batch may go on where this failed: it names new addresses for those that ran out, and an
/// object whose parts were joined before the answer was lost comes back as stored.
bool mayHelpToAskAgain(const HubError& failed, const LfsUpload& upload)
{
    const bool refused = failed.status >= 400 && failed.status < 500;
    return failed.status == 403 || (refused && failed.status != 429 && upload.chunkBytes > 0);
}

std::optional<HubError> store(HubClient& client, const CommitFile& file, const LfsUpload& upload,
    const FileSentFn& sent, const std::stop_token& stop)
{
    if (!upload.href.empty()) {
        auto failed = upload.chunkBytes > 0 ? putParts(client, file, upload, sent, stop)
                                            : putBasic(client, file, upload, sent, stop);
        if (failed) {
            return failed;
        }
        if (!upload.verifyHref.empty()) {
            const auto verified
                = client.verifyUpload(upload.verifyHref, {file.identity.sha256, file.identity.bytes}, stop);
            if (!verified) {
                return verified.error;
            }
        }
    }
    sent(file, file.identity.bytes);
    return std::nullopt;
}

} // namespace

std::optional<HubError> uploadLfs(HubClient& client, const std::string& repo, const std::string& branch,
    const std::vector<const CommitFile*>& files, const FileSentFn& sent, const std::stop_token& stop)
{
    constexpr int MostBatches = 3;
    std::map<std::string, const CommitFile*> bySha; // identical content is one object
    for (const CommitFile* file : files) {
        bySha.emplace(file->identity.sha256, file);
    }
    for (int batches = 1; !bySha.empty(); ++batches) {
        std::vector<LfsObject> objects;
        for (const auto& [sha, file] : bySha) {
            objects.push_back({sha, file->identity.bytes});
        }
        const auto uploads = client.lfsBatch(repo, branch, objects, stop);
        if (!uploads) {
            return uploads.error;
        }
        for (std::size_t i = 0; i < objects.size(); ++i) {
            const auto failed = store(client, *bySha.at(objects[i].sha256), (*uploads)[i], sent, stop);
            if (!failed) {
                bySha.erase(objects[i].sha256);
            } else if (batches >= MostBatches || !mayHelpToAskAgain(*failed, (*uploads)[i])) {
                return failed;
            }
        }
    }
    return std::nullopt;
}

} // namespace workbench
