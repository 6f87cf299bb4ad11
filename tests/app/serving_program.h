// SPDX-License-Identifier: GPL-3.0-or-later
/// `signals-export serve` as a process, and a client that asks it over its real socket.
#pragma once

#include "tests/app/export_program.h"
#include "tests/support/example_builder.h"
#include "tests/support/plain_client.h"

#include <QFile>
#include <QJsonObject>
#include <QStringList>

#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <signal.h>

namespace workbench {

/// `signals-export serve` in a folder with data.
class ServingProgram {
public:
    explicit ServingProgram(int rows = 20)
    {
        const QByteArray line = QByteArray::fromStdString(ExampleBuilder().with("id", "ex_0").json()) + '\n';
        QByteArray bytes;
        for (int i = 0; i < rows; ++i) {
            bytes += QByteArray(line).replace("ex_0", "ex_" + QByteArray::number(i));
        }
        program.writeFile(QStringLiteral("data/a.jsonl"), bytes);
    }
    ~ServingProgram() { kill(); }
    ServingProgram(const ServingProgram&) = delete;
    ServingProgram& operator=(const ServingProgram&) = delete;
    ServingProgram(ServingProgram&&) = delete;
    ServingProgram& operator=(ServingProgram&&) = delete;

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
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
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
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
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

} // namespace workbench
