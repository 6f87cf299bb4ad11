// SPDX-License-Identifier: Apache-2.0
#include "core/review/selection.h"

#include "core/review/index_state.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace workbench {

namespace {

/// What a row fails, whether or not that filter is on for labels. Malformed lines fail nothing and are
/// counted apart.
constexpr unsigned Source = 1;
constexpr unsigned Industry = 2;
constexpr unsigned Dates = 4;
constexpr unsigned Labels = 8;
constexpr std::size_t FailSets = 16;
constexpr std::uint8_t MalformedRow = FailSets; ///< in the array of fails
constexpr std::size_t Codes = 256;
/// No example has this code: a filter on a value outside the closed set keeps nothing.
constexpr std::uint8_t NoSuchCode = 253;

std::uint8_t codeOf(const std::vector<std::string>& values, const std::string& wanted)
{
    const auto found = std::find(values.begin(), values.end(), wanted);
    return found == values.end() ? NoSuchCode : static_cast<std::uint8_t>(found - values.begin());
}

/// Rows by what they fail and by a code. The two halves are added up at the end: rows beside each other
/// mostly have the same code, and one counter would have to wait for itself.
class CodeCounts {
public:
    void count(std::span<const std::uint8_t> fails, std::span<const std::uint8_t> codes)
    {
        std::size_t row = 0;
        for (; row + 1 < fails.size(); row += 2) {
            ++m_counts[fails[row] * Codes + codes[row]];
            ++m_otherHalf[fails[row + 1] * Codes + codes[row + 1]];
        }
        if (row < fails.size()) {
            ++m_counts[fails[row] * Codes + codes[row]];
        }
    }

    /// Rows with that code that fail nothing of `wanted`, malformed ones left out.
    [[nodiscard]] std::uint64_t passing(unsigned wanted, std::size_t code) const
    {
        std::uint64_t sum = 0;
        for (std::size_t fails = 0; fails < FailSets; ++fails) {
            sum += (fails & wanted) == 0 ? at(fails, code) : 0;
        }
        return sum;
    }

    /// Rows that fail nothing of `wanted`, malformed ones among them.
    [[nodiscard]] std::uint64_t passing(unsigned wanted) const
    {
        std::uint64_t sum = malformed();
        for (std::size_t code = 0; code < Codes; ++code) {
            sum += passing(wanted, code);
        }
        return sum;
    }

    [[nodiscard]] std::uint64_t malformed() const
    {
        std::uint64_t sum = 0;
        for (std::size_t code = 0; code < Codes; ++code) {
            sum += at(MalformedRow, code);
        }
        return sum;
    }

private:
    [[nodiscard]] std::uint64_t at(std::size_t fails, std::size_t code) const
    {
        return m_counts[fails * Codes + code] + m_otherHalf[fails * Codes + code];
    }

    std::vector<std::uint64_t> m_counts = std::vector<std::uint64_t>((FailSets + 1) * Codes);
    std::vector<std::uint64_t> m_otherHalf = std::vector<std::uint64_t>((FailSets + 1) * Codes);
};

/// "targets.pressure_keys[3]" → "targets.pressure_keys[]"
std::string fieldOf(std::string_view path)
{
    std::string field;
    bool inside = false;
    for (const char c : path) {
        inside = inside && c != ']';
        if (!inside) {
            field.push_back(c);
        }
        inside = inside || c == '[';
    }
    return field;
}

class Selecting {
public:
    Selecting(IndexPtr index, const ExampleFilter& filter)
        : m_state(index->state())
        , m_selection(std::make_shared<Selection>())
        , m_fails(IndexSegment::MaxRows)
    {
        m_selection->index = std::move(index);
        m_selection->filter = filter;
        const Schema& schema = *m_state.schema;
        m_source = filter.source ? codeOf(schema.sources(), *filter.source) : NoSuchCode;
        m_industry = filter.industry ? codeOf(schema.industries(), *filter.industry) : NoSuchCode;
        m_limit = filter.maxRows.value_or(UINT64_MAX);
        m_active = (filter.source ? Source : 0U) | (filter.industry ? Industry : 0U)
            | (filter.since || filter.until ? Dates : 0U) | (filter.labelled ? Labels : 0U);
        for (unsigned fails = 0; fails < FailSets; ++fails) {
            m_passes[fails] = (fails & m_active) == 0 ? 1 : 0;
        }
        m_passes[MalformedRow] = 1;
    }

    Result<SelectionPtr> run(const std::stop_token& stop)
    {
        // Room for all of them: what is not used is never touched, and nothing is copied on the way.
        const auto most = static_cast<std::size_t>(std::min<std::uint64_t>(m_limit, m_state.rows));
        m_selection->matched.reserve(most);
        m_selection->kept.reserve(most + 1);
        for (const auto& segment : m_state.segments) {
            if (stop.stop_requested()) {
                return Error {ErrorCode::Cancelled, "cancelled", {}};
            }
            take(*segment);
        }
        countFacets();
        if (!countFindings(stop)) {
            return Error {ErrorCode::Cancelled, "cancelled", {}};
        }
        countFiles();
        auto& ledger = m_selection->ledger;
        ledger.read = m_state.rows;
        ledger.leftOut = m_state.rows - m_passed;
        ledger.matched = m_selection->matched.size();
        ledger.overLimit = m_passed - ledger.matched;
        ledger.rejected = m_selection->rejected.size();
        ledger.toExport = m_selection->kept.size();
        ledger.growing = !m_state.complete;
        return SelectionPtr(std::move(m_selection));
    }

private:
    void take(const IndexSegment& segment)
    {
        const std::size_t rows = segment.rows();
        const std::span<std::uint8_t> fails(m_fails.data(), rows);
        judge(segment, fails);
        m_bySource.count(fails, segment.source);
        m_byIndustry.count(fails, segment.industry);
        for (const std::int64_t time : segment.createdAtMs) {
            // NoTime is the lowest number there is: only the first needs to step around it.
            m_latest = std::max(m_latest, time);
            m_earliest = std::min(m_earliest, time == LineFacts::NoTime ? INT64_MAX : time);
        }

        std::uint64_t passed = 0;
        for (const std::uint8_t fail : fails) {
            passed += m_passes[fail];
        }
        m_passed += passed;
        const std::uint64_t room = m_limit - m_selection->matched.size();
        collect(segment, fails, static_cast<std::size_t>(std::min(passed, room)));
    }

    void judge(const IndexSegment& segment, std::span<std::uint8_t> fails) const
    {
        const auto& filter = m_selection->filter;
        const std::size_t rows = fails.size();
        std::fill(fails.begin(), fails.end(), std::uint8_t {0});
        if (filter.source) {
            for (std::size_t row = 0; row < rows; ++row) {
                fails[row] = static_cast<std::uint8_t>(segment.source[row] == m_source ? 0 : Source);
            }
        }
        if (filter.industry) {
            for (std::size_t row = 0; row < rows; ++row) {
                fails[row] |= segment.industry[row] == m_industry ? std::uint8_t {0} : std::uint8_t(Industry);
            }
        }
        if (filter.since || filter.until) {
            const std::int64_t from = filter.since ? std::int64_t {filter.since->time_since_epoch().count()}
                                                   : LineFacts::NoTime + 1;
            const std::int64_t before
                = filter.until ? std::int64_t {filter.until->time_since_epoch().count()} : INT64_MAX;
            for (std::size_t row = 0; row < rows; ++row) {
                const std::int64_t time = segment.createdAtMs[row];
                fails[row] |= time >= from && time < before ? std::uint8_t {0} : std::uint8_t(Dates);
            }
        }
        static_assert(IndexSegment::Labelled == 1 && Labels == 8, "the shift below");
        for (std::size_t row = 0; row < rows; ++row) {
            fails[row] |= static_cast<std::uint8_t>((~segment.flags[row] & IndexSegment::Labelled) << 3);
        }
        // A line that is not JSON passes every filter, so that it is never lost in silence.
        for (std::size_t row = 0; row < rows; ++row) {
            fails[row] = (segment.flags[row] & IndexSegment::Malformed) != 0 ? MalformedRow : fails[row];
        }
    }

    /// The first `count` passing rows into the three lists; writes each place and moves on or not.
    void collect(const IndexSegment& segment, std::span<const std::uint8_t> fails, std::size_t count)
    {
        if (count == 0) {
            return;
        }
        auto& matched = m_selection->matched;
        const std::size_t before = matched.size();
        matched.resize(before + count);
        RowNumber* out = matched.data() + before;
        for (std::size_t row = 0, taken = 0; taken < count; ++row) {
            out[taken] = segment.firstRow + static_cast<RowNumber>(row);
            taken += m_passes[fails[row]];
        }

        std::size_t accepted = 0;
        for (std::size_t place = 0; place < count; ++place) {
            accepted += segment.verdict[out[place] - segment.firstRow] == IndexSegment::Accepted ? 1U : 0U;
        }
        divide(segment, {out, count}, accepted);
        countWithheld(segment, accepted);
    }

    void divide(const IndexSegment& segment, std::span<const RowNumber> matched, std::size_t accepted)
    {
        auto& kept = m_selection->kept;
        auto& rejected = m_selection->rejected;
        // One place more than needed: the loop writes before it knows.
        const std::size_t keptBefore = kept.size();
        const std::size_t rejectedBefore = rejected.size();
        kept.resize(keptBefore + accepted + 1);
        rejected.resize(rejectedBefore + matched.size() - accepted + 1);
        RowNumber* keep = kept.data() + keptBefore;
        RowNumber* reject = rejected.data() + rejectedBefore;
        for (const RowNumber row : matched) {
            *keep = row;
            *reject = row;
            const bool isKept = segment.verdict[row - segment.firstRow] == IndexSegment::Accepted;
            keep += isKept ? 1 : 0;
            reject += isKept ? 0 : 1;
        }
        kept.pop_back();
        rejected.pop_back();
    }

    /// Withheld fields of the rows kept last.
    void countWithheld(const IndexSegment& segment, std::size_t keptRows)
    {
        if (segment.withheldSets.size() == 1 && segment.withheldSets.front() == IndexSegment::Withheld {}) {
            return;
        }
        std::vector<std::uint64_t> rowsBySet(segment.withheldSets.size());
        const auto& kept = m_selection->kept;
        for (std::size_t place = kept.size() - keptRows; place < kept.size(); ++place) {
            ++rowsBySet[segment.withheld[kept[place] - segment.firstRow]];
        }
        for (std::size_t set = 0; set < rowsBySet.size(); ++set) {
            for (std::size_t reason = 0; reason < WithheldReasonCount; ++reason) {
                m_selection->rejections.withheld[reason]
                    += rowsBySet[set] * segment.withheldSets[set][reason];
            }
        }
    }

    void countFacets()
    {
        auto& facets = m_selection->facets;
        // "Given the other filters": rows that fail nothing that is asked for, this filter left out. A
        // choice would also keep every malformed line.
        const std::uint64_t malformed = m_bySource.malformed();
        const unsigned otherThanSource = m_active & ~Source;
        const unsigned otherThanIndustry = m_active & ~Industry;
        facets.anySource = m_bySource.passing(otherThanSource);
        facets.anyIndustry = m_bySource.passing(otherThanIndustry);
        for (std::size_t code = 0; code < m_state.schema->sources().size(); ++code) {
            facets.bySource.push_back(m_bySource.passing(otherThanSource, code) + malformed);
        }
        for (std::size_t code = 0; code < m_state.schema->industries().size(); ++code) {
            facets.byIndustry.push_back(m_byIndustry.passing(otherThanIndustry, code) + malformed);
        }
        facets.labelled = m_bySource.passing(m_active | Labels);
        if (m_latest != LineFacts::NoTime) {
            facets.earliestMs = m_earliest;
            facets.latestMs = m_latest;
        }
        m_selection->withoutSource = facets.anySource;
        m_selection->withoutIndustry = facets.anyIndustry;
        m_selection->withoutDates = m_bySource.passing(m_active & ~Dates);
        m_selection->withoutLabelled = m_bySource.passing(m_active & ~Labels);
    }

    /// Walks findings and rejected rows side by side. False: asked to stop.
    bool countFindings(const std::stop_token& stop)
    {
        const auto findings = m_selection->index->findings();
        std::vector<std::string> fields;
        std::vector<std::size_t> fieldOfPath;
        for (const auto& path : m_selection->index->paths()) {
            const auto known = std::find(fields.begin(), fields.end(), fieldOf(path));
            fieldOfPath.push_back(static_cast<std::size_t>(known - fields.begin()));
            if (known == fields.end()) {
                fields.push_back(fieldOf(path));
            }
        }
        std::vector<std::uint64_t> rowsByField(fields.size());
        std::vector<RowNumber> countedFor(fields.size(), UINT32_MAX);

        std::size_t next = 0;
        for (const RowNumber row : m_selection->rejected) {
            if (row % IndexSegment::MaxRows == 0 && stop.stop_requested()) {
                return false;
            }
            if (findings[next].row != row) { // rows that the filters left out lie between
                next = static_cast<std::size_t>(
                    std::lower_bound(findings.begin() + static_cast<std::ptrdiff_t>(next), findings.end(),
                        row,
                        [](const IndexedFinding& finding, RowNumber wanted) { return finding.row < wanted; })
                    - findings.begin());
            }
            unsigned rules = 0;
            for (; next < findings.size() && findings[next].row == row; ++next) {
                m_selection->findings.push_back(static_cast<std::uint32_t>(next));
                rules |= 1U << static_cast<unsigned>(findings[next].rule);
                const std::size_t field = fieldOfPath[findings[next].path];
                rowsByField[field] += countedFor[field] == row ? 0 : 1;
                countedFor[field] = row;
            }
            auto& counts = m_selection->rejections;
            counts.rowsWithSeveralRules += (rules & (rules - 1)) != 0 ? 1 : 0;
            for (std::size_t rule = 0; rule < RuleCount; ++rule) {
                counts.rowsByRule[rule] += (rules >> rule) & 1U;
            }
        }
        for (std::size_t field = 0; field < fields.size(); ++field) {
            if (rowsByField[field] > 0) {
                m_selection->rejections.rowsByField.emplace(fields[field], rowsByField[field]);
            }
        }
        return true;
    }

    void countFiles()
    {
        auto& rowsByFile = m_selection->rejections.rowsByFile;
        rowsByFile.resize(m_state.files->files.size());
        const auto& rejected = m_selection->rejected;
        auto begin = rejected.begin();
        for (const auto& segment : m_state.segments) {
            for (std::size_t run = 0; run < segment->runs.size() && begin != rejected.end(); ++run) {
                const std::size_t runEnd
                    = run + 1 < segment->runs.size() ? segment->runs[run + 1].firstRow : segment->rows();
                const auto end = std::lower_bound(begin, rejected.end(), segment->firstRow + runEnd);
                rowsByFile[segment->runs[run].file] += static_cast<std::uint64_t>(end - begin);
                begin = end;
            }
        }
    }

    const ExampleIndex::State& m_state;
    std::shared_ptr<Selection> m_selection;
    std::vector<std::uint8_t> m_fails;
    std::uint8_t m_source = NoSuchCode;
    std::uint8_t m_industry = NoSuchCode;
    std::uint64_t m_limit = UINT64_MAX;
    std::uint64_t m_passed = 0;
    unsigned m_active = 0; ///< what the filters ask for, the bits above
    std::array<std::uint8_t, FailSets + 1> m_passes {};
    std::int64_t m_earliest = INT64_MAX;
    std::int64_t m_latest = LineFacts::NoTime;
    CodeCounts m_bySource;
    CodeCounts m_byIndustry;
};

} // namespace

Result<SelectionPtr> select(IndexPtr index, const ExampleFilter& filter, std::stop_token stop)
{
    return Selecting(std::move(index), filter).run(stop);
}

} // namespace workbench
