// SPDX-License-Identifier: Apache-2.0
// What a row costs in instructions, thing by thing, for tests/bench/instructions: run by callgrind, each
// ends with a dump of what was counted for it alone. Unlike time, such a count is the same on a busy machine
// and on another one. One thread does all. Usage: count_rows EXAMPLES FOLDER   (FOLDER, empty, gets index
// and bundle) Prints how many rows were counted over.
#include "core/bundle/bundle_verifier.h"
#include "core/job/export_job.h"
#include "core/review/example_index.h"
#include "core/review/row_loader.h"
#include "core/review/selection.h"
#include "core/review/statistics.h"
#include "core/schema/builtin_schemas.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <valgrind/callgrind.h>

namespace {

using namespace workbench;

/// What it returned last, counted under `name`. What takes little is done several times: then it does not
/// matter how memory happens to lie.
template <typename Work> auto counted(const char* name, const Work& work, int times = 1)
{
    CALLGRIND_ZERO_STATS;
    auto result = work();
    for (int time = 1; time < times; ++time) {
        result = work();
    }
    CALLGRIND_DUMP_STATS_AT(name);
    return result;
}

[[noreturn]] void giveUp(const std::string& message)
{
    std::fprintf(stderr, "count_rows: %s\n", message.c_str());
    std::exit(1);
}

/// What failed at once would have taken little, and pass for quick.
template <typename Value> void mustHold(const Result<Value>& result)
{
    if (!result) {
        giveUp(result.error().message);
    }
}

template <typename Value> Value orGiveUp(Result<Value> result)
{
    mustHold(result);
    return std::move(*result);
}

ExportRequest exportOf(const std::string& examples, const std::string& folder)
{
    ExportRequest request;
    request.schema = builtinSchema("signals_v1_core48");
    request.dataDir = examples;
    request.outDir = folder;
    request.jobId = "counted";
    request.onRejection = OnRejection::Skip;
    request.filter.maxRows = 4'000'000'000;
    request.clock = systemClock();
    return request;
}

void countJobs(const std::string& examples, const std::string& folder)
{
    const ExportRequest request = exportOf(examples, folder);
    const ExportResult checked = counted("check", [&] { return runCheck(request, {}, {}); });
    const ExportResult exported = counted("export", [&] { return runExport(request, {}, {}); });
    if (exported.error) {
        giveUp(exported.error->message);
    }
    const auto verified
        = counted("verify", [&] { return verifyBundle(exported.outcome.bundleDir, nullptr, 1, {}, {}); });
    if (!verified || !verified->passed() || checked.outcome.scan.accepted != verified->rowsGuarded) {
        giveUp("the bundle is not what was checked");
    }
}

IndexRequest indexOf(const std::string& examples, const std::string& cache)
{
    IndexRequest request;
    request.files = orGiveUp(listExampleFiles(examples));
    request.schema = defaultSchema();
    request.cacheFolder = cache;
    return request;
}

/// From when it is asked to stop until it has. `work` returns what became of it, an error of course.
template <typename Work> void countedStopping(const char* name, const Work& work)
{
    std::stop_source stop;
    const std::optional<Error> error = work(stop.get_token(), [&stop](const ScanProgress& progress) {
        if (progress.accepted > 0 && stop.request_stop()) {
            CALLGRIND_ZERO_STATS;
        }
    });
    CALLGRIND_DUMP_STATS_AT(name);
    if (!error || error->code != ErrorCode::Cancelled) {
        giveUp(std::string("not stopped: ") + name);
    }
}

void countStopping(const std::string& examples, const std::string& folder)
{
    countedStopping("export stopped", [&](const std::stop_token& stop, const ProgressFn& progress) {
        return runExport(exportOf(examples, folder + "/stopped"), stop, progress).error;
    });
    countedStopping("opening stopped",
        [&](const std::stop_token& stop, const ProgressFn& progress) -> std::optional<Error> {
            const auto built = buildIndex(
                indexOf(examples, folder + "/unfinished"), [](auto) {}, progress, stop);
            return built ? std::nullopt : std::optional(built.error());
        });
}

IndexPtr openedIndex(const std::string& examples, const std::string& cache)
{
    IndexPtr opened;
    mustHold(
        buildIndex(indexOf(examples, cache), [&](IndexPtr index) { opened = std::move(index); }, {}, {}));
    return opened;
}

void countReview(const IndexPtr& index)
{
    ExampleFilter filter;
    filter.industry = index->schema()->industries().front();
    filter.labelled = true;
    mustHold(counted(
        "filter, 10 times", [&] { return select(index, filter, {}); }, 10));
    ExampleFilter dates;
    dates.since
        = UtcTime(std::chrono::milliseconds(index->createdAtMs(static_cast<RowNumber>(index->rows() / 2))));
    mustHold(counted(
        "filter by date, 10 times", [&] { return select(index, dates, {}); }, 10));
    const SelectionPtr all = orGiveUp(counted(
        "no filter, 10 times", [&] { return select(index, {}, {}); }, 10));
    mustHold(counted("figures", [&] { return computeStatistics(all, {}); }));
    for (const char* name : {"features.coverage_ratio", "source", "example_id"}) {
        const auto column = index->columns().indexOf(name);
        if (!column) {
            giveUp(std::string("no column ") + name);
        }
        const std::string sort = std::string("sort by ") + name;
        mustHold(counted(
            sort.c_str(), [&] { return sortRows(*index, all->kept, *column, SortOrder::Descending, {}); }));
    }
    mustHold(counted("search", [&] { return searchById(*index, "a7f", [](auto) {}, {}); }));
    const std::size_t loaded = counted("load every tenth", [&] {
        RowLoader loader(index);
        std::size_t shown = 0;
        for (std::size_t row = 0; row < index->rows(); row += 10) {
            shown += loader.load(static_cast<RowNumber>(row)) ? 1U : 0U;
        }
        return shown;
    });
    if (loaded != (index->rows() + 9) / 10) {
        giveUp("not every row could be loaded");
    }
}

} // namespace

int main(int count, char** arguments)
{
    if (count != 3) {
        std::fputs("Usage: count_rows EXAMPLES FOLDER\n", stderr);
        return 2;
    }
    const std::string examples = arguments[1];
    const std::string folder = arguments[2];
    countJobs(examples, folder + "/jobs");
    const std::string cache = folder + "/index";
    const IndexPtr index = counted("open", [&] { return openedIndex(examples, cache); });
    static_cast<void>(counted(
        "open again, 10 times", [&] { return openedIndex(examples, cache); }, 10));
    countReview(index);
    countStopping(examples, folder);
    std::printf("%zu\n", static_cast<std::size_t>(index->rows()));
    return 0;
}
