// SPDX-License-Identifier: Apache-2.0
#include "core/bundle/bundle_verifier.h"

#include "core/base/ascii.h"
#include "core/base/version.h"
#include "core/bundle/bundle_folder.h"
#include "core/bundle/bundle_names.h"
#include "core/bundle/info_check.h"
#include "core/bundle/row_recount.h"
#include "core/schema/builtin_schemas.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <optional>
#include <set>
#include <thread>
#include <utility>

namespace workbench {

namespace {

constexpr std::size_t ListedProblems = 1000;

/// A name out of the bundle may hold anything; one that is not plain is not shown.
std::string shownName(const std::string& name)
{
    const bool plain = name.size() <= 200
        && std::ranges::all_of(name, [](char c) { return isNameCharacter(c) || c == '.' || c == '/'; });
    return plain ? name : "(a name with other characters)";
}

/// The schema handed in, else the shipped one that comes nearest to what the bundle says.
SchemaPtr schemaFor(const DatasetInfo& info, SchemaPtr given)
{
    if (given) {
        return given;
    }
    const auto shippedBy = [](auto matches) -> SchemaPtr {
        for (const BuiltinSchema& shipped : builtinSchemas()) {
            const SchemaPtr schema = builtinSchema(shipped.name);
            if (schema && matches(*schema)) {
                return schema;
            }
        }
        return nullptr;
    };
    // Only the fingerprint says that it is the one. The other two find the schema a damaged bundle was
    // made with; that the fingerprint differs is then one of the problems.
    if (auto schema = shippedBy([&](const Schema& s) { return s.fingerprint() == info.schemaFingerprint; })) {
        return schema;
    }
    if (auto schema = shippedBy([&](const Schema& s) { return s.name() == info.schemaName; })) {
        return schema;
    }
    return shippedBy([&](const Schema& s) { return s.hash() == info.schemaHash; });
}

class Verifier {
public:
    Verifier(const std::string& folder, SchemaPtr schema, unsigned threads, std::stop_token stop,
        const std::function<void(const VerifyProgress&)>& progress)
        : m_path(folder)
        , m_folder(folder)
        , m_schema(std::move(schema))
        , m_threads(threads)
        , m_stop(std::move(stop))
        , m_report(progress)
    {
    }

    Result<Verification> run()
    {
        auto read = readInfo();
        if (!read) {
            return read.error();
        }
        if (!*read) {
            return std::move(m_out); // nothing else can be judged without it
        }
        m_schema = schemaFor(m_out.info, m_schema);
        if (!m_schema) {
            return Error {ErrorCode::Usage,
                m_path + ": its schema is none of the shipped ones; name it with --schema", m_path};
        }
        for (auto& what : faultsOfInfo(m_out.info, *m_schema)) {
            problem(InfoName, std::move(what));
        }
        for (const auto step : {&Verifier::compareEntries, &Verifier::readDataset, &Verifier::hashOthers,
                 &Verifier::compareFiles, &Verifier::compareRows, &Verifier::compareCard}) {
            if (auto done = (this->*step)(); !done) {
                return done.error();
            }
        }
        return std::move(m_out);
    }

private:
    void problem(const std::string& file, std::string what)
    {
        ++m_out.problemCount;
        if (m_out.problems.size() < ListedProblems) {
            m_out.problems.push_back({shownName(file), std::move(what)});
        }
    }

    /// False: it is there and cannot be read as what it should be.
    Result<bool> readInfo()
    {
        const std::string fault = m_folder.fault(InfoName);
        if (fault == BundleFolder::Missing) {
            return Error {
                ErrorCode::Io, m_path + " holds no bundle: there is no " + InfoName + " in it", m_path};
        }
        if (!fault.empty()) {
            problem(InfoName, fault);
            return false;
        }
        const auto text = m_folder.read(InfoName);
        if (!text) {
            return text.error();
        }
        auto info = parseDatasetInfo(*text, InfoName);
        if (!info) {
            problem(InfoName, "it cannot be read: " + info.error().message);
            return false;
        }
        m_out.info = std::move(*info);
        if (toJson(m_out.info) != *text) {
            problem(InfoName,
                "it is not written as the program writes it: a key is unknown, missing, repeated or "
                "elsewhere, or "
                "the spacing is another one");
        }
        return true;
    }

    /// Names are never taken from the bundle: these are all that may be in it.
    [[nodiscard]] std::set<std::string> possibleFiles() const
    {
        std::set<std::string> names {DatasetName, CardName};
        const SplitPlan plan(*m_schema, m_out.info.splitStrategy);
        for (const std::string& split : plan.names()) {
            names.insert(splitPath(split));
        }
        return names;
    }

    Result<void> compareEntries()
    {
        const std::set<std::string> possible = possibleFiles();
        for (const auto& [name, stated] : m_out.info.files) {
            if (!possible.contains(name)) {
                problem(name, "dataset_info.json names it, and no bundle has such a file");
                continue;
            }
            m_out.files.push_back({name, stated, false});
        }
        const auto entries = m_folder.entries();
        if (!entries) {
            return entries.error();
        }
        for (const std::string& name : *entries) {
            if (name != InfoName && !m_out.info.files.contains(name)) {
                problem(name, "it is in the folder, and dataset_info.json does not name it");
            }
        }
        for (const char* const name : {DatasetName, CardName}) {
            if (!m_out.info.files.contains(name)) {
                problem(name, "dataset_info.json does not name it");
            }
        }
        return {};
    }

    /// Guards the dataset's rows again. The very bytes that were guarded are hashed, and compared with the
    /// files of the splits; only what differs is read once more, for what it holds instead.
    Result<void> readDataset()
    {
        for (const VerifiedFile& file : m_out.files) {
            m_progress.bytesTotal += m_folder.sizeOf(file.path);
        }
        if (!mayBeRead(DatasetName)) {
            return {};
        }
        auto found = m_folder.find(DatasetName);
        if (!found) {
            return found.error();
        }
        m_recount.emplace(
            *m_schema, m_out.info.splitStrategy, [this](std::string what) { rowProblem(std::move(what)); });
        if (auto opened = m_recount->compareSplits(
                [this](const std::string& split, HashLane& hashing) { return fileOfSplit(split, hashing); });
            !opened) {
            return opened;
        }
        auto summary = guardAgain(
            *found, *m_recount,
            [this](const ScanProgress& progress) { told(progress.bytesRead + m_recount->comparedBytes()); },
            true);
        if (!summary) {
            return summary.error();
        }
        m_summary = std::move(*summary);
        if (m_recount->isWholeFile(found->file.bytes)) {
            found->is = m_recount->canonical();
        } else {
            found = m_folder.examine(DatasetName, m_stop, [](std::uint64_t) {});
            if (!found) {
                return found.error();
            }
        }
        m_found.emplace(DatasetName, std::move(*found));
        return takeSplits();
    }

    Result<std::optional<ComparedFile>> fileOfSplit(const std::string& split, HashLane& hashing)
    {
        if (!mayBeRead(splitPath(split))) {
            return std::optional<ComparedFile>();
        }
        auto file = m_folder.compare(splitPath(split), hashing);
        return file ? Result(std::optional(std::move(*file))) : file.error();
    }

    /// Files of splits that are what they should be have been read.
    Result<void> takeSplits()
    {
        m_splits = m_recount->splits();
        for (const auto& [name, split] : m_splits) {
            if (split.file) {
                auto found = m_folder.find(splitPath(name));
                if (!found) {
                    return found.error();
                }
                found->is = *split.file;
                m_found.emplace(splitPath(name), std::move(*found));
            }
        }
        return {};
    }

    /// All files that were not read beside the dataset, several at once.
    Result<void> hashOthers()
    {
        std::vector<std::string> paths;
        for (const VerifiedFile& file : m_out.files) {
            if (!m_found.contains(file.path) && mayBeRead(file.path)) {
                paths.push_back(file.path);
            }
        }
        std::vector<std::optional<Result<FoundFile>>> found(paths.size());
        std::atomic<std::size_t> next = 0;
        std::atomic<std::uint64_t> done = 0;
        for (const auto& [path, file] : m_found) {
            done += file.file.bytes;
        }
        const auto work = [&](const std::function<void()>& afterPiece) {
            for (std::size_t place = next++; place < paths.size(); place = next++) {
                found[place] = m_folder.examine(paths[place], m_stop, [&](std::uint64_t bytes) {
                    done += bytes;
                    afterPiece();
                });
            }
        };
        const auto tell = [&] { told(done); };
        {
            std::vector<std::jthread> others;
            for (std::size_t thread = 1; thread < m_threads && thread < paths.size(); ++thread) {
                others.emplace_back([&work] { work([] {}); });
            }
            work(tell);
        }
        tell();
        for (std::size_t place = 0; place < paths.size(); ++place) {
            if (!*found[place]) {
                return found[place]->error();
            }
            m_found.emplace(paths[place], std::move(**found[place]));
        }
        return {};
    }

    [[nodiscard]] bool mayBeRead(const std::string& path) const
    {
        return std::ranges::any_of(m_out.files, [&](const VerifiedFile& file) { return file.path == path; })
            && m_folder.fault(path).empty();
    }

    Result<void> compareFiles()
    {
        for (VerifiedFile& file : m_out.files) {
            const auto at = m_found.find(file.path);
            if (at == m_found.end()) {
                std::string fault = m_folder.fault(file.path);
                problem(file.path, fault.empty() ? "it was not there a moment ago" : std::move(fault));
                continue;
            }
            BundleFile& is = at->second.is;
            if (file.path == CardName) {
                is.rows = 0; // lines of the card are no rows
            }
            const std::uint64_t before = m_out.problemCount;
            if (is.bytes != file.stated.bytes) {
                problem(file.path,
                    "it has " + std::to_string(is.bytes) + " bytes, not "
                        + std::to_string(file.stated.bytes));
            }
            if (is.sha256 != file.stated.sha256) {
                problem(file.path, "its SHA-256 is another one");
            }
            if (is.rows != file.stated.rows) {
                problem(file.path,
                    "it has " + std::to_string(is.rows) + " rows, not " + std::to_string(file.stated.rows));
            }
            file.intact = before == m_out.problemCount;
        }
        return {};
    }

    /// A problem of the dataset's rows, told once those of its bytes are.
    void rowProblem(std::string what)
    {
        ++m_rowProblemCount;
        if (m_rowProblems.size() < ListedProblems) {
            m_rowProblems.push_back(std::move(what));
        }
    }

    Result<void> compareRows()
    {
        if (!m_recount) {
            return {};
        }
        for (std::string& what : m_rowProblems) {
            problem(DatasetName, std::move(what));
        }
        m_out.problemCount += m_rowProblemCount - m_rowProblems.size();
        m_out.rowsGuarded = m_summary.read;
        m_out.featuresWithoutValue = m_recount->featuresWithoutValue();
        for (auto& what : faultsOfCounts(m_out.info, *m_schema, m_summary)) {
            problem(InfoName, std::move(what));
        }
        const FoundFile& dataset = m_found.at(DatasetName);
        if (!m_recount->isWholeFile(dataset.file.bytes)) {
            const std::uint64_t line = m_recount->firstOtherLine();
            problem(DatasetName,
                line == 0 ? std::string("it is not written as the guard writes rows, at its end")
                          : "line " + std::to_string(line) + " is not written as the guard writes rows");
        }
        return compareSplits();
    }

    Result<ScanSummary> guardAgain(
        const FoundFile& found, ScanSink& sink, const ProgressFn& progress, bool values = false)
    {
        ScanRequest request;
        request.schema = m_schema;
        request.files = {found.file};
        request.shape = LineShape::GuardedRow;
        request.threads = m_threads;
        request.collectValues = values;
        return scan(request, sink, m_stop, progress);
    }

    Result<void> compareSplits()
    {
        std::map<std::string, std::uint64_t> rows;
        std::set<std::string> paths;
        for (const auto& [name, split] : m_splits) {
            rows[name] = split.rows;
            paths.insert(splitPath(name));
            const auto found = m_found.find(splitPath(name));
            if (found == m_found.end()) {
                if (!m_out.info.files.contains(splitPath(name))) {
                    problem(splitPath(name), "rows of dataset.jsonl belong in it, and there is none");
                }
                continue;
            }
            if (split.file) {
                continue; // row for row what passed the guard just now
            }
            problem(splitPath(name),
                "it does not hold exactly the rows of dataset.jsonl that belong in it, in their order");
            RowRecount again(*m_schema, SplitStrategy::None,
                [this, name = name](std::string what) { problem(splitPath(name), std::move(what)); });
            if (auto summary = guardAgain(found->second, again, {}); !summary) {
                return summary.error();
            }
        }
        for (const auto& [path, found] : m_found) {
            const bool isSplit = path != DatasetName && path != CardName;
            if (isSplit && !paths.contains(path)) {
                problem(path, "no row of dataset.jsonl belongs in it");
            }
        }
        if (rows != m_out.info.splits) {
            problem(InfoName, "\"splits\" is not what the rows of dataset.jsonl come to");
        }
        return {};
    }

    Result<void> compareCard()
    {
        if (!m_found.contains(CardName)) {
            return {};
        }
        const auto text = m_folder.read(CardName);
        if (!text) {
            return text.error();
        }
        m_out.cardIsKnown = *text == datasetCard(m_out.info, *m_schema);
        const bool ofThisVersion = m_out.info.generator == Generator;
        if (text->find(provenanceLine(m_out.info)) == std::string::npos
            || (ofThisVersion && !m_out.cardIsKnown)) {
            problem(CardName, "it does not say what dataset_info.json says");
        }
        return {};
    }

    /// So many bytes were read. What is read once more, or is not there after all, is not counted.
    void told(std::uint64_t bytesDone)
    {
        m_progress.bytesDone = std::clamp(bytesDone, m_progress.bytesDone, m_progress.bytesTotal);
        if (m_report) {
            m_report(m_progress);
        }
    }

    std::string m_path;
    BundleFolder m_folder;
    SchemaPtr m_schema;
    unsigned m_threads;
    std::stop_token m_stop;
    const std::function<void(const VerifyProgress&)>& m_report;
    VerifyProgress m_progress;
    std::map<std::string, FoundFile> m_found;
    std::optional<RowRecount> m_recount; ///< of the dataset, when it could be read
    std::map<std::string, RecountedSplit> m_splits; ///< likewise
    ScanSummary m_summary; ///< likewise
    std::vector<std::string> m_rowProblems; ///< the first of them
    std::uint64_t m_rowProblemCount = 0;
    Verification m_out;
};

} // namespace

Result<Verification> verifyBundle(const std::string& folder, SchemaPtr schema, unsigned threads,
    std::stop_token stop, const std::function<void(const VerifyProgress&)>& progress)
{
    return Verifier(folder, std::move(schema), threads, std::move(stop), progress).run();
}

} // namespace workbench
