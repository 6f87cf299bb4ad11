// SPDX-License-Identifier: Apache-2.0
// The features of a plain line: what passes is not written value by value but copied, many at once.
#include "core/guard/inspection.h"

#include "core/base/same_text.h"
#include "core/row/row_values.h"

namespace workbench {

namespace {

/// The text of a string of a plain line with its quotes: what stands in the line around it.
std::string_view quoted(std::string_view text) { return {text.data() - 1, text.size() + 2}; }

/// What stands in the line as it will be written, from one value to another with all that lies between:
/// copied in one go.
class Run {
public:
    explicit Run(std::string& out) : m_out(out) {}

    /// Whether `text` stands just `distance` bytes behind what was added last.
    [[nodiscard]] bool goesOn(std::string_view text, std::size_t distance) const
    {
        return m_end != nullptr && m_end + distance == text.data();
    }
    /// With goesOn(), or when there is nothing yet.
    void add(std::string_view text)
    {
        m_begin = m_begin == nullptr ? text.data() : m_begin;
        m_end = text.data() + text.size();
    }
    void flush()
    {
        if (m_begin != nullptr) {
            m_out.append(m_begin, m_end);
        }
        m_begin = m_end = nullptr;
    }

private:
    std::string& m_out;
    const char* m_begin = nullptr;
    const char* m_end = nullptr;
};

} // namespace

// A value that passes and stands in a plain line just as it will be written.
struct PiiGuard::Inspection::AsWritten {
    std::string_view text; ///< in the line, strings with their quotes; empty: it is to be looked at closely
    double code = 0; ///< row_values.h
};

inline PiiGuard::Inspection::AsWritten PiiGuard::Inspection::asWritten(std::size_t place) const
{
    const FeatureRange& range = m_guard.m_featureRanges[place];
    const JsonValue& value = m_example.features[place];
    switch (value.type) {
    case JsonType::Null:
        return {value.text, nullValue()};
    case JsonType::Number:
        if (value.form == NumberForm::Canonical && range.kind != FeatureKind::Enum
            && value.number >= range.min && value.number <= range.max
            && (range.kind == FeatureKind::Number || isWhole(value.number))) {
            return {value.text, value.number};
        }
        return {};
    case JsonType::String:
        if (range.kind == FeatureKind::Enum) {
            const auto& set = m_guard.m_schema->features()[place].values;
            const std::size_t known = placeIn(set, value.text);
            if (known < set.size()) {
                return {quoted(value.text), static_cast<double>(known)};
            }
        }
        return {};
    default:
        return {};
    }
}

void PiiGuard::Inspection::copyFeatures()
{
    const std::vector<std::string>& heads = m_guard.m_featureHeads;
    Run run(m_out);
    for (std::size_t i = 0; i < heads.size(); ++i) {
        if (m_example.features[i].type == JsonType::Absent) {
            run.flush();
            const std::size_t first = i;
            while (i + 1 < heads.size() && m_example.features[i + 1].type == JsonType::Absent) {
                ++i;
            }
            m_out.append(m_guard.nullFeatures(first, i + 1));
            addValues(nullValue(), i + 1 - first);
            continue;
        }
        const AsWritten known = asWritten(i);
        if (known.text.empty()) {
            run.flush();
            m_out.append(heads[i]);
            feature(i);
            continue;
        }
        // Between two features of a plain line there is nothing but the head of the second one.
        if (!run.goesOn(known.text, m_guard.m_featureRanges[i].headLength)) {
            run.flush();
            m_out.append(heads[i]);
        }
        run.add(known.text);
        addValue(known.code);
    }
    run.flush();
}

} // namespace workbench
