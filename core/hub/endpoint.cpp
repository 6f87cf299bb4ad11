// SPDX-License-Identifier: Apache-2.0
#include "core/hub/endpoint.h"

#include "core/base/ascii.h"

#include <arpa/inet.h>
#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>

namespace workbench {

namespace {

constexpr std::array<std::string_view, 2> DefaultHosts {
    "https://huggingface.co", "https://hub-ci.huggingface.co"};

/// `url` begins with `base` and then ends or goes on with a path.
bool isUnder(std::string_view url, std::string_view base)
{
    return url.starts_with(base)
        && (url.size() == base.size() || url[base.size()] == '/' || url[base.size()] == '?');
}

struct FreeUrl {
    void operator()(CURLU* url) const { curl_url_cleanup(url); }
};
using Url = std::unique_ptr<CURLU, FreeUrl>;

/// Null for what libcurl would not go to, and for one that names a user: whose name may look like a host's.
Url parsedUrl(std::string_view text)
{
    Url url(curl_url());
    const bool read = url
        && curl_url_set(
               url.get(), CURLUPART_URL, std::string(text).c_str(), CURLU_DISALLOW_USER | CURLU_PATH_AS_IS)
            == CURLUE_OK;
    return read ? std::move(url) : nullptr;
}

/// Empty when there is none; the scheme's own port where none is named.
std::string partOf(const Url& url, CURLUPart which)
{
    char* text = nullptr;
    if (curl_url_get(url.get(), which, &text, CURLU_DEFAULT_PORT) != CURLUE_OK) {
        return {};
    }
    std::string copy(text);
    curl_free(text);
    return copy;
}

} // namespace

std::optional<UrlOrigin> originOf(std::string_view url)
{
    // Whatever another reader could take for the end of the host, or for none, is not left to any reader.
    const bool plain = std::ranges::all_of(
        url, [](char c) { return c != '\\' && static_cast<unsigned char>(c) > ' ' && c != '\x7F'; });
    const std::size_t mark = url.find("://");
    if (!plain || mark == std::string_view::npos) {
        return std::nullopt;
    }
    const std::string_view authority = url.substr(mark + 3, url.find_first_of("/?#", mark + 3) - mark - 3);
    if (authority.empty() || authority.find('%') != std::string_view::npos) {
        return std::nullopt; // "%25eth0" names another host behind the same address
    }
    // The one who connects decides where to: libcurl reads it as it will when it sends.
    const Url parsed = parsedUrl(url);
    if (!parsed) {
        return std::nullopt;
    }
    UrlOrigin origin;
    origin.scheme = partOf(parsed, CURLUPART_SCHEME);
    origin.host = lowerCase(partOf(parsed, CURLUPART_HOST));
    const std::string port = partOf(parsed, CURLUPART_PORT);
    std::from_chars(port.data(), port.data() + port.size(), origin.port);
    const bool isName = std::ranges::all_of(origin.host,
        [](char c) { return isNameCharacter(c) || c == '.' || c == '[' || c == ']' || c == ':'; });
    if ((origin.scheme != "http" && origin.scheme != "https") || origin.host.empty() || !isName
        || origin.port < 1) {
        return std::nullopt;
    }
    return origin;
}

bool isLoopback(std::string_view host)
{
    in_addr address {};
    const std::string text(host);
    return host == "localhost" || host == "[::1]"
        || (host.starts_with("127.") && ::inet_pton(AF_INET, text.c_str(), &address) == 1);
}

Result<HubEndpoint> HubEndpoint::parse(std::string_view text)
{
    HubEndpoint endpoint;
    endpoint.m_base = text.empty() ? std::string(DefaultHosts.front()) : std::string(text);
    while (endpoint.m_base.ends_with('/')) {
        endpoint.m_base.pop_back();
    }
    const auto origin = originOf(endpoint.m_base);
    const std::string name = "HF_ENDPOINT";
    if (!origin || endpoint.m_base.find_first_of("?# ") != std::string::npos) {
        return Error {ErrorCode::Usage,
            name + " is no URL of a server. Allowed: https://HOST, or http:// to this computer.", name};
    }
    if (origin->scheme != "https" && !isLoopback(origin->host)) {
        return Error {
            ErrorCode::Usage, name + " must begin with https://: a token is never sent in the clear.", name};
    }
    endpoint.m_origin = *origin;
    return endpoint;
}

std::string HubEndpoint::host() const
{
    const int usual = m_origin.scheme == "https" ? 443 : 80;
    return m_origin.port == usual ? m_origin.host : m_origin.host + ":" + std::to_string(m_origin.port);
}

std::string HubEndpoint::resolve(std::string_view url) const
{
    if (url.starts_with('/') && !url.starts_with("//")) {
        // A Hub behind a path of its own may name that path, or know nothing of it.
        const std::size_t path = m_base.find('/', m_base.find("://") + 3);
        const bool whole = path != std::string::npos && isUnder(url, std::string_view(m_base).substr(path));
        return m_base.substr(0, whole ? path : std::string::npos) + std::string(url);
    }
    for (const std::string_view host : DefaultHosts) {
        if (isUnder(url, host)) {
            return m_base + std::string(url.substr(host.size()));
        }
    }
    return std::string(url);
}

bool HubEndpoint::owns(std::string_view url) const
{
    const auto origin = originOf(url);
    return origin && *origin == m_origin;
}

std::string percentEncoded(std::string_view text, bool keepSlashes)
{
    constexpr std::string_view Digits = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        if (isNameCharacter(c) || c == '.' || c == '~' || (keepSlashes && c == '/')) {
            out.push_back(c);
        } else {
            const auto byte = static_cast<unsigned char>(c);
            out.push_back('%');
            out.push_back(Digits[byte >> 4U]);
            out.push_back(Digits[byte & 0xFU]);
        }
    }
    return out;
}

std::string datasetPath(std::string_view repo) { return "/api/datasets/" + percentEncoded(repo, true); }

std::optional<std::string> repoIdProblem(std::string_view repo)
{
    const std::size_t slash = repo.find('/');
    if (slash == std::string_view::npos) {
        return "it has no owner";
    }
    for (const std::string_view part : {repo.substr(0, slash), repo.substr(slash + 1)}) {
        if (part.empty() || part.size() > 96) {
            return "owner and name have 1 to 96 characters";
        }
        if (!std::all_of(part.begin(), part.end(), [](char c) { return isNameCharacter(c) || c == '.'; })) {
            return "only letters, digits, _ - and . may stand in it";
        }
        if (part.front() == '-' || part.front() == '.' || part.back() == '-' || part.back() == '.') {
            return "no part may begin or end with - or .";
        }
    }
    if (repo.find("--") != std::string_view::npos || repo.find("..") != std::string_view::npos) {
        return "-- and .. may not stand in it";
    }
    if (repo.ends_with(".git")) {
        return "it may not end in .git";
    }
    return std::nullopt;
}

} // namespace workbench
