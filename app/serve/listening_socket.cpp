// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/serve/listening_socket.h"

#include "core/base/quoted.h"

#include <cerrno>
#include <cstring>
#include <memory>

#include <netdb.h>
#include <netinet/in.h>

namespace workbench {

namespace {

constexpr int Backlog = 1024;

std::uint16_t portOf(const sockaddr_storage& address)
{
    if (address.ss_family == AF_INET6) {
        return ntohs(reinterpret_cast<const sockaddr_in6&>(address).sin6_port);
    }
    return ntohs(reinterpret_cast<const sockaddr_in&>(address).sin_port);
}

} // namespace

bool ListenAddress::isLoopback() const
{
    constexpr std::uint32_t Network = 127;
    constexpr int HostBits = 24;
    if (address.ss_family == AF_INET) {
        return ntohl(reinterpret_cast<const sockaddr_in&>(address).sin_addr.s_addr) >> HostBits == Network;
    }
    const in6_addr& six = reinterpret_cast<const sockaddr_in6&>(address).sin6_addr;
    return address.ss_family == AF_INET6
        && (IN6_IS_ADDR_LOOPBACK(&six) || (IN6_IS_ADDR_V4MAPPED(&six) && six.s6_addr[12] == Network));
}

Result<ListenAddress> resolveListenAddress(const std::string& host, std::uint16_t port)
{
    addrinfo hints {};
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
    addrinfo* list = nullptr;
    if (host.empty() || ::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &list) != 0) {
        return Error {ErrorCode::Usage,
            "--host: " + inQuotes(host) + " is not allowed; allowed: an address or name of this machine",
            "--host"};
    }
    const std::unique_ptr<addrinfo, void (*)(addrinfo*)> owned(list, ::freeaddrinfo);
    ListenAddress where;
    where.host = host;
    std::memcpy(&where.address, list->ai_addr, list->ai_addrlen);
    where.length = list->ai_addrlen;
    return where;
}

Result<ListeningSocket> openListeningSocket(const ListenAddress& where)
{
    const std::string name = where.host + " port " + std::to_string(portOf(where.address));
    ListeningSocket listening;
    listening.host = where.host;
    listening.socket
        = FileDescriptor(::socket(where.address.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    const int yes = 1;
    sockaddr_storage bound {};
    socklen_t length = sizeof bound;
    const int descriptor = listening.socket.get();
    if (!listening.socket || ::setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) != 0
        || ::bind(descriptor, reinterpret_cast<const sockaddr*>(&where.address), where.length) != 0
        || ::listen(descriptor, Backlog) != 0
        || ::getsockname(descriptor, reinterpret_cast<sockaddr*>(&bound), &length) != 0) {
        const int fault = errno;
        const std::string why = fault == EADDRINUSE ? "another program listens there"
            : fault == EADDRNOTAVAIL                ? "this machine has no such address"
                                                    : errnoText(fault);
        return Error {ErrorCode::Io, name + ": " + why, name};
    }
    listening.port = portOf(bound);
    return listening;
}

std::string ListeningSocket::url() const
{
    const bool isSix = host.find(':') != std::string::npos;
    return "http://" + (isSix ? '[' + host + ']' : host) + ':' + std::to_string(port);
}

} // namespace workbench
