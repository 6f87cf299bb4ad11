// SPDX-License-Identifier: GPL-3.0-or-later
/// How long the GUI thread stands still: an application that times each of its events. With
/// WORKBENCH_TELL_STALLS=8 it tells on standard error each that took 8 ms or more, and what was painted in
/// it.
#pragma once

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

namespace workbench {

/// Of this thread.
inline double processorMs()
{
    timespec time {};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
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
        const QString who = m_tellFrom > 0 ? nameOf(*receiver) : QString();
        m_painted.clear();
        const double ms = during([&] { taken = QApplication::notify(receiver, event); });
        if (m_tellFrom > 0 && ms >= m_tellFrom) {
            double painting = 0;
            for (const Painted& widget : m_painted) {
                painting += widget.ms;
            }
            std::fprintf(stderr, "    %6.1f ms: event %d of %s, %.1f ms of it in %zu widgets that paint\n",
                ms, static_cast<int>(type), qPrintable(who), painting, m_painted.size());
            for (const Painted& widget : m_painted) {
                if (widget.ms >= ms / 20) {
                    std::fprintf(stderr, "      %6.2f ms: paints %s\n", widget.ms, qPrintable(widget.who));
                }
            }
        }
        return taken;
    }

    /// `action` counts as one event, as what a person does is.
    double during(const std::function<void()>& action)
    {
        m_inside = true;
        QElapsedTimer timer;
        timer.start();
        const double processor = processorMs();
        action();
        const double ms = msOf(timer);
        m_inside = false;
        m_longest = std::max(m_longest, ms);
        m_longestProcessor = std::max(m_longestProcessor, processorMs() - processor);
        m_busy += ms;
        return ms;
    }

    double takeLongest() { return std::exchange(m_longest, 0); }
    /// Of one event, without what other threads and other guests of the machine had of it.
    double takeLongestProcessor() { return std::exchange(m_longestProcessor, 0); }
    double takeBusy() { return std::exchange(m_busy, 0); }

private:
    struct Painted {
        QString who;
        double ms;
    };

    /// With what it stands in: a viewport alone would say nothing.
    static QString nameOf(const QObject& object)
    {
        const QString self = QStringLiteral("%1 \"%2\"")
                                 .arg(QLatin1String(object.metaObject()->className()), object.objectName());
        return object.parent() && object.isWidgetType()
            ? self + QStringLiteral(" in ") + QLatin1String(object.parent()->metaObject()->className())
            : self;
    }

    std::vector<Painted> m_painted; ///< during the present event
    const double m_tellFrom = qEnvironmentVariable("WORKBENCH_TELL_STALLS").toDouble();
    bool m_inside = false;
    double m_longest = 0;
    double m_longestProcessor = 0;
    double m_busy = 0;
};

} // namespace workbench
