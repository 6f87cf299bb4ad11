// SPDX-License-Identifier: Apache-2.0
#include "core/schema/schema_diff.h"

#include <algorithm>
#include <array>

namespace workbench {

namespace {

/// Of `places` (all different) the members of one longest increasing run, gaps allowed.
std::vector<bool> longestOrder(const std::vector<std::size_t>& places)
{
    std::vector<std::size_t> ends; // index of the lowest end of a run of each length
    std::vector<std::size_t> previous(places.size(), SIZE_MAX);
    for (std::size_t at = 0; at < places.size(); ++at) {
        const auto length = std::lower_bound(ends.begin(), ends.end(), places[at],
            [&places](std::size_t end, std::size_t place) { return places[end] < place; });
        if (length != ends.begin()) {
            previous[at] = *(length - 1);
        }
        if (length == ends.end()) {
            ends.push_back(at);
        } else {
            *length = at;
        }
    }
    std::vector<bool> member(places.size(), false);
    for (std::size_t at = ends.empty() ? SIZE_MAX : ends.back(); at != SIZE_MAX; at = previous[at]) {
        member[at] = true;
    }
    return member;
}

/// What a row may hold there; family and unit change nothing in it.
bool sameAttributes(const Feature& one, const Feature& other)
{
    return one.kind == other.kind && one.min == other.min && one.max == other.max
        && one.values == other.values;
}

/// Writes the lines of the view: the current schema's features, and behind each that kept its order the
/// removed ones that followed it in the baseline.
class SideBySide {
public:
    explicit SideBySide(SchemaDiff& diff)
        : m_diff(diff)
        , m_before(diff.before->features())
        , m_isKept(m_before.size(), false)
    {
    }

    void run()
    {
        const std::vector<Feature>& after = m_diff.after->features();
        std::vector<std::size_t> places; // in the baseline, of the features that stand in both
        for (const Feature& feature : after) {
            if (const auto place = m_diff.before->indexOf(feature.key)) {
                places.push_back(*place);
            }
        }
        const std::vector<bool> kept = longestOrder(places);
        for (std::size_t common = 0; common < places.size(); ++common) {
            m_isKept[places[common]] = kept[common];
        }

        addRemovedFrom(0);
        for (std::size_t place = 0; place < after.size(); ++place) {
            const auto before = m_diff.before->indexOf(after[place].key);
            if (!before) {
                m_diff.features.push_back({FeatureChange::Added, std::nullopt, place, false});
                ++m_diff.added;
                continue;
            }
            addCommon(*before, place);
            if (m_isKept[*before]) {
                addRemovedFrom(*before + 1);
            }
        }
    }

private:
    /// The removed features from `place` of the baseline up to the next that kept its order.
    void addRemovedFrom(std::size_t place)
    {
        for (; place < m_before.size() && !m_isKept[place]; ++place) {
            if (!m_diff.after->indexOf(m_before[place].key)) { // else it only moved away
                m_diff.features.push_back({FeatureChange::Removed, place, std::nullopt, false});
                ++m_diff.removed;
            }
        }
    }

    void addCommon(std::size_t before, std::size_t after)
    {
        const bool changed
            = m_diff.attributesKnown && !sameAttributes(m_before[before], m_diff.after->features()[after]);
        const FeatureChange mark = !m_isKept[before] ? FeatureChange::Moved
            : changed                                ? FeatureChange::Changed
                                                     : FeatureChange::Same;
        m_diff.features.push_back({mark, before, after, changed});
        m_diff.moved += m_isKept[before] ? 0 : 1;
        m_diff.changed += changed ? 1 : 0;
    }

    SchemaDiff& m_diff;
    const std::vector<Feature>& m_before;
    std::vector<bool> m_isKept; ///< by place in the baseline: it stands in both and kept its order
};

/// A model reads as many columns as it was trained on; what was added behind them it does not see.
std::optional<std::size_t> firstWrongPosition(
    const std::vector<Feature>& before, const std::vector<Feature>& after)
{
    for (std::size_t place = 0; place < before.size(); ++place) {
        if (place >= after.size() || before[place].key != after[place].key) {
            return place;
        }
    }
    return std::nullopt;
}

} // namespace

SchemaDiff diffSchemas(SchemaPtr before, SchemaPtr after, bool attributesKnown)
{
    SchemaDiff diff;
    diff.before = std::move(before);
    diff.after = std::move(after);
    diff.attributesKnown = attributesKnown;
    SideBySide(diff).run();
    if (diff.before->hash() != diff.after->hash()) {
        diff.fit = ModelFit::DoesNotFit;
    } else if (attributesKnown && diff.before->fingerprint() != diff.after->fingerprint()) {
        diff.fit = ModelFit::OtherRanges;
    }
    diff.firstWrongPosition = firstWrongPosition(diff.before->features(), diff.after->features());
    return diff;
}

std::string_view changeName(FeatureChange change)
{
    static constexpr std::array<std::string_view, 5> Names {"same", "added", "removed", "moved", "changed"};
    return Names[static_cast<std::size_t>(change)];
}

} // namespace workbench
