// SPDX-License-Identifier: GPL-3.0-or-later
// `signals-export serve` as a process, asked over its real socket, politely and otherwise.
#include "tests/app/export_program.h"
#include "tests/support/example_builder.h"
#include "tests/support/plain_client.h"
#include "tests/support/thoroughness.h"

#include <QDir>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonObject>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTest>

#include <array>
#include <atomic>
#include <thread>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace workbench;
using namespace std::chrono_literals;

namespace {

const std::string Canary = "hf_canaryCanaryCanary0123456789";
const std::string TokenCanary = "internal-canary-0123456789";

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

/// A server that takes connections and never says a word: a push to it does not end by itself.
class SilentServer {
public:
    SilentServer() : m_socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
        sockaddr_in address {};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t length = sizeof address;
        if (::bind(m_socket, reinterpret_cast<const sockaddr*>(&address), length) != 0
            || ::listen(m_socket, 16) != 0
            || ::getsockname(m_socket, reinterpret_cast<sockaddr*>(&address), &length) != 0) {
            qFatal("nothing can listen on loopback");
        }
        m_port = ntohs(address.sin_port);
    }
    ~SilentServer() { ::close(m_socket); }
    SilentServer(const SilentServer&) = delete;
    SilentServer& operator=(const SilentServer&) = delete;
    SilentServer(SilentServer&&) = delete;
    SilentServer& operator=(SilentServer&&) = delete;

    [[nodiscard]] QString url() const { return QStringLiteral("http://127.0.0.1:%1").arg(m_port); }

private:
    int m_socket;
    int m_port = 0;
};

/// `signals-export serve` in a folder with data.
class Server {
public:
    explicit Server(int rows = 20)
    {
        const QByteArray line = QByteArray::fromStdString(ExampleBuilder().with("id", "ex_0").json()) + '\n';
        QByteArray bytes;
        for (int i = 0; i < rows; ++i) {
            bytes += QByteArray(line).replace("ex_0", "ex_" + QByteArray::number(i));
        }
        program.writeFile(QStringLiteral("data/a.jsonl"), bytes);
    }
    ~Server() { kill(); }
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;
    Server(Server&&) = delete;
    Server& operator=(Server&&) = delete;

    bool start(const QStringList& more = {})
    {
        process = program.start(
            QStringList {QStringLiteral("serve"), QStringLiteral("--port=0"), QStringLiteral("--json")}
            + more);
        QByteArray out;
        while (!out.endsWith("}\n") && process->waitForReadyRead(60'000)) {
            out += process->readAllStandardOutput();
        }
        said += out;
        port = QJsonDocument::fromJson(out).object().value(QStringLiteral("port")).toInt();
        url = "http://127.0.0.1:" + std::to_string(port);
        return port != 0;
    }
    /// The exit code, or -1.
    int stop(int signal = SIGTERM)
    {
        ::kill(static_cast<pid_t>(process->processId()), signal);
        const bool ended = process->waitForFinished(30'000);
        said += process->readAllStandardOutput() + process->readAllStandardError();
        return ended && process->exitStatus() == QProcess::NormalExit ? process->exitCode() : -1;
    }
    void kill()
    {
        if (process && process->state() != QProcess::NotRunning) {
            stop(SIGKILL);
        }
    }

    [[nodiscard]] PlainAnswer ask(
        const std::string& method, const std::string& path, const std::string& body = {}) const
    {
        PlainRequest request;
        request.method = method;
        request.url = url + "/api/internal/hf/" + path;
        request.body = body;
        request.headers = headers;
        return workbench::send(request);
    }
    [[nodiscard]] std::string started(const std::string& body = "{}") const
    {
        return ask("POST", "export?internal=1", body).json().value("job_id", "");
    }
    [[nodiscard]] std::string statusOf(const std::string& jobId) const
    {
        return ask("GET", "status?internal=1&job_id=" + jobId).json().value("status", "");
    }
    [[nodiscard]] bool waitFor(const std::string& jobId, const std::string& status) const
    {
        for (int tries = 0; tries < 3000; ++tries) {
            if (statusOf(jobId) == status) {
                return true;
            }
            std::this_thread::sleep_for(20ms);
        }
        return false;
    }
    /// The export is done by then, so that a cancel can only end the push.
    [[nodiscard]] bool waitForPush(const std::string& jobId) const
    {
        for (int tries = 0; tries < 3000; ++tries) {
            if (!ask("GET", "status?internal=1&job_id=" + jobId).json()["push"].is_null()) {
                return true;
            }
            std::this_thread::sleep_for(20ms);
        }
        return false;
    }
    [[nodiscard]] bool serves() const
    {
        PlainRequest request;
        request.url = url + "/healthz";
        request.timeoutMilliseconds = 5000;
        return workbench::send(request).status == 200;
    }
    [[nodiscard]] QString record(const std::string& jobId) const
    {
        return QString::fromUtf8(program.readFile(
            QStringLiteral("runs/hf_export_jobs/%1.json").arg(QString::fromStdString(jobId))));
    }
    [[nodiscard]] qint64 residentKilobytes() const
    {
        QFile file(QStringLiteral("/proc/%1/status").arg(process->processId()));
        if (!file.open(QIODevice::ReadOnly)) {
            return -1;
        }
        for (const QByteArray& line : file.readAll().split('\n')) {
            if (line.startsWith("VmRSS:")) {
                return line.simplified().split(' ').value(1).toLongLong();
            }
        }
        return -1;
    }

    ExportProgram program;
    std::unique_ptr<QProcess> process;
    std::string url;
    std::vector<std::string> headers;
    QByteArray said;
    int port = 0;
};

/// Kilobytes. AddressSanitizer holds back 256 MB of what was freed.
constexpr qint64 MostGrowth = (AddressSanitized ? 512 : 64) * 1024;

} // namespace

class tst_serve : public QObject { // NOLINT: named as its file
    Q_OBJECT

private Q_SLOTS:
    void an_export_over_http_is_a_bundle_on_disk()
    {
        Server server;
        QVERIFY(server.start());
        QVERIFY(server.serves());
        const PlainAnswer answer
            = server.ask("POST", "export?internal=1", R"({"source":"mock","push":true})");
        QCOMPARE(answer.status, 202);
        QCOMPARE(answer.header("cache-control"), std::string("no-store"));
        QCOMPARE(answer.header("x-content-type-options"), std::string("nosniff"));
        QVERIFY(answer.headers.count("access-control-allow-origin") == 0);
        const std::string jobId = answer.json().value("job_id", "");
        QVERIFY(server.waitFor(jobId, "completed"));
        const auto record = server.ask("GET", "status?internal=1&job_id=" + jobId).json();
        QCOMPARE(record["rows"].value("exported", 0), 20);
        QCOMPARE(record["push"].value("pushed", true), false);
        QVERIFY(record["push"].value("error", "").find("HF_EXPORT_ENABLED") != std::string::npos);
        QCOMPARE(server.stop(), 0);
        QVERIFY(server.said.contains("Listening on http://127.0.0.1:" + QByteArray::number(server.port)));
        const auto verified = server.program.run(
            {QStringLiteral("verify"), QStringLiteral("runs/hf_export/") + QString::fromStdString(jobId)});
        QCOMPARE(verified.exitCode, 0);
    }

    void a_start_that_would_be_unsafe_or_in_the_way_is_refused()
    {
        Server server;
        const auto exitCode = [&server](const QStringList& options) {
            return server.program.run(QStringList {QStringLiteral("serve")} + options).exitCode;
        };
        QCOMPARE(exitCode({QStringLiteral("--host=0.0.0.0"), QStringLiteral("--port=0")}), 2);
        QCOMPARE(exitCode({QStringLiteral("--host=::"), QStringLiteral("--port=0")}), 2);
        QCOMPARE(exitCode({QStringLiteral("--host=no such host")}), 2);
        for (const char* const port : {"65536", "-1", "x", "3000x", "+1"}) {
            QCOMPARE(exitCode({QStringLiteral("--port=") + QLatin1String(port)}), 2);
        }
        QVERIFY(server.start());
        QCOMPARE(exitCode({QStringLiteral("--port=0")}), 2); // one queue a folder
        QCOMPARE(
            exitCode({QStringLiteral("--port=%1").arg(server.port), QStringLiteral("--out-dir=other")}), 1);
        server.kill();
        server.program.setEnvironment(QStringLiteral("INTERNAL_TESTING_TOKEN"), QString());
        QCOMPARE(exitCode({QStringLiteral("--port=0")}), 2);
        server.program.setEnvironment(
            QStringLiteral("INTERNAL_TESTING_TOKEN"), QString::fromStdString(TokenCanary));
        QVERIFY(server.start({QStringLiteral("--host=0.0.0.0")})); // takes the dead one's lock
        QCOMPARE(server.ask("GET", "jobs?internal=1").status, 401);
        server.headers = {"x-2ndmynd-internal: " + TokenCanary};
        QCOMPARE(server.ask("GET", "jobs?internal=1").status, 200);
    }

    void a_server_told_to_stop_ends_in_time_and_goes_on_after_the_next_start()
    {
        const SilentServer hub;
        Server server;
        server.program.setEnvironment(QStringLiteral("HF_ENDPOINT"), hub.url());
        server.program.setEnvironment(QStringLiteral("HF_EXPORT_ENABLED"), QStringLiteral("true"));
        server.program.setEnvironment(QStringLiteral("HF_TOKEN"), QString::fromStdString(Canary));
        QVERIFY(server.start());
        const std::string first = server.started(R"({"push":true})");
        QVERIFY(server.waitForPush(first));
        const std::string second = server.started();
        const std::string third = server.started(R"({"max_rows":3})");
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(server.stop(), 0);
        QVERIFY2(timer.elapsed() < 15'000, qPrintable(QString::number(timer.elapsed())));
        QVERIFY(server.record(first).contains(QStringLiteral("\"status\": \"completed\"")));
        QVERIFY(server.record(first).contains(QStringLiteral("\"pushed\": false")));
        for (const std::string& waiting : {second, third}) {
            QVERIFY(server.record(waiting).contains(QStringLiteral("\"status\": \"queued\"")));
        }
        QVERIFY(server.start());
        QVERIFY(server.waitFor(third, "completed"));
        QCOMPARE(server.statusOf(second), std::string("completed"));
    }

    void a_killed_server_leaves_no_record_that_says_running_for_ever()
    {
        Server server(15'000);
        QVERIFY(server.start({QStringLiteral("--threads=1")}));
        const std::string first = server.started();
        const std::string second = server.started(R"({"max_rows":2})");
        QVERIFY(server.waitFor(first, "running"));
        server.kill();
        QVERIFY(server.record(first).contains(QStringLiteral("\"status\": \"running\"")));
        QVERIFY(server.record(second).contains(QStringLiteral("\"status\": \"queued\"")));
        QVERIFY(server.start());
        QCOMPARE(server.statusOf(first), std::string("failed"));
        QVERIFY(server.record(first).contains(QStringLiteral("The program ended before the job did.")));
        QVERIFY(server.waitFor(second, "completed"));
        QCOMPARE(
            server.program.tree(QStringLiteral("runs/hf_export")).filter(QStringLiteral("partial")).size(),
            0);
    }

    void two_hundred_posts_at_once_are_a_hundred_jobs_and_a_hundred_refusals()
    {
        const SilentServer hub;
        Server server;
        server.program.setEnvironment(QStringLiteral("HF_ENDPOINT"), hub.url());
        server.program.setEnvironment(QStringLiteral("HF_EXPORT_ENABLED"), QStringLiteral("true"));
        server.program.setEnvironment(QStringLiteral("HF_TOKEN"), QString::fromStdString(Canary));
        QVERIFY(server.start());
        const std::string first = server.started(R"({"push":true})");
        QVERIFY(server.waitForPush(first));
        std::atomic<int> accepted = 0;
        std::atomic<int> full = 0;
        {
            std::vector<std::jthread> clients;
            for (int client = 0; client < 20; ++client) {
                clients.emplace_back([&] {
                    for (int i = 0; i < 10; ++i) {
                        const int status = server.ask("POST", "export?internal=1", "{}").status;
                        accepted += status == 202 ? 1 : 0;
                        full += status == 429 ? 1 : 0;
                    }
                });
            }
        }
        QCOMPARE(accepted.load(), 100);
        QCOMPARE(full.load(), 100);
        QCOMPARE(server.ask("POST", "cancel?internal=1&job_id=" + first).status, 202);
        QVERIFY(server.waitFor(first, "completed"));
    }

    void slow_clients_lock_nobody_out_and_are_shown_out()
    {
        Server server;
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

    void a_token_is_nowhere_to_be_found()
    {
        const SilentServer hub;
        Server server;
        server.program.setEnvironment(QStringLiteral("HF_ENDPOINT"), hub.url());
        server.program.setEnvironment(QStringLiteral("HF_EXPORT_ENABLED"), QStringLiteral("true"));
        server.program.setEnvironment(QStringLiteral("HF_TOKEN"), QString::fromStdString(Canary));
        server.program.setEnvironment(
            QStringLiteral("INTERNAL_TESTING_TOKEN"), QString::fromStdString(TokenCanary));
        QVERIFY(server.start());
        std::string answers;
        for (const char* const header : {"x-nothing: 1", "x-2ndmynd-internal: wrong"}) {
            server.headers = {header};
            answers += server.ask("GET", "jobs?internal=1").body;
        }
        server.headers = {"x-2ndmynd-internal: " + TokenCanary};
        const std::string jobId = server.started(R"({"push":true})");
        QVERIFY(server.waitForPush(jobId));
        for (const char* const path : {"jobs?internal=1", "openapi.json?internal=1", "nothing?internal=1"}) {
            answers += server.ask("GET", path).body;
        }
        QCOMPARE(server.ask("POST", "cancel?internal=1&job_id=" + jobId).status, 202);
        QVERIFY(server.waitFor(jobId, "completed"));
        answers += server.ask("GET", "status?internal=1&job_id=" + jobId).body;
        QFile commandLine(QStringLiteral("/proc/%1/cmdline").arg(server.process->processId()));
        QVERIFY(commandLine.open(QIODevice::ReadOnly));
        QByteArray everything = QByteArray::fromStdString(answers) + commandLine.readAll();
        QCOMPARE(server.stop(), 0);
        everything += server.said;
        int files = 0;
        for (const QString& name : server.program.tree(QStringLiteral("."))) {
            everything += server.program.readFile(name);
            ++files;
        }
        QVERIFY(files > 5);
        QVERIFY(everything.contains(QByteArray::fromStdString(jobId)));
        QVERIFY(!everything.contains(QByteArray::fromStdString(Canary)));
        QVERIFY(!everything.contains(QByteArray::fromStdString(TokenCanary)));
    }

    void the_unit_is_as_hardened_as_the_readme_says()
    {
        const QString program = QStandardPaths::findExecutable(QStringLiteral("systemd-analyze"));
        if (program.isEmpty()) {
            QSKIP("systemd-analyze is not installed here");
        }
        QProcess analyze;
        analyze.start(program,
            {QStringLiteral("security"), QStringLiteral("--offline=true"), QStringLiteral("--no-pager"),
                QStringLiteral(WORKBENCH_SOURCE_DIR "/packaging/linux/signals-export-system.service")});
        QVERIFY(analyze.waitForFinished());
        static const QRegularExpression Level(QStringLiteral("exposure level for [a-z.-]+: ([0-9.]+)"));
        const auto match = Level.match(QString::fromUtf8(analyze.readAllStandardOutput()));
        QVERIFY2(match.hasMatch(), analyze.readAllStandardError().constData());
        QFile readme(QStringLiteral(WORKBENCH_SOURCE_DIR "/README.md"));
        QVERIFY(readme.open(QIODevice::ReadOnly));
        QVERIFY(QString::fromUtf8(readme.readAll())
                    .contains(QStringLiteral("rates %1 (OK").arg(match.captured(1))));
    }

    void the_units_use_options_that_there_are()
    {
        Server server;
        const QByteArray help = server.program.run({QStringLiteral("serve"), QStringLiteral("--help")}).out;
        int options = 0;
        for (const char* const unit : {"signals-export.service", "signals-export-system.service"}) {
            QFile file(QStringLiteral(WORKBENCH_SOURCE_DIR "/packaging/linux/") + QLatin1String(unit));
            QVERIFY(file.open(QIODevice::ReadOnly));
            static const QRegularExpression Option(QStringLiteral(" (--[a-z-]+)="));
            for (const QByteArray& line : file.readAll().split('\n')) {
                if (!line.startsWith("ExecStart=")) {
                    continue;
                }
                auto match = Option.globalMatch(QString::fromUtf8(line));
                while (match.hasNext()) {
                    const QByteArray option = match.next().captured(1).toUtf8();
                    QVERIFY2(help.contains(option), option.constData());
                    ++options;
                }
            }
        }
        QCOMPARE(options, 6);
    }

private:
    Server m_shared; ///< for tests that leave it as it was
};

QTEST_GUILESS_MAIN(tst_serve)
#include "tst_serve.moc"
