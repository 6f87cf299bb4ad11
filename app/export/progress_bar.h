// SPDX-License-Identifier: GPL-3.0-or-later
/// One line on stderr that tells how far it is, and goes away.
#pragma once

#include "app/export/output.h"

#include <chrono>
#include <cstdint>
#include <string>

namespace workbench {

/// What a bar shows. Zeroes are left out.
struct ProgressFigures {
    std::uint64_t bytes = 0;
    std::uint64_t bytesTotal = 0; ///< 0: not known
    std::uint64_t rows = 0;
    std::string file = {}; ///< the one being sent
    std::uint64_t fileBytes = 0;
    std::uint64_t fileTotal = 0;
};

/// Draws at most ten times a second and only where stderr is a terminal.
class ProgressBar {
public:
    explicit ProgressBar(Output& output);
    ~ProgressBar() { clear(); }
    ProgressBar(const ProgressBar&) = delete;
    ProgressBar& operator=(const ProgressBar&) = delete;
    ProgressBar(ProgressBar&&) = delete;
    ProgressBar& operator=(ProgressBar&&) = delete;

    void show(const ProgressFigures& figures);
    void clear();

private:
    using Time = std::chrono::steady_clock::time_point;

    Output& m_output;
    Time m_started;
    Time m_drawn;
    bool m_isShown = false;
};

/// The line for a terminal of `width` columns, `seconds` after the start.
[[nodiscard]] std::string progressLine(const ProgressFigures& figures, double seconds, std::size_t width);

} // namespace workbench
