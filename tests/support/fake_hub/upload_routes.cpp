// SPDX-License-Identifier: Apache-2.0
/// Before the commit: which way a file goes, and where large objects are put. Protocol, sections 6 and 7.
#include "tests/support/fake_hub/hub_state.h"

#include <algorithm>

namespace workbench::fakehub {

namespace {

using nlohmann::json;

constexpr std::size_t SampleSize = 512;

std::string fileText(const Commit& commit, const std::string& path)
{
    const auto found = commit.tree->find(path);
    return found == commit.tree->end() ? std::string() : found->second.content->text();
}

bool isText(const json& object, const char* key)
{
    const auto found = object.find(key);
    return found != object.end() && found->is_string();
}

bool isSize(const json& object, const char* key)
{
    const auto found = object.find(key);
    return found != object.end() && found->is_number_unsigned();
}

/// git-lfs has a media type of its own and servers insist on it.
bool speaksLfs(const Request& request)
{
    constexpr const char* Media = "application/vnd.git-lfs+json";
    return request.header("content-type").starts_with(Media)
        && request.header("accept").find(Media) != std::string::npos;
}

Response lfsRefusal(int status, const std::string& message)
{
    Response response = jsonAnswer({{"message", message}, {"request_id", randomHex(8)}}, status);
    response.set("Content-Type", "application/vnd.git-lfs+json");
    return response;
}

/// A URL that breaks when anybody "tidies" it: mixed case escapes, an escaped tilde, an empty parameter.
std::string signedTarget(const std::string& key, const std::string& more)
{
    return "/fake-storage/" + key
        + "?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=FAKE%2F20260501%2fus-east-1%2Fs3%2Faws4_request"
          "&X-Amz-Expires=900&marker=%7e%2B&x-id=PutObject&empty="
        + more + "&X-Amz-Signature=" + randomHex(64);
}

std::string uploadUrl(HubState& state, const std::string& uploadId, unsigned part)
{
    const Upload& upload = state.uploads.at(uploadId);
    std::string target = signedTarget(upload.oid.substr(0, 2) + "/" + upload.oid,
        part == 0 ? "" : "&partNumber=" + std::to_string(part) + "&uploadId=" + uploadId);
    state.uploadTargets[target] = {.upload = uploadId, .part = part};
    return state.storageUrl + target;
}

json uploadAction(HubState& state, const std::string& uploadId)
{
    const Upload& upload = state.uploads.at(uploadId);
    json action = json::object();
    if (upload.chunkSize == 0) {
        action["href"] = uploadUrl(state, uploadId, 0);
        if (state.options.basicUploadHeader) {
            action["header"] = {{"x-amz-storage-class", "STANDARD"}};
        }
    } else {
        const std::string target = "/api/complete_multipart?uploadId=" + uploadId
            + "&bucket=fake%2Dstorage&prefix=" + upload.oid + "&expiration=900&signature=" + randomHex(64);
        state.completionTargets[target] = uploadId;
        action["href"] = answeredHost(state) + target;
        json header {{"chunk_size", std::to_string(upload.chunkSize)}};
        const std::uint64_t parts = (upload.size + upload.chunkSize - 1) / upload.chunkSize;
        for (unsigned part = 1; part <= parts; ++part) {
            std::string key = std::to_string(part);
            key.insert(0, 5 - std::min<std::size_t>(5, key.size()), '0');
            header[key] = uploadUrl(state, uploadId, part);
        }
        action["header"] = std::move(header);
    }
    if (state.options.expiresIn) {
        action["expires_in"] = 900;
    }
    return action;
}

json batchObject(Call& call, const Repository& repository, const json& asked, bool multipartOffered)
{
    HubState& state = call.state;
    const std::string oid = isText(asked, "oid") ? asked["oid"].get<std::string>() : std::string();
    if (!isLowerHex(oid, 64) || !isSize(asked, "size")) {
        return {{"oid", oid}, {"size", 0}, {"error", {{"code", 422}, {"message", "invalid oid or size"}}}};
    }
    const auto size = asked["size"].get<std::uint64_t>();
    json object {{"oid", oid}, {"size", size}};
    const auto refused = state.refusedObjects.find(oid);
    if (refused != state.refusedObjects.end()) {
        object["error"] = {{"code", refused->second.first}, {"message", refused->second.second}};
        return object;
    }
    const auto stored = repository.objects.find(oid);
    if (stored != repository.objects.end()) {
        if (stored->second->size() != size) {
            object["error"] = {{"code", 422}, {"message", "the object has another size"}};
        }
        return object; // without actions: there is nothing to upload
    }
    const bool inParts = multipartOffered && size >= state.options.multipartFrom && size > 0;
    const std::string uploadId = randomHex(24);
    state.uploads[uploadId] = Upload {.repository = repositoryKey(repository.type, repository.id),
        .oid = oid,
        .size = size,
        .chunkSize = inParts ? state.options.chunkSize : 0};
    object["authenticated"] = true;
    object["actions"]["upload"] = uploadAction(state, uploadId);
    if (state.options.verifyAction) {
        const std::string prefix = repository.type == "model" ? "" : plural(repository.type) + "/";
        object["actions"]["verify"]["href"]
            = answeredHost(state) + "/" + prefix + repository.id + ".git/info/lfs/objects/verify";
    }
    return object;
}

} // namespace

Response preupload(Call& call, Repository& repository, const std::string& revision)
{
    const bool pullRequest = call.request.queryFlag("create_pr");
    if (auto refused = refuseToWrite(call, repository)) {
        if (!pullRequest || call.caller.kind != Caller::Kind::Known) { // reading is enough for a pull request
            return std::move(*refused);
        }
    }
    const Commit* commit = repository.find(revision);
    if (commit == nullptr) {
        return revisionNotFound(revision);
    }
    const auto body = jsonBody(call.request);
    if (!body || !body->contains("files") || !(*body)["files"].is_array()) {
        return badRequest("\"files\" is required");
    }
    const HubOptions& options = call.state.options;
    if ((*body)["files"].size() > options.preuploadLimit) {
        return refusal(413, "", "too many files");
    }
    const std::string attributes = isText(*body, "gitAttributes")
        ? (*body)["gitAttributes"].get<std::string>()
        : fileText(*commit, ".gitattributes");
    const std::string ignores = isText(*body, "gitIgnore") ? (*body)["gitIgnore"].get<std::string>()
                                                           : fileText(*commit, ".gitignore");
    json files = json::array();
    for (const json& asked : (*body)["files"]) {
        if (!asked.is_object() || !isText(asked, "path") || !isSize(asked, "size")
            || !isText(asked, "sample")) {
            return badRequest("\"path\", \"size\" and \"sample\" are required");
        }
        const std::string path = asked["path"].get<std::string>();
        const auto size = asked["size"].get<std::uint64_t>();
        const auto sample = decodeBase64(asked["sample"].get_ref<const std::string&>());
        if (!sample || sample->size() != std::min<std::uint64_t>(SampleSize, size)) {
            return badRequest("\"sample\" is not the Base64 of the first 512 bytes");
        }
        if (!pathFault(path).empty()) {
            return badRequest(pathFault(path));
        }
        const bool large = size > 0
            && (size > options.lfsAbove || trackedAsLfs(attributes, path)
                || sample->find('\0') != std::string::npos);
        json file {{"path", path}, {"uploadMode", large ? "lfs" : "regular"},
            {"shouldIgnore", ignored(ignores, path)}};
        const auto present = commit->tree->find(path);
        if (present != commit->tree->end() && options.preuploadOids) {
            file["oid"] = present->second.lfs ? present->second.content->sha256() : present->second.oid;
        }
        files.push_back(std::move(file));
    }
    json answer {{"files", std::move(files)}};
    if (options.preuploadOids) {
        answer["commitOid"] = commit->id;
    }
    return jsonAnswer(answer);
}

Response lfsBatch(Call& call, Repository& repository)
{
    if (auto refused = refuseToWrite(call, repository)) {
        return std::move(*refused);
    }
    if (!speaksLfs(call.request)) {
        return lfsRefusal(415, "Accept and Content-Type must be application/vnd.git-lfs+json");
    }
    const auto body = jsonBody(call.request);
    if (!body || !body->contains("objects") || !(*body)["objects"].is_array()) {
        return lfsRefusal(422, "\"objects\" is required");
    }
    const std::string algorithm = body->value("hash_algo", "sha256");
    if (body->value("operation", "") != "upload" || (algorithm != "sha256" && algorithm != "sha_256")) {
        return lfsRefusal(422, "only uploads by SHA-256 are known here");
    }
    const std::size_t limit = call.state.options.batchLimit;
    if (limit > 0 && (*body)["objects"].size() > limit) {
        return lfsRefusal(413, "too many objects");
    }
    const json transfers = body->value("transfers", json::array({"basic"}));
    const bool multipart = std::find(transfers.begin(), transfers.end(), "multipart") != transfers.end();
    json objects = json::array();
    bool anyInParts = false;
    for (const json& asked : (*body)["objects"]) {
        objects.push_back(batchObject(call, repository, asked, multipart));
        const json& object = objects.back();
        anyInParts = anyInParts
            || (object.contains("actions") && object["actions"]["upload"].contains("header")
                && object["actions"]["upload"]["header"].contains("chunk_size"));
    }
    Response response = jsonAnswer({{"transfer", anyInParts ? "multipart" : "basic"}, {"objects", objects}});
    response.set("Content-Type", "application/vnd.git-lfs+json");
    return response;
}

Response lfsVerify(Call& call, Repository& repository)
{
    if (auto refused = refuseToWrite(call, repository)) {
        return std::move(*refused);
    }
    const auto body = jsonBody(call.request);
    if (!body || !isText(*body, "oid") || !isSize(*body, "size")) {
        return lfsRefusal(422, "\"oid\" and \"size\" are required");
    }
    const auto found = repository.objects.find((*body)["oid"].get<std::string>());
    if (found == repository.objects.end() || found->second->size() != (*body)["size"].get<std::uint64_t>()) {
        return lfsRefusal(404, "Object does not exist or has another size");
    }
    return jsonAnswer(json::object());
}

Response completeMultipart(Call& call)
{
    HubState& state = call.state;
    const auto target = state.completionTargets.find(call.request.target);
    if (target == state.completionTargets.end()) {
        return refusal(403, "", "Invalid signature");
    }
    if (!speaksLfs(call.request)) {
        return lfsRefusal(415, "Accept and Content-Type must be application/vnd.git-lfs+json");
    }
    Upload& upload = state.uploads.at(target->second);
    const auto repository = state.repositories.find(upload.repository);
    if (repository == state.repositories.end() || upload.expired) {
        return refusal(403, "", "Request has expired");
    }
    if (upload.complete) {
        return state.options.completionOnce ? refusal(404, "", "The upload does not exist")
                                            : jsonAnswer(json::object());
    }
    const auto body = jsonBody(call.request);
    if (!body || body->value("oid", "") != upload.oid || !body->contains("parts")
        || !(*body)["parts"].is_array()) {
        return badRequest("\"oid\" and \"parts\" are required");
    }
    const std::uint64_t wanted = (upload.size + upload.chunkSize - 1) / upload.chunkSize;
    const json& parts = (*body)["parts"];
    if (parts.size() != wanted || upload.parts.size() != wanted) {
        return badRequest("InvalidPart: parts are missing");
    }
    ContentWriter whole(state.options.spillAbove);
    unsigned number = 0;
    for (const json& part : parts) {
        ++number;
        const Content& content = *upload.parts.at(number);
        if (!part.is_object() || part.value("partNumber", 0U) != number
            || part.value("etag", "") != "\"" + content.md5() + "\"") {
            return badRequest("InvalidPart: part numbers must ascend and etags must be those of the parts");
        }
        whole.append(content);
    }
    auto content = whole.finish();
    if (content->sha256() != upload.oid && !upload.corrupted) {
        return badRequest("BadDigest: the parts are not the object of that oid");
    }
    repository->second.objects[upload.oid] = std::move(content);
    upload.complete = true;
    upload.parts.clear();
    return jsonAnswer(json::object());
}

} // namespace workbench::fakehub
