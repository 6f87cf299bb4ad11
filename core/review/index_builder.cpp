// SPDX-License-Identifier: Apache-2.0
#include "core/review/index_cache.h"
#include "core/review/index_state.h"
#include "core/row/row_values.h"

#include <algorithm>
#include <bit>
#include <chrono>
#include <functional>
#include <future>
#include <limits>
#include <memory>
#include <string_view>
#include <unordered_map>

namespace workbench {

namespace {

constexpr auto FirstPicture = std::chrono::milliseconds(50);
constexpr auto BetweenPictures = std::chrono::milliseconds(150);
constexpr std::size_t FirstPictureRows = 256; ///< more than a screen shows

struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view> {}(text); }
};

/// Texts by number, in the order of their first appearance.
class TextTable {
public:
    std::uint32_t numberOf(std::string_view text)
    {
        if (const auto known = m_numbers.find(text); known != m_numbers.end()) {
            return known->second;
        }
        const auto number = static_cast<std::uint32_t>(m_numbers.size());
        m_numbers.emplace(std::string(text), number);
        m_texts.emplace_back(text);
        return number;
    }

    /// As it is now; the same object as long as nothing new came.
    std::shared_ptr<const std::vector<std::string>> picture()
    {
        if (!m_picture || m_picture->size() != m_texts.size()) {
            m_picture = std::make_shared<const std::vector<std::string>>(m_texts);
        }
        return m_picture;
    }

private:
    std::unordered_map<std::string, std::uint32_t, TextHash, std::equal_to<>> m_numbers;
    std::vector<std::string> m_texts;
    std::shared_ptr<const std::vector<std::string>> m_picture;
};

/// Collects rows into segments and hands out pictures of all that came so far.
class IndexSink final : public ScanSink {
public:
    /// Hands out no picture of fewer rows than `shown`: so many were seen already, from a cache that then
    /// turned out to be damaged further on.
    IndexSink(const IndexRequest& request, const std::function<void(IndexPtr)>& publish,
        const std::string& file, std::size_t shown)
        : m_publish(publish)
        , m_clock(request.clock ? request.clock : systemClock())
        , m_columns(std::make_shared<const RowColumns>(*request.schema))
        , m_filling(std::make_unique<SegmentBuilder>(m_columns->size()))
        , m_sealing(std::make_unique<SegmentBuilder>(m_columns->size()))
        , m_file(file)
        , m_nothing(m_columns->size(), nullValue())
        , m_findings(std::make_shared<FindingBuffer>(256))
        , m_shown(shown)
        , m_lastPicture(m_clock())
    {
        m_state.files = std::make_shared<const ExampleFiles>(request.files);
        m_state.schema = request.schema;
        m_state.columns = m_columns;
    }

    Result<void> accept(const GuardedRow& row, const SourceLine& at, const LineFacts& facts) override
    {
        return add(at, facts, row.withheld(), {});
    }

    Result<void> reject(
        std::span<const Finding> findings, const SourceLine& at, const LineFacts& facts) override
    {
        return add(at, facts, {}, findings);
    }

    Result<void> endOfBlock() override
    {
        if (m_pictureBegun) {
            if (isSealed()) {
                endPicture();
            }
            return {};
        }
        const auto now = m_clock();
        const auto since = now - m_lastPicture;
        // A clock that was set back must not stop the pictures.
        const bool due = since < since.zero()
            || (m_published == 0 ? m_rows >= FirstPictureRows || since >= FirstPicture
                                 : since >= BetweenPictures);
        if (due && m_rows > m_shown && m_rows >= m_published + std::max<std::size_t>(m_published / 10, 1)) {
            beginPicture();
            m_lastPicture = now;
        }
        return {};
    }

    void finish()
    {
        if (m_filling->rows() > 0) {
            beginSealing();
        }
        endSealing();
        publish(true);
    }
    [[nodiscard]] const ExampleIndex::State& state() const { return m_state; }
    [[nodiscard]] IndexFileWriter& file() { return m_file; }

private:
    Result<void> add(const SourceLine& at, const LineFacts& facts, const IndexSegment::Withheld& withheld,
        std::span<const Finding> findings)
    {
        if (m_rows == std::numeric_limits<RowNumber>::max()) {
            return Error {ErrorCode::Io, "more rows than the workbench can number", {}};
        }
        SegmentBuilder::Row row;
        row.at = at;
        row.createdAtMs = facts.createdAtMs;
        row.source = facts.source;
        row.industry = facts.industry;
        row.labelled = facts.labelled;
        row.malformed = facts.malformed;
        row.withheld = withheld;
        row.verdict
            = findings.empty() ? IndexSegment::Accepted : static_cast<std::uint8_t>(findings.front().rule);
        row.ruleCount = addFindings(findings);
        const bool read = facts.values.size() == m_columns->size();
        row.values = read ? facts.values : m_nothing; // of a malformed line
        m_filling->add(static_cast<RowNumber>(m_rows), row);
        if (read) {
            giveCodes(facts, findings);
        }
        ++m_rows;
        if (m_filling->rows() == IndexSegment::MaxRows) {
            beginSealing();
        }
        return {};
    }

    /// How many different rules they are.
    std::uint8_t addFindings(std::span<const Finding> findings)
    {
        unsigned rules = 0;
        for (const auto& finding : findings) {
            rules |= 1U << static_cast<unsigned>(finding.rule);
            addFinding({static_cast<RowNumber>(m_rows), finding.rule, m_paths.numberOf(finding.path),
                m_shapes.numberOf(finding.masked)});
        }
        return static_cast<std::uint8_t>(std::popcount(rules));
    }

    void addFinding(const IndexedFinding& finding)
    {
        if (m_findingCount == m_findings->capacity) {
            auto larger = std::make_shared<FindingBuffer>(m_findings->capacity * 2);
            std::copy_n(m_findings->entries.get(), m_findingCount, larger->entries.get());
            m_findings = std::move(larger);
        }
        m_findings->entries[m_findingCount++] = finding;
    }

    /// Those values of the row added last that are numbers of the index's own.
    void giveCodes(const LineFacts& facts, std::span<const Finding> findings)
    {
        const std::size_t keys = m_columns->pressureKeys();
        if (!isHiddenValue(facts.values[keys])) {
            m_filling->amend(
                keys, facts.pressureKeys.empty() ? nullValue() : m_keySets.numberOf(facts.pressureKeys));
        }
        // The id has no number of its own: it is there, or it may not be shown.
        const bool idRefused = std::any_of(
            findings.begin(), findings.end(), [](const Finding& finding) { return finding.path == "id"; });
        m_filling->amend(RowColumns::ExampleId, idRefused || facts.malformed ? hiddenValue() : 0);
    }

    /// On a thread of its own: making and writing the image takes as long as dozens of blocks take to come.
    void beginSealing()
    {
        endSealing();
        std::swap(m_filling, m_sealing);
        m_sealed = std::async(std::launch::async, [this] {
            const SegmentBuilder::Image image = m_sealing->finish();
            const auto place = m_file.put(image.held, image.values);
            // Never null: this is what has just been made.
            return place ? IndexSegment::overHeld(image.held, *place) : IndexSegment::over(image.whole());
        });
        m_sealedRows = m_rows;
        m_sealedFindings = m_findingCount;
    }

    void endSealing()
    {
        if (m_sealed.valid()) {
            m_state.segments.push_back(m_sealed.get());
            m_state.rows = m_sealedRows;
            m_state.findingCount = m_sealedFindings;
        }
    }

    [[nodiscard]] bool isSealed() const
    {
        return m_sealed.valid() && m_sealed.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
    }

    /// The first one is waited for: somebody looks at an empty window. Others are handed out with a later
    /// block, once their last rows are sealed, and nobody waits.
    void beginPicture()
    {
        if (m_filling->rows() > 0) {
            beginSealing();
        }
        m_pictureBegun = true;
        if (m_published == 0) {
            endPicture();
        }
    }

    void endPicture()
    {
        endSealing();
        m_pictureBegun = false;
        publish(false);
    }

    /// What was sealed.
    void publish(bool complete)
    {
        m_state.complete = complete;
        m_state.findings = m_findings;
        m_state.pressureKeySets = m_keySets.picture();
        m_state.paths = m_paths.picture();
        m_state.shapes = m_shapes.picture();
        m_published = m_state.rows;
        m_publish(std::make_shared<const ExampleIndex>(std::make_shared<const ExampleIndex::State>(m_state)));
    }

    const std::function<void(IndexPtr)>& m_publish;
    Clock m_clock;
    ExampleIndex::State m_state;
    std::shared_ptr<const RowColumns> m_columns;
    std::unique_ptr<SegmentBuilder> m_filling;
    std::unique_ptr<SegmentBuilder> m_sealing;
    IndexFileWriter m_file; ///< of the sealing thread while there is one
    std::vector<double> m_nothing;
    std::shared_ptr<FindingBuffer> m_findings;
    std::size_t m_findingCount = 0;
    TextTable m_keySets;
    TextTable m_paths;
    TextTable m_shapes;
    std::size_t m_rows = 0;
    std::size_t m_published = 0; ///< rows of the last picture
    std::size_t m_shown;
    UtcTime m_lastPicture;
    bool m_pictureBegun = false; ///< its last rows are being sealed
    std::size_t m_sealedRows = 0; ///< up to the end of what is, or was, sealed last
    std::size_t m_sealedFindings = 0;
    std::future<std::shared_ptr<const IndexSegment>> m_sealed; ///< last: its thread uses what stands above
};

/// Hands out a kept index as a scan would, a segment after the other, each once it proved to be whole.
/// False: the rest is damaged, or somebody asked to stop; `shown` then tells how many rows were handed out.
bool handOut(KeptIndex& kept, const IndexRequest& request, const std::function<void(IndexPtr)>& publish,
    const std::stop_token& stop, std::size_t& shown)
{
    const auto clock = request.clock ? request.clock : systemClock();
    const auto hand = [&](std::size_t rows) {
        ExampleIndex::State state = kept.state;
        state.complete = rows == kept.state.rows && state.segments.size() == kept.pieces.size();
        state.rows = rows;
        const std::span findings(state.findings->entries.get(), state.findingCount);
        state.findingCount = static_cast<std::size_t>(
            std::ranges::lower_bound(findings, rows, {}, &IndexedFinding::row) - findings.begin());
        shown = rows;
        publish(std::make_shared<const ExampleIndex>(
            std::make_shared<const ExampleIndex::State>(std::move(state))));
    };
    std::size_t rows = 0;
    auto last = clock();
    for (std::size_t next = 0; next < kept.pieces.size(); ++next) {
        if (stop.stop_requested() || !kept.readSegment()) {
            return false;
        }
        rows += kept.state.segments.back()->rows();
        const bool isLast = next + 1 == kept.pieces.size();
        const auto now = clock();
        if (!isLast && (shown == 0 ? rows >= FirstPictureRows : now - last >= BetweenPictures)) {
            hand(rows);
            last = now;
        }
    }
    if (rows != kept.state.rows) {
        return false;
    }
    hand(rows);
    return true;
}

ScanProgress progressOf(const ScanSummary& summary, const ExampleFiles& files)
{
    ScanProgress all;
    all.bytesRead = all.bytesTotal = files.totalBytes();
    all.read = summary.read;
    all.matched = summary.matched;
    all.accepted = summary.accepted;
    all.rejected = summary.rejected;
    all.files = files.files.size();
    all.file = all.files == 0 ? 0 : all.files - 1;
    return all;
}

} // namespace

Result<ScanSummary> buildIndex(const IndexRequest& request, const std::function<void(IndexPtr)>& publish,
    const ProgressFn& progress, std::stop_token stop)
{
    const auto key = request.cacheFolder.empty()
        ? std::nullopt
        : indexCacheKey(request.cacheFolder, request.files, *request.schema);
    std::size_t shown = 0;
    if (key && !request.readAnew) {
        auto kept = readIndexCache(*key, request.files, request.schema);
        if (kept && handOut(*kept, request, publish, stop, shown)) {
            if (progress) {
                progress(progressOf(kept->summary, request.files));
            }
            return kept->summary;
        }
    }
    const bool settled = filesAreSettled(request.files, (request.clock ? request.clock : systemClock())());
    IndexSink sink(request, publish, key ? key->path : std::string(), shown);
    ScanRequest wanted;
    wanted.schema = request.schema;
    wanted.files = request.files.files;
    wanted.threads = request.threads;
    wanted.collectValues = true;
    wanted.labels = request.files.labels;
    auto summary = scan(wanted, sink, std::move(stop), progress);
    if (summary) {
        sink.finish();
        if (key && settled) {
            keepIndex(*key, sink.state(), *summary, sink.file(), request.cacheBytes);
        }
    }
    return summary;
}

} // namespace workbench
