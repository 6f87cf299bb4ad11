// SPDX-License-Identifier: GPL-3.0-or-later
/// Where the server listens: resolved first, so that it can be judged before anything is bound.
#pragma once

#include "core/base/file.h"
#include "core/base/result.h"

#include <cstdint>
#include <string>

#include <sys/socket.h>

namespace workbench {

struct ListenAddress {
    std::string host; ///< as it was given
    sockaddr_storage address {};
    socklen_t length = 0;

    [[nodiscard]] bool isLoopback() const;
};

/// Errors: Usage when the host is no address of a machine.
[[nodiscard]] Result<ListenAddress> resolveListenAddress(const std::string& host, std::uint16_t port);

struct ListeningSocket {
    FileDescriptor socket;
    std::string host; ///< as it was given
    std::uint16_t port = 0; ///< the one that the system chose for 0

    [[nodiscard]] std::string url() const; ///< "http://127.0.0.1:3000"
};

/// Errors: Io, e.g. when somebody else listens there.
[[nodiscard]] Result<ListeningSocket> openListeningSocket(const ListenAddress& where);

} // namespace workbench
