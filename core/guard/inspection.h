// SPDX-License-Identifier: Apache-2.0
/// One row's judgement, field by field: each field is checked and written in the same step, so that what
/// was checked is what is written.
#pragma once

#include "core/guard/pii_guard.h"
#include "core/guard/row_text.h"

#include <cmath>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace workbench {

/// Beyond 2^53 every double is.
[[nodiscard]] inline bool isWhole(double value)
{
    constexpr double Exact = 9007199254740992.0;
    return std::fabs(value) >= Exact || static_cast<double>(static_cast<std::int64_t>(value)) == value;
}

class PiiGuard::Inspection {
public:
    /// Appends to `out` and `findings`. `values` and `cells` may be null; else they get one entry a column.
    Inspection(const PiiGuard& guard, const TrainingExample& example, RowText& out,
        std::vector<Finding>& findings, std::vector<double>* values, std::vector<GuardedCell>* cells)
        : m_guard(guard)
        , m_example(example)
        , m_out(out)
        , m_findings(findings)
        , m_values(values)
        , m_cells(cells)
    {
    }

    /// Looks at every field. The row may leave when no finding was added; what `out` got is worthless
    /// otherwise.
    void run();

    [[nodiscard]] std::uint8_t source() const { return m_source; }
    [[nodiscard]] std::uint8_t industry() const { return m_industry; }
    /// The array of pressure keys as it was written.
    [[nodiscard]] std::string_view pressureKeys() const
    {
        return m_out.from(m_pressureBegin).substr(0, m_pressureLength);
    }

private:
    // A field's path, put together only when there is something to report.
    struct Place {
        std::string_view parent; ///< "features", "" at the top
        std::string_view name;
        std::size_t item = NoItem; ///< place in an array

        static constexpr std::size_t NoItem = SIZE_MAX;
        [[nodiscard]] std::string path() const;
    };

    enum class Need : bool { Optional, Required };

    void exampleId();
    void createdAt();
    void featureSchema();
    void windowRule();
    /// Of a feature with a closed set: the place of its value there; the set's size when it has none of them.
    [[nodiscard]] std::size_t placeOfValue(std::size_t place) const;
    void features();
    void feature(std::size_t place, const JsonValue& value); ///< behind the head
    /// Whether all features in the runs of a plain line pass.
    [[nodiscard]] bool allInRange() const;
    /// All features of a plain line, with allInRange(), and the head of each.
    void copyFeatures();
    void targets();
    void pressureKeys(const JsonValue& value);
    void labels();

    /// A member of a closed set, or null. Its place in the set, or 255.
    std::uint8_t closedSet(
        std::span<const std::string> set, const JsonValue& value, const Place& place, Need need);
    std::uint8_t closedSet(
        std::span<const std::string_view> set, const JsonValue& value, const Place& place, Need need);
    template <class Text>
    std::uint8_t member(std::span<const Text> set, const JsonValue& value, const Place& place, Need need);
    void number(const JsonValue& value, const Place& place, double min, double max, bool whole);
    void boolean(const JsonValue& value, const Place& place);

    /// A string where something else belongs, or one that is in no set and fits no grammar: what strikes,
    /// else `otherwise`.
    void refuseString(const JsonValue& value, const Place& place, Rule otherwise);
    /// Any value that is not a string and should be, or the other way round.
    void refuseType(const JsonValue& value, const Place& place);
    void report(Rule rule, const Place& place, std::string_view raw);
    void report(Rule rule, const Place& place, const JsonValue& value);

    // Each column ends in exactly one of these.
    void wroteNull();
    void wrote(double code, std::size_t begin);
    void refused(std::size_t firstFinding);
    void addValue(double value)
    {
        if (m_values) {
            m_values->push_back(value);
        }
    }
    void addValues(std::span<const double> values)
    {
        if (m_values) {
            m_values->insert(m_values->end(), values.begin(), values.end());
        }
    }
    void addValues(double value, std::size_t count)
    {
        if (m_values) {
            m_values->insert(m_values->end(), count, value);
        }
    }

    const PiiGuard& m_guard;
    const TrainingExample& m_example;
    RowText& m_out;
    std::vector<Finding>& m_findings;
    std::vector<double>* m_values;
    std::vector<GuardedCell>* m_cells;
    std::size_t m_pressureBegin = 0;
    std::size_t m_pressureLength = 0;
    std::uint8_t m_source = 0;
    std::uint8_t m_industry = 0;
};

} // namespace workbench
