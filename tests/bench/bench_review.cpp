// SPDX-License-Identifier: Apache-2.0
// What the window asks of the core, over a folder of any size: opening it for the first time and again,
// filters, sorting, and what a row costs in memory.
// Usage: bench_review FOLDER…   (folders of make_examples; the cache lies in a temporary folder and is
// removed) Prints a line of JSON for each folder on standard output and a table on standard error. Times are
// the median of five in milliseconds; opening for the first time is done once.
#include "core/input/example_files.h"
#include "core/job/scan.h"
#include "core/review/example_index.h"
#include "core/review/selection.h"
#include "core/review/statistics.h"
#include "core/schema/builtin_schemas.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

#include <sys/resource.h>
#include <unistd.h>

namespace {

using namespace workbench;
using Clock = std::chrono::steady_clock;

double msSince(Clock::time_point start)
{
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

/// Of all threads of this process, in milliseconds.
double processorMs()
{
    rusage usage {};
    ::getrusage(RUSAGE_SELF, &usage);
    const auto ms = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_usec) / 1e3;
    };
    return ms(usage.ru_utime) + ms(usage.ru_stime);
}

double medianOf(const std::function<void()>& work)
{
    std::vector<double> times;
    for (int time = 0; time < 5; ++time) {
        const auto start = Clock::now();
        work();
        times.push_back(msSince(start));
    }
    std::sort(times.begin(), times.end());
    return times[times.size() / 2];
}

/// Anonymous memory of this process: what the machine cannot take back without writing it somewhere.
std::size_t heldBytes()
{
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("RssAnon:")) {
            return std::stoul(line.substr(8)) * 1024;
        }
    }
    return 0;
}

struct Figure {
    const char* name;
    double value;
};

struct Opening {
    IndexPtr index;
    double firstMs = 0; ///< until the first rows
    double wholeMs = 0;
    double processorMs = 0; ///< until then, of all threads
};

Result<Opening> open(const std::string& folder, const std::string& cache)
{
    const auto start = Clock::now();
    const double processor = processorMs();
    IndexRequest request;
    auto files = listExampleFiles(folder);
    if (!files) {
        return files.error();
    }
    request.files = std::move(*files);
    request.schema = defaultSchema();
    request.threads = defaultThreads();
    request.cacheFolder = cache;
    Opening opening;
    const auto built = buildIndex(request,
        [&](IndexPtr index) {
            if (!opening.index) {
                opening.firstMs = msSince(start);
            }
            opening.index = std::move(index);
        },
        {}, {});
    if (!built) {
        return built.error();
    }
    opening.wholeMs = msSince(start);
    opening.processorMs = processorMs() - processor;
    return opening;
}

Result<std::vector<Figure>> measure(const std::string& folder, const std::string& cache)
{
    std::vector<Figure> figures;
    const std::size_t before = heldBytes();
    auto first = open(folder, cache);
    if (!first) {
        return first.error();
    }
    const auto rows = static_cast<double>(first->index->rows());
    figures.push_back({"rows", rows});
    figures.push_back({"first rows, read", first->firstMs});
    figures.push_back({"index complete, read", first->wholeMs});
    figures.push_back({"the same, processor time", first->processorMs});
    figures.push_back({"index, bytes held a row", static_cast<double>(first->index->memoryBytes()) / rows});
    figures.push_back({"process, bytes held a row more",
        (static_cast<double>(heldBytes()) - static_cast<double>(before)) / rows});
    first->index.reset();

    std::vector<double> firsts;
    IndexPtr index;
    figures.push_back({"index complete, kept", medianOf([&] {
                           if (auto again = open(folder, cache)) {
                               firsts.push_back(again->firstMs);
                               index = again->index;
                           }
                       })});
    std::sort(firsts.begin(), firsts.end());
    figures.push_back({"first rows, kept", firsts.empty() ? -1 : firsts[firsts.size() / 2]});

    ExampleFilter filter;
    filter.industry = index->schema()->industries().front();
    filter.labelled = true;
    figures.push_back({"filter change", medianOf([&] { static_cast<void>(select(index, filter, {})); })});
    ExampleFilter dates;
    dates.since
        = UtcTime(std::chrono::milliseconds(index->createdAtMs(static_cast<RowNumber>(index->rows() / 2))));
    figures.push_back({"filter by date", medianOf([&] { static_cast<void>(select(index, dates, {})); })});
    figures.push_back({"no filter", medianOf([&] { static_cast<void>(select(index, {}, {})); })});
    const auto all = select(index, {}, {});
    const auto column = index->columns().indexOf("features.coverage_ratio");
    if (all && column) {
        figures.push_back({"sort by a number", medianOf([&] {
                               static_cast<void>(
                                   sortRows(*index, (*all)->kept, *column, SortOrder::Descending, {}));
                           })});
    }
    const std::size_t selected = heldBytes();
    if (all) {
        figures.push_back({"figures of all columns",
            medianOf([&] { static_cast<void>(computeStatistics(*all, {}, defaultThreads())); })});
    }
    figures.push_back({"process with a selection, bytes held a row more",
        (static_cast<double>(selected) - static_cast<double>(before)) / rows});
    return figures;
}

} // namespace

int main(int count, char** arguments)
{
    const auto cache
        = std::filesystem::temp_directory_path() / ("workbench-bench-cache-" + std::to_string(::getpid()));
    int exitCode = count > 1 ? 0 : 2;
    for (int i = 1; i < count; ++i) {
        const auto figures = measure(arguments[i], cache.string());
        if (!figures) {
            std::fprintf(stderr, "bench_review: %s\n", figures.error().message.c_str());
            exitCode = 1;
            continue;
        }
        std::printf("{\"folder\": %d", i);
        for (const Figure& figure : *figures) {
            std::printf(", \"%s\": %.3f", figure.name, figure.value);
            std::fprintf(stderr, "%-50s %14.2f\n", figure.name, figure.value);
        }
        std::printf("}\n");
    }
    std::filesystem::remove_all(cache);
    return exitCode;
}
