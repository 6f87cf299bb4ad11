// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/serve/access.h"

#include "core/base/ascii.h"
#include "core/base/sha256.h"

#include <openssl/crypto.h>

#include <algorithm>
#include <array>
#include <charconv>

#include <arpa/inet.h>

namespace workbench {

namespace {

/// The 16 bytes of an address, IPv4 as ::ffff:a.b.c.d; nothing for a name.
std::optional<std::array<unsigned char, 16>> addressOf(const std::string& text)
{
    std::array<unsigned char, 16> bytes {};
    if (text.find('\0') != std::string::npos) { // else what stands before it would count
        return std::nullopt;
    }
    if (::inet_pton(AF_INET6, text.c_str(), bytes.data()) == 1) {
        return bytes;
    }
    bytes = {};
    bytes[10] = bytes[11] = 0xFF;
    if (::inet_pton(AF_INET, text.c_str(), &bytes[12]) == 1) {
        return bytes;
    }
    return std::nullopt;
}

bool isSameHost(const std::string& one, const std::string& other)
{
    const auto first = addressOf(one);
    const auto second = addressOf(other);
    return first || second ? first == second : one == other;
}

struct HostAndPort {
    std::string host; ///< lower case, without brackets
    std::optional<std::uint16_t> port;
};

/// "localhost", "127.0.0.1:3000", "[::1]:3000". Nothing for anything else.
std::optional<HostAndPort> parseAuthority(std::string_view text)
{
    HostAndPort parsed;
    std::string_view rest;
    if (text.starts_with('[')) {
        const std::size_t end = text.find(']');
        if (end == std::string_view::npos) {
            return std::nullopt;
        }
        parsed.host = lowerCase(text.substr(1, end - 1));
        if (parsed.host.find(':') == std::string::npos) {
            return std::nullopt;
        }
        rest = text.substr(end + 1);
    } else {
        const std::size_t colon = text.find(':');
        parsed.host = lowerCase(text.substr(0, colon));
        rest = colon == std::string_view::npos ? std::string_view() : text.substr(colon);
    }
    if (parsed.host.empty()) {
        return std::nullopt;
    }
    if (!rest.empty()) {
        std::uint16_t port = 0;
        const char* end = rest.data() + rest.size();
        const auto [stop, fault] = std::from_chars(rest.data() + 1, end, port);
        if (rest.front() != ':' || rest.size() < 2 || fault != std::errc() || stop != end) {
            return std::nullopt;
        }
        parsed.port = port;
    }
    return parsed;
}

bool isOurs(const HostAndPort& asked, const ApiRequest& request, const BoundTo& bound)
{
    return isLoopbackName(asked.host) || isSameHost(asked.host, lowerCase(bound.host))
        || (!request.localAddress.empty() && isSameHost(asked.host, lowerCase(request.localAddress)));
}

bool isOwnOrigin(std::string_view origin, const ApiRequest& request, const BoundTo& bound)
{
    constexpr std::string_view Scheme = "http://";
    if (lowerCase(origin.substr(0, Scheme.size())) != Scheme) {
        return false;
    }
    const auto parsed = parseAuthority(origin.substr(Scheme.size()));
    constexpr std::uint16_t HttpPort = 80;
    return parsed && parsed->port.value_or(HttpPort) == bound.port && isOurs(*parsed, request, bound);
}

} // namespace

AccessToken::AccessToken(std::string_view secret) : m_digest(Sha256::of(secret)) {}

bool AccessToken::equals(std::string_view text) const
{
    const std::string digest = Sha256::of(text);
    return CRYPTO_memcmp(digest.data(), m_digest.data(), m_digest.size()) == 0;
}

Result<std::optional<AccessToken>> findAccessToken(
    const Environment& environment, const std::map<std::string, std::string>& envFile)
{
    std::optional<std::string> secret = environment(TokenKey);
    if (!secret) {
        const auto found = envFile.find(TokenKey);
        if (found == envFile.end()) {
            return std::optional<AccessToken>();
        }
        secret = found->second;
    }
    const bool isVisible = std::ranges::all_of(*secret, [](char c) { return c > ' ' && c < 0x7F; });
    if (secret->empty() || !isVisible) {
        return Error {ErrorCode::Usage,
            std::string(TokenKey)
                + (secret->empty() ? ": it is empty" : ": it holds characters that a header cannot carry")
                + "; allowed: visible ASCII characters without spaces, or not to set it at all",
            TokenKey};
    }
    return std::optional<AccessToken>(AccessToken(*secret));
}

bool isLoopbackName(std::string_view host)
{
    const std::string name = lowerCase(host);
    const auto address = addressOf(name);
    if (!address) {
        return name == "localhost";
    }
    static const auto Six = addressOf("::1");
    static const auto Four = addressOf("127.0.0.0");
    return address == Six || std::equal(address->begin(), address->begin() + 13, Four->begin());
}

std::optional<ApiResponse> refuseForeign(const ApiRequest& request, const BoundTo& bound)
{
    const HeaderValue host = headerOf(request, "host");
    const auto asked = host.count == 1 ? parseAuthority(host.value) : std::nullopt;
    if (!asked || asked->port.value_or(bound.port) != bound.port || !isOurs(*asked, request, bound)) {
        return errorResponse(403, "the Host is not this server");
    }
    const HeaderValue origin = headerOf(request, "origin");
    if (origin.count > 1 || (origin.count == 1 && !isOwnOrigin(origin.value, request, bound))) {
        return errorResponse(403, "the Origin is not this server");
    }
    const HeaderValue site = headerOf(request, "sec-fetch-site");
    if (site.count > 1 || (site.count == 1 && site.value != "same-origin" && site.value != "none")) {
        return errorResponse(403, "the request comes from another site");
    }
    return std::nullopt;
}

std::optional<ApiResponse> refuseUnknown(const ApiRequest& request, const std::optional<AccessToken>& token)
{
    if (!token) {
        return std::nullopt;
    }
    const HeaderValue given = headerOf(request, TokenHeader);
    // Compared even when it is absent, so that both take their time.
    const bool equal = token->equals(given.value);
    if (given.count == 1 && equal) {
        return std::nullopt;
    }
    ApiResponse response
        = errorResponse(401, "the header " + std::string(TokenHeader) + " is missing or is not the token");
    response.headers.emplace_back("WWW-Authenticate", std::string(TokenHeader));
    return response;
}

} // namespace workbench
