// SPDX-License-Identifier: GPL-3.0-or-later
/// How fast a job goes and how long it may still take, from what it has reported.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

namespace workbench {

/// Times are milliseconds since the job began; they never go back.
class RateMeter {
public:
    static constexpr std::int64_t WindowMs = 5000; ///< what the rate is measured over

    void clear();
    void add(std::int64_t atMs, std::uint64_t rows, double done);

    /// Rows a second over the last five seconds; nothing before one second was measured.
    [[nodiscard]] std::optional<double> rowsPerSecond() const;
    /// Nothing before one second was measured, or while nothing moves.
    [[nodiscard]] std::optional<double> secondsLeft() const;
    /// Rows a second in `count` equal slices of the last five seconds, oldest first.
    [[nodiscard]] std::vector<double> slices(std::size_t count) const;

private:
    struct Sample {
        std::int64_t atMs;
        std::uint64_t rows;
        double done;
    };
    [[nodiscard]] double rowsAt(double ms) const;

    std::deque<Sample> m_samples;
};

} // namespace workbench
