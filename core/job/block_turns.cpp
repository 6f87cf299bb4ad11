// SPDX-License-Identifier: Apache-2.0
#include "core/job/block_turns.h"

#include <thread>

namespace workbench {

namespace {

/// With two a thread waited for a tenth of the time: while another hands over and does the sink's work, there
/// is more to be read. A stream may be silent for long: who reads it must have nothing that waits for its
/// turn.
constexpr std::size_t MostAhead = 6;

} // namespace

BlockTurns::BlockTurns(const ScanRequest& request, const PiiGuard& guard, LineReader& reader, ScanSink& sink,
    const std::atomic<bool>& limitReached, HandOverFn handOver)
    : m_request(request)
    , m_guard(guard)
    , m_reader(reader)
    , m_sink(sink)
    , m_limitReached(limitReached)
    , m_handOver(std::move(handOver))
    , m_ahead(request.stream >= 0 ? 1 : MostAhead)
{
}

Result<void> BlockTurns::run(const std::stop_token& stop)
{
    const std::stop_callback asked(stop, [this] { m_stopReading.request_stop(); });
    {
        std::vector<std::jthread> others;
        try {
            for (unsigned other = 1; other < m_request.threads; ++other) {
                others.emplace_back([this] { takePart(); });
            }
        } catch (...) { // those that began must not do all of it in vain
            const Lock lock(m_mutex);
            m_thrown = std::current_exception();
            giveUp();
        }
        takePart();
    }
    if (m_thrown) {
        std::rethrow_exception(m_thrown);
    }
    return m_outcome;
}

void BlockTurns::takePart()
{
    Lock lock(m_mutex, std::defer_lock);
    try {
        BlockWorker worker(m_request, m_guard);
        lock.lock();
        takeTurns(worker, lock);
    } catch (...) {
        if (!lock.owns_lock()) {
            lock.lock();
        }
        m_thrown = m_thrown ? m_thrown : std::current_exception();
        giveUp();
    }
}

void BlockTurns::takeTurns(BlockWorker& worker, Lock& lock)
{
    Own own;
    const auto isMyTurn = [&] { return !own.waiting.empty() && own.waiting.front().first == m_handedOver; };
    for (;;) {
        // First, for it lets go of the lock: what is seen below holds until the wait begins.
        if (!isMyTurn() && helped(lock)) {
            continue;
        }
        if (m_stopReading.stop_requested()) { // what was read is not wanted any more
            giveUp();
        }
        if (m_givenUp || (m_ended && own.waiting.empty())) {
            return;
        }
        if (isMyTurn()) {
            handOver(*own.waiting.front().second, lock);
            own.free.push_back(std::move(own.waiting.front().second));
            own.waiting.pop_front();
        } else if (!m_ended && !m_reading && own.waiting.size() < m_ahead) {
            readAndWork(worker, own, lock);
        } else {
            m_changed.wait(lock);
        }
    }
}

void BlockTurns::handOver(const WorkedBlock& block, Lock& lock)
{
    lock.unlock();
    auto done = m_handOver(block);
    lock.lock();
    ++m_handedOver;
    if (!done) {
        m_outcome = std::move(done);
        giveUp();
    }
    m_changed.notify_all();
}

/// False: the sink had nothing to do.
bool BlockTurns::helped(Lock& lock)
{
    lock.unlock();
    const bool did = m_sink.help();
    lock.lock();
    return did;
}

void BlockTurns::readAndWork(BlockWorker& worker, Own& own, Lock& lock)
{
    if (own.free.empty()) {
        own.free.push_back(std::make_unique<WorkedBlock>());
    }
    WorkedBlock& next = *own.free.back();
    m_reading = true;
    lock.unlock();
    const auto more = m_reader.next(next.block, m_stopReading.get_token());
    next.bytesRead = m_reader.bytesRead();
    next.linesLeftOut = m_reader.linesLeftOut();
    lock.lock();
    m_reading = false;
    m_ended = m_ended || !more || !*more;
    if (!more || *more) { // an error is handed over in its turn
        own.waiting.emplace_back(m_read++, std::move(own.free.back()));
        own.free.pop_back();
    }
    lock.unlock();
    m_changed.notify_all();
    if (!more) {
        next.result.clear();
        next.result.error = more.error();
    } else if (*more) {
        worker.work(next.block, m_limitReached.load(std::memory_order_relaxed), next.result);
    }
    lock.lock();
}

void BlockTurns::giveUp()
{
    m_givenUp = true;
    m_ended = true;
    m_stopReading.request_stop(); // somebody may wait for a stream that has nothing to say
    m_changed.notify_all();
}

} // namespace workbench
