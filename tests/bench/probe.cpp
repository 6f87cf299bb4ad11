// SPDX-License-Identifier: Apache-2.0
// What one thread could reach at best: reads files, lets simdjson touch every value of every line, keeps
// nothing. No guard, no duplicate keys, no output: a bound to compare with, not a goal. Usage: bench_probe
// FILE…
#include "tests/bench/touch.h"

#include <cstdio>

int main(int count, char** arguments)
{
    bench::Toucher toucher;
    for (int i = 1; i < count; ++i) {
        if (!toucher.touchFile(arguments[i], {})) {
            std::perror(arguments[i]);
            return 1; // fewer rows would look faster
        }
    }
    const bench::Touched& touched = toucher.touched();
    std::printf("%llu rows, %llu values, %g\n", static_cast<unsigned long long>(touched.rows),
        static_cast<unsigned long long>(touched.values), touched.sum);
    return touched.rows > 0 ? 0 : 1;
}
