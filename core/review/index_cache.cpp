// SPDX-License-Identifier: Apache-2.0
#include "core/review/index_cache.h"

#include "core/base/sha256.h"
#include "core/base/version.h"
#include "core/row/row_columns.h"

#include <algorithm>
#include <cstring>
#include <string_view>
#include <sys/stat.h>
#include <unistd.h>

namespace workbench {

namespace {

constexpr std::string_view Suffix = ".index";
/// Changes with every change of what is kept or of how it lies there.
constexpr std::string_view CacheForm = "index 3";
/// File systems count time in steps; the coarsest that is in use takes steps of two seconds.
constexpr auto CoarsestTime = std::chrono::seconds(2);

/// Numbers and texts behind each other.
class ContentsWriter {
public:
    void number(std::uint64_t number)
    {
        const auto bytes = std::as_bytes(std::span(&number, 1));
        m_bytes.insert(m_bytes.end(), bytes.begin(), bytes.end());
    }
    void text(std::string_view text)
    {
        number(text.size());
        const auto bytes = std::as_bytes(std::span(text));
        m_bytes.insert(m_bytes.end(), bytes.begin(), bytes.end());
    }
    template <class Numbers> void numbers(const Numbers& all)
    {
        number(all.size());
        for (const auto each : all) {
            number(each);
        }
    }
    void texts(const std::vector<std::string>& all)
    {
        number(all.size());
        for (const auto& each : all) {
            text(each);
        }
    }
    [[nodiscard]] const std::vector<std::byte>& bytes() const { return m_bytes; }

private:
    std::vector<std::byte> m_bytes;
};

class ContentsReader {
public:
    explicit ContentsReader(std::span<const std::byte> bytes) : m_rest(bytes) {}

    std::uint64_t number()
    {
        std::uint64_t number = 0;
        m_fits = m_fits && m_rest.size() >= sizeof number;
        if (m_fits) {
            std::memcpy(&number, m_rest.data(), sizeof number);
            m_rest = m_rest.subspan(sizeof number);
        }
        return number;
    }
    /// A count of things that take at least one number each.
    std::size_t count()
    {
        const std::uint64_t many = number();
        m_fits = m_fits && many <= m_rest.size() / sizeof many;
        return m_fits ? static_cast<std::size_t>(many) : 0;
    }
    std::string text()
    {
        const std::uint64_t size = number();
        m_fits = m_fits && size <= m_rest.size();
        if (!m_fits) {
            return {};
        }
        std::string text(reinterpret_cast<const char*>(m_rest.data()), static_cast<std::size_t>(size));
        m_rest = m_rest.subspan(text.size());
        return text;
    }
    /// Into a place that holds as many.
    void numbers(std::span<std::uint64_t> all)
    {
        m_fits = count() == all.size() && m_fits;
        for (auto& each : all) {
            each = number();
        }
    }
    std::vector<std::uint64_t> numbers()
    {
        std::vector<std::uint64_t> all(count());
        for (auto& each : all) {
            each = number();
        }
        return all;
    }
    std::shared_ptr<const std::vector<std::string>> texts()
    {
        auto all = std::make_shared<std::vector<std::string>>(count());
        for (auto& each : *all) {
            each = text();
        }
        return all;
    }
    [[nodiscard]] bool ended() const { return m_fits && m_rest.empty(); }

private:
    std::span<const std::byte> m_rest;
    bool m_fits = true;
};

void writeSummary(ContentsWriter& out, const ScanSummary& summary)
{
    for (const std::uint64_t each : {summary.read, summary.overLimit, summary.matched, summary.accepted,
             summary.rejected, summary.bytes}) {
        out.number(each);
    }
    out.numbers(summary.rejectionsByRule);
    out.numbers(summary.withheld);
    out.numbers(summary.bySource);
    out.numbers(summary.byIndustry);
    out.number(summary.labels.inUse ? 1 : 0);
    out.number(summary.labels.files);
    out.number(summary.labels.withoutExample);
    out.texts(summary.labels.namesWithoutExample);
    out.number(summary.labels.refusedNames);
}

void readSummary(ContentsReader& in, ScanSummary& summary)
{
    for (std::uint64_t* each : {&summary.read, &summary.overLimit, &summary.matched, &summary.accepted,
             &summary.rejected, &summary.bytes}) {
        *each = in.number();
    }
    in.numbers(summary.rejectionsByRule);
    in.numbers(summary.withheld);
    summary.bySource = in.numbers();
    summary.byIndustry = in.numbers();
    summary.labels.inUse = in.number() != 0;
    summary.labels.files = in.number();
    summary.labels.withoutExample = in.number();
    summary.labels.namesWithoutExample = *in.texts();
    summary.labels.refusedNames = in.number();
}

void writeFindings(ContentsWriter& out, const ExampleIndex::State& state)
{
    out.number(state.findingCount);
    for (std::size_t place = 0; place < state.findingCount; ++place) {
        const IndexedFinding& finding = state.findings->entries[place];
        out.number(std::uint64_t {finding.row} << 8U | static_cast<std::uint64_t>(finding.rule));
        out.number(std::uint64_t {finding.path} << 32U | finding.masked);
    }
}

void readFindings(ContentsReader& in, ExampleIndex::State& state)
{
    state.findingCount = in.count();
    const auto findings = std::make_shared<FindingBuffer>(std::max<std::size_t>(state.findingCount, 1));
    for (std::size_t place = 0; place < state.findingCount; ++place) {
        const std::uint64_t rowAndRule = in.number();
        const std::uint64_t texts = in.number();
        findings->entries[place]
            = {static_cast<RowNumber>(rowAndRule >> 8U), static_cast<Rule>(rowAndRule & 0xffU),
                static_cast<std::uint32_t>(texts >> 32U), static_cast<std::uint32_t>(texts)};
    }
    state.findings = findings;
}

/// Every number that others use as a place points at something.
bool pointsAtThings(const ExampleIndex::State& state)
{
    const std::span findings(state.findings->entries.get(), state.findingCount);
    return std::ranges::is_sorted(findings, {}, &IndexedFinding::row)
        && (findings.empty() || findings.back().row < state.rows)
        && std::ranges::all_of(findings, [&](const IndexedFinding& finding) {
               return static_cast<std::size_t>(finding.rule) < RuleCount && finding.path < state.paths->size()
                   && finding.masked < state.shapes->size();
           });
}

/// Removes the least recently used until the rest is no larger than `most`.
void makeRoom(const std::string& folder, std::uint64_t most)
{
    struct Kept {
        std::string path;
        std::uint64_t bytes = 0;
        timespec used {};
    };
    const auto names = folderEntries(folder);
    if (!names) {
        return;
    }
    std::vector<Kept> all;
    std::uint64_t total = 0;
    const std::string inside = folder + '/';
    for (const std::string& name : *names) {
        struct stat state {};
        const std::string path = inside + name;
        if (name.ends_with(Suffix) && ::lstat(path.c_str(), &state) == 0 && S_ISREG(state.st_mode)) {
            all.push_back({path, static_cast<std::uint64_t>(state.st_size), state.st_mtim});
            total += all.back().bytes;
        }
    }
    std::ranges::sort(all, [](const Kept& a, const Kept& b) {
        return a.used.tv_sec != b.used.tv_sec ? a.used.tv_sec < b.used.tv_sec
                                              : a.used.tv_nsec < b.used.tv_nsec;
    });
    for (auto oldest = all.begin(); oldest != all.end() && total > most; ++oldest) {
        ::unlink(oldest->path.c_str()); // who has it open keeps what he has
        total -= oldest->bytes;
    }
}

} // namespace

std::optional<IndexCacheKey> indexCacheKey(
    const std::string& cacheFolder, const ExampleFiles& files, const Schema& schema)
{
    struct stat state {};
    if (!makeFolders(cacheFolder, 0700) || ::lstat(cacheFolder.c_str(), &state) != 0
        || !S_ISDIR(state.st_mode) || state.st_uid != ::geteuid()
        || (state.st_mode & (S_IWGRP | S_IWOTH)) != 0) {
        return std::nullopt;
    }
    static_cast<void>(StagedFile::removeLeftovers(cacheFolder)); // they only take room
    ContentsWriter folder;
    folder.text(files.folder);
    folder.text(schema.fingerprint());
    ContentsWriter all;
    all.text(CacheForm);
    all.text(Version);
    all.text(schema.fingerprint());
    all.number(files.files.size());
    for (const ExampleFile& file : files.files) {
        all.text(file.path);
        all.number(file.bytes);
        all.number(static_cast<std::uint64_t>(file.modifiedNs));
        all.number(file.inode);
        all.number(file.store ? 1 : 0);
        all.number(file.logBytes); // what a store's log holds is in no file's size or time
        all.number(static_cast<std::uint64_t>(file.logModifiedNs));
    }
    all.text(files.labels ? files.labels->describe() : std::string());
    const auto digest = [](const ContentsWriter& contents) {
        return Sha256::of({reinterpret_cast<const char*>(contents.bytes().data()), contents.bytes().size()});
    };
    constexpr std::size_t NameLength = 32;
    return IndexCacheKey {
        cacheFolder + '/' + digest(folder).substr(0, NameLength) + std::string(Suffix), digest(all)};
}

bool filesAreSettled(const ExampleFiles& files, UtcTime now)
{
    const auto latest
        = std::chrono::duration_cast<std::chrono::nanoseconds>((now - CoarsestTime).time_since_epoch());
    const bool labelsAreSettled = !files.labels || files.labels->lastModifiedNs() < latest.count();
    return labelsAreSettled && std::ranges::all_of(files.files, [&](const ExampleFile& file) {
        return std::max(file.modifiedNs, file.logModifiedNs) < latest.count();
    });
}

bool KeptIndex::readSegment()
{
    const std::size_t next = state.segments.size();
    if (next >= pieces.size()) {
        return false;
    }
    auto segment
        = file.read(pieces[next], buffer) ? IndexSegment::over(buffer, file.place(pieces[next])) : nullptr;
    const std::size_t first
        = next == 0 ? 0 : std::size_t {state.segments.back()->firstRow} + state.segments.back()->rows();
    if (!segment || segment->firstRow != first || segment->values->columns() != state.columns->size()) {
        return false;
    }
    state.segments.push_back(std::move(segment));
    return true;
}

std::optional<KeptIndex> readIndexCache(
    const IndexCacheKey& key, const ExampleFiles& files, const SchemaPtr& schema)
{
    auto file = IndexFile::open(key.path);
    if (!file) {
        return std::nullopt;
    }
    ContentsReader in(file->contents());
    if (in.text() != key.fingerprint) {
        return std::nullopt;
    }
    KeptIndex kept {{}, {}, {}, std::move(*file), {}};
    readSummary(in, kept.summary);
    kept.pieces.resize(in.count());
    for (IndexFilePiece& piece : kept.pieces) {
        piece.offset = in.number();
        piece.size = in.number();
        piece.checksum = in.number();
    }
    kept.state.files = std::make_shared<const ExampleFiles>(files);
    kept.state.schema = schema;
    kept.state.columns = std::make_shared<const RowColumns>(*schema);
    kept.state.rows = kept.summary.read;
    readFindings(in, kept.state);
    kept.state.pressureKeySets = in.texts();
    kept.state.paths = in.texts();
    kept.state.shapes = in.texts();
    return in.ended() && pointsAtThings(kept.state) ? std::optional(std::move(kept)) : std::nullopt;
}

void keepIndex(const IndexCacheKey& key, const ExampleIndex::State& state, const ScanSummary& summary,
    IndexFileWriter& writer, std::uint64_t most)
{
    ContentsWriter out;
    out.text(key.fingerprint);
    writeSummary(out, summary);
    out.number(writer.pieces().size());
    for (const IndexFilePiece& piece : writer.pieces()) {
        out.number(piece.offset);
        out.number(piece.size);
        out.number(piece.checksum);
    }
    writeFindings(out, state);
    out.texts(*state.pressureKeySets);
    out.texts(*state.paths);
    out.texts(*state.shapes);
    if (writer.keep(out.bytes())) {
        makeRoom(parentFolder(key.path), most);
    }
}

} // namespace workbench
