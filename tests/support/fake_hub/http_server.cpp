// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fake_hub/http_server.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <atomic>
#include <cctype>
#include <chrono>
#include <stdexcept>
#include <string_view>
#include <thread>
#include <vector>

namespace workbench::fakehub {

struct HttpServer::State {
    Port port = Port::Hub;
    RequestHandler* handler = nullptr;
    MHD_Daemon* daemon = nullptr;
    std::atomic<bool> stopping = false;
};

namespace {

using namespace std::chrono_literals;
constexpr auto WakeUp = 20ms; ///< how often a thread that stalls looks whether it may go

/// One request on its way; libmicrohttpd carries the pointer.
struct Exchange {
    Request request;
    bool begun = false;
};

int socketOf(MHD_Connection* connection)
{
    const auto* info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    return info == nullptr ? -1 : info->connect_fd;
}

/// Sends RST at once, whatever is under way: that is what connecting to nowhere does to a TCP socket.
void resetConnection(int socket)
{
    sockaddr nowhere {};
    nowhere.sa_family = AF_UNSPEC;
    ::connect(socket, &nowhere, sizeof nowhere);
}

/// Until the server stops or the other side has gone.
void stall(const HttpServer::State& state, int socket)
{
    while (!state.stopping) {
        pollfd waiting {.fd = socket, .events = POLLRDHUP, .revents = 0};
        if (poll(&waiting, 1, static_cast<int>(WakeUp.count())) != 0) {
            return;
        }
    }
}

/// An answer's body while it is sent.
struct Sending {
    Response response;
    std::uint64_t size = 0;
    const HttpServer::State* state = nullptr;
    int socket = -1;
};

ssize_t sendMore(void* data, std::uint64_t offset, char* out, std::size_t room)
{
    const Sending& sending = *static_cast<Sending*>(data);
    const Delivery& delivery = sending.response.delivery;
    const bool limited = delivery.how == Delivery::How::Cut || delivery.how == Delivery::How::Stall;
    if (limited && offset >= delivery.bytes) {
        if (delivery.how == Delivery::How::Stall) {
            stall(*sending.state, sending.socket);
        }
        return MHD_CONTENT_READER_END_WITH_ERROR;
    }
    std::uint64_t wanted = std::min<std::uint64_t>(room, sending.size - offset);
    if (limited) {
        wanted = std::min(wanted, delivery.bytes - offset);
    } else if (delivery.how == Delivery::How::Drip) {
        if (sending.state->stopping) {
            return MHD_CONTENT_READER_END_WITH_ERROR;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(delivery.milliseconds));
        wanted = std::min<std::uint64_t>(wanted, 1);
    }
    const auto size = static_cast<std::size_t>(wanted);
    if (sending.response.content) {
        return static_cast<ssize_t>(
            sending.response.content->read(sending.response.from + offset, out, size));
    }
    return static_cast<ssize_t>(sending.response.body.copy(out, size, static_cast<std::size_t>(offset)));
}

void sent(void* data) { delete static_cast<Sending*>(data); }

MHD_Result deliver(const HttpServer::State& state, MHD_Connection* connection, Response response)
{
    const int socket = socketOf(connection);
    const Delivery& delivery = response.delivery;
    if (delivery.how == Delivery::How::Stall && delivery.bytes == 0) {
        stall(state, socket);
        return MHD_NO;
    }
    if (delivery.how == Delivery::How::Reset) {
        resetConnection(socket);
        return MHD_NO;
    }
    if (delivery.how == Delivery::How::Close) {
        return MHD_NO;
    }
    const int status = response.status;
    auto sending = std::make_unique<Sending>();
    sending->size = response.content ? response.length : response.body.size();
    sending->response = std::move(response);
    sending->state = &state;
    sending->socket = socket;
    const auto& headers = sending->response.headers;
    const std::uint64_t size = sending->size;
    // The block is small so that a server that stops is not kept by a big one.
    MHD_Response* out = MHD_create_response_from_callback(size, 1U << 16, sendMore, sending.get(), sent);
    if (out == nullptr) {
        return MHD_NO;
    }
    for (const auto& [name, value] : headers) {
        MHD_add_response_header(out, name.c_str(), value.c_str());
    }
    static_cast<void>(sending.release()); // sent() deletes it
    const MHD_Result queued = MHD_queue_response(connection, static_cast<unsigned>(status), out);
    MHD_destroy_response(out);
    return queued;
}

MHD_Result keepHeader(void* data, MHD_ValueKind /*kind*/, const char* name, const char* value)
{
    std::string lower = name;
    std::transform(lower.begin(), lower.end(), lower.begin(),
        [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    (*static_cast<std::map<std::string, std::string>*>(data))[lower] = value == nullptr ? "" : value;
    return MHD_YES;
}

/// Takes a piece of the body. False when a fault ends the connection here.
bool receive(
    const HttpServer::State& state, MHD_Connection* connection, Request& request, std::string_view bytes)
{
    const Fault* fault = request.fault ? &*request.fault : nullptr;
    const bool breaks = fault != nullptr && fault->bytes > 0
        && (fault->kind == FaultKind::Reset || fault->kind == FaultKind::Stall);
    if (breaks && request.bodyBytes + bytes.size() >= fault->bytes) {
        request.bodyBytes = fault->bytes;
        state.handler->lost(request);
        if (fault->kind == FaultKind::Stall) {
            stall(state, socketOf(connection));
        } else {
            resetConnection(socketOf(connection));
        }
        return false;
    }
    request.bodyBytes += bytes.size();
    if (request.body) {
        request.body->write(bytes);
    }
    return true;
}

void* noteTarget(void* /*data*/, const char* target, MHD_Connection* /*connection*/)
{
    // libmicrohttpd decodes the path in place later on; signed URLs have to be compared byte for byte.
    auto exchange = std::make_unique<Exchange>();
    exchange->request.target = target;
    return exchange.release();
}

MHD_Result handle(void* data, MHD_Connection* connection, const char* /*url*/, const char* method,
    const char* /*version*/, const char* upload, std::size_t* uploadSize, void** request)
{
    auto& state = *static_cast<HttpServer::State*>(data);
    auto& exchange = *static_cast<Exchange*>(*request);
    if (!exchange.begun) {
        exchange.begun = true;
        exchange.request.port = state.port;
        exchange.request.method = method;
        MHD_get_connection_values(connection, MHD_HEADER_KIND, keepHeader, &exchange.request.headers);
        splitTarget(exchange.request);
        state.handler->begin(exchange.request);
        return MHD_YES;
    }
    if (*uploadSize > 0) {
        const std::string_view bytes(upload, *uploadSize);
        *uploadSize = 0;
        return receive(state, connection, exchange.request, bytes) ? MHD_YES : MHD_NO;
    }
    try {
        return deliver(state, connection, state.handler->answer(exchange.request));
    } catch (const std::exception& broken) {
        Response response;
        response.status = 500;
        response.body = std::string("the fake Hub itself failed: ") + broken.what();
        return deliver(state, connection, std::move(response));
    }
}

void completed(void* data, MHD_Connection* /*connection*/, void** request, MHD_RequestTerminationCode /*how*/)
{
    const std::unique_ptr<Exchange> exchange(static_cast<Exchange*>(*request));
    *request = nullptr;
    if (exchange && exchange->begun && !exchange->request.logged) {
        static_cast<HttpServer::State*>(data)->handler->lost(exchange->request);
    }
}

} // namespace

HttpServer::HttpServer(Port port, RequestHandler& handler, const Tls& tls)
    : m_state(std::make_unique<State>())
{
    m_state->port = port;
    m_state->handler = &handler;
    sockaddr_in address {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const bool secure = !tls.certificate.empty();
    constexpr unsigned Flags = MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_THREAD_PER_CONNECTION | MHD_USE_POLL
        | MHD_USE_SUPPRESS_DATE_NO_CLOCK;
    constexpr std::size_t ConnectionMemory = 256U << 10; // bodies come in pieces of about this size
    // libmicrohttpd takes the PEM texts as char*, and only reads them.
    std::string certificate = tls.certificate;
    std::string key = tls.key;
    std::string priorities = tls.priorities.empty() ? "NORMAL" : tls.priorities;
    std::vector<MHD_OptionItem> secureOptions;
    if (secure) {
        secureOptions.push_back({MHD_OPTION_HTTPS_MEM_CERT, 0, certificate.data()});
        secureOptions.push_back({MHD_OPTION_HTTPS_MEM_KEY, 0, key.data()});
        secureOptions.push_back({MHD_OPTION_HTTPS_PRIORITIES, 0, priorities.data()});
    }
    secureOptions.push_back({MHD_OPTION_END, 0, nullptr});
    m_state->daemon = MHD_start_daemon(secure ? Flags | MHD_USE_TLS : Flags, 0, nullptr, nullptr, handle,
        m_state.get(), MHD_OPTION_SOCK_ADDR, reinterpret_cast<sockaddr*>(&address),
        MHD_OPTION_URI_LOG_CALLBACK, noteTarget, nullptr, MHD_OPTION_NOTIFY_COMPLETED, completed,
        m_state.get(), MHD_OPTION_CONNECTION_MEMORY_LIMIT, ConnectionMemory, MHD_OPTION_ARRAY,
        secureOptions.data(), MHD_OPTION_END);
    if (m_state->daemon == nullptr) {
        throw std::runtime_error("the fake Hub cannot listen on 127.0.0.1");
    }
    const auto* info = MHD_get_daemon_info(m_state->daemon, MHD_DAEMON_INFO_BIND_PORT);
    m_url = (secure ? "https" : "http") + std::string("://127.0.0.1:") + std::to_string(info->port);
}

HttpServer::~HttpServer() { stop(); }

void HttpServer::stop()
{
    m_state->stopping = true;
    if (m_state->daemon != nullptr) {
        MHD_stop_daemon(m_state->daemon);
        m_state->daemon = nullptr;
    }
}

} // namespace workbench::fakehub
