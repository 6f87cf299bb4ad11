// SPDX-License-Identifier: GPL-3.0-or-later
/// The socket's side of the internal API, over GNU libmicrohttpd: limits, time-outs, bytes.
#pragma once

#include "app/serve/internal_api.h"
#include "app/serve/listening_socket.h"
#include "core/base/result.h"

#include <memory>

namespace workbench {

/// Answers on threads of its own until it goes.
class HttpListener {
public:
    /// `api` has to outlive it. `isLoopback`: all clients may have one address. Errors: Io.
    [[nodiscard]] static Result<std::unique_ptr<HttpListener>> start(
        ListeningSocket socket, bool isLoopback, const InternalApi& api);
    ~HttpListener(); ///< closes all connections and waits for the threads
    HttpListener(const HttpListener&) = delete;
    HttpListener& operator=(const HttpListener&) = delete;
    HttpListener(HttpListener&&) = delete;
    HttpListener& operator=(HttpListener&&) = delete;

    struct State; ///< shared with the callbacks

private:
    explicit HttpListener(std::unique_ptr<State> state);

    std::unique_ptr<State> m_state;
};

} // namespace workbench
