// SPDX-License-Identifier: Apache-2.0
// What no export can do without that hashes by OpenSSL: as many bytes as were read are hashed, written and
// flushed twice, as dataset and as splits. Before that every field is touched ("fields": who reads by
// simdjson cannot do without), those of every second line ("half": nor can who is twice as fast) or none
// ("nothing": nobody can). Nothing is guarded, no row is made or put into
// order, no two keys are compared: a bound to compare with, not a goal. Flushed whenever so many MiB of a
// file were written, 4 as an export, and as many wait meanwhile, in memory; with 0 at the end alone.
// Usage: bench_least fields|half|nothing FOLDER THREADS MIB FILE…
#include "core/bundle/bundle_writer.h"
#include "tests/bench/touch.h"

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace {

using namespace workbench;

/// Dataset and splits as a bundle has them, each block as it was read.
class Files {
public:
    Files(const std::string& folder, unsigned threads, std::size_t flushedMeanwhile)
        : m_threads(threads)
        , m_flushedEarly(flushedMeanwhile > 0 ? flushedMeanwhile : std::numeric_limits<std::size_t>::max())
        , m_writing(std::max(flushedMeanwhile / Piece, WriteLane::MaxWaiting))
        , m_writingSplits(std::max(flushedMeanwhile / Piece, WriteLane::MaxWaiting))
    {
        m_files.emplace_back(folder, "bench", "dataset", buffers(), lanes(m_writing));
        const auto ofSplits = buffers();
        for (std::size_t split = 0; split < Splits; ++split) {
            m_files.emplace_back(folder, "bench", "split" + std::to_string(split), ofSplits,
                lanes(threads > 1 ? m_writingSplits : m_writing));
        }
    }
    ~Files() { m_hashing.close(); }
    Files(const Files&) = delete;
    Files& operator=(const Files&) = delete;

    void add(std::string_view lines)
    {
        {
            const std::lock_guard lock(m_mutex);
            m_good = m_files[0].append(lines) && m_files[1 + m_blocks++ % Splits].append(lines) && m_good;
        }
        while (m_threads > 1 && m_hashing.help()) {}
    }
    /// False: something could not be written.
    bool finish()
    {
        std::vector<std::jthread> others;
        for (HashedFile& file : m_files) {
            others.emplace_back([this, &file] {
                if (file.rows() > 0 && !file.finish()) {
                    m_good = false;
                }
            });
        }
        others.clear();
        return m_good;
    }

private:
    static constexpr std::size_t Splits = 10;
    static constexpr std::size_t Piece = std::size_t {1} << 20;

    static std::shared_ptr<WriteBuffers> buffers()
    {
        return std::make_shared<WriteBuffers>(Piece, WriteBuffers::inLargePage(Piece));
    }
    FileLanes lanes(WriteLane& writing) { return {&m_hashing, &writing, &m_flushing, m_flushedEarly}; }

    unsigned m_threads;
    std::size_t m_flushedEarly;
    WriteLane m_flushing;
    WriteLane m_writing;
    WriteLane m_writingSplits;
    HashLane m_hashing;
    std::vector<HashedFile> m_files; ///< the dataset first
    std::mutex m_mutex;
    std::size_t m_blocks = 0;
    std::atomic<bool> m_good = true;
};

} // namespace

int main(int count, char** arguments)
{
    const std::map<std::string_view, bench::Touching> kinds {{"fields", bench::Touching::Fields},
        {"half", bench::Touching::Half}, {"nothing", bench::Touching::Nothing}};
    const auto kind = kinds.find(count > 1 ? arguments[1] : "");
    if (count < 6 || kind == kinds.end()) {
        std::fputs("Usage: bench_least fields|half|nothing FOLDER THREADS MIB FILE…\n", stderr);
        return 2;
    }
    const auto threads = static_cast<unsigned>(std::strtoul(arguments[3], nullptr, 10));
    const std::size_t flushedMeanwhile = std::strtoull(arguments[4], nullptr, 10) << 20;
    Files files(arguments[2], threads, flushedMeanwhile);
    std::atomic<int> next = 5;
    std::atomic<bool> good = true;
    const auto work = [&] {
        bench::Toucher toucher(kind->second);
        for (int file = next++; file < count; file = next++) {
            if (!toucher.touchFile(arguments[file], [&files](std::string_view lines) { files.add(lines); })) {
                good = false;
            }
        }
    };
    {
        std::vector<std::jthread> others;
        for (unsigned thread = 1; thread < threads; ++thread) {
            others.emplace_back(work);
        }
        work();
    }
    return files.finish() && good ? 0 : 1;
}
