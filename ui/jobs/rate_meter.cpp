// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/rate_meter.h"

#include <algorithm>

namespace workbench {

void RateMeter::clear() { m_samples.clear(); }

void RateMeter::add(std::int64_t atMs, std::uint64_t rows, double done)
{
    if (!m_samples.empty() && atMs <= m_samples.back().atMs) {
        m_samples.back().rows = rows;
        m_samples.back().done = done;
        return;
    }
    m_samples.push_back({atMs, rows, done});
    // One sample before the window stays, so that the window's first slice has a beginning.
    while (m_samples.size() > 2 && m_samples[1].atMs <= atMs - WindowMs) {
        m_samples.pop_front();
    }
}

std::optional<double> RateMeter::rowsPerSecond() const
{
    if (m_samples.size() < 2 || m_samples.back().atMs - m_samples.front().atMs < 1000) {
        return std::nullopt;
    }
    const auto rows = static_cast<double>(m_samples.back().rows - m_samples.front().rows);
    return rows * 1000 / static_cast<double>(m_samples.back().atMs - m_samples.front().atMs);
}

std::optional<double> RateMeter::secondsLeft() const
{
    if (m_samples.size() < 2 || m_samples.back().atMs - m_samples.front().atMs < 1000) {
        return std::nullopt;
    }
    const double seconds = static_cast<double>(m_samples.back().atMs - m_samples.front().atMs) / 1000;
    const double pace = (m_samples.back().done - m_samples.front().done) / seconds;
    if (pace <= 0) {
        return std::nullopt;
    }
    return std::max(0.0, (1 - m_samples.back().done) / pace);
}

double RateMeter::rowsAt(double ms) const
{
    if (m_samples.empty() || ms <= static_cast<double>(m_samples.front().atMs)) {
        return m_samples.empty() ? 0 : static_cast<double>(m_samples.front().rows);
    }
    for (std::size_t i = 1; i < m_samples.size(); ++i) {
        const auto from = static_cast<double>(m_samples[i - 1].atMs);
        const auto to = static_cast<double>(m_samples[i].atMs);
        if (ms <= to) {
            const double rows
                = static_cast<double>(m_samples[i].rows) - static_cast<double>(m_samples[i - 1].rows);
            return static_cast<double>(m_samples[i - 1].rows) + rows * (ms - from) / (to - from);
        }
    }
    return static_cast<double>(m_samples.back().rows);
}

std::vector<double> RateMeter::slices(std::size_t count) const
{
    std::vector<double> rates(count, 0);
    if (m_samples.empty() || count == 0) {
        return rates;
    }
    const double width = static_cast<double>(WindowMs) / static_cast<double>(count);
    const double begin = static_cast<double>(m_samples.back().atMs) - static_cast<double>(WindowMs);
    for (std::size_t i = 0; i < count; ++i) {
        const double from = begin + width * static_cast<double>(i);
        rates[i] = (rowsAt(from + width) - rowsAt(from)) * 1000 / width;
    }
    return rates;
}

} // namespace workbench
