// SPDX-License-Identifier: Apache-2.0
/// Whether a process would leave a core file, as the system tells it (core(5), proc(5)).
#pragma once

#include <QByteArray>
#include <QFile>
#include <QString>

#include <sys/resource.h>

/// As long as it lives, programs that are started from here are allowed core files as large as they like.
class CoreFilesWanted {
public:
    CoreFilesWanted()
    {
        ::getrlimit(RLIMIT_CORE, &m_before);
        const rlimit all {m_before.rlim_max, m_before.rlim_max};
        ::setrlimit(RLIMIT_CORE, &all);
    }
    ~CoreFilesWanted() { ::setrlimit(RLIMIT_CORE, &m_before); }
    CoreFilesWanted(const CoreFilesWanted&) = delete;
    CoreFilesWanted& operator=(const CoreFilesWanted&) = delete;
    CoreFilesWanted(CoreFilesWanted&&) = delete;
    CoreFilesWanted& operator=(CoreFilesWanted&&) = delete;

private:
    rlimit m_before {};
};

/// No file, and nothing of its memory in what is handed to a program that collects cores.
[[nodiscard]] inline bool leavesNoCoreFile(qint64 process)
{
    QFile limits(QStringLiteral("/proc/%1/limits").arg(process));
    QFile filter(QStringLiteral("/proc/%1/coredump_filter").arg(process));
    if (!limits.open(QIODevice::ReadOnly) || !filter.open(QIODevice::ReadOnly)) {
        return false;
    }
    bool noFile = false;
    for (const QByteArray& line : limits.readAll().split('\n')) {
        noFile = noFile || line.simplified().startsWith("Max core file size 0 ");
    }
    return noFile && filter.readAll().trimmed().toUInt(nullptr, 16) == 0;
}
