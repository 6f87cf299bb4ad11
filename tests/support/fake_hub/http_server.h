// SPDX-License-Identifier: Apache-2.0
/// An HTTP/1.1 server on the loopback address, a thread per connection, over GNU libmicrohttpd.
#pragma once

#include "tests/support/fake_hub/certificate.h"
#include "tests/support/fake_hub/http_message.h"

#include <cstdint>
#include <memory>
#include <string>

namespace workbench::fakehub {

/// Called from many threads at once.
class RequestHandler {
public:
    virtual ~RequestHandler() = default;
    /// The headers are there: choose what takes the body, and what shall go wrong.
    virtual void begin(Request& request) = 0;
    /// The body is there, to its announced length.
    [[nodiscard]] virtual Response answer(Request& request) = 0;
    /// The request ended before it could be answered.
    virtual void lost(Request& request) = 0;
};

class HttpServer {
public:
    /// Listens on 127.0.0.1 at a port of the system's choice. Throws std::runtime_error.
    HttpServer(Port port, RequestHandler& handler, const Tls& tls = {});
    ~HttpServer(); ///< as stop()
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;

    /// "http://127.0.0.1:PORT", or https
    [[nodiscard]] const std::string& url() const { return m_url; }
    /// Wakes what stalls, ends all connections and waits for their threads.
    void stop();

    struct State; ///< shared with the callbacks

private:
    std::unique_ptr<State> m_state;
    std::string m_url;
};

} // namespace workbench::fakehub
