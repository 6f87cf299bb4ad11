// SPDX-License-Identifier: Apache-2.0
// HubClient's calls that bring files to the Hub.
#include "core/hub/hub_answer.h"
#include "core/hub/hub_client.h"
#include "core/json/json_writer.h"

#include <algorithm>

namespace workbench {

namespace {

using namespace hub_answer;

constexpr std::size_t FilesPerPreupload = 256;
constexpr std::size_t ObjectsPerBatch = 256; // a server's own limits are not known
constexpr int TooMany = 413;
constexpr const char* LfsMediaType = "application/vnd.git-lfs+json";

} // namespace

HubResult<std::map<std::string, UploadMode>> HubClient::preupload(const std::string& repo,
    const std::string& branch, const std::vector<CommitFile>& files, const std::stop_token& stop)
{
    std::map<std::string, UploadMode> modes;
    std::size_t atOnce = FilesPerPreupload;
    for (std::size_t begin = 0, end = 0; begin < files.size(); begin = end) {
        end = std::min(begin + atOnce, files.size());
        JsonWriter body;
        body.beginObject(JsonWriter::Layout::Compact).key("files").beginArray(JsonWriter::Layout::Compact);
        for (std::size_t i = begin; i < end; ++i) {
            body.beginObject(JsonWriter::Layout::Compact).key("path").text(files[i].path);
            body.key("size")
                .count(files[i].identity.bytes)
                .key("sample")
                .text(base64(files[i].identity.head))
                .endObject();
        }
        body.endArray().endObject();
        TextBody content(body.take());
        Call call = hubCall("POST", datasetPath(repo) + "/preupload/" + percentEncoded(branch),
            "asking how files are to be sent");
        call.request.headers.push_back({"Content-Type", "application/json"});
        call.request.body = &content;
        const auto answer = send(call, stop);
        if (!answer && answer.error.status == TooMany && end - begin > 1) {
            atOnce = (end - begin) / 2;
            end = begin;
            continue;
        }
        if (!answer) {
            return {std::nullopt, answer.error};
        }
        const JsonNode document = parsed(answer->body);
        if (!document.holdsArray("files")) {
            return {std::nullopt, notAHub(call.what)};
        }
        for (const JsonNode& entry : document.items("files")) {
            const std::string mode = entry.textOf("uploadMode");
            const bool ignored = entry.flagOf("shouldIgnore").value_or(false);
            if (mode != "lfs" && mode != "regular" && !ignored) {
                return {std::nullopt, notAHub(call.what)};
            }
            modes[entry.textOf("path")] = {mode == "lfs", ignored};
        }
    }
    for (const CommitFile& file : files) {
        if (!modes.contains(file.path)) {
            return {std::nullopt, notAHub("asking how files are to be sent")};
        }
    }
    return {std::move(modes), {}};
}

HubResult<std::vector<LfsUpload>> HubClient::lfsBatch(const std::string& repo, const std::string& branch,
    const std::vector<LfsObject>& objects, const std::stop_token& stop)
{
    std::vector<LfsUpload> uploads;
    std::size_t atOnce = ObjectsPerBatch;
    for (std::size_t begin = 0, end = 0; begin < objects.size(); begin = end) {
        end = std::min(begin + atOnce, objects.size());
        JsonWriter body;
        body.beginObject(JsonWriter::Layout::Compact).key("operation").text("upload");
        body.key("transfers")
            .beginArray(JsonWriter::Layout::Compact)
            .text("basic")
            .text("multipart")
            .endArray();
        body.key("hash_algo")
            .text("sha256")
            .key("ref")
            .beginObject(JsonWriter::Layout::Compact)
            .key("name")
            .text(branch)
            .endObject();
        body.key("objects").beginArray(JsonWriter::Layout::Compact);
        for (std::size_t i = begin; i < end; ++i) {
            body.beginObject(JsonWriter::Layout::Compact).key("oid").text(objects[i].sha256);
            body.key("size").count(objects[i].bytes).endObject();
        }
        body.endArray().endObject();
        TextBody content(body.take());
        Call call = hubCall("POST", "/datasets/" + percentEncoded(repo, true) + ".git/info/lfs/objects/batch",
            "asking where large files go");
        call.request.headers = {{"Accept", LfsMediaType}, {"Content-Type", LfsMediaType}};
        call.request.body = &content;
        const auto answer = send(call, stop);
        if (!answer && answer.error.status == TooMany && end - begin > 1) {
            atOnce = (end - begin) / 2;
            end = begin;
            continue;
        }
        if (!answer) {
            return {std::nullopt, answer.error};
        }
        const JsonNode document = parsed(answer->body);
        if (!document.holdsArray("objects")) {
            return {std::nullopt, notAHub(call.what)};
        }
        std::map<std::string, const JsonNode*> byOid;
        for (const JsonNode& entry : document.items("objects")) {
            byOid[entry.textOf("oid")] = &entry;
        }
        for (std::size_t i = begin; i < end; ++i) {
            const auto found = byOid.find(objects[i].sha256);
            if (found == byOid.end()) {
                return {std::nullopt, notAHub(call.what)};
            }
            const JsonNode& entry = *found->second;
            if (const JsonNode* const error = entry.member("error");
                error != nullptr && error->object() != nullptr) {
                return {std::nullopt,
                    {HubFault::Refused,
                        "The Hub does not take a large file: " + shown(error->textOf("message")),
                        static_cast<int>(error->countOf("code").value_or(0))}};
            }
            auto upload = hub_answer::lfsUpload(entry, objects[i], m_options.endpoint);
            if (!upload) {
                return {std::nullopt, notAHub(call.what)};
            }
            uploads.push_back(std::move(*upload));
        }
    }
    return {std::move(uploads), {}};
}

HubResult<std::string> HubClient::put(const std::string& url, const std::vector<HttpHeader>& headers,
    HttpBody& body, const std::function<void(std::uint64_t)>& sent, const std::stop_token& stop)
{
    Call call = plainCall("PUT", url, "storing a large file");
    call.request.headers = headers;
    call.request.body = &body;
    call.request.sent = sent;
    call.toStorage = true;
    const auto answer = send(call, stop);
    if (!answer) {
        return {std::nullopt, answer.error};
    }
    return {std::string(answer->header("ETag")), {}};
}

HubResult<bool> HubClient::completeMultipart(const std::string& href, const std::string& sha256,
    const std::vector<std::string>& etags, const std::stop_token& stop)
{
    JsonWriter body;
    body.beginObject(JsonWriter::Layout::Compact)
        .key("oid")
        .text(sha256)
        .key("parts")
        .beginArray(JsonWriter::Layout::Compact);
    for (std::size_t i = 0; i < etags.size(); ++i) {
        body.beginObject(JsonWriter::Layout::Compact)
            .key("partNumber")
            .count(i + 1)
            .key("etag")
            .text(etags[i])
            .endObject();
    }
    body.endArray().endObject();
    TextBody content(body.take());
    Call call = plainCall("POST", href, "joining the parts of a large file"); // signed: it needs no token
    call.request.headers = {{"Accept", LfsMediaType}, {"Content-Type", LfsMediaType}};
    call.request.body = &content;
    const auto answer = send(call, stop);
    if (!answer) {
        return {std::nullopt, answer.error};
    }
    return {true, {}};
}

HubResult<bool> HubClient::verifyUpload(
    const std::string& href, const LfsObject& object, const std::stop_token& stop)
{
    JsonWriter body;
    body.beginObject(JsonWriter::Layout::Compact)
        .key("oid")
        .text(object.sha256)
        .key("size")
        .count(object.bytes)
        .endObject();
    TextBody content(body.take());
    Call call = plainCall("POST", href, "checking a stored file");
    call.request.authorize = true;
    call.request.headers = {{"Accept", LfsMediaType}, {"Content-Type", LfsMediaType}};
    call.request.body = &content;
    const auto answer = send(call, stop);
    if (!answer) {
        return {std::nullopt, answer.error};
    }
    return {true, {}};
}

HubResult<std::string> HubClient::commit(const std::string& repo, const std::string& branch,
    const CommitRequest& request, const std::function<void(std::uint64_t)>& sent, const std::stop_token& stop)
{
    CommitBody content(request);
    Call call = hubCall("POST", datasetPath(repo) + "/commit/" + percentEncoded(branch), "the commit");
    call.request.headers.push_back({"Content-Type", "application/x-ndjson"});
    call.request.body = &content;
    call.request.sent = sent;
    call.request.stall = m_options.commitStall;
    call.request.total = m_options.commitStall * LongestOverStall;
    call.request.once = true;
    const auto answer = send(call, stop);
    if (!answer) {
        return {std::nullopt, answer.error};
    }
    const JsonNode document = parsed(answer->body);
    const std::string revision = document.textOf("commitOid");
    if (!isRevision(revision)) {
        // It may have happened all the same; only reading the repository tells.
        return {std::nullopt,
            {HubFault::ServerTrouble, "The answer to the commit is not the Hub's.", answer->status}};
    }
    return {revision, {}};
}

} // namespace workbench
