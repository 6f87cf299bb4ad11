// SPDX-License-Identifier: Apache-2.0
/// What a program leaves that is killed.
#pragma once

#include <QtTest>

#include <sys/wait.h>
#include <unistd.h>

namespace workbench {

/// Runs `work` in a process that dies in the middle of it (by _exit(9)), or after it, without cleaning up.
template <class Work> void inDyingProcess(Work work)
{
    const pid_t child = ::fork();
    QVERIFY(child >= 0);
    if (child == 0) {
        work();
        ::_exit(9);
    }
    int status = 0;
    QCOMPARE(::waitpid(child, &status, 0), child);
    QCOMPARE(WEXITSTATUS(status), 9);
}

} // namespace workbench
