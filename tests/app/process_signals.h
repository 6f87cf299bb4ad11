// SPDX-License-Identifier: Apache-2.0
/// What a process does about signals, as the system tells it (proc(5), status).
#pragma once

#include <QByteArray>
#include <QFile>
#include <QString>

/// Whether `signal` is in the process's mask: "SigBlk" (blocked), "SigCgt" (caught). False without a process.
[[nodiscard]] inline bool isInMask(qint64 process, const QByteArray& mask, int signal)
{
    QFile status(QStringLiteral("/proc/%1/status").arg(process));
    if (!status.open(QIODevice::ReadOnly)) {
        return false;
    }
    for (const QByteArray& line : status.readAll().split('\n')) {
        if (line.startsWith(mask + ":\t")) {
            return (line.mid(mask.size() + 2).toULongLong(nullptr, 16) >> (signal - 1) & 1U) != 0;
        }
    }
    return false;
}
