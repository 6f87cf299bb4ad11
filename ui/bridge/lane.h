// SPDX-License-Identifier: GPL-3.0-or-later
/// One thread for one kind of work, and reports that only the newest run may give.
#pragma once

#include "ui/bridge/thread_rank.h"

#include <QElapsedTimer>
#include <QObject>
#include <QThreadPool>

#include <functional>
#include <stop_token>
#include <utility>

namespace workbench {

/// Lets something through at most 20 times a second.
class Throttle {
public:
    [[nodiscard]] bool due()
    {
        if (m_last.isValid() && m_last.elapsed() < 50) {
            return false;
        }
        m_last.start();
        return true;
    }

private:
    QElapsedTimer m_last;
};

/// GUI thread only, but for Report. Lives inside its receiver and goes before it.
class Lane {
public:
    /// Hands a function to the receiver's thread; it is dropped when a newer run has begun by then.
    class Report {
    public:
        template <class Function> void operator()(Function function) const
        {
            QMetaObject::invokeMethod(
                m_lane->m_receiver,
                [lane = m_lane, run = m_run, function = std::move(function)] {
                    if (lane->m_run == run) {
                        function();
                    }
                },
                Qt::QueuedConnection);
        }

    private:
        friend class Lane;
        Report(Lane* lane, quint64 run) : m_lane(lane), m_run(run) {}
        Lane* m_lane;
        quint64 m_run;
    };

    using Work = std::function<void(const std::stop_token& stop, const Report& report)>;

    explicit Lane(QObject* receiver, ThreadRank rank = ThreadRank::Asked) : m_receiver(receiver), m_rank(rank)
    {
        m_pool.setMaxThreadCount(1);
    }
    ~Lane() { m_stop.request_stop(); }
    Lane(const Lane&) = delete;
    Lane& operator=(const Lane&) = delete;

    /// Stops the run before, which reports no more, and starts this one behind it.
    void start(Work work)
    {
        forget();
        m_stop = std::stop_source();
        m_pool.start(
            [work = std::move(work), stop = m_stop.get_token(), report = Report(this, m_run), rank = m_rank] {
                setThreadRank(rank);
                work(stop, report);
            });
    }

    /// Asks the present run to stop; it still reports how it ended.
    void cancel() { m_stop.request_stop(); }

    /// Asks the present run to stop and hears no more of it.
    void forget()
    {
        m_stop.request_stop();
        ++m_run;
    }

private:
    QObject* m_receiver;
    ThreadRank m_rank;
    std::stop_source m_stop; ///< one per run: a stop asked for while the run still waits is not lost
    quint64 m_run = 0;
    QThreadPool m_pool; // last: its destructor waits while the others still live
};

} // namespace workbench
