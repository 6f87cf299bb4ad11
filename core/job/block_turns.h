// SPDX-License-Identifier: Apache-2.0
/// Several threads through one input, and what they found in the order of the input.
#pragma once

#include "core/base/result.h"
#include "core/job/block_work.h"

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>
#include <utility>
#include <vector>

namespace workbench {

/// A block of lines and what became of them.
struct WorkedBlock {
    LineBlock block;
    BlockResult result;
    std::uint64_t bytesRead = 0; ///< of all files, once this block was read
    std::uint64_t linesLeftOut = 0; ///< likewise
};

/// Each thread reads a block, works on it and hands it over when its turn comes: one reads at a time, one
/// hands over at a time, in the order of reading, and all work at once. A block stays with the thread that
/// read it, from its first byte to the last row that was made of it, and so does the memory of both: what
/// another core has in its cache is dear to write to.
class BlockTurns {
public:
    using HandOverFn = std::function<Result<void>(const WorkedBlock&)>;

    /// `handOver` is called on any of the threads, by one at a time. All that is referred to must outlive
    /// this.
    BlockTurns(const ScanRequest& request, const PiiGuard& guard, LineReader& reader, ScanSink& sink,
        const std::atomic<bool>& limitReached, HandOverFn handOver);

    /// The calling thread and request.threads - 1 others. Returns when all was handed over, or with the first
    /// error: of reading, or what `handOver` returned. What any of them throws is thrown here.
    [[nodiscard]] Result<void> run(const std::stop_token& stop);

private:
    using Lock = std::unique_lock<std::mutex>;

    /// The blocks of one thread.
    struct Own {
        std::vector<std::unique_ptr<WorkedBlock>>
            free; ///< the last one was used last: it is still in the cache
        std::deque<std::pair<std::size_t, std::unique_ptr<WorkedBlock>>> waiting; ///< with their numbers
    };

    void takePart();
    void takeTurns(BlockWorker& worker, Lock& lock);
    void handOver(const WorkedBlock& block, Lock& lock);
    [[nodiscard]] bool helped(Lock& lock);
    void readAndWork(BlockWorker& worker, Own& own, Lock& lock);
    void giveUp();

    const ScanRequest& m_request;
    const PiiGuard& m_guard;
    LineReader& m_reader;
    ScanSink& m_sink;
    const std::atomic<bool>& m_limitReached;
    HandOverFn m_handOver;
    const std::size_t m_ahead; ///< blocks a thread may have waiting
    std::stop_source m_stopReading;
    // All below is guarded by the mutex.
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::size_t m_read = 0; ///< blocks
    std::size_t m_handedOver = 0; ///< likewise: the number of the block whose turn it is
    bool m_reading = false; ///< somebody is
    bool m_ended = false; ///< nothing is to be read any more
    bool m_givenUp = false; ///< nor handed over
    Result<void> m_outcome;
    std::exception_ptr m_thrown;
};

} // namespace workbench
