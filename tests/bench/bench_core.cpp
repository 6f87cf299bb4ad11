// SPDX-License-Identifier: Apache-2.0
// What a row costs, part by part, over generated examples.
#include "core/base/sha256.h"
#include "core/guard/mask.h"
#include "core/guard/pii_guard.h"
#include "core/guard/text_patterns.h"
#include "core/input/example_parser.h"
#include "core/job/scan.h"
#include "core/json/number_format.h"
#include "core/schema/builtin_schemas.h"
#include "tests/tools/generated_example.h"

#include <benchmark/benchmark.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace {

using namespace workbench;

/// Rows side by side with the padding the parser asks for behind the last.
class Lines {
public:
    explicit Lines(std::size_t rows)
    {
        ExampleGenerator generator(1, rows, false);
        GeneratedExample example;
        for (std::size_t i = 0; i < rows; ++i) {
            generator.next(example);
            m_starts.push_back(m_text.size());
            appendLine(m_text, example);
        }
        m_starts.push_back(m_text.size());
        m_text.append(LinePadding, ' ');
    }
    [[nodiscard]] std::size_t size() const { return m_starts.size() - 1; }
    [[nodiscard]] std::string_view operator[](std::size_t i) const
    {
        return std::string_view(m_text).substr(m_starts[i], m_starts[i + 1] - m_starts[i] - 1);
    }
    [[nodiscard]] std::string_view all() const
    {
        return std::string_view(m_text).substr(0, m_text.size() - LinePadding);
    }

private:
    std::string m_text;
    std::vector<std::size_t> m_starts;
};

const Lines& lines()
{
    static const Lines Made(5000);
    return Made;
}

void setRows(benchmark::State& state, std::size_t rows, std::size_t bytes)
{
    state.SetItemsProcessed(static_cast<std::int64_t>(rows));
    state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
}

void parsing(benchmark::State& state)
{
    ExampleParser parser(defaultSchema(), LineShape::Example);
    std::size_t rows = 0;
    std::size_t bytes = 0;
    for (auto _ : state) {
        const std::string_view line = lines()[rows++ % lines().size()];
        benchmark::DoNotOptimize(parser.parse(line).malformed);
        bytes += line.size();
    }
    setRows(state, rows, bytes);
}
BENCHMARK(parsing);

void parsingAndGuarding(benchmark::State& state)
{
    ExampleParser parser(defaultSchema(), LineShape::Example);
    const PiiGuard guard(defaultSchema());
    GuardedBatch batch;
    PiiGuard::Workspace workspace;
    workspace.wantValues = state.range(0) != 0;
    std::size_t rows = 0;
    std::size_t bytes = 0;
    for (auto _ : state) {
        const std::string_view line = lines()[rows++ % lines().size()];
        benchmark::DoNotOptimize(guard.inspect(parser.parse(line), batch, workspace));
        bytes += line.size();
        if (batch.size() == 512) {
            batch.clear();
            workspace.values.clear();
        }
    }
    setRows(state, rows, bytes);
}
BENCHMARK(parsingAndGuarding)->ArgName("values")->Arg(0)->Arg(1);

void explainingForTheWindow(benchmark::State& state)
{
    ExampleParser parser(defaultSchema(), LineShape::Example);
    const PiiGuard guard(defaultSchema());
    std::size_t rows = 0;
    for (auto _ : state) {
        benchmark::DoNotOptimize(guard.explain(parser.parse(lines()[rows++ % lines().size()])).nulls);
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(rows));
}
BENCHMARK(explainingForTheWindow);

void scanningFiles(benchmark::State& state)
{
    struct CountingSink final : ScanSink {
        Result<void> accept(
            const GuardedRow& row, const SourceLine& /*at*/, const LineFacts& /*facts*/) override
        {
            bytes += row.bytes().size();
            return {};
        }
        Result<void> reject(std::span<const Finding> /*findings*/, const SourceLine& /*at*/,
            const LineFacts& /*facts*/) override
        {
            return {};
        }
        std::size_t bytes = 0;
    };
    const std::filesystem::path folder = std::filesystem::temp_directory_path() / "workbench-bench";
    std::filesystem::create_directories(folder);
    {
        std::ofstream file(folder / "rows.jsonl", std::ios::binary);
        for (int i = 0; i < 8; ++i) {
            file << lines().all();
        }
    }
    ScanRequest request;
    request.schema = defaultSchema();
    request.threads = static_cast<unsigned>(state.range(0));
    request.files = listExampleFiles(folder.string())->files;
    std::size_t rows = 0;
    std::size_t bytes = 0;
    for (auto _ : state) {
        CountingSink sink;
        const auto summary = scan(request, sink, {}, {});
        if (!summary) {
            state.SkipWithError(summary.error().message.c_str());
            break;
        }
        rows += summary->read;
        bytes += summary->bytes;
    }
    setRows(state, rows, bytes);
    std::filesystem::remove_all(folder);
}
BENCHMARK(scanningFiles)
    ->ArgName("threads")
    ->Arg(1)
    ->Arg(2)
    ->Arg(4)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

void writingNumbers(benchmark::State& state)
{
    GeneratedRandom random(2);
    std::vector<double> values(4096);
    for (double& value : values) {
        value = random.chance(0.5) ? random.fraction() : static_cast<double>(random.below(5000));
    }
    std::string out;
    std::size_t i = 0;
    for (auto _ : state) {
        out.clear();
        appendCanonicalNumber(out, values[i++ % values.size()]);
        benchmark::DoNotOptimize(out.data());
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(writingNumbers);

void hashing(benchmark::State& state)
{
    const std::string bytes(std::size_t {1} << 20U, 'a');
    for (auto _ : state) {
        benchmark::DoNotOptimize(Sha256::of(bytes));
    }
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes.size()));
}
BENCHMARK(hashing);

/// R11: linear in the length whatever stands there. The rate must not fall with the size.
void searchingForPatterns(benchmark::State& state)
{
    std::string text;
    while (text.size() < static_cast<std::size_t>(state.range(0))) {
        text += "12 oak hill 555-012 +1 (2 p.o. ";
    }
    for (auto _ : state) {
        benchmark::DoNotOptimize(findPatterns(text).phone);
    }
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}
BENCHMARK(searchingForPatterns)->ArgName("bytes")->Range(64, 1 << 20);

void masking(benchmark::State& state)
{
    const std::string text = "12 Example St, sam.field@example.com";
    for (auto _ : state) {
        benchmark::DoNotOptimize(maskShape(text).size());
    }
}
BENCHMARK(masking);

} // namespace
