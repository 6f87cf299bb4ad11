// SPDX-License-Identifier: Apache-2.0
// Asks a running `signals-export serve` for a job's status at a steady rate while it exports, and says how
// long the answers took. Each request has its appointed time and its latency counts from there, so that a
// server that stalls is not spared the requests that had to wait. Usage: serve_load PORT PID
// REQUESTS_A_SECOND SECONDS
#include <algorithm>
#include <array>
#include <atomic>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace {

using Clock = std::chrono::steady_clock;
constexpr unsigned Clients = 8;

/// One connection that is kept, and made anew when the server closed it.
class Client {
public:
    explicit Client(int port) : m_port(port) {}
    ~Client() { ::close(m_socket); }
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;
    Client(Client&&) = delete;
    Client& operator=(Client&&) = delete;

    /// The answer with its head, or an empty text.
    std::string ask(const std::string& method, const std::string& target, const std::string& body = {})
    {
        const std::string request = method + " /api/internal/hf/" + target
            + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n"
            + body;
        for (int attempt = 0; attempt < 2; ++attempt) {
            if (std::string answer = exchange(request); !answer.empty()) {
                return answer;
            }
            reconnect();
        }
        return {};
    }

private:
    void reconnect()
    {
        ::close(m_socket);
        m_socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        const int yes = 1;
        ::setsockopt(m_socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        sockaddr_in address {};
        address.sin_family = AF_INET;
        address.sin_port = htons(static_cast<std::uint16_t>(m_port));
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        static_cast<void>(::connect(m_socket, reinterpret_cast<const sockaddr*>(&address), sizeof address));
    }

    std::string exchange(const std::string& request)
    {
        if (::send(m_socket, request.data(), request.size(), MSG_NOSIGNAL)
            != static_cast<ssize_t>(request.size())) {
            return {};
        }
        std::string answer;
        std::size_t wanted = std::string::npos;
        while (answer.size() < wanted) {
            std::array<char, 8192> piece {};
            const ssize_t got = ::recv(m_socket, piece.data(), piece.size(), 0);
            if (got <= 0) {
                return {};
            }
            answer.append(piece.data(), static_cast<std::size_t>(got));
            const std::size_t head = answer.find("\r\n\r\n");
            const std::size_t length = answer.find("Content-Length: ");
            if (wanted == std::string::npos && head != std::string::npos && length < head) {
                std::size_t bytes = 0;
                std::from_chars(answer.data() + length + 16, answer.data() + head, bytes);
                wanted = head + 4 + bytes;
            }
        }
        return answer;
    }

    int m_port;
    int m_socket = -1;
};

std::string textBetween(const std::string& text, std::string_view from, char until)
{
    const std::size_t at = text.find(from);
    return at == std::string::npos
        ? std::string()
        : text.substr(at + from.size(), text.find(until, at + from.size()) - at - from.size());
}

long residentKilobytes(const std::string& pid)
{
    std::ifstream file("/proc/" + pid + "/status");
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with("VmRSS:")) {
            return std::stol(line.substr(6));
        }
    }
    return -1;
}

double milliseconds(Clock::duration time) { return std::chrono::duration<double, std::milli>(time).count(); }

} // namespace

int main(int count, char** arguments)
{
    if (count != 5) {
        std::fprintf(stderr, "Usage: serve_load PORT PID REQUESTS_A_SECOND SECONDS\n");
        return 2;
    }
    const int port = std::stoi(arguments[1]);
    const std::string pid = arguments[2];
    const unsigned rate = static_cast<unsigned>(std::stoul(arguments[3]));
    const unsigned seconds = static_cast<unsigned>(std::stoul(arguments[4]));

    std::mutex mutex; // guards the two
    std::string jobId;
    std::vector<double> latencies;
    std::atomic<unsigned> failed = 0;
    std::atomic<bool> done = false;
    unsigned exports = 0;
    unsigned looks = 0;
    unsigned looksWhileRunning = 0;

    // Sees to it that there is always an export under way.
    Client starter(port);
    const auto startExport = [&] {
        const std::string id = textBetween(
            starter.ask("POST", "export?internal=1", R"({"on_rejection":"skip","max_rows":1000000000})"),
            "\"job_id\": \"", '"');
        if (!id.empty()) {
            const std::lock_guard guard(mutex);
            jobId = id;
            ++exports;
        }
        return !id.empty();
    };
    if (!startExport()) {
        std::fprintf(stderr, "serve_load: the server takes no export\n");
        return 1;
    }
    std::thread feeder([&] {
        while (!done) {
            const std::string answer = starter.ask("GET", "status?internal=1&job_id=" + jobId);
            const std::string status = textBetween(answer, "\"status\": \"", '"');
            ++looks;
            looksWhileRunning += status == "running" ? 1 : 0;
            if (status != "running" && status != "queued") {
                static_cast<void>(startExport());
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
        }
    });

    const long before = residentKilobytes(pid);
    const Clock::time_point start = Clock::now();
    std::vector<std::thread> clients;
    for (unsigned client = 0; client < Clients; ++client) {
        clients.emplace_back([&, client] {
            Client connection(port);
            std::vector<double> mine;
            const unsigned requests = rate * seconds / Clients;
            for (unsigned i = 0; i < requests; ++i) {
                const auto due = start
                    + std::chrono::microseconds(std::uint64_t {1'000'000} * (i * Clients + client) / rate);
                std::this_thread::sleep_until(due);
                std::string id;
                {
                    const std::lock_guard guard(mutex);
                    id = jobId;
                }
                const std::string answer = connection.ask("GET", "status?internal=1&job_id=" + id);
                failed += answer.starts_with("HTTP/1.1 200") ? 0 : 1;
                mine.push_back(milliseconds(Clock::now() - due));
            }
            const std::lock_guard guard(mutex);
            latencies.insert(latencies.end(), mine.begin(), mine.end());
        });
    }
    for (std::thread& client : clients) {
        client.join();
    }
    const double took = milliseconds(Clock::now() - start) / 1000;
    done = true;
    feeder.join();
    std::sort(latencies.begin(), latencies.end());
    const auto at = [&](double part) {
        return latencies[static_cast<std::size_t>(part * static_cast<double>(latencies.size() - 1))];
    };
    std::printf(
        "%zu status requests in %.1f s (%.0f/s), %u failed; an export ran in %u of %u looks, %u exports\n"
        "latency ms: p50 %.2f  p99 %.2f  p99.9 %.2f  max %.2f\n"
        "memory kB: %ld before, %ld after\n",
        latencies.size(), took, static_cast<double>(latencies.size()) / took, failed.load(),
        looksWhileRunning, looks, exports, at(0.5), at(0.99), at(0.999), latencies.back(), before,
        residentKilobytes(pid));
    return failed == 0 ? 0 : 1;
}
