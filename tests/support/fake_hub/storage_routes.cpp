// SPDX-License-Identifier: Apache-2.0
/// The storage behind the Hub, on a port of its own: it answers as S3 does, and tokens have no business here.
#include "tests/support/fake_hub/hub_state.h"

#include <algorithm>

namespace workbench::fakehub {

namespace {

Response xmlRefusal(int status, const std::string& code, const std::string& message)
{
    Response response;
    response.status = status;
    response.set("Content-Type", "application/xml");
    response.body = R"(<?xml version="1.0" encoding="UTF-8"?><Error><Code>)" + code + "</Code><Message>"
        + message + "</Message></Error>";
    return response;
}

std::uint64_t expectedSize(const Upload& upload, unsigned part)
{
    if (part == 0) {
        return upload.size;
    }
    const std::uint64_t from = (part - 1) * upload.chunkSize;
    return std::min(upload.chunkSize, upload.size - from);
}

Response put(HubState& state, Request& request)
{
    const auto target = state.uploadTargets.find(request.target);
    if (target == state.uploadTargets.end()) {
        return xmlRefusal(403, "SignatureDoesNotMatch", "The request signature we calculated does not match");
    }
    Upload& upload = state.uploads.at(target->second.upload);
    const auto repository = state.repositories.find(upload.repository);
    if (upload.expired || repository == state.repositories.end()) {
        return xmlRefusal(403, "AccessDenied", "Request has expired");
    }
    const unsigned part = target->second.part;
    if (part == 0 && state.options.basicUploadHeader && request.header("x-amz-storage-class") != "STANDARD") {
        return xmlRefusal(403, "SignatureDoesNotMatch", "A signed header is missing");
    }
    if (request.bodyBytes == 0) {
        return xmlRefusal(501, "NotImplemented", "Empty objects are not stored");
    }
    if (request.bodyBytes != expectedSize(upload, part)) {
        return xmlRefusal(400, "IncompleteBody", "The number of bytes is not the one that was signed");
    }
    auto* stored = dynamic_cast<StoredBody*>(request.body.get());
    std::shared_ptr<const Content> content = stored->writer.finish();
    const bool corrupts = request.fault && request.fault->kind == FaultKind::WrongHash;
    if (corrupts) {
        content = corruptedCopy(*content);
        upload.corrupted = true;
    }
    Response response;
    response.set("ETag", "\"" + content->md5() + "\"");
    if (part > 0) {
        upload.parts[part] = std::move(content);
    } else if (content->sha256() != upload.oid && !corrupts) {
        return xmlRefusal(400, "BadDigest", "The SHA-256 you specified did not match what we received");
    } else {
        repository->second.objects[upload.oid] = std::move(content);
        upload.complete = true;
    }
    return response;
}

} // namespace

Response storage(HubState& state, Request& request)
{
    if (request.headers.contains("authorization")) {
        return xmlRefusal(400, "InvalidArgument", "Only one auth mechanism allowed");
    }
    if (request.method == "PUT") {
        if (request.headers.contains("transfer-encoding")) {
            return xmlRefusal(
                501, "NotImplemented", "A header you provided implies functionality not implemented");
        }
        return put(state, request);
    }
    const auto found = state.downloads.find(request.target);
    if (found == state.downloads.end() || (request.method != "GET" && request.method != "HEAD")) {
        return xmlRefusal(403, "AccessDenied", "Access Denied");
    }
    Response response = contentAnswer(request, found->second);
    response.set("ETag", "\"" + found->second->md5() + "\"");
    return response;
}

} // namespace workbench::fakehub
