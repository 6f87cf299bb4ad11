// SPDX-License-Identifier: Apache-2.0
#include "core/review/selection.h"

#include "core/review/index_state.h"

#include <algorithm>
#include <cstdint>
#include <span>
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
constexpr std::uint8_t MalformedRow = FailSets; ///< besides the sets of fails
constexpr std::size_t Codes = 256;
/// No example has this code: a filter on a value outside the closed set keeps nothing.
constexpr std::uint8_t NoSuchCode = 253;

std::uint8_t codeOf(const std::vector<std::string>& values, const std::string& wanted)
{
    const auto found = std::find(values.begin(), values.end(), wanted);
    return found == values.end() ? NoSuchCode : static_cast<std::uint8_t>(found - values.begin());
}

/// Rows by what they fail and by a code.
class CodeCounts {
public:
    void count(std::uint8_t fails, std::uint8_t code, std::uint64_t rows)
    {
        m_counts[fails * Codes + code] += rows;
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
        return m_counts[fails * Codes + code];
    }

    std::vector<std::uint64_t> m_counts = std::vector<std::uint64_t>((FailSets + 1) * Codes);
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
    {
        m_selection->index = std::move(index);
        m_selection->filter = filter;
        const Schema& schema = *m_state.schema;
        m_source = filter.source ? codeOf(schema.sources(), *filter.source) : NoSuchCode;
        m_industry = filter.industry ? codeOf(schema.industries(), *filter.industry) : NoSuchCode;
        m_limit = filter.maxRows.value_or(UINT64_MAX);
        m_from = filter.since ? std::int64_t {filter.since->time_since_epoch().count()} : m_from;
        m_before = filter.until ? std::int64_t {filter.until->time_since_epoch().count()} : m_before;
        m_active = (filter.source ? Source : 0U) | (filter.industry ? Industry : 0U)
            | (filter.since || filter.until ? Dates : 0U) | (filter.labelled ? Labels : 0U);
    }

    Result<SelectionPtr> run(const std::stop_token& stop)
    {
        // Room for all of them: what is not used is never touched, and nothing is copied on the way.
        const auto most = static_cast<std::size_t>(std::min<std::uint64_t>(m_limit, m_state.rows));
        m_selection->matched.reserve(most);
        m_selection->kept.reserve(most + 1);
        for (const auto& segment : m_state.segments) {
            if (stop.stop_requested()) {
                return cancelledError();
            }
            take(*segment);
        }
        countFacets();
        if (!countFindings(stop)) {
            return cancelledError();
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
        std::ranges::sort(m_selection->keptKinds);
        return SelectionPtr(std::move(m_selection));
    }

private:
    /// How a segment's times stand to the filter's.
    enum class Times : std::uint8_t { AllPass, AllFail, Mixed };

    enum class Fate : std::uint8_t { LeftOut, Kept, Rejected };
    /// Before the row limit.
    struct Passed {
        std::uint64_t kept = 0;
        std::uint64_t rejected = 0;
    };

    [[nodiscard]] Times timesOf(const IndexSegment& segment) const
    {
        const auto& times = segment.times;
        if ((m_active & Dates) == 0
            || (times.rowsWithout == 0 && times.earliest >= m_from && times.latest < m_before)) {
            return Times::AllPass;
        }
        const bool someMayPass
            = times.latest != LineFacts::NoTime && times.latest >= m_from && times.earliest < m_before;
        return someMayPass ? Times::Mixed : Times::AllFail;
    }

    void take(const IndexSegment& segment)
    {
        if (segment.times.latest != LineFacts::NoTime) {
            m_latest = std::max(m_latest, segment.times.latest);
            m_earliest = std::min(m_earliest, segment.times.earliest);
        }
        const Times times = timesOf(segment);
        if (times == Times::Mixed) {
            takeByTime(segment);
            return;
        }
        const unsigned dates = times == Times::AllFail ? Dates : 0U;
        m_fates.resize(segment.kinds.size());
        Passed passed;
        for (std::size_t kind = 0; kind < segment.kinds.size(); ++kind) {
            m_fates[kind] = judge(segment.kinds[kind], dates, segment.kinds[kind].rows, passed);
        }
        const std::size_t before = m_selection->matched.size();
        const auto kept = list(segment, passed, [&](std::size_t row) { return segment.kind[row]; });
        const bool all = m_selection->matched.size() - before == passed.kept + passed.rejected;
        if (all) {
            countWithheldOfKinds(segment);
        } else {
            countWithheldOfRows(segment, kept);
        }
        noteKinds(segment, 1, all, kept);
    }

    /// Of some rows the time has to be looked at: each kind falls into two, in time and not.
    void takeByTime(const IndexSegment& segment)
    {
        const std::size_t rows = segment.rows();
        m_codes.resize(rows);
        m_rowsByCode.assign(segment.kinds.size() * 2, 0);
        for (std::size_t row = 0; row < rows; ++row) {
            const std::int64_t time = segment.createdAtMs[row];
            const unsigned late = time >= m_from && time < m_before ? 0 : 1;
            const std::uint32_t code = segment.kind[row] * 2U + late;
            m_codes[row] = code;
            ++m_rowsByCode[code];
        }
        m_fates.resize(m_rowsByCode.size());
        Passed passed;
        for (std::size_t code = 0; code < m_fates.size(); ++code) {
            m_fates[code]
                = judge(segment.kinds[code / 2], code % 2 != 0 ? Dates : 0U, m_rowsByCode[code], passed);
        }
        const std::size_t before = m_selection->matched.size();
        const auto kept = list(segment, passed, [&](std::size_t row) { return m_codes[row]; });
        countWithheldOfRows(segment, kept);
        const bool all = m_selection->matched.size() - before == passed.kept + passed.rejected;
        noteKinds(segment, 2, all, kept);
    }

    /// Counts `rows` rows of a kind that fail `dates` besides, and says what becomes of them.
    Fate judge(const IndexSegment::Kind& kind, unsigned dates, std::uint64_t rows, Passed& passed)
    {
        const auto& filter = m_selection->filter;
        unsigned fails = dates;
        fails |= filter.source && kind.source != m_source ? Source : 0U;
        fails |= filter.industry && kind.industry != m_industry ? Industry : 0U;
        fails |= (kind.flags & IndexSegment::Labelled) == 0 ? Labels : 0U;
        // A line that is not JSON passes every filter, so that it is never lost in silence.
        const bool malformed = (kind.flags & IndexSegment::Malformed) != 0;
        const std::uint8_t row = malformed ? MalformedRow : static_cast<std::uint8_t>(fails);
        m_bySource.count(row, kind.source, rows);
        m_byIndustry.count(row, kind.industry, rows);
        if (rows == 0 || (!malformed && (fails & m_active) != 0)) {
            return Fate::LeftOut;
        }
        const bool mayLeave = (kind.flags & IndexSegment::MayLeave) != 0;
        (mayLeave ? passed.kept : passed.rejected) += rows;
        return mayLeave ? Fate::Kept : Fate::Rejected;
    }

    /// Lists what passes, as far as the limit allows; `codeOf` says where a row's fate stands. The rows kept.
    template <class CodeOf>
    std::span<const RowNumber> list(const IndexSegment& segment, const Passed& passed, CodeOf codeOf)
    {
        m_passed += passed.kept + passed.rejected;
        const std::uint64_t room = m_limit - m_selection->matched.size();
        const auto most
            = [room](std::uint64_t rows) { return static_cast<std::size_t>(std::min(rows, room)); };
        const std::size_t count = most(passed.kept + passed.rejected);
        if (count == 0) {
            return {};
        }
        auto& allMatched = m_selection->matched;
        auto& allKept = m_selection->kept;
        auto& allRejected = m_selection->rejected;
        const std::size_t matchedBefore = allMatched.size();
        const std::size_t keptBefore = allKept.size();
        const std::size_t rejectedBefore = allRejected.size();
        // One place more than needed: the loop writes before it knows, and then moves on or not.
        allMatched.resize(matchedBefore + count);
        allKept.resize(keptBefore + most(passed.kept) + 1);
        allRejected.resize(rejectedBefore + most(passed.rejected) + 1);
        RowNumber* match = allMatched.data() + matchedBefore;
        RowNumber* keep = allKept.data() + keptBefore;
        RowNumber* reject = allRejected.data() + rejectedBefore;
        const RowNumber* const end = match + count;
        for (std::size_t row = 0; match != end; ++row) {
            const auto number = segment.firstRow + static_cast<RowNumber>(row);
            const Fate fate = m_fates[codeOf(row)];
            *match = number;
            *keep = number;
            *reject = number;
            match += fate != Fate::LeftOut ? 1 : 0;
            keep += fate == Fate::Kept ? 1 : 0;
            reject += fate == Fate::Rejected ? 1 : 0;
        }
        allKept.resize(static_cast<std::size_t>(keep - allKept.data()));
        allRejected.resize(static_cast<std::size_t>(reject - allRejected.data()));
        return std::span(allKept).subspan(keptBefore);
    }

    void countWithheldOfKinds(const IndexSegment& segment)
    {
        for (std::size_t kind = 0; kind < segment.kinds.size(); ++kind) {
            for (std::size_t reason = 0; m_fates[kind] == Fate::Kept && reason < WithheldReasonCount;
                 ++reason) {
                m_selection->rejections.withheld[reason] += segment.kinds[kind].withheld[reason];
            }
        }
    }

    void countWithheldOfRows(const IndexSegment& segment, std::span<const RowNumber> kept)
    {
        if (segment.withheldSets.size() == 1 && segment.withheldSets.front() == IndexSegment::Withheld {}) {
            return;
        }
        std::vector<std::uint64_t> rowsBySet(segment.withheldSets.size());
        for (const RowNumber row : kept) {
            ++rowsBySet[segment.withheld[row - segment.firstRow]];
        }
        for (std::size_t set = 0; set < rowsBySet.size(); ++set) {
            for (std::size_t reason = 0; reason < WithheldReasonCount; ++reason) {
                m_selection->rejections.withheld[reason]
                    += rowsBySet[set] * segment.withheldSets[set][reason];
            }
        }
    }

    /// What is kept of the segment, by kind; only where the row limit cuts it are its rows looked at.
    void noteKinds(
        const IndexSegment& segment, std::size_t codesPerKind, bool all, std::span<const RowNumber> kept)
    {
        if (all) {
            for (std::size_t code = 0; code < m_fates.size(); ++code) {
                if (m_fates[code] == Fate::Kept) {
                    noteKind(segment.kinds[code / codesPerKind].source,
                        segment.kinds[code / codesPerKind].industry);
                }
            }
            return;
        }
        for (const RowNumber row : kept) {
            const auto& kind = segment.kinds[segment.kind[row - segment.firstRow]];
            noteKind(kind.source, kind.industry);
        }
    }

    /// Of each segment most are noted already.
    void noteKind(std::uint8_t source, std::uint8_t industry)
    {
        char& noted = m_isNoted[source * std::size_t {256} + industry];
        if (noted == 0) {
            noted = 1;
            m_selection->keptKinds.emplace_back(source, industry);
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
            if (row % RowsBetweenAsks == 0 && stop.stop_requested()) {
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
    std::vector<Fate> m_fates; ///< by kind, or by code, of the segment in hand
    std::vector<std::uint32_t> m_codes; ///< by row: its kind, and whether it is in time
    std::vector<std::uint64_t> m_rowsByCode;
    std::vector<char> m_isNoted = std::vector<char>(std::size_t {256} * 256); ///< by source and industry
    std::uint8_t m_source = NoSuchCode;
    std::uint8_t m_industry = NoSuchCode;
    std::uint64_t m_limit = UINT64_MAX;
    std::uint64_t m_passed = 0;
    unsigned m_active = 0; ///< what the filters ask for, the bits above
    std::int64_t m_from = LineFacts::NoTime + 1;
    std::int64_t m_before = INT64_MAX;
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
