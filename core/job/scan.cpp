// SPDX-License-Identifier: Apache-2.0
#include "core/job/scan.h"

#include "core/job/block_work.h"

#include <array>
#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>
#include <vector>

namespace workbench {

namespace {

/// A block on its way: read and worked on by whichever thread is free, handed over in the order of reading.
struct Slot {
    LineBlock block;
    BlockResult result;
    std::uint64_t bytesRead = 0; ///< of all files, once this block was read
    std::uint64_t linesLeftOut = 0; ///< likewise
    bool done = false; ///< guarded by BlockRing::m_mutex
};

/// Blocks that several threads read, one at a time, and work on, all at once. Who reads a block also works on
/// it, while it is in that core's cache. The thread that delivers is one of them, but for a stream: while
/// that is silent, what was read before would wait with it.
class BlockRing {
public:
    BlockRing(const ScanRequest& request, const PiiGuard& guard, LineReader& reader, ScanSink& sink,
        const std::stop_token& stop, const std::atomic<bool>& limitReached)
        : m_reader(reader)
        , m_sink(sink)
        , m_asked(stop, [this] { m_stopReading.request_stop(); })
        , m_slots(std::size_t {request.threads} * 2 + 1) // enough that nobody waits for the slowest block
        , m_limitReached(limitReached)
        , m_onlyDelivers(request.stream >= 0)
        , m_worker(request, guard)
    {
        const unsigned others = m_onlyDelivers ? request.threads : request.threads - 1;
        m_others.reserve(others);
        for (unsigned other = 0; other < others; ++other) {
            m_others.emplace_back([this, &request, &guard] { workOnAll(BlockWorker(request, guard)); });
        }
    }

    ~BlockRing()
    {
        {
            const std::lock_guard lock(m_mutex);
            m_ended = true;
        }
        m_free.notify_all();
        m_stopReading.request_stop(); // somebody may wait for a stream that has nothing to say
    }

    BlockRing(const BlockRing&) = delete;
    BlockRing& operator=(const BlockRing&) = delete;
    BlockRing(BlockRing&&) = delete;
    BlockRing& operator=(BlockRing&&) = delete;

    /// For the thread that delivers: the oldest block once it is worked on; until then it works, too, or
    /// waits. Null when all were delivered. Call release() once it is.
    const Slot* next()
    {
        std::unique_lock lock(m_mutex);
        for (;;) {
            // First, for it lets go of the lock: what is seen below holds until the wait begins.
            if (!isOldestDone() && helped(lock)) {
                continue;
            }
            if (isOldestDone()) {
                return &slotOf(m_delivered);
            }
            if (m_ended && m_delivered == m_read) {
                return nullptr;
            }
            if (!m_onlyDelivers && mayRead()) {
                workOnOne(m_worker, lock);
            } else {
                m_progress.wait(lock);
            }
        }
    }

    void release()
    {
        {
            const std::lock_guard lock(m_mutex);
            ++m_delivered;
        }
        m_free.notify_one();
    }

private:
    void workOnAll(BlockWorker worker)
    {
        std::unique_lock lock(m_mutex);
        for (;;) {
            if (helped(lock)) {
                continue;
            }
            m_free.wait(lock, [this] { return m_ended || mayRead(); });
            if (m_ended) {
                return;
            }
            workOnOne(worker, lock);
        }
    }

    [[nodiscard]] bool isOldestDone() { return m_delivered < m_read && slotOf(m_delivered).done; }

    /// False: the sink had nothing to do. Lets go of the lock meanwhile.
    bool helped(std::unique_lock<std::mutex>& lock)
    {
        lock.unlock();
        const bool did = m_sink.help();
        lock.lock();
        return did;
    }

    Slot& slotOf(std::size_t number) { return m_slots[number % m_slots.size()]; }
    [[nodiscard]] bool mayRead() const
    {
        return !m_ended && !m_reading && m_read - m_delivered < m_slots.size();
    }

    /// With mayRead().
    void workOnOne(BlockWorker& worker, std::unique_lock<std::mutex>& lock)
    {
        Slot& slot = slotOf(m_read);
        slot.done = false;
        m_reading = true;
        lock.unlock();
        const auto more = m_reader.next(slot.block, m_stopReading.get_token());
        slot.bytesRead = m_reader.bytesRead();
        slot.linesLeftOut = m_reader.linesLeftOut();
        lock.lock();
        m_reading = false;
        const bool came = !more || *more; // an error is delivered in its turn
        const bool last = !more || !*more;
        m_read += came ? 1 : 0;
        m_ended = m_ended || last;
        lock.unlock();
        if (last) {
            m_free.notify_all();
        } else {
            m_free.notify_one();
        }
        m_progress.notify_one(); // only the delivering thread waits for this
        if (!more) {
            slot.result.clear();
            slot.result.error = more.error();
        } else if (*more) {
            worker.work(slot.block, m_limitReached.load(std::memory_order_relaxed), slot.result);
        }
        lock.lock();
        slot.done = came;
        m_progress.notify_one();
    }

    LineReader& m_reader;
    ScanSink& m_sink;
    std::stop_source m_stopReading;
    std::stop_callback<std::function<void()>> m_asked;
    std::vector<Slot> m_slots;
    const std::atomic<bool>& m_limitReached;
    std::mutex m_mutex;
    std::condition_variable m_free; ///< a block may be read, or there are no more
    std::condition_variable m_progress; ///< a block is done, or could be read
    std::size_t m_read = 0; ///< blocks
    std::size_t m_delivered = 0;
    bool m_reading = false;
    bool m_ended = false;
    const bool m_onlyDelivers; ///< the delivering thread: a stream may be silent for long
    BlockWorker m_worker; ///< of the delivering thread
    std::vector<std::jthread> m_others; ///< last: they use what stands above
};

/// Hands results to the sink and keeps the account.
class Delivery {
public:
    Delivery(
        const ScanRequest& request, const PiiGuard& guard, ScanSink& sink, std::atomic<bool>& limitReached)
        : m_request(request)
        , m_columns(guard.columns().size())
        , m_sink(sink)
        , m_limitReached(limitReached)
    {
        m_summary.bySource.resize(request.schema->sources().size());
        m_summary.byIndustry.resize(request.schema->industries().size());
        m_labelled.resize(request.labels ? request.labels->size() : 0);
        noteLimit();
    }

    Result<void> deliver(const LineBlock& block, const BlockResult& result)
    {
        if (result.error) {
            return *result.error;
        }
        if (block.startsFile()) {
            m_linesBefore = 0;
        }
        for (const std::uint32_t file : result.labelFiles) {
            m_labelled[file] = true;
        }
        m_summary.read += result.read;
        m_summary.overLimit += result.passedUncounted;
        std::size_t acceptedPlace = 0;
        for (std::size_t i = 0; i < result.matched.size(); ++i) {
            const BlockResult::Line& line = result.matched[i];
            if (m_limitReached.load(std::memory_order_relaxed)) {
                ++m_summary.overLimit; // worked on before the limit was known to be reached
                continue;
            }
            ++m_summary.matched;
            const auto handed = hand(block, result, i, line, acceptedPlace);
            if (!handed) {
                return handed;
            }
            acceptedPlace += line.accepted ? 1 : 0;
            noteLimit();
        }
        m_linesBefore += result.lines;
        return m_sink.endOfBlock();
    }

    /// Once all is delivered: only then is it known which labels found no example.
    void countLabels()
    {
        if (!m_request.labels) {
            return;
        }
        LabelSummary& labels = m_summary.labels;
        labels.inUse = true;
        labels.files = m_labelled.size();
        labels.refusedNames = m_request.labels->refusedNames();
        for (std::size_t file = 0; file < m_labelled.size(); ++file) {
            if (m_labelled[file]) {
                continue;
            }
            ++labels.withoutExample;
            if (labels.namesWithoutExample.size() < LabelSummary::ShownNames) {
                labels.namesWithoutExample.push_back(m_request.labels->shownName(file));
            }
        }
    }

    [[nodiscard]] ScanSummary& summary() { return m_summary; }

private:
    Result<void> hand(const LineBlock& block, const BlockResult& result, std::size_t place,
        const BlockResult::Line& line, std::size_t acceptedPlace)
    {
        const SourceLine at {block.file(), m_linesBefore + line.number + 1, line.offset, line.length};
        LineFacts facts = line.facts;
        if (m_request.collectValues) {
            facts.values = std::span(result.values).subspan(place * m_columns, m_columns);
            facts.pressureKeys
                = std::string_view(result.pressureKeys).substr(line.pressureBegin, line.pressureLength);
        }
        if (line.accepted) {
            const GuardedRow row = result.accepted[acceptedPlace];
            ++m_summary.accepted;
            ++m_summary.bySource[row.source()];
            ++m_summary.byIndustry[row.industry()];
            for (std::size_t reason = 0; reason < WithheldReasonCount; ++reason) {
                m_summary.withheld[reason] += row.withheld()[reason];
            }
            return m_sink.accept(row, at, facts);
        }
        ++m_summary.rejected;
        const auto findings = std::span(result.findings).subspan(line.firstFinding, line.findings);
        std::array<bool, RuleCount> broken {};
        for (const Finding& finding : findings) {
            broken[static_cast<std::size_t>(finding.rule)] = true;
        }
        for (std::size_t rule = 0; rule < RuleCount; ++rule) {
            m_summary.rejectionsByRule[rule] += broken[rule] ? 1 : 0;
        }
        return m_sink.reject(findings, at, facts);
    }

    void noteLimit()
    {
        if (m_request.filter.maxRows && m_summary.matched >= *m_request.filter.maxRows) {
            m_limitReached.store(true, std::memory_order_relaxed);
        }
    }

    const ScanRequest& m_request;
    std::size_t m_columns;
    ScanSink& m_sink;
    std::atomic<bool>& m_limitReached;
    ScanSummary m_summary;
    std::uint64_t m_linesBefore = 0; ///< of the present file, in blocks already delivered
    std::vector<bool> m_labelled; ///< which label files have an example
};

class Scan {
public:
    Scan(const ScanRequest& request, ScanSink& sink, std::stop_token stop, const ProgressFn& progress)
        : m_request(request)
        , m_guard(request.schema)
        , m_stop(std::move(stop))
        , m_progress(progress)
        , m_sink(sink)
        , m_delivery(request, m_guard, sink, m_limitReached)
        // Labels look for their examples among all there are.
        , m_reader(request.files, request.stream, request.labels ? nullptr : &request.filter)
    {
        for (const ExampleFile& file : request.files) {
            m_report.bytesTotal += file.bytes;
        }
        m_report.files = request.files.size();
    }

    Result<ScanSummary> run()
    {
        const auto done = m_request.threads > 1 ? runTogether() : runAlone();
        if (!done) {
            return done.error();
        }
        if (m_stop.stop_requested()) {
            return cancelled();
        }
        m_delivery.summary().bytes = m_reader.bytesRead();
        m_delivery.countLabels();
        report(m_reader.bytesRead(), m_reader.linesLeftOut());
        m_delivery.summary().read += m_reader.linesLeftOut();
        return m_delivery.summary();
    }

private:
    static Error cancelled() { return {ErrorCode::Cancelled, "Cancelled.", {}}; }

    Result<void> runAlone()
    {
        BlockWorker worker(m_request, m_guard);
        Slot slot;
        for (;;) {
            if (m_stop.stop_requested()) {
                return cancelled();
            }
            const auto more = m_reader.next(slot.block, m_stop);
            if (!more) {
                return more.error();
            }
            if (!*more) {
                return {};
            }
            slot.bytesRead = m_reader.bytesRead();
            slot.linesLeftOut = m_reader.linesLeftOut();
            worker.work(slot.block, m_limitReached, slot.result);
            if (const auto delivered = deliver(slot); !delivered) {
                return delivered;
            }
        }
    }

    Result<void> runTogether()
    {
        BlockRing ring(m_request, m_guard, m_reader, m_sink, m_stop, m_limitReached);
        while (const Slot* const slot = ring.next()) {
            if (m_stop.stop_requested()) {
                return cancelled();
            }
            if (const auto delivered = deliver(*slot); !delivered) {
                return delivered;
            }
            ring.release();
        }
        return {};
    }

    Result<void> deliver(const Slot& slot)
    {
        if (const auto delivered = m_delivery.deliver(slot.block, slot.result); !delivered) {
            return delivered;
        }
        m_report.file = slot.block.file();
        report(slot.bytesRead, slot.linesLeftOut);
        return {};
    }

    void report(std::uint64_t bytesRead, std::uint64_t linesLeftOut)
    {
        if (!m_progress) {
            return;
        }
        const ScanSummary& summary = m_delivery.summary();
        m_report.bytesRead = bytesRead;
        m_report.read = summary.read + linesLeftOut;
        m_report.matched = summary.matched;
        m_report.accepted = summary.accepted;
        m_report.rejected = summary.rejected;
        m_progress(m_report);
    }

    const ScanRequest& m_request;
    PiiGuard m_guard;
    std::stop_token m_stop;
    const ProgressFn& m_progress;
    ScanSink& m_sink;
    std::atomic<bool> m_limitReached = false;
    Delivery m_delivery;
    LineReader m_reader;
    ScanProgress m_report;
};

} // namespace

Result<ScanSummary> scan(
    const ScanRequest& request, ScanSink& sink, std::stop_token stop, const ProgressFn& progress)
{
    return Scan(request, sink, std::move(stop), progress).run();
}

unsigned defaultThreads()
{
    const unsigned cores = std::thread::hardware_concurrency();
    return cores == 0 ? 1 : cores;
}

} // namespace workbench
