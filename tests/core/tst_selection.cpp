// SPDX-License-Identifier: Apache-2.0
/// A selection has to keep exactly the rows an export would: it is held against the scan itself.
#include "core/review/selection.h"

#include "core/schema/builtin_schemas.h"
#include "tests/support/example_builder.h"
#include "tests/support/indexed_folder.h"

#include <QTest>

#include <random>
#include <set>

using namespace workbench;

namespace {

using Place = std::pair<std::uint32_t, std::uint64_t>; // file and line

/// What the scan says of the same files and filter.
struct Scanned final : ScanSink {
    std::vector<Place> matched;
    std::vector<Place> accepted;
    std::vector<Place> rejected;
    std::map<std::string, std::uint64_t> rowsByField;
    std::uint64_t rowsWithSeveralRules = 0;
    std::uint64_t findings = 0;
    ScanSummary summary;

    Result<void> accept(const GuardedRow&, const SourceLine& at, const LineFacts&) override
    {
        matched.emplace_back(at.file, at.line);
        accepted.emplace_back(at.file, at.line);
        return {};
    }

    Result<void> reject(std::span<const Finding> found, const SourceLine& at, const LineFacts&) override
    {
        matched.emplace_back(at.file, at.line);
        rejected.emplace_back(at.file, at.line);
        std::set<std::string> fields;
        std::set<Rule> rules;
        for (const auto& finding : found) {
            const bool isKey = finding.path.starts_with("targets.pressure_keys[");
            fields.insert(isKey ? "targets.pressure_keys[]" : finding.path);
            rules.insert(finding.rule);
        }
        for (const auto& field : fields) {
            ++rowsByField[field];
        }
        rowsWithSeveralRules += rules.size() > 1 ? 1 : 0;
        findings += found.size();
        return {};
    }
};

Scanned scanned(const ExampleFiles& files, const ExampleFilter& filter)
{
    Scanned sink;
    ScanRequest request;
    request.schema = defaultSchema();
    request.files = files.files;
    request.filter = filter;
    const auto summary = scan(request, sink, {}, {});
    if (!summary) {
        throw std::runtime_error(summary.error().message);
    }
    sink.summary = *summary;
    return sink;
}

std::vector<Place> placesOf(const ExampleIndex& index, const std::vector<RowNumber>& rows)
{
    std::vector<Place> places;
    for (const RowNumber row : rows) {
        const SourceLine at = index.sourceLine(row);
        places.emplace_back(at.file, at.line);
    }
    return places;
}

template <class T> const T& oneOf(const std::vector<T>& choices, std::mt19937& random)
{
    return choices[random() % choices.size()];
}

std::string randomLine(std::mt19937& random)
{
    ExampleBuilder example;
    example.raw(
        "source", oneOf<std::string>({"\"mock\"", "\"mock\"", "\"real\"", "\"other\"", "null", "7"}, random));
    example.raw("industry_key",
        oneOf<std::string>(
            {"\"hvac\"", "\"hvac\"", "\"cleaning\"", "\"unknown\"", "\"bakery\"", "null"}, random));
    example.raw("created_at",
        oneOf<std::string>({"\"2026-11-20T00:00:00Z\"", "\"2026-11-21T12:00:00.500Z\"",
                               "\"2026-11-22T23:59:59+02:00\"", "\"yesterday\"", "null"},
            random));
    example.raw("labels",
        oneOf<std::string>({"null", "{}", "{\"reviewer_score\":3}", "{\"reviewer_score\":null}",
                               "{\"reviewer_notes\":\"call\"}", "5"},
            random));
    switch (random() % 12) {
    case 0:
        example.with("id", "jo@example.com");
        break;
    case 1:
        example.with("window_days", 5551234567.0).with("coverage_ratio", "what");
        break;
    case 2:
        example.raw("targets.pressure_keys", R"(["a@b.cc","fine","555-123-4567"])");
        break;
    case 3:
        example.with("features.rag_summary", "text");
        break;
    case 4:
        return "{\"id\":";
    case 5:
        return " \t";
    default:
        break;
    }
    return example.json();
}

ExampleFilter randomFilter(std::mt19937& random)
{
    ExampleFilter filter;
    if (random() % 2 == 0) {
        filter.source = oneOf<std::string>({"mock", "real"}, random);
    }
    if (random() % 2 == 0) {
        filter.industry = oneOf<std::string>({"hvac", "cleaning", "unknown", "plumbing"}, random);
    }
    using namespace std::chrono;
    if (random() % 3 == 0) {
        filter.since = sys_days {2026y / 11 / 21};
    }
    if (random() % 3 == 0) {
        filter.until = sys_days {2026y / 11 / 21} + hours(12) + milliseconds(500 + random() % 2);
    }
    filter.labelled = random() % 4 == 0;
    if (random() % 3 == 0) {
        filter.maxRows = random() % 100;
    }
    return filter;
}

std::uint64_t matchedBy(const ExampleFiles& files, ExampleFilter filter)
{
    filter.maxRows.reset();
    return scanned(files, filter).summary.matched;
}

} // namespace

class SelectionTest final : public QObject {
    Q_OBJECT

    IndexedFolder m_examples;
    IndexPtr m_index;

private Q_SLOTS:
    void initTestCase()
    {
        std::mt19937 random(20261122);
        for (const char* name : {"a.jsonl", "b.jsonl", "c.jsonl"}) {
            std::vector<std::string> lines;
            for (int row = 0; row < 120; ++row) {
                lines.push_back(randomLine(random));
            }
            m_examples.add(name, lines);
        }
        m_index = m_examples.index();
    }

    void a_selection_agrees_with_the_scan_row_for_row()
    {
        std::mt19937 random(3);
        for (int round = 0; round < 60; ++round) {
            const ExampleFilter filter = randomFilter(random);
            const auto expected = scanned(m_index->files(), filter);
            const auto selected = select(m_index, filter, {});
            QVERIFY(selected);
            const Selection& selection = **selected;
            QCOMPARE(placesOf(*m_index, selection.matched), expected.matched);
            QCOMPARE(placesOf(*m_index, selection.kept), expected.accepted);
            QCOMPARE(placesOf(*m_index, selection.rejected), expected.rejected);

            std::set<std::pair<std::uint8_t, std::uint8_t>> kinds;
            for (const RowNumber row : selection.kept) {
                kinds.emplace(m_index->source(row), m_index->industry(row));
            }
            QCOMPARE(selection.keptKinds, decltype(selection.keptKinds)(kinds.begin(), kinds.end()));

            const Ledger& ledger = selection.ledger;
            QCOMPARE(ledger.read, expected.summary.read);
            QCOMPARE(ledger.overLimit, expected.summary.overLimit);
            QCOMPARE(ledger.matched, expected.summary.matched);
            QCOMPARE(ledger.rejected, expected.summary.rejected);
            QCOMPARE(ledger.toExport, expected.summary.accepted);
            QCOMPARE(ledger.read - ledger.leftOut - ledger.overLimit, ledger.matched);
            QCOMPARE(ledger.matched - ledger.rejected, ledger.toExport);
            QVERIFY(!ledger.growing);
        }
    }

    void rejections_are_counted_as_the_scan_counts_them()
    {
        std::mt19937 random(4);
        for (int round = 0; round < 25; ++round) {
            const ExampleFilter filter = randomFilter(random);
            const auto expected = scanned(m_index->files(), filter);
            const auto selected = select(m_index, filter, {});
            QVERIFY(selected);
            const RejectionCounts& counts = (*selected)->rejections;
            QCOMPARE(counts.rowsByRule, expected.summary.rejectionsByRule);
            QCOMPARE(counts.withheld, expected.summary.withheld);
            QCOMPARE(counts.rowsByField, expected.rowsByField);
            QCOMPARE(counts.rowsWithSeveralRules, expected.rowsWithSeveralRules);
            QCOMPARE((*selected)->findings.size(), std::size_t {expected.findings});
            std::vector<std::uint64_t> byFile(3);
            for (const auto& [file, line] : expected.rejected) {
                ++byFile[file];
            }
            QCOMPARE(counts.rowsByFile, byFile);
        }
    }

    void each_choice_counts_the_rows_it_would_keep_given_the_other_filters()
    {
        std::mt19937 random(5);
        for (int round = 0; round < 6; ++round) {
            const ExampleFilter filter = randomFilter(random);
            const auto selected = select(m_index, filter, {});
            QVERIFY(selected);
            const auto with = [&](auto change) {
                ExampleFilter changed = filter;
                change(changed);
                return matchedBy(m_index->files(), changed);
            };
            const FacetCounts& facets = (*selected)->facets;
            QCOMPARE(facets.anySource, with([](auto& changed) { changed.source.reset(); }));
            QCOMPARE(facets.anyIndustry, with([](auto& changed) { changed.industry.reset(); }));
            QCOMPARE(facets.labelled, with([](auto& changed) { changed.labelled = true; }));
            const auto& sources = m_index->schema()->sources();
            QCOMPARE(facets.bySource.size(), sources.size());
            for (std::size_t code = 0; code < sources.size(); ++code) {
                QCOMPARE(facets.bySource[code], with([&](auto& changed) { changed.source = sources[code]; }));
            }
            const auto& industries = m_index->schema()->industries();
            QCOMPARE(facets.byIndustry.size(), industries.size());
            for (std::size_t code = 0; code < industries.size(); ++code) {
                QCOMPARE(facets.byIndustry[code],
                    with([&](auto& changed) { changed.industry = industries[code]; }));
            }
            QCOMPARE((*selected)->withoutSource, facets.anySource);
            QCOMPARE((*selected)->withoutIndustry, facets.anyIndustry);
            QCOMPARE((*selected)->withoutLabelled, with([](auto& changed) { changed.labelled = false; }));
            QCOMPARE((*selected)->withoutDates, with([](auto& changed) {
                changed.since.reset();
                changed.until.reset();
            }));
        }
    }

    void the_row_limit_comes_before_the_guard()
    {
        IndexedFolder examples;
        const std::string bad = ExampleBuilder().with("window_days", -1).json();
        examples.add("a.jsonl", {bad, bad, ExampleBuilder().json()});
        ExampleFilter filter;
        filter.maxRows = 2;
        const auto selected = select(examples.index(), filter, {});
        QVERIFY(selected);
        QCOMPARE((*selected)->ledger.rejected, std::uint64_t {2});
        QCOMPARE((*selected)->ledger.toExport, std::uint64_t {0});
        QCOMPARE((*selected)->ledger.overLimit, std::uint64_t {1});
    }

    void a_line_that_is_not_json_passes_every_filter()
    {
        IndexedFolder examples;
        examples.add("a.jsonl", {"oops", ExampleBuilder().with("source", "real").json()});
        ExampleFilter filter;
        filter.source = "mock";
        filter.industry = "plumbing";
        filter.labelled = true;
        filter.since = UtcTime(std::chrono::days(30'000));
        const auto selected = select(examples.index(), filter, {});
        QVERIFY(selected);
        QCOMPARE((*selected)->rejected, std::vector<RowNumber> {0});
        QCOMPARE((*selected)->facets.bySource, (std::vector<std::uint64_t> {1, 1}));
    }

    void the_first_and_last_time_are_of_all_rows_whatever_the_filters()
    {
        IndexedFolder examples;
        examples.add("a.jsonl",
            {ExampleBuilder().with("created_at", "2026-11-22T00:00:00Z").json(),
                ExampleBuilder().with("created_at", "1970-01-01T00:00:01Z").with("source", "real").json(),
                ExampleBuilder().with("created_at", "never").json()});
        ExampleFilter filter;
        filter.source = "mock";
        const auto selected = select(examples.index(), filter, {});
        QVERIFY(selected);
        QCOMPARE((*selected)->facets.earliestMs, std::int64_t {1000});
        QCOMPARE((*selected)->facets.latestMs, std::int64_t {1795305600000});
        QVERIFY((*select(IndexedFolder().index(), {}, {}))->facets.earliestMs == LineFacts::NoTime);
    }

    void rows_of_many_segments_are_selected_in_order()
    {
        IndexedFolder examples;
        const std::string good = ExampleBuilder().json();
        const std::string real = ExampleBuilder().with("source", "real").json();
        for (int file = 0; file < 40; ++file) {
            examples.add("f" + std::to_string(100 + file) + ".jsonl", {good, real, good});
        }
        IndexRequest request;
        request.files = examples.files();
        request.schema = defaultSchema();
        UtcTime now {};
        request.clock
            = [&now] { return now += std::chrono::seconds(1); }; // a picture and a segment each time
        IndexPtr index;
        QVERIFY(buildIndex(request, [&](IndexPtr picture) { index = std::move(picture); }, {}, {}));
        ExampleFilter filter;
        filter.source = "real";
        filter.maxRows = 25;
        const auto selected = select(index, filter, {});
        QVERIFY(selected);
        std::vector<RowNumber> expected;
        for (RowNumber file = 0; file < 25; ++file) {
            expected.push_back(3 * file + 1);
        }
        QCOMPARE((*selected)->kept, expected);
        QCOMPARE((*selected)->ledger.overLimit, std::uint64_t {15});
        QCOMPARE((*selected)->ledger.leftOut, std::uint64_t {80});
    }

    void a_stop_is_heard()
    {
        std::stop_source stop;
        stop.request_stop();
        const auto selected = select(m_index, {}, stop.get_token());
        QVERIFY(!selected);
        QCOMPARE(selected.error().code, ErrorCode::Cancelled);
    }
};

QTEST_GUILESS_MAIN(SelectionTest)
#include "tst_selection.moc"
