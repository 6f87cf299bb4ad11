// SPDX-License-Identifier: Apache-2.0
#include "tests/support/hub_talk.h"

#include "core/base/sha256.h"

#include <openssl/evp.h>

#include <algorithm>
#include <cstdlib>

namespace workbench {

namespace {

using nlohmann::json;

const std::vector<std::string> LfsHeaders {
    "Accept: application/vnd.git-lfs+json", "Content-Type: application/vnd.git-lfs+json"};

/// libcurl's own default for bodies is a form.
const std::vector<std::string> JsonHeaders {"Content-Type: application/json"};

} // namespace

PlainAnswer HubTalk::get(const std::string& path, std::vector<std::string> headers) const
{
    return send({.url = hub.url() + path, .token = token, .headers = std::move(headers)});
}

PlainAnswer HubTalk::post(const std::string& path, const json& body) const
{
    return send({.method = "POST",
        .url = hub.url() + path,
        .token = token,
        .headers = JsonHeaders,
        .body = body.dump()});
}

PlainAnswer HubTalk::create(const std::string& name, const std::string& visibility) const
{
    return post("/api/repos/create",
        {{"type", "dataset"}, {"name", name}, {"organization", "lab"}, {"visibility", visibility}});
}

json HubTalk::preupload(const std::string& id, const std::string& path, std::string_view content) const
{
    const json file {{"path", path}, {"size", content.size()}, {"sample", base64(content.substr(0, 512))}};
    const json answer
        = post("/api/datasets/" + id + "/preupload/main", {{"files", json::array({file})}}).json();
    return answer.contains("files") ? answer["files"].at(0) : answer;
}

json HubTalk::batch(
    const std::string& id, const std::string& content, const std::vector<std::string>& transfers) const
{
    const json body {{"operation", "upload"}, {"transfers", transfers}, {"hash_algo", "sha256"},
        {"ref", {{"name", "main"}}},
        {"objects", json::array({{{"oid", sha256(content)}, {"size", content.size()}}})}};
    const json answer = send({.method = "POST",
                                 .url = hub.url() + "/datasets/" + id + ".git/info/lfs/objects/batch",
                                 .token = token,
                                 .headers = LfsHeaders,
                                 .body = body.dump()})
                            .json();
    return answer.contains("objects") ? answer["objects"].at(0) : answer;
}

PlainAnswer HubTalk::put(const std::string& url, const std::string& content) const
{
    return send({.method = "PUT", .url = url, .body = content});
}

bool HubTalk::store(const std::string& id, const std::string& content) const
{
    const json object = batch(id, content, {"basic"});
    return object.contains("actions")
        && put(object["actions"]["upload"]["href"].get<std::string>(), content).status == 200;
}

json HubTalk::putParts(const json& object, const std::string& content) const
{
    const json& header = object["actions"]["upload"]["header"];
    const std::size_t chunk = std::stoul(header["chunk_size"].get<std::string>());
    json parts = json::array();
    for (std::size_t from = 0; from < content.size(); from += chunk) {
        const std::size_t number = from / chunk + 1;
        std::string key = std::to_string(number);
        key.insert(0, 5 - std::min<std::size_t>(5, key.size()), '0');
        const PlainAnswer stored = put(header[key].get<std::string>(), content.substr(from, chunk));
        parts.push_back({{"partNumber", number}, {"etag", stored.header("etag")}});
    }
    return {{"oid", object["oid"]}, {"parts", parts}};
}

PlainAnswer HubTalk::complete(const json& object, const json& body) const
{
    return send({.method = "POST",
        .url = object["actions"]["upload"]["href"].get<std::string>(),
        .headers = LfsHeaders,
        .body = body.dump()});
}

PlainAnswer HubTalk::commit(
    const std::string& id, const std::vector<json>& lines, const std::string& revision) const
{
    std::string body;
    for (const json& line : lines) {
        body += line.dump() + "\n";
    }
    return send({.method = "POST",
        .url = hub.url() + "/api/datasets/" + id + "/commit/" + revision,
        .token = token,
        .headers = {"Content-Type: application/x-ndjson"},
        .body = body});
}

json headerLine(const std::string& summary, const std::string& parentCommit)
{
    json value {{"summary", summary}, {"description", ""}};
    if (!parentCommit.empty()) {
        value["parentCommit"] = parentCommit;
    }
    return {{"key", "header"}, {"value", value}};
}

json fileLine(const std::string& path, const std::string& content)
{
    return {
        {"key", "file"}, {"value", {{"path", path}, {"encoding", "base64"}, {"content", base64(content)}}}};
}

json lfsLine(const std::string& path, const std::string& content)
{
    return {{"key", "lfsFile"},
        {"value", {{"path", path}, {"algo", "sha256"}, {"oid", sha256(content)}, {"size", content.size()}}}};
}

json deletedLine(const std::string& key, const std::string& path)
{
    return {{"key", key}, {"value", {{"path", path}}}};
}

std::string base64(std::string_view bytes)
{
    std::string out((bytes.size() + 2) / 3 * 4 + 1, '\0');
    const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()),
        reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
    out.resize(static_cast<std::size_t>(size));
    return out;
}

std::string sha256(std::string_view bytes) { return Sha256::of(bytes); }

} // namespace workbench
