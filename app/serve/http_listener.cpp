// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/serve/http_listener.h"

#include "app/serve/open_connections.h"

#include <microhttpd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <new>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace workbench {

namespace {

using namespace std::chrono_literals;

constexpr unsigned Threads = 4;
constexpr unsigned MostConnections = 512;
constexpr std::size_t ManyConnections = 384; ///< from here on a new one takes the place of an idle one
constexpr unsigned MostOfOneAddress = 64; ///< not on loopback, where all clients have one
constexpr unsigned IdleSeconds = 10;
constexpr auto Patience = 10s; ///< for a request and its answer, from the first byte to the last
constexpr std::size_t ConnectionMemory = std::size_t {16} << 10; ///< headers have to fit in here; else 431
/// A body that is refused is read to its end up to here: a client that still sends does not read the answer.
constexpr std::uint64_t MostDrained = std::uint64_t {16} << 20;

/// One request on its way; libmicrohttpd carries the pointer.
struct Exchange {
    ApiRequest request;
    std::optional<ApiResponse> refusal;
    std::uint64_t bodyBytes = 0;
    bool begun = false;
};

} // namespace

struct HttpListener::State {
    const InternalApi* api = nullptr;
    std::unique_ptr<OpenConnections> connections;
    MHD_Daemon* daemon = nullptr;
};

namespace {

int socketOf(MHD_Connection* connection)
{
    const auto* info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    return info == nullptr ? -1 : info->connect_fd;
}

std::string localAddressOf(int socket)
{
    sockaddr_storage address {};
    socklen_t length = sizeof address;
    if (::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &length) != 0) {
        return {};
    }
    std::array<char, INET6_ADDRSTRLEN> text {};
    const void* bytes = address.ss_family == AF_INET6
        ? static_cast<const void*>(&reinterpret_cast<const sockaddr_in6&>(address).sin6_addr)
        : static_cast<const void*>(&reinterpret_cast<const sockaddr_in&>(address).sin_addr);
    const char* const shown = ::inet_ntop(address.ss_family, bytes, text.data(), text.size());
    return shown == nullptr ? std::string() : std::string(shown);
}

MHD_Result keepHeader(void* data, MHD_ValueKind /*kind*/, const char* name, const char* value)
{
    try {
        static_cast<HttpFields*>(data)->emplace_back(name, value == nullptr ? "" : value);
        return MHD_YES;
    } catch (const std::bad_alloc&) {
        return MHD_NO;
    }
}

MHD_Result deliver(MHD_Connection* connection, const ApiResponse& response)
{
    // libmicrohttpd copies the body.
    MHD_Response* const out = MHD_create_response_from_buffer(
        response.body.size(), const_cast<char*>(response.body.data()), MHD_RESPMEM_MUST_COPY);
    if (out == nullptr) {
        return MHD_NO;
    }
    const auto add
        = [out](const char* name, const char* value) { MHD_add_response_header(out, name, value); };
    add(MHD_HTTP_HEADER_CONTENT_TYPE, response.contentType.c_str());
    add("Cache-Control", "no-store");
    add("X-Content-Type-Options", "nosniff");
    add("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    add("Cross-Origin-Resource-Policy", "same-origin");
    add("Referrer-Policy", "no-referrer");
    for (const auto& [name, value] : response.headers) {
        add(name.c_str(), value.c_str());
    }
    const MHD_Result queued = MHD_queue_response(connection, static_cast<unsigned>(response.status), out);
    MHD_destroy_response(out);
    return queued;
}

std::uint64_t announcedBytes(const ApiRequest& request)
{
    const std::string value = headerOf(request, "content-length").value;
    std::uint64_t bytes = 0;
    const auto [stop, fault] = std::from_chars(value.data(), value.data() + value.size(), bytes);
    return fault == std::errc::result_out_of_range ? UINT64_MAX : bytes;
}

/// The headers are there.
MHD_Result begin(const HttpListener::State& state, MHD_Connection* connection, Exchange& exchange)
{
    exchange.begun = true;
    if (MHD_get_connection_values(connection, MHD_HEADER_KIND, keepHeader, &exchange.request.headers) < 0) {
        return MHD_NO;
    }
    exchange.request.localAddress = localAddressOf(socketOf(connection));
    exchange.refusal = state.api->refuse(exchange.request);
    if (announcedBytes(exchange.request) > MostDrained) {
        exchange.request.bodyTooLarge = true;
        return deliver(
            connection, exchange.refusal ? *exchange.refusal : state.api->answer(exchange.request));
    }
    return MHD_YES;
}

/// A piece of the body.
MHD_Result receive(Exchange& exchange, std::string_view bytes)
{
    exchange.bodyBytes += bytes.size();
    if (exchange.bodyBytes > MostDrained) {
        return MHD_NO;
    }
    if (exchange.bodyBytes > InternalApi::MostBody) {
        exchange.request.bodyTooLarge = true;
        exchange.request.body = {};
    } else if (!exchange.refusal) {
        exchange.request.body += bytes;
    }
    return MHD_YES;
}

// Nothing may be thrown through the C library.

void* noteTarget(void* /*data*/, const char* target, MHD_Connection* /*connection*/)
{
    // libmicrohttpd decodes the path in place later on.
    try {
        auto exchange = std::make_unique<Exchange>();
        exchange->request.target = target;
        return exchange.release();
    } catch (const std::bad_alloc&) {
        return nullptr;
    }
}

MHD_Result handle(void* data, MHD_Connection* connection, const char* /*url*/, const char* method,
    const char* /*version*/, const char* upload, std::size_t* uploadSize, void** request)
{
    const auto& state = *static_cast<HttpListener::State*>(data);
    auto* const exchange = static_cast<Exchange*>(*request);
    if (exchange == nullptr) {
        return MHD_NO;
    }
    try {
        if (!exchange->begun) {
            exchange->request.method = method;
            return begin(state, connection, *exchange);
        }
        if (*uploadSize > 0) {
            const std::string_view bytes(upload, *uploadSize);
            *uploadSize = 0;
            return receive(*exchange, bytes);
        }
        return deliver(
            connection, exchange->refusal ? *exchange->refusal : state.api->answer(exchange->request));
    } catch (const std::bad_alloc&) {
        return MHD_NO;
    }
}

void completed(void* data, MHD_Connection* connection, void** request, MHD_RequestTerminationCode /*how*/)
{
    delete static_cast<Exchange*>(*request);
    *request = nullptr;
    static_cast<HttpListener::State*>(data)->connections->answered(connection);
}

void noteConnection(
    void* data, MHD_Connection* connection, void** /*context*/, MHD_ConnectionNotificationCode code)
{
    OpenConnections& connections = *static_cast<HttpListener::State*>(data)->connections;
    if (code == MHD_CONNECTION_NOTIFY_CLOSED) {
        connections.closed(connection);
        return;
    }
    const int socket = socketOf(connection);
    try {
        connections.opened(connection, socket);
    } catch (const std::bad_alloc&) {
        ::shutdown(socket, SHUT_RDWR); // nobody would watch over it
    }
}

} // namespace

HttpListener::HttpListener(std::unique_ptr<State> state) : m_state(std::move(state)) {}

Result<std::unique_ptr<HttpListener>> HttpListener::start(
    ListeningSocket socket, bool isLoopback, const InternalApi& api)
{
    auto state = std::make_unique<State>();
    state->api = &api;
    state->connections = std::make_unique<OpenConnections>(ManyConnections, Patience);
    const int own = ::fcntl(socket.socket.get(), F_DUPFD_CLOEXEC, 0); // the library closes what it is given
    if (own < 0) {
        return ioError(socket.url(), errno);
    }
    std::unique_ptr<HttpListener> listener(new HttpListener(std::move(state)));
    State& shared = *listener->m_state;
    shared.daemon = MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD, 0, nullptr, nullptr, handle, &shared,
        MHD_OPTION_LISTEN_SOCKET, own, MHD_OPTION_THREAD_POOL_SIZE, Threads, MHD_OPTION_CONNECTION_LIMIT,
        MostConnections, MHD_OPTION_PER_IP_CONNECTION_LIMIT, isLoopback ? 0U : MostOfOneAddress,
        MHD_OPTION_CONNECTION_TIMEOUT, IdleSeconds, MHD_OPTION_CONNECTION_MEMORY_LIMIT, ConnectionMemory,
        MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_URI_LOG_CALLBACK, noteTarget, nullptr,
        MHD_OPTION_NOTIFY_COMPLETED, completed, &shared, MHD_OPTION_NOTIFY_CONNECTION, noteConnection,
        &shared, MHD_OPTION_END);
    if (shared.daemon == nullptr) {
        ::close(own);
        return Error {ErrorCode::Io, socket.url() + ": the server cannot start", socket.url()};
    }
    return listener;
}

HttpListener::~HttpListener()
{
    if (m_state->daemon != nullptr) {
        MHD_stop_daemon(m_state->daemon);
    }
}

} // namespace workbench
