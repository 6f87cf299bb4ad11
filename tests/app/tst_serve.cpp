// SPDX-License-Identifier: GPL-3.0-or-later
// `signals-export serve` at its work: jobs over HTTP, starts and stops, secrets, and its units.
#include "tests/app/serving_program.h"

#include <QElapsedTimer>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTest>

#include <atomic>
#include <thread>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace workbench;
using namespace std::chrono_literals;

namespace {

const std::string Canary = "hf_canaryCanaryCanary0123456789";
const std::string TokenCanary = "internal-canary-0123456789";

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

} // namespace

class tst_serve : public QObject { // NOLINT: named as its file
    Q_OBJECT

private Q_SLOTS:
    void an_export_over_http_is_a_bundle_on_disk()
    {
        ServingProgram server;
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
        ServingProgram server;
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
        ServingProgram server;
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
        ServingProgram server(15'000);
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
        ServingProgram server;
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

    void a_token_is_nowhere_to_be_found()
    {
        const SilentServer hub;
        ServingProgram server;
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
        ServingProgram server;
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
};

QTEST_GUILESS_MAIN(tst_serve)
#include "tst_serve.moc"
