// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/export/progress_bar.h"

#include "app/export/words.h"

#include <algorithm>
#include <cmath>

#include <sys/ioctl.h>
#include <unistd.h>

namespace workbench {

namespace {

constexpr auto BetweenDraws = std::chrono::milliseconds(100);
constexpr std::size_t NarrowestBar = 10;
constexpr std::size_t WidestBar = 40;

std::size_t terminalWidth()
{
    winsize size {};
    if (::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
        return size.ws_col;
    }
    return 80;
}

/// Two digits that count, so that the figure does not flicker.
std::uint64_t rounded(double value)
{
    std::uint64_t step = 1;
    while (static_cast<double>(step) * 1000 <= value) {
        step *= 10;
    }
    return static_cast<std::uint64_t>(std::llround(value / static_cast<double>(step))) * step;
}

} // namespace

ProgressBar::ProgressBar(Output& output) : m_output(output), m_started(std::chrono::steady_clock::now()) {}

void ProgressBar::show(const ProgressFigures& figures)
{
    if (!m_output.drawsProgress()) {
        return;
    }
    const Time now = std::chrono::steady_clock::now();
    // Work that is done before the first draw is due needs no bar at all.
    if (now - (m_isShown ? m_drawn : m_started) < BetweenDraws) {
        return;
    }
    const double seconds = std::chrono::duration<double>(now - m_started).count();
    m_output.note("\r" + progressLine(figures, seconds, terminalWidth() - 1) + "\x1b[K");
    m_drawn = now;
    m_isShown = true;
}

void ProgressBar::clear()
{
    if (m_isShown) {
        m_output.note("\r\x1b[K");
        m_isShown = false;
    }
}

std::string progressLine(const ProgressFigures& figures, double seconds, std::size_t width)
{
    std::string words;
    const auto add = [&words](const std::string& word) { words += (words.empty() ? "" : "  ") + word; };
    const bool isMeasured = seconds >= 1;
    double share = 0;
    if (figures.bytesTotal > 0) {
        share = std::min(1.0, static_cast<double>(figures.bytes) / static_cast<double>(figures.bytesTotal));
        add(paddedLeft(std::to_string(static_cast<int>(share * 100)), 3) + " %");
    }
    if (figures.rows > 0) {
        add(counted(figures.rows, "row", "rows"));
    }
    add(sized(figures.bytes));
    if (!figures.file.empty()) {
        add(figures.file + ' ' + sized(figures.fileBytes) + " of " + sized(figures.fileTotal));
    }
    if (isMeasured && figures.rows > 0) {
        add(grouped(rounded(static_cast<double>(figures.rows) / seconds)) + " rows/s");
    }
    if (isMeasured && share > 0 && share < 1) {
        add(roughly(seconds / share * (1 - share)) + " left");
    }
    if (figures.bytesTotal > 0 && width >= words.size() + NarrowestBar + 3) {
        const std::size_t length = std::min(WidestBar, width - words.size() - 3);
        const auto done = static_cast<std::size_t>(share * static_cast<double>(length));
        return '[' + std::string(done, '#') + std::string(length - done, '-') + "] " + words;
    }
    return words.substr(0, width);
}

} // namespace workbench
