// SPDX-License-Identifier: Apache-2.0
#include "core/bundle/bundle_verifier.h"

#include "core/base/version.h"
#include "core/bundle/bundle_folder.h"
#include "core/bundle/info_check.h"
#include "core/bundle/row_recount.h"
#include "core/schema/builtin_schemas.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace workbench {

namespace {

constexpr const char* InfoName = "dataset_info.json";
constexpr const char* DatasetName = "dataset.jsonl";
constexpr const char* CardName = "README.md";
constexpr std::size_t ListedProblems = 1000;

std::string splitPath(const std::string& name) { return "splits/" + name + ".jsonl"; }

/// A name out of the bundle may hold anything; one that is not plain is not shown.
std::string shownName(const std::string& name)
{
    const bool plain = name.size() <= 200 && std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.'
            || c == '_' || c == '-' || c == '/';
    });
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
        for (const auto step : {&Verifier::compareEntries, &Verifier::hashFiles, &Verifier::recountRows,
                 &Verifier::compareCard}) {
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
        if (fault == "it is missing") {
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

    Result<void> hashFiles()
    {
        for (const VerifiedFile& file : m_out.files) {
            m_progress.bytesTotal += m_folder.sizeOf(file.path) * (file.path == DatasetName ? 2 : 1);
        }
        for (VerifiedFile& file : m_out.files) {
            if (std::string fault = m_folder.fault(file.path); !fault.empty()) {
                problem(file.path, std::move(fault));
                continue;
            }
            auto found = m_folder.examine(file.path, m_stop, [this](std::uint64_t bytes) { advance(bytes); });
            if (!found) {
                return found.error();
            }
            if (file.path == CardName) {
                found->is.rows = 0; // lines of the card are no rows
            }
            const std::uint64_t before = m_out.problemCount;
            if (found->is.bytes != file.stated.bytes) {
                problem(file.path,
                    "it has " + std::to_string(found->is.bytes) + " bytes, not "
                        + std::to_string(file.stated.bytes));
            }
            if (found->is.sha256 != file.stated.sha256) {
                problem(file.path, "its SHA-256 is another one");
            }
            if (found->is.rows != file.stated.rows) {
                problem(file.path,
                    "it has " + std::to_string(found->is.rows) + " rows, not "
                        + std::to_string(file.stated.rows));
            }
            file.intact = before == m_out.problemCount;
            m_found.emplace(file.path, std::move(*found));
        }
        return {};
    }

    Result<void> recountRows()
    {
        const auto dataset = m_found.find(DatasetName);
        if (dataset == m_found.end()) {
            return {};
        }
        const std::uint64_t before = m_progress.bytesDone;
        RowRecount recount(*m_schema, m_out.info.splitStrategy,
            [this](std::string what) { problem(DatasetName, std::move(what)); });
        const auto summary = guardAgain(
            dataset->second, recount,
            [this, before](const ScanProgress& progress) {
                m_progress.bytesDone = before;
                advance(progress.bytesRead);
            },
            true);
        if (!summary) {
            return summary.error();
        }
        m_out.rowsGuarded = summary->read;
        m_out.featuresWithoutValue = recount.featuresWithoutValue();
        for (auto& what : faultsOfCounts(m_out.info, *m_schema, *summary)) {
            problem(InfoName, std::move(what));
        }
        if (recount.canonical().sha256 != dataset->second.is.sha256) {
            if (auto named = nameOtherLine(dataset->second, recount.firstOtherLine()); !named) {
                return named;
            }
        }
        return compareSplits(recount.splits());
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

    Result<void> nameOtherLine(const FoundFile& found, std::uint64_t line)
    {
        if (line == 0) { // the lengths are right, so the bytes have to tell
            const auto file = openForReading(found.file.path);
            if (!file) {
                return file.error();
            }
            LineComparison comparison(file->get());
            if (auto summary = guardAgain(found, comparison, {}); !summary) {
                return summary.error();
            }
            line = comparison.firstOtherLine();
        }
        problem(found.file.name,
            line == 0 ? std::string("it is not written as the guard writes rows, at its end")
                      : "line " + std::to_string(line) + " is not written as the guard writes rows");
        return {};
    }

    Result<void> compareSplits(const std::map<std::string, BundleFile>& wanted)
    {
        std::map<std::string, std::uint64_t> rows;
        std::set<std::string> paths;
        for (const auto& [name, split] : wanted) {
            rows[name] = split.rows;
            paths.insert(splitPath(name));
            const auto found = m_found.find(splitPath(name));
            if (found == m_found.end()) {
                if (!m_out.info.files.contains(splitPath(name))) {
                    problem(splitPath(name), "rows of dataset.jsonl belong in it, and there is none");
                }
                continue;
            }
            if (found->second.is.sha256 == split.sha256) {
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
        const bool ours = m_out.info.generator == Generator;
        if (text->find(provenanceLine(m_out.info)) == std::string::npos
            || (ours && *text != datasetCard(m_out.info, *m_schema))) {
            problem(CardName, "it does not say what dataset_info.json says");
        }
        return {};
    }

    void advance(std::uint64_t bytes)
    {
        m_progress.bytesDone += bytes;
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
    Verification m_out;
};

} // namespace

Result<Verification> verifyBundle(const std::string& folder, SchemaPtr schema, unsigned threads,
    std::stop_token stop, const std::function<void(const VerifyProgress&)>& progress)
{
    return Verifier(folder, std::move(schema), threads, std::move(stop), progress).run();
}

} // namespace workbench
