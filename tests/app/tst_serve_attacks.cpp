// SPDX-License-Identifier: GPL-3.0-or-later
// What clients without manners do to `signals-export serve`: nothing of it changes what others get.
#include "tests/app/serving_program.h"
#include "tests/support/thoroughness.h"

#include <QDir>
#include <QElapsedTimer>
#include <QRegularExpression>
#include <QTest>

#include <array>
#include <chrono>
#include <string>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace workbench;
using namespace std::chrono_literals;

namespace {

/// A connection on which anything can be said.
class RawConnection {
public:
    explicit RawConnection(int port) : m_socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
        sockaddr_in address {};
        address.sin_family = AF_INET;
        address.sin_port = htons(static_cast<std::uint16_t>(port));
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        m_connected = ::connect(m_socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    }
    ~RawConnection() { ::close(m_socket); }
    RawConnection(const RawConnection&) = delete;
    RawConnection& operator=(const RawConnection&) = delete;
    RawConnection(RawConnection&&) = delete;
    RawConnection& operator=(RawConnection&&) = delete;

    [[nodiscard]] bool connected() const { return m_connected; }

    /// False when the other side has gone.
    bool send(std::string_view bytes) const
    {
        while (!bytes.empty()) {
            const ssize_t sent = ::send(m_socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0) {
                return false;
            }
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }
    /// All that comes until the other side closes or `patience` is over.
    [[nodiscard]] std::string receive(std::chrono::milliseconds patience = 15s) const
    {
        std::string all;
        const auto end = std::chrono::steady_clock::now() + patience;
        for (;;) {
            const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
                end - std::chrono::steady_clock::now());
            pollfd waiting {.fd = m_socket, .events = POLLIN, .revents = 0};
            if (left.count() <= 0 || ::poll(&waiting, 1, static_cast<int>(left.count())) != 1) {
                return all;
            }
            std::array<char, 4096> piece {};
            const ssize_t got = ::recv(m_socket, piece.data(), piece.size(), 0);
            if (got <= 0) {
                return all;
            }
            all.append(piece.data(), static_cast<std::size_t>(got));
        }
    }
    [[nodiscard]] bool isClosedWithin(std::chrono::milliseconds patience) const
    {
        QElapsedTimer timer;
        timer.start();
        static_cast<void>(receive(patience));
        return std::chrono::milliseconds(timer.elapsed()) < patience;
    }

private:
    int m_socket;
    bool m_connected = false;
};

/// Kilobytes. AddressSanitizer holds back 256 MB of what was freed.
constexpr qint64 MostGrowth = (AddressSanitized ? 512 : 64) * 1024;

} // namespace

class tst_serve_attacks : public QObject { // NOLINT: named as its file
    Q_OBJECT

private Q_SLOTS:
    void slow_clients_lock_nobody_out_and_are_shown_out()
    {
        ServingProgram server;
        QVERIFY(server.start());
        const qint64 before = server.residentKilobytes();
        std::vector<std::unique_ptr<RawConnection>> slow;
        for (int i = 0; i < 900; ++i) {
            slow.push_back(std::make_unique<RawConnection>(server.port));
            slow.back()->send("POST /api/internal/hf/export?internal=1 HTTP/1.1\r\nHost: 127.0.0.1\r\nX-");
            if (i % 100 == 0) {
                QVERIFY(server.serves());
            }
        }
        QVERIFY(server.serves());
        QVERIFY(server.residentKilobytes() - before < MostGrowth);
        // One that sends a byte now and then outlives an idle time-out, not ours.
        const RawConnection dripping(server.port);
        QVERIFY(dripping.send("GET /healthz HTTP/1.1\r\nX-Slow: "));
        QElapsedTimer timer;
        timer.start();
        while (timer.elapsed() < 20'000 && dripping.send("x")) {
            std::this_thread::sleep_for(500ms);
        }
        QVERIFY2(timer.elapsed() < 20'000, "it was let drip for 20 seconds");
        QVERIFY(slow.back()->isClosedWithin(15s));
        QVERIFY(server.serves());
    }

    void hostile_bytes_change_nothing_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("answers"); // any of these, or none when it may just close
        const QByteArray host = "Host: 127.0.0.1\r\n";
        const QByteArray post = "POST /api/internal/hf/export?internal=1 HTTP/1.1\r\n" + host;
        QByteArray headers = "GET /healthz HTTP/1.1\r\n" + host;
        for (int i = 0; i < 10'000; ++i) {
            headers += "X-" + QByteArray::number(i) + ": y\r\n";
        }
        QByteArray chunks = post + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n";
        for (int i = 0; i < 20; ++i) {
            chunks += "2000\r\n" + QByteArray(0x2000, ' ') + "\r\n";
        }
        chunks += "0\r\n\r\n";
        const auto row = [](const char* name, const QByteArray& bytes, const char* answers) {
            QTest::newRow(name) << bytes << QByteArray(answers);
        };
        row("ten thousand headers", headers + "\r\n", "431 400");
        row("a header of a megabyte",
            "GET /healthz HTTP/1.1\r\n" + host + "X: " + QByteArray(1 << 20, 'x') + "\r\n\r\n", "431 400");
        row("a target of a megabyte", "GET /" + QByteArray(1 << 20, 'x') + " HTTP/1.1\r\n" + host + "\r\n",
            "414 400 431");
        row("a gigabyte announced", post + "Content-Length: 1073741824\r\n\r\nxxxx", "413");
        row("more than there can be announced", post + "Content-Length: 99999999999999999999999\r\n\r\n",
            "400 413");
        row("a length that is none", post + "Content-Length: 5x\r\n\r\nxxxxx", "400");
        row("a length below nothing", post + "Content-Length: -5\r\n\r\n", "400");
        row("a chunked body that is too large", chunks, "413");
        row("a chunk size that is none", post + "Transfer-Encoding: chunked\r\n\r\nzz\r\n", "400");
        row("a length and chunks", post + "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n",
            "400");
        row("two lengths", post + "Content-Length: 2\r\nContent-Length: 0\r\n\r\n{}", "400");
        row("no host", "GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n", "400 403");
        row("a foreign host", "GET /healthz HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
            "403");
        row("a foreign origin",
            post + "Origin: http://evil.example\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}", "403");
        row("a browser asking before it posts",
            "OPTIONS /api/internal/hf/export?internal=1 HTTP/1.1\r\n" + host
                + "Origin: http://evil.example\r\nAccess-Control-Request-Method: POST\r\nConnection: "
                  "close\r\n\r\n",
            "403");
        row("a proxy's request", "GET http://evil.example/ HTTP/1.1\r\n" + host + "Connection: close\r\n\r\n",
            "404 400");
        row("a tunnel", "CONNECT evil.example:443 HTTP/1.1\r\n" + host + "Connection: close\r\n\r\n",
            "404 400 405");
        row("a path upwards", "GET /../../../etc/passwd HTTP/1.1\r\n" + host + "Connection: close\r\n\r\n",
            "404");
        row("TLS", QByteArray::fromHex("16030100c8010000c40303"), "");
        row("nothing but zeros", QByteArray(4096, '\0'), "");
        row("nothing but line ends", QByteArray(20'000, '\n'), "");
        row("half a request line", "GET /heal", "");
        row("half a body", post + "Content-Length: 100\r\n\r\n{\"source\":", "");
        row("the other version", "GET /healthz HTTP/9.9\r\n" + host + "\r\n", "505 400");
        row("a method without end", QByteArray(100'000, 'G'), "");
    }

    void hostile_bytes_change_nothing()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, answers);
        QVERIFY(m_shared.port != 0 || m_shared.start());
        const qint64 before = m_shared.residentKilobytes();
        const RawConnection connection(m_shared.port);
        QVERIFY(connection.connected());
        connection.send(bytes.toStdString());
        // What is only half there is waited for, and then shown out.
        const std::string answer = connection.receive(answers.isEmpty() ? 500ms : 15s);
        const QByteArray status = QByteArray::fromStdString(answer).mid(9, 3);
        if (!answers.isEmpty() && !answer.empty()) {
            QVERIFY2(answers.split(' ').contains(status), answer.c_str());
        }
        QVERIFY2(!answer.starts_with("HTTP/1.1 2"), answer.c_str());
        QVERIFY(m_shared.serves());
        QVERIFY(m_shared.residentKilobytes() - before < MostGrowth);
        QCOMPARE(m_shared.ask("GET", "jobs?internal=1").json()["jobs"].size(), 0U);
    }

    void a_request_in_any_pieces_is_answered_alike_data()
    {
        QTest::addColumn<QByteArray>("rest");
        QTest::newRow("of a length") << QByteArray(
            "Content-Length: 29\r\n\r\n{\"source\":\"mock\",\"push\":\"no\"}");
        QTest::newRow("in chunks") << QByteArray(
            "Transfer-Encoding: chunked\r\n\r\n"
            "a\r\n{\"source\":\r\n11\r\n\"mock\",\"push\":\"no\r\n2\r\n\"}\r\n0\r\n\r\n");
    }

    void a_request_in_any_pieces_is_answered_alike()
    {
        QFETCH(QByteArray, rest);
        QVERIFY(m_shared.port != 0 || m_shared.start());
        const std::string request = "POST /api/internal/hf/export?internal=1 HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                                    "Connection: close\r\n"
            + rest.toStdString();
        const auto answerInPiecesOf = [&](std::size_t first, std::size_t others) {
            const RawConnection connection(m_shared.port);
            for (std::size_t at = 0, end = first; at < request.size(); at = end, end += others) {
                connection.send(std::string_view(request).substr(at, end - at));
            }
            static const QRegularExpression Date(QStringLiteral("\r\nDate: [^\r]*"));
            return QString::fromStdString(connection.receive()).remove(Date);
        };
        const QString atOnce = answerInPiecesOf(request.size(), request.size());
        QVERIFY2(atOnce.startsWith(QStringLiteral("HTTP/1.1 400")) && atOnce.contains(QStringLiteral("push")),
            qPrintable(atOnce));
        QCOMPARE(answerInPiecesOf(1, 1), atOnce);
        for (std::size_t cut = 1; cut < request.size(); cut += CaseStride) {
            QCOMPARE(answerInPiecesOf(cut, request.size()), atOnce);
        }
    }

    void a_gigabyte_in_chunks_is_cut_off()
    {
        QVERIFY(m_shared.port != 0 || m_shared.start());
        const RawConnection connection(m_shared.port);
        QVERIFY(connection.send("POST /api/internal/hf/export?internal=1 HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                                "Transfer-Encoding: chunked\r\n\r\n"));
        const std::string chunk = "100000\r\n" + std::string(0x100000, 'x') + "\r\n";
        int sent = 0;
        while (sent < 1024 && connection.send(chunk)) {
            ++sent;
        }
        QVERIFY2(sent < 100, qPrintable(QString::number(sent)));
        QVERIFY(m_shared.serves());
    }

    void ten_thousand_connections_one_after_another_leave_nothing_behind()
    {
        QVERIFY(m_shared.port != 0 || m_shared.start());
        const qint64 before = m_shared.residentKilobytes();
        int refused = 0;
        for (int i = 0; i < 10'000; ++i) {
            const RawConnection connection(m_shared.port);
            refused += connection.connected() ? 0 : 1;
            connection.send("GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
            if (i % 10 == 0 && connection.receive().find("\"ok\"") == std::string::npos) {
                ++refused;
            }
        }
        QCOMPARE(refused, 0);
        QVERIFY(m_shared.serves());
        QVERIFY(m_shared.residentKilobytes() - before < MostGrowth);
        const QString descriptors = QStringLiteral("/proc/%1/fd").arg(m_shared.process->processId());
        QTRY_VERIFY_WITH_TIMEOUT(
            QDir(descriptors).entryList(QDir::NoDotAndDotDot | QDir::AllEntries | QDir::System).size() < 64,
            20'000);
    }

private:
    ServingProgram m_shared; ///< for tests that leave it as it was
};

QTEST_GUILESS_MAIN(tst_serve_attacks)
#include "tst_serve_attacks.moc"
