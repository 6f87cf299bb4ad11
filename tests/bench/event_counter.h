// SPDX-License-Identifier: GPL-3.0-or-later
/// What the longest event of the GUI thread costs in instructions: counted by callgrind, where it runs the
/// program.
#pragma once

#ifdef WORKBENCH_CALLGRIND
#include <valgrind/callgrind.h>
#endif

#include <algorithm>
#include <string>
#include <utility>

namespace workbench {

/// What is counted for an event is written into a file of its own when that event may be the longest under
/// its heading, of which the times tell that callgrind stretches. Does nothing elsewhere. One thread.
class EventCounter {
public:
    /// Callgrind runs the program, some fifty times slower: who repeats things for good figures had better
    /// not.
    [[nodiscard]] static bool counts()
    {
#ifdef WORKBENCH_CALLGRIND
        static const bool running = RUNNING_ON_VALGRIND != 0;
        return running;
#else
        return false;
#endif
    }

    /// What follows is what a person does who …
    void begin(std::string heading)
    {
        m_heading = std::move(heading);
        m_longestMs = 0;
    }
    void eventBegins()
    {
        // Beginning anew takes milliseconds, and a fiftieth too much does not matter.
        if (counts() && m_countedMs > m_longestMs / 50) {
            m_countedMs = 0;
            zero();
        }
        toggle();
    }
    void eventEnds(double processorMs)
    {
        toggle();
        m_countedMs += processorMs;
        if (counts() && !m_heading.empty() && processorMs > m_longestMs / 2) {
            m_longestMs = std::max(m_longestMs, processorMs);
            m_countedMs = 0;
            dump();
        }
    }

private:
#ifdef WORKBENCH_CALLGRIND
    static void zero() { CALLGRIND_ZERO_STATS; }
    static void toggle() { CALLGRIND_TOGGLE_COLLECT; }
    void dump() const { CALLGRIND_DUMP_STATS_AT(m_heading.c_str()); } ///< and begins anew
#else
    static void zero() {}
    static void toggle() {}
    static void dump() {}
#endif

    std::string m_heading;
    double m_longestMs = 0; ///< of one event
    double m_countedMs = 0; ///< of all since it began anew
};

} // namespace workbench
