// SPDX-License-Identifier: GPL-3.0-or-later
/// How long the GUI thread stands still: an application that times each of its events. With
/// WORKBENCH_TELL_STALLS=8 it tells on standard error each that took 8 ms or more, and what was painted in
/// it.
#pragma once

#include "tests/bench/event_counter.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QEvent>
#include <QThread>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <functional>
#include <utility>
#include <vector>

#include <sys/resource.h>

namespace workbench {

/// Of this thread.
inline double processorMs()
{
    timespec time {};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

/// Pages this thread has touched that were not there yet: memory fresh from the system, or a program's code.
inline long pageFaults()
{
    rusage usage {};
    ::getrusage(RUSAGE_THREAD, &usage);
    return usage.ru_minflt + usage.ru_majflt;
}

inline double msOf(const QElapsedTimer& timer) { return static_cast<double>(timer.nsecsElapsed()) / 1e6; }

/// Times what the GUI thread does, event by event.
class TimedApplication final : public QApplication {
public:
    using QApplication::QApplication;

    bool notify(QObject* receiver, QEvent* event) override
    {
        if (QThread::currentThread() != thread()) {
            return QApplication::notify(receiver, event);
        }
        bool taken = false;
        const QEvent::Type type = event->type();
        if (m_inside) { // what a long event consists of is nearly always painting
            if (m_tellFrom == 0 || type != QEvent::Paint) {
                return QApplication::notify(receiver, event);
            }
            const QString who = nameOf(*receiver);
            QElapsedTimer timer;
            timer.start();
            taken = QApplication::notify(receiver, event);
            m_painted.push_back({who, msOf(timer)});
            return taken;
        }
        m_name
            = m_tellFrom > 0 ? QStringLiteral("event %1 of %2").arg(type).arg(nameOf(*receiver)) : QString();
        during([&] { taken = QApplication::notify(receiver, event); });
        return taken;
    }

    /// `action` counts as one event, as what a person does is.
    double during(const std::function<void()>& action)
    {
        const QString name
            = m_name.isEmpty() ? QStringLiteral("what a person did") : std::exchange(m_name, {});
        m_painted.clear();
        m_inside = true;
        m_counter.eventBegins();
        QElapsedTimer timer;
        timer.start();
        const double processor = processorMs();
        const long faults = pageFaults();
        action();
        const double ms = msOf(timer);
        m_counter.eventEnds(processorMs() - processor);
        m_inside = false;
        m_longest = std::max(m_longest, ms);
        m_longestProcessor = std::max(m_longestProcessor, processorMs() - processor);
        m_busy += ms;
        if (m_tellFrom > 0 && ms >= m_tellFrom) {
            tellEvent(name, ms, processorMs() - processor, pageFaults() - faults);
        }
        return ms;
    }

    /// What follows is told under this heading, if at all.
    void tell(const char* heading) const
    {
        if (m_tellFrom > 0) {
            std::fprintf(stderr, "  %s\n", heading);
        }
    }

    /// What callgrind counts from now on, if it does, belongs to this.
    void count(const char* what) { m_counter.begin(what); }

    double takeLongest() { return std::exchange(m_longest, 0); }
    /// Of one event, without what other threads and other guests of the machine had of it.
    double takeLongestProcessor() { return std::exchange(m_longestProcessor, 0); }
    double takeBusy() { return std::exchange(m_busy, 0); }

private:
    struct Painted {
        QString who;
        double ms;
    };

    void tellEvent(const QString& name, double ms, double processor, long faults) const
    {
        double painting = 0;
        for (const Painted& widget : m_painted) {
            painting += widget.ms;
        }
        std::fprintf(stderr,
            "    %6.1f ms (%.1f of a processor, %ld page faults): %s, %.1f ms of it in %zu widgets that "
            "paint\n",
            ms, processor, faults, qPrintable(name), painting, m_painted.size());
        for (const Painted& widget : m_painted) {
            if (widget.ms >= ms / 20) {
                std::fprintf(stderr, "      %6.2f ms: paints %s\n", widget.ms, qPrintable(widget.who));
            }
        }
    }

    /// With what it stands in: a viewport alone would say nothing.
    static QString nameOf(const QObject& object)
    {
        const QString self = QStringLiteral("%1 \"%2\"")
                                 .arg(QLatin1String(object.metaObject()->className()), object.objectName());
        return object.parent() && object.isWidgetType()
            ? self + QStringLiteral(" in ") + QLatin1String(object.parent()->metaObject()->className())
            : self;
    }

    EventCounter m_counter;
    std::vector<Painted> m_painted; ///< during the present event
    QString m_name; ///< of the event that begins
    const double m_tellFrom = qEnvironmentVariable("WORKBENCH_TELL_STALLS").toDouble();
    bool m_inside = false;
    double m_longest = 0;
    double m_longestProcessor = 0;
    double m_busy = 0;
};

} // namespace workbench
