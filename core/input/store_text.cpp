// SPDX-License-Identifier: Apache-2.0
#include "core/input/store_text.h"

#include "core/input/store_reader.h"

#include <algorithm>
#include <optional>

namespace workbench {

namespace {

class StoreText final : public TextSource {
public:
    StoreText(const ExampleFile& file, StoreReader reader, std::vector<std::int64_t> order,
        std::optional<std::vector<std::int64_t>> wanted)
        : m_file(file)
        , m_reader(std::move(reader))
        , m_order(std::move(order))
        , m_wanted(std::move(wanted))
    {
    }

    Result<std::size_t> read(char* into, std::size_t size, const std::stop_token& stop) override
    {
        while (m_sent == m_lines.size() && m_next < m_order.size()) {
            m_lines.clear();
            m_sent = 0;
            if (auto filled = refill(stop); !filled) {
                return filled.error();
            }
        }
        const std::size_t count = m_lines.copy(into, size, m_sent);
        m_sent += count;
        if (count == 0) {
            if (auto unchanged = m_reader.finish(); !unchanged) {
                return unchanged.error();
            }
        }
        return count;
    }

    [[nodiscard]] std::uint64_t bytesTaken() const override
    {
        const double done = m_order.empty() || m_next == m_order.size()
            ? 1
            : static_cast<double>(m_next) / static_cast<double>(m_order.size());
        return static_cast<std::uint64_t>(static_cast<double>(m_file.bytes) * done);
    }

    [[nodiscard]] std::uint64_t linesLeftOut() const override { return m_leftOut; }

private:
    Result<void> refill(const std::stop_token& stop)
    {
        constexpr std::size_t Enough = std::size_t {64} << 10;
        while (m_next < m_order.size() && m_lines.size() < Enough) {
            const std::int64_t row = m_order[m_next];
            if (m_wanted && !std::binary_search(m_wanted->begin(), m_wanted->end(), row)) {
                m_lines += '\n';
                ++m_leftOut;
            } else if (auto appended = m_reader.appendLine(row, m_lines, stop); !appended) {
                return appended;
            }
            ++m_next;
        }
        return {};
    }

    const ExampleFile& m_file;
    StoreReader m_reader;
    std::vector<std::int64_t> m_order;
    std::optional<std::vector<std::int64_t>> m_wanted; ///< ascending
    std::size_t m_next = 0; ///< place in m_order
    std::string m_lines;
    std::size_t m_sent = 0; ///< of m_lines
    std::uint64_t m_leftOut = 0;
};

} // namespace

Result<std::unique_ptr<TextSource>> openStoreText(
    const ExampleFile& file, const ExampleFilter* filter, const std::stop_token& stop)
{
    auto reader = StoreReader::open(file, stop);
    if (!reader) {
        return reader.error();
    }
    auto order = reader->rows(storeOrderQuery(), stop);
    if (!order) {
        return order.error();
    }
    std::optional<std::vector<std::int64_t>> wanted;
    if (const auto query = filter == nullptr ? std::nullopt : storeFilterQuery(*filter)) {
        auto found = reader->rows(*query, stop);
        if (!found) {
            return found.error();
        }
        std::sort(found->begin(), found->end());
        wanted = std::move(*found);
    }
    return std::unique_ptr<TextSource>(
        std::make_unique<StoreText>(file, std::move(*reader), std::move(*order), std::move(wanted)));
}

} // namespace workbench
