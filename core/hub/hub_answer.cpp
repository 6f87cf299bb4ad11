// SPDX-License-Identifier: Apache-2.0
#include "core/hub/hub_answer.h"

#include "core/base/ascii.h"
#include "core/base/quoted.h"
#include "core/json/strict_json.h"

#include <algorithm>
#include <array>
#include <map>

namespace workbench::hub_answer {

namespace {

/// The parts of a multipart upload, in order; false when they do not fit the object's size (section 7.3).
bool readParts(const JsonNode::Object& header, const LfsObject& object, LfsUpload& upload)
{
    std::map<unsigned long, std::string> byNumber;
    std::string chunk;
    for (const auto& [key, value] : header) {
        const bool digits
            = !key.empty() && key.size() < 10 && key.find_first_not_of("0123456789") == std::string::npos;
        if (value.text() == nullptr) {
            continue;
        }
        if (digits) {
            byNumber[std::stoul(key)] = *value.text();
        } else if (key == "chunk_size") {
            chunk = *value.text();
        }
    }
    if (chunk.empty() || chunk.size() > 18 || chunk.find_first_not_of("0123456789") != std::string::npos) {
        return false;
    }
    upload.chunkBytes = std::stoull(chunk);
    if (upload.chunkBytes == 0
        || byNumber.size() != (object.bytes + upload.chunkBytes - 1) / upload.chunkBytes) {
        return false;
    }
    for (auto& [number, url] : byNumber) {
        if (number != upload.parts.size() + 1) {
            return false;
        }
        upload.parts.push_back(std::move(url));
    }
    return true;
}

/// What the storage wants to be told beside the bytes; never what the transport says itself, nor two lines in
/// one.
bool isHeaderOfAnUpload(const std::string& name, const std::string& value)
{
    constexpr std::array<std::string_view, 5> Ours {
        "authorization", "connection", "content-length", "host", "transfer-encoding"};
    const auto control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
    return !name.empty() && name.find_first_of(": ") == std::string::npos
        && std::none_of(name.begin(), name.end(), control)
        && std::none_of(value.begin(), value.end(), control)
        && std::find(Ours.begin(), Ours.end(), lowerCase(name)) == Ours.end();
}

} // namespace

JsonNode parsed(const std::string& text) { return parseJson(text).value_or(JsonNode()); }

bool isRevision(std::string_view text)
{
    return text.size() == 40 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

std::string shown(const std::string& words)
{
    constexpr std::size_t Longest = 200;
    return printable(withoutTokenShapes(words), Longest, U' ');
}

std::string serverWords(const HttpAnswer& answer)
{
    if (const std::string_view header = answer.header("X-Error-Message"); !header.empty()) {
        return shown(std::string(header));
    }
    const JsonNode document = parsed(answer.body);
    // {"error":"text"}, {"error":["a","b"]}, {"errors":[{"message":".."}]}, {"message":".."}: section 10.1
    std::string words;
    const auto add
        = [&words](const std::string& more) { words += (words.empty() || more.empty() ? "" : ", ") + more; };
    for (const char* key : {"error_description", "error", "message"}) {
        add(words.empty() ? document.textOf(key) : std::string());
    }
    for (const char* key : {"error", "errors"}) {
        for (const JsonNode& entry : document.items(key)) {
            add(entry.text() != nullptr ? *entry.text() : entry.textOf("message"));
        }
    }
    return shown(words);
}

std::string requestId(const HttpAnswer& answer)
{
    for (const char* name : {"X-Request-Id", "X-Amzn-Trace-Id", "X-Amz-Cf-Id"}) {
        if (const std::string_view id = answer.header(name); !id.empty()) {
            return shown(std::string(id.substr(0, 80)));
        }
    }
    return {};
}

std::string nextPage(std::string_view link)
{
    for (std::size_t at = link.find('<'); at != std::string_view::npos; at = link.find('<', at + 1)) {
        const std::size_t end = link.find('>', at);
        if (end == std::string_view::npos) {
            break;
        }
        const std::string_view rest = link.substr(end, link.find('<', end) - end);
        if (rest.find("rel=\"next\"") != std::string_view::npos
            || rest.find("rel=next") != std::string_view::npos) {
            return std::string(link.substr(at + 1, end - at - 1));
        }
    }
    return {};
}

HubError notAHub(const char* what)
{
    return {HubFault::NotAHub,
        std::string("The answer to ") + what
            + " is not the Hub's. Is there a login page or a proxy in between?",
        0};
}

RemoteFile remoteFile(const JsonNode& entry)
{
    RemoteFile file {entry.countOf("size").value_or(0), entry.textOf("oid"), {}};
    if (const JsonNode* const lfs = entry.member("lfs"); lfs != nullptr && lfs->object() != nullptr) {
        file.sha256 = lfs->textOf("oid");
        if (file.sha256.empty()) {
            file.sha256 = lfs->textOf("sha256");
        }
        file.size = lfs->member("size") != nullptr ? lfs->countOf("size").value_or(0) : file.size;
    }
    return file;
}

std::optional<LfsUpload> lfsUpload(
    const JsonNode& entry, const LfsObject& object, const HubEndpoint& endpoint)
{
    LfsUpload upload;
    const JsonNode* const actions = entry.member("actions");
    if (actions == nullptr) {
        return upload; // stored already
    }
    if (actions->object() == nullptr) {
        return std::nullopt;
    }
    if (const JsonNode* const verify = actions->member("verify");
        verify != nullptr && verify->object() != nullptr) {
        upload.verifyHref = endpoint.resolve(verify->textOf("href"));
    }
    const JsonNode* const action = actions->member("upload");
    if (action == nullptr || action->object() == nullptr) {
        return upload; // stored already
    }
    upload.href = endpoint.resolve(action->textOf("href"));
    const JsonNode* const header = action->member("header");
    if (header != nullptr && header->member("chunk_size") != nullptr) {
        if (!readParts(*header->object(), object, upload)) {
            return std::nullopt;
        }
    } else if (header != nullptr && header->object() != nullptr) {
        for (const auto& [name, value] : *header->object()) {
            if (value.text() != nullptr && isHeaderOfAnUpload(name, *value.text())) {
                upload.headers.push_back({name, *value.text()});
            }
        }
    }
    if (upload.href.empty()) {
        return std::nullopt;
    }
    return upload;
}

} // namespace workbench::hub_answer
