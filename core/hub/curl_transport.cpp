// SPDX-License-Identifier: Apache-2.0
#include "core/hub/curl_transport.h"

#include "core/base/ascii.h"
#include "core/base/version.h"
#include "core/base/wiped_text.h"
#include "core/hub/patience.h"

#include <openssl/crypto.h>
#include <openssl/x509_vfy.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <new>

namespace workbench {

namespace {

constexpr long ConnectSeconds = 10;
constexpr int PollMilliseconds = 100; ///< how soon silence is noticed; a stop wakes us at once

bool equalIgnoringCase(std::string_view a, std::string_view b)
{
    return std::ranges::equal(a, b, {}, lowered, lowered);
}

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) {
        text.remove_prefix(1);
    }
    while (!text.empty()
        && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r' || text.back() == '\n')) {
        text.remove_suffix(1);
    }
    return text;
}

/// curl_global_init is not thread-safe; a static's initialisation is.
void initializeCurl()
{
    static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
    (void)ready;
}

} // namespace

Result<std::size_t> TextBody::read(std::span<char> room)
{
    const std::size_t count = std::min(room.size(), m_text.size() - m_at);
    std::memcpy(room.data(), m_text.data() + m_at, count);
    m_at += count;
    return count;
}

Result<void> TextBody::rewind()
{
    m_at = 0;
    return {};
}

std::string_view HttpAnswer::header(std::string_view name) const
{
    for (const HttpHeader& header : headers) {
        if (equalIgnoringCase(header.name, name)) {
            return header.value;
        }
    }
    return {};
}

std::unique_ptr<HttpTransport> makeCurlTransport(
    HubEndpoint endpoint, std::optional<HubToken> token, std::string trustFile)
{
    return std::make_unique<CurlTransport>(std::move(endpoint), std::move(token), std::move(trustFile));
}

/// What one transfer's callbacks share.
struct CurlTransport::Exchange {
    const HttpRequest& request;
    const std::stop_token& stop;
    HttpAnswer answer;
    std::uint64_t bodySent = 0;
    bool begun = false; ///< some of the body has left, on whatever connection
    bool answerTooLarge = false;
    std::optional<Error> bodyError;
    std::uint64_t headerBytes = 0;
    bool tookTooLong = false; ///< not silent, but not done in time either

    static std::size_t onRead(char* room, std::size_t size, std::size_t count, void* self)
    {
        auto& exchange = *static_cast<Exchange*>(self);
        if (exchange.stop.stop_requested()) {
            return CURL_READFUNC_ABORT;
        }
        const auto got = exchange.request.body->read({room, size * count});
        if (!got) {
            exchange.bodyError = got.error();
            return CURL_READFUNC_ABORT;
        }
        exchange.bodySent += *got;
        exchange.begun = exchange.begun || *got > 0;
        if (exchange.request.sent) {
            exchange.request.sent(exchange.bodySent);
        }
        return *got;
    }

    /// libcurl asks for this when a kept connection turns out dead and it tries on a new one.
    static int onSeek(void* self, curl_off_t offset, int origin)
    {
        auto& exchange = *static_cast<Exchange*>(self);
        if (offset != 0 || origin != SEEK_SET || !exchange.request.body->rewind()) {
            return CURL_SEEKFUNC_CANTSEEK;
        }
        exchange.bodySent = 0;
        return CURL_SEEKFUNC_OK;
    }

    static std::size_t onWrite(char* bytes, std::size_t size, std::size_t count, void* self)
    {
        auto& exchange = *static_cast<Exchange*>(self);
        if (exchange.answer.body.size() + size * count > exchange.request.largestAnswer) {
            exchange.answerTooLarge = true;
            return 0;
        }
        exchange.answer.body.append(bytes, size * count);
        return size * count;
    }

    static std::size_t onHeader(char* bytes, std::size_t size, std::size_t count, void* self)
    {
        auto& exchange = *static_cast<Exchange*>(self);
        const std::string_view line(bytes, size * count);
        exchange.headerBytes += line.size();
        if (line.starts_with("HTTP/")) {
            exchange.answer.headers.clear(); // of a 100 Continue or a proxy before the answer proper
        } else if (const std::size_t colon = line.find(':'); colon != std::string_view::npos) {
            exchange.answer.headers.push_back(
                {std::string(trimmed(line.substr(0, colon))), std::string(trimmed(line.substr(colon + 1)))});
        }
        return size * count;
    }
};

CurlTransport::CurlTransport(HubEndpoint endpoint, std::optional<HubToken> token, std::string trustFile)
    : m_endpoint(std::move(endpoint))
    , m_token(std::move(token))
    , m_trustFile(std::move(trustFile))
{
    initializeCurl();
    m_multi = curl_multi_init();
    m_easy = curl_easy_init();
    if (m_multi == nullptr || m_easy == nullptr) {
        throw std::bad_alloc();
    }
}

CurlTransport::~CurlTransport()
{
    curl_easy_cleanup(m_easy);
    curl_multi_cleanup(m_multi);
}

void CurlTransport::FreeList::operator()(curl_slist* list) const
{
    for (const curl_slist* line = list; line != nullptr; line = line->next) {
        OPENSSL_cleanse(line->data, std::strlen(line->data));
    }
    curl_slist_free_all(list);
}

CurlTransport::HeaderList CurlTransport::headersOf(const HttpRequest& request) const
{
    HeaderList list;
    const auto add = [&list](const std::string& line) {
        curl_slist* const longer = curl_slist_append(list.get(), line.c_str());
        if (longer == nullptr) {
            throw std::bad_alloc();
        }
        (void)list.release();
        list.reset(longer);
    };
    for (const HttpHeader& header : request.headers) {
        add(header.name + ": " + header.value);
    }
    add("Expect:"); // no waiting for 100 Continue: storage servers do not all answer it
    if (request.authorize && m_token && m_endpoint.owns(request.url)) {
        WipedText line("Authorization: Bearer " + m_token->m_secret);
        add(line.text());
    }
    return list;
}

void CurlTransport::setUp(Exchange& exchange)
{
    const HttpRequest& request = exchange.request;
    curl_easy_reset(m_easy); // forgets the options, keeps connections, DNS and TLS sessions
    const auto set = [this](CURLoption option, auto value) { curl_easy_setopt(m_easy, option, value); };
    set(CURLOPT_URL, request.url.c_str());
    set(CURLOPT_PATH_AS_IS, 1L); // storage URLs are signed: byte for byte
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_DISALLOW_USERNAME_IN_URL, 1L); // what stands before an @ is no host
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_QUICK_EXIT, 1L); // a stop does not wait for a slow name server
    if (const auto origin = originOf(request.url); origin && origin->scheme == "http") {
        set(CURLOPT_PROXY, ""); // in the clear to this computer alone, never through another one
    }
    set(CURLOPT_FRESH_CONNECT, request.once ? 1L : 0L);
    set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
    set(CURLOPT_SSL_VERIFYPEER, 1L);
    set(CURLOPT_SSL_VERIFYHOST, 2L);
    set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    if (!m_trustFile.empty()) {
        set(CURLOPT_CAINFO, m_trustFile.c_str());
        set(CURLOPT_CAPATH, static_cast<const char*>(nullptr));
    }
    set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
    std::string agent("signals-workbench/");
    agent += Version;
    set(CURLOPT_USERAGENT, agent.c_str());
    set(CURLOPT_CONNECTTIMEOUT, ConnectSeconds);
    set(CURLOPT_WRITEFUNCTION, &Exchange::onWrite);
    set(CURLOPT_WRITEDATA, &exchange);
    set(CURLOPT_HEADERFUNCTION, &Exchange::onHeader);
    set(CURLOPT_HEADERDATA, &exchange);
    if (request.body != nullptr) {
        set(CURLOPT_READFUNCTION, &Exchange::onRead);
        set(CURLOPT_READDATA, &exchange);
        set(CURLOPT_SEEKFUNCTION, &Exchange::onSeek);
        set(CURLOPT_SEEKDATA, &exchange);
        set(CURLOPT_UPLOAD_BUFFERSIZE, 262144L);
        const auto size = static_cast<curl_off_t>(request.body->size());
        if (request.method == "PUT") {
            set(CURLOPT_UPLOAD, 1L);
            set(CURLOPT_INFILESIZE_LARGE, size);
        } else {
            set(CURLOPT_POST, 1L);
            set(CURLOPT_POSTFIELDSIZE_LARGE, size);
            set(CURLOPT_CUSTOMREQUEST, request.method.c_str());
        }
    } else if (request.method == "HEAD") {
        set(CURLOPT_NOBODY, 1L);
    } else {
        set(CURLOPT_CUSTOMREQUEST, request.method.c_str());
    }
}

namespace {

/// "0.5 s", "60 s"
std::string secondsOf(std::chrono::milliseconds time)
{
    const long tenths = time.count() / 100;
    return std::to_string(tenths / 10) + (tenths % 10 == 0 ? "" : "." + std::to_string(tenths % 10)) + " s";
}

/// What is wrong with the certificate, by OpenSSL's verdict.
std::string certificateFault(long verdict)
{
    switch (verdict) {
    case X509_V_OK:
    case X509_V_ERR_UNSPECIFIED: // libcurl compares names before it asks for a verdict
        return "its certificate is made out to another name, so nothing was sent.";
    case X509_V_ERR_CERT_HAS_EXPIRED:
        return "its certificate has expired, so nothing was sent. Is this computer's clock right?";
    case X509_V_ERR_CERT_NOT_YET_VALID:
        return "its certificate is not valid yet, so nothing was sent. Is this computer's clock right?";
    default:
        return "its certificate comes from nobody this computer trusts, so nothing was sent. A network that "
               "looks into its traffic has a certificate of its own: name it in SSL_CERT_FILE.";
    }
}

} // namespace

CURLcode CurlTransport::perform(Exchange& exchange, const std::stop_token& stop)
{
    // The multi interface, because the easy one notices a stop only once a second while a server is silent.
    curl_multi_add_handle(m_multi, m_easy);
    const std::stop_callback wake(stop, [this] { curl_multi_wakeup(m_multi); });
    Patience patience(exchange.request);
    CURLcode result = CURLE_ABORTED_BY_CALLBACK;
    for (int running = 1; running > 0;) {
        if (stop.stop_requested() || curl_multi_perform(m_multi, &running) != CURLM_OK) {
            break;
        }
        int left = 0;
        while (const CURLMsg* const message = curl_multi_info_read(m_multi, &left)) {
            if (message->msg == CURLMSG_DONE) {
                result = message->data.result;
            }
        }
        if (running > 0) {
            const bool silent = patience.isSilent(m_easy, exchange.headerBytes);
            exchange.tookTooLong = !silent && patience.isOver();
            if (silent || exchange.tookTooLong) {
                result = CURLE_OPERATION_TIMEDOUT;
                break;
            }
            curl_multi_poll(m_multi, nullptr, 0, PollMilliseconds, nullptr);
        }
    }
    curl_multi_remove_handle(m_multi, m_easy);
    long status = 0;
    curl_easy_getinfo(m_easy, CURLINFO_RESPONSE_CODE, &status);
    exchange.answer.status = static_cast<int>(status);
    return result;
}

HttpOutcome CurlTransport::send(const HttpRequest& request, const std::stop_token& stop)
{
    HttpOutcome outcome;
    const auto origin = originOf(request.url);
    if (!origin || (origin->scheme == "http" && !isLoopback(origin->host))) {
        outcome.failure
            = {HttpFault::BadUrl, "The server named an address that is not safe to send anything to."};
        return outcome;
    }
    if (stop.stop_requested()) {
        outcome.failure = {HttpFault::Cancelled, "Cancelled."};
        return outcome;
    }
    Exchange exchange {request, stop, {}, 0, false, false, std::nullopt, 0, false};
    setUp(exchange);
    const HeaderList headers = headersOf(request);
    curl_easy_setopt(m_easy, CURLOPT_HTTPHEADER, headers.get());
    const CURLcode code = perform(exchange, stop);
    if (code == CURLE_OK) {
        outcome.answer = std::move(exchange.answer);
    } else if (stop.stop_requested()) {
        outcome.failure = {HttpFault::Cancelled, "Cancelled."};
    } else {
        outcome.failure = failureOf(code, exchange);
    }
    // A handle must not keep pointers to this frame, nor the token's header line.
    curl_easy_reset(m_easy);
    return outcome;
}

HttpFailure CurlTransport::failureOf(CURLcode code, const Exchange& exchange) const
{
    const auto origin = originOf(exchange.request.url);
    const std::string host = origin ? origin->host : std::string("the server");
    if (exchange.bodyError) {
        return {HttpFault::LocalFile, exchange.bodyError->message};
    }
    if (exchange.answerTooLarge) {
        return {HttpFault::TooLarge, host + " sent a longer answer than any that is expected."};
    }
    if (exchange.begun && code != CURLE_OPERATION_TIMEDOUT) {
        return {HttpFault::Broken, host + ": the connection broke off."}; // also when a second one failed
    }
    switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
        return {HttpFault::NoConnection, host + ": no such server can be found. Is this computer online?"};
    case CURLE_COULDNT_CONNECT:
        return {HttpFault::NoConnection, host + ": the connection was refused or could not be made."};
    case CURLE_SSL_CONNECT_ERROR:
        return {HttpFault::NoConnection,
            host + ": no secure connection could be agreed on, and nothing was sent. TLS 1.2 is the least."};
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_INVALIDCERTSTATUS: {
        long verdict = X509_V_ERR_UNSPECIFIED;
        curl_easy_getinfo(m_easy, CURLINFO_SSL_VERIFYRESULT, &verdict);
        return {HttpFault::Tls, host + ": " + certificateFault(verdict)};
    }
    case CURLE_SSL_CACERT_BADFILE:
        return {HttpFault::Tls, "The certificates in SSL_CERT_FILE cannot be read, so nothing was sent."};
    case CURLE_OPERATION_TIMEDOUT: {
        double connected = 0;
        curl_easy_getinfo(m_easy, CURLINFO_PRETRANSFER_TIME, &connected);
        if (connected <= 0 && !exchange.begun) {
            return {HttpFault::NoConnection,
                host + ": no connection after " + std::to_string(ConnectSeconds) + " s."};
        }
        return {HttpFault::Broken,
            exchange.tookTooLong
                ? host + " was still not done after " + secondsOf(longestOf(exchange.request)) + "."
                : host + " said nothing for " + secondsOf(exchange.request.stall) + "."};
    }
    default:
        return {HttpFault::Broken, host + ": the connection broke off."};
    }
}

} // namespace workbench
