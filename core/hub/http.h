// SPDX-License-Identifier: Apache-2.0
/// One HTTP exchange, stoppable, behind an interface so that tests can put another in its place.
#pragma once

#include "core/base/result.h"
#include "core/hub/endpoint.h"
#include "core/hub/token.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace workbench {

struct HttpHeader {
    std::string name;
    std::string value;
};

/// What a request sends, read while it is sent: never held in memory as a whole.
class HttpBody {
public:
    virtual ~HttpBody() = default;
    /// Exactly as many bytes as read() will give.
    [[nodiscard]] virtual std::uint64_t size() const = 0;
    /// Up to `room` bytes; 0 at the end. Errors: Io.
    [[nodiscard]] virtual Result<std::size_t> read(std::span<char> room) = 0;
    /// Back to the first byte, for another try.
    [[nodiscard]] virtual Result<void> rewind() = 0;
};

/// A text as a body.
class TextBody final : public HttpBody {
public:
    explicit TextBody(std::string text) : m_text(std::move(text)) {}
    [[nodiscard]] std::uint64_t size() const override { return m_text.size(); }
    [[nodiscard]] Result<std::size_t> read(std::span<char> room) override;
    [[nodiscard]] Result<void> rewind() override;

private:
    std::string m_text;
    std::size_t m_at = 0;
};

struct HttpRequest {
    std::string method = "GET";
    std::string url;
    std::vector<HttpHeader> headers;
    HttpBody* body = nullptr;
    /// The Hub's own requests carry the token; it is sent to the endpoint's origin and nowhere else, whatever
    /// stands here.
    bool authorize = false;
    /// For a request that must not be made twice: libcurl by itself repeats one whose kept connection turns
    /// out to be dead, and then nobody knows what became of the first. Only a new connection is never
    /// repeated.
    bool once = false;
    std::uint64_t largestAnswer = 64U << 20; ///< bytes; a longer answer is an error
    std::chrono::milliseconds stall {60'000}; ///< no byte in either direction for so long: given up
    /// However busy the line: given up after so long, and a second more for each 16 KiB of body.
    std::chrono::milliseconds total {300'000};
    std::function<void(std::uint64_t sent)> sent; ///< bytes of the body so far; may be empty
};

struct HttpAnswer {
    int status = 0;
    std::vector<HttpHeader> headers;
    std::string body;

    /// The first header of that name in any spelling of case; empty when there is none.
    [[nodiscard]] std::string_view header(std::string_view name) const;
};

enum class HttpFault : std::uint8_t {
    Cancelled,
    NoConnection, ///< nothing was sent: no such host, refused, unreachable, no TLS agreement
    Tls, ///< the certificate is not trusted: nothing was sent
    Broken, ///< the connection ended or stalled in the middle: the request may have had its effect
    TooLarge, ///< the answer was longer than allowed
    LocalFile, ///< the body could not be read
    BadUrl, ///< not a URL this transport goes to
};

struct HttpFailure {
    HttpFault fault = HttpFault::Broken;
    std::string message; ///< one sentence, names the host, never the token or a URL's query
};

struct HttpOutcome {
    std::optional<HttpAnswer> answer;
    HttpFailure failure; ///< when there is no answer
};

/// Not thread-safe: one for each thread.
class HttpTransport {
public:
    virtual ~HttpTransport() = default;
    /// Redirects are answers. Returns within 200 ms of a stop.
    [[nodiscard]] virtual HttpOutcome send(const HttpRequest& request, const std::stop_token& stop) = 0;
};

/// libcurl: TLS 1.2 or newer and always verified, HTTP/1.1 and 2, proxy variables honoured, one handle for
/// all requests so that connections are kept. `trustFile`: certificates to trust in place of the system's, in
/// PEM.
[[nodiscard]] std::unique_ptr<HttpTransport> makeCurlTransport(
    HubEndpoint endpoint, std::optional<HubToken> token, std::string trustFile = {});

} // namespace workbench
