// SPDX-License-Identifier: Apache-2.0
#include "core/hub/hub_answer.h"

#include "core/base/ascii.h"
#include "core/base/quoted.h"

#include <algorithm>
#include <array>
#include <map>

namespace workbench::hub_answer {

using nlohmann::json;

namespace {

/// The parts of a multipart upload, in order; false when they do not fit the object's size (section 7.3).
bool readParts(const json& header, const LfsObject& object, LfsUpload& upload)
{
    std::map<unsigned long, std::string> byNumber;
    for (const auto& [key, value] : header.items()) {
        const bool digits
            = !key.empty() && key.size() < 10 && key.find_first_not_of("0123456789") == std::string::npos;
        if (digits && value.is_string()) {
            byNumber[std::stoul(key)] = value.get<std::string>();
        }
    }
    const std::string chunk = text(header, "chunk_size");
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

std::optional<json> parsed(const std::string& text)
{
    constexpr int Deepest = 64;
    bool tooDeep = false;
    json document = json::parse(
        text,
        [&tooDeep](int depth, json::parse_event_t, json&) {
            tooDeep = tooDeep || depth > Deepest;
            return !tooDeep;
        },
        false);
    if (document.is_discarded() || tooDeep) {
        return std::nullopt;
    }
    return document;
}

std::string text(const json& object, const char* key)
{
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::uint64_t count(const json& object, const char* key)
{
    const auto found = object.find(key);
    return found != object.end() && found->is_number_unsigned() ? found->get<std::uint64_t>() : 0;
}

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
    const auto document = parsed(answer.body);
    if (!document || !document->is_object()) {
        return {};
    }
    // {"error":"text"}, {"error":["a","b"]}, {"errors":[{"message":".."}]}, {"message":".."}: section 10.1
    std::string words;
    const auto add
        = [&words](const std::string& more) { words += (words.empty() || more.empty() ? "" : ", ") + more; };
    for (const char* key : {"error_description", "error", "message"}) {
        add(words.empty() ? text(*document, key) : std::string());
    }
    for (const char* key : {"error", "errors"}) {
        const auto list = document->find(key);
        if (list == document->end() || !list->is_array()) {
            continue;
        }
        for (const json& entry : *list) {
            add(entry.is_string()       ? entry.get<std::string>()
                    : entry.is_object() ? text(entry, "message")
                                        : std::string());
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

RemoteFile remoteFile(const json& entry)
{
    RemoteFile file {count(entry, "size"), text(entry, "oid"), {}};
    if (const auto lfs = entry.find("lfs"); lfs != entry.end() && lfs->is_object()) {
        file.sha256 = text(*lfs, "oid");
        if (file.sha256.empty()) {
            file.sha256 = text(*lfs, "sha256");
        }
        file.size = lfs->contains("size") ? count(*lfs, "size") : file.size;
    }
    return file;
}

std::optional<LfsUpload> lfsUpload(const json& entry, const LfsObject& object, const HubEndpoint& endpoint)
{
    LfsUpload upload;
    const json actions = entry.value("actions", json::object());
    if (!actions.is_object()) {
        return std::nullopt;
    }
    if (const auto verify = actions.find("verify"); verify != actions.end() && verify->is_object()) {
        upload.verifyHref = endpoint.resolve(text(*verify, "href"));
    }
    const auto action = actions.find("upload");
    if (action == actions.end() || !action->is_object()) {
        return upload; // stored already
    }
    upload.href = endpoint.resolve(text(*action, "href"));
    const json header = action->value("header", json::object());
    if (header.is_object() && header.contains("chunk_size")) {
        if (!readParts(header, object, upload)) {
            return std::nullopt;
        }
    } else if (header.is_object()) {
        for (const auto& [name, value] : header.items()) {
            if (value.is_string() && isHeaderOfAnUpload(name, value.get<std::string>())) {
                upload.headers.push_back({name, value.get<std::string>()});
            }
        }
    }
    if (upload.href.empty()) {
        return std::nullopt;
    }
    return upload;
}

} // namespace workbench::hub_answer
