// SPDX-License-Identifier: Apache-2.0
// Runs a command once and appends "NAME WALL CPU PEAK" to a file: seconds from start to end, seconds of
// processor time in user and kernel, and the most memory it held at once, in KiB, with all its children.
// Usage: measure FILE NAME COMMAND…   Its exit status is the command's.
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

double seconds(const timeval& time)
{
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

} // namespace

int main(int count, char** arguments)
{
    if (count < 4) {
        std::fputs("Usage: measure FILE NAME COMMAND…\n", stderr);
        return 2;
    }
    const auto begin = std::chrono::steady_clock::now();
    const pid_t child = fork();
    if (child == 0) {
        execvp(arguments[3], arguments + 3);
        std::fprintf(stderr, "measure: %s: %s\n", arguments[3], std::strerror(errno));
        _exit(127);
    }
    int status = 0;
    rusage used {};
    if (child < 0 || wait4(child, &status, 0, &used) != child) {
        std::perror("measure");
        return 1;
    }
    const double wall = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    FILE* out = std::fopen(arguments[1], "a");
    if (out == nullptr) {
        std::perror(arguments[1]);
        return 1;
    }
    std::fprintf(out, "%s %.4f %.4f %ld\n", arguments[2], wall,
        seconds(used.ru_utime) + seconds(used.ru_stime), used.ru_maxrss);
    std::fclose(out);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
