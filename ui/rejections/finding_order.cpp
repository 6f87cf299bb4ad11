// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rejections/finding_order.h"

#include <algorithm>
#include <array>
#include <numeric>

namespace workbench {

namespace {

/// The rank of each text when they are sorted.
template <class Text> std::vector<std::uint32_t> ranks(const std::vector<Text>& texts)
{
    std::vector<std::uint32_t> order(texts.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(
        order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return texts[a] < texts[b]; });
    std::vector<std::uint32_t> rank(texts.size());
    for (std::uint32_t place = 0; place < order.size(); ++place) {
        rank[order[place]] = place;
    }
    return rank;
}

std::vector<std::uint32_t> ranksByFrequency(const RuleCounts& counts)
{
    std::array<std::size_t, RuleCount> order {};
    std::iota(order.begin(), order.end(), std::size_t {0});
    std::stable_sort(
        order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return counts[a] > counts[b]; });
    std::vector<std::uint32_t> rank(RuleCount);
    for (std::uint32_t place = 0; place < RuleCount; ++place) {
        rank[order[place]] = place;
    }
    return rank;
}

std::vector<std::uint32_t> ranksByName()
{
    std::vector<std::string_view> names;
    for (std::size_t rule = 0; rule < RuleCount; ++rule) {
        names.push_back(ruleName(static_cast<Rule>(rule)));
    }
    return ranks(names);
}

class Ordering {
public:
    Ordering(const Selection& selection, const FindingOrder& order, const std::stop_token& stop)
        : m_selection(selection)
        , m_index(*selection.index)
        , m_order(order)
        , m_stop(stop)
    {
    }

    std::optional<std::vector<std::uint32_t>> run()
    {
        choose();
        if (!m_stop.stop_requested()) {
            takeKeys();
        }
        if (m_stop.stop_requested() || !sort()) {
            return std::nullopt;
        }
        return std::move(m_places);
    }

private:
    void choose()
    {
        const auto& filter = m_order.filter;
        if (!filter) {
            m_places = m_selection.findings;
            return;
        }
        std::vector<bool> pathPasses;
        for (const std::string& path : m_index.paths()) {
            pathPasses.push_back(filter->group == FindingGroup::Field && fieldOfPath(path) == filter->field);
        }
        const auto findings = m_index.findings();
        const auto passes = [&](const IndexedFinding& finding) {
            switch (filter->group) {
            case FindingGroup::Rule:
                return static_cast<std::size_t>(finding.rule) == filter->number;
            case FindingGroup::Field:
                return bool {pathPasses[finding.path]};
            case FindingGroup::File:
                return m_index.sourceLine(finding.row).file == filter->number;
            }
            return true;
        };
        std::ranges::copy_if(m_selection.findings, std::back_inserter(m_places),
            [&](std::uint32_t place) { return passes(findings[place]); });
    }

    template <class KeyOf> void takeKeys(KeyOf keyOf)
    {
        const auto findings = m_index.findings();
        m_keys.reserve(m_places.size());
        for (const std::uint32_t place : m_places) {
            m_keys.push_back(static_cast<std::uint32_t>(keyOf(findings[place])));
        }
    }

    void takeKeys()
    {
        const auto byRule = [this](const std::vector<std::uint32_t>& rank) {
            takeKeys(
                [&](const IndexedFinding& finding) { return rank[static_cast<std::size_t>(finding.rule)]; });
        };
        if (!m_order.key) {
            byRule(ranksByFrequency(m_selection.rejections.rowsByRule));
            return;
        }
        switch (*m_order.key) {
        case FindingKey::Rule:
            byRule(ranksByName());
            break;
        case FindingKey::Field: {
            const auto rank = ranks(m_index.paths());
            takeKeys([&](const IndexedFinding& finding) { return rank[finding.path]; });
            break;
        }
        case FindingKey::Masked: {
            const auto rank = ranks(m_index.shapes());
            takeKeys([&](const IndexedFinding& finding) { return rank[finding.masked]; });
            break;
        }
        case FindingKey::File: // rows stand file by file
            takeKeys([](const IndexedFinding& finding) { return finding.row; });
            break;
        case FindingKey::Line: // no file has more lines than there are row numbers, or they share a key
            takeKeys([this](const IndexedFinding& finding) {
                return std::min<std::uint64_t>(m_index.sourceLine(finding.row).line, UINT32_MAX);
            });
            break;
        }
    }

    /// Digit after digit, so that ties stay as they are. False: asked to stop.
    bool sort()
    {
        constexpr unsigned DigitBits = 11;
        constexpr std::size_t Digits = std::size_t {1} << DigitBits;
        const std::uint32_t highest = m_keys.empty() ? 0 : *std::max_element(m_keys.begin(), m_keys.end());
        if (m_order.key && m_order.order == SortOrder::Descending) {
            for (std::uint32_t& key : m_keys) {
                key = highest - key;
            }
        }
        std::vector<std::uint32_t> otherPlaces(m_places.size());
        std::vector<std::uint32_t> otherKeys(m_keys.size());
        for (unsigned shift = 0; shift < 32 && (highest >> shift) != 0; shift += DigitBits) {
            if (m_stop.stop_requested()) {
                return false;
            }
            std::array<std::size_t, Digits> next {};
            for (const std::uint32_t key : m_keys) {
                ++next[(key >> shift) % Digits];
            }
            std::exclusive_scan(next.begin(), next.end(), next.begin(), std::size_t {0});
            for (std::size_t i = 0; i < m_keys.size(); ++i) {
                const std::size_t to = next[(m_keys[i] >> shift) % Digits]++;
                otherKeys[to] = m_keys[i];
                otherPlaces[to] = m_places[i];
            }
            m_keys.swap(otherKeys);
            m_places.swap(otherPlaces);
        }
        return true;
    }

    const Selection& m_selection;
    const ExampleIndex& m_index;
    const FindingOrder& m_order;
    const std::stop_token& m_stop;
    std::vector<std::uint32_t> m_places;
    std::vector<std::uint32_t> m_keys; ///< of `m_places`
};

} // namespace

std::optional<std::vector<std::uint32_t>> orderedFindings(
    const Selection& selection, const FindingOrder& order, const std::stop_token& stop)
{
    return Ordering(selection, order, stop).run();
}

std::string fieldOfPath(std::string_view path)
{
    std::string field(path);
    for (std::size_t open = field.find('['); open != std::string::npos; open = field.find('[', open + 1)) {
        const std::size_t close = field.find(']', open);
        if (close == std::string::npos) {
            break;
        }
        field.erase(open + 1, close - open - 1);
    }
    return field;
}

} // namespace workbench
