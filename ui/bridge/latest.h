// SPDX-License-Identifier: GPL-3.0-or-later
/// The newest value of one thread, for another that looks now and then: what is overtaken is never seen, the
/// last one always.
#pragma once

#include <mutex>
#include <optional>
#include <utility>

namespace workbench {

template <class Value> class Latest {
public:
    void put(Value value)
    {
        const std::lock_guard lock(m_mutex);
        m_value = std::move(value);
    }

    /// Nothing when there is none newer than the one that was taken last.
    [[nodiscard]] std::optional<Value> take()
    {
        const std::lock_guard lock(m_mutex);
        return std::exchange(m_value, std::nullopt);
    }

private:
    std::mutex m_mutex;
    std::optional<Value> m_value;
};

} // namespace workbench
