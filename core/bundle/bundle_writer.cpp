// SPDX-License-Identifier: Apache-2.0
#include "core/bundle/bundle_writer.h"

#include "core/base/ascii.h"
#include "core/base/without_throwing.h"
#include "core/bundle/bundle_names.h"

#include <algorithm>
#include <bit>
#include <cerrno>
#include <set>
#include <thread>
#include <utility>

#include <sys/stat.h>

namespace workbench {

namespace {

constexpr std::size_t LargestPiece = std::size_t {1} << 20;
constexpr std::size_t SmallestPiece = std::size_t {64} << 10;
constexpr std::size_t SplitsMemory = std::size_t {16}
    << 20; ///< all splits together, unless they are very many
/// A flush waits for the file system's journal, which takes those that come together in one go.
constexpr std::size_t FlushedAtOnce = 8;

/// Safe as a file name and as what the loader calls a split.
bool isSplitName(std::string_view name)
{
    return !name.empty() && name.size() <= 128 && std::ranges::all_of(name, isNameCharacter);
}

/// `bundle` is where the bundle would have appeared.
Error writeFailure(const std::string& bundle, std::string_view name, int errorNumber)
{
    // EFBIG is a limit on file sizes: for who meets it the same thing.
    if (errorNumber == ENOSPC || errorNumber == EDQUOT || errorNumber == EFBIG) {
        const std::string folder = parentFolder(bundle);
        const std::string what = errorNumber == ENOSPC ? "no space left" : errnoText(errorNumber);
        return {ErrorCode::Io, what + " in " + folder + ": nothing was kept", folder, errorNumber};
    }
    const std::string path = bundle + '/' + std::string(name);
    return {ErrorCode::Io, path + ": " + errnoText(errorNumber) + ": nothing was kept", path, errorNumber};
}

/// Each split that has a row holds a piece of its own.
std::size_t pieceOfSplits(std::size_t splits)
{
    const std::size_t share = SplitsMemory / std::max<std::size_t>(splits, 1);
    return std::clamp(std::bit_floor(share), SmallestPiece, LargestPiece);
}

std::shared_ptr<WriteBuffers> buffersOf(std::size_t piece)
{
    return std::make_shared<WriteBuffers>(piece, WriteBuffers::inLargePage(piece));
}

} // namespace

void HashedFile::Output::write(std::string_view bytes)
{
    if (error != 0) {
        return;
    }
    if (!file) {
        note(file.create(path));
    }
    if (error == 0) {
        note(file.write(bytes));
        unflushed += bytes.size();
    }
}

// The kernel tells a failed flush once: a later one may say that all is well.
void HashedFile::Output::flush() { note(file.flush()); }

void HashedFile::Output::finish()
{
    if (error == 0) {
        note(file.finish());
    }
}

void HashedFile::Output::note(int errorNumber)
{
    int none = 0;
    error.compare_exchange_strong(none, errorNumber);
}

HashedFile::HashedFile(const std::string& folder, std::string bundle, std::string name,
    std::shared_ptr<WriteBuffers> buffers, FileLanes lanes)
    : m_output(std::make_shared<Output>())
    , m_bundle(std::move(bundle))
    , m_name(std::move(name))
    , m_buffers(std::move(buffers))
    , m_lanes(lanes)
{
    m_output->path = folder + '/' + m_name;
}

Result<void> HashedFile::finish()
{
    if (m_lanes.hashing != nullptr) {
        m_lanes.hashing->drain(); // first: it hands to the other
    }
    if (m_lanes.writing != nullptr) {
        m_lanes.writing->drain();
    }
    if (m_lanes.flushing != nullptr) {
        m_lanes.flushing->drain();
    }
    m_output->hash.update(m_buffer.bytes());
    m_output->write(m_buffer.bytes());
    m_buffer = {};
    m_output->finish();
    if (m_output->error != 0) {
        return failure(m_output->error);
    }
    m_stated.sha256 = m_output->hash.finish();
    return {};
}

Result<void> HashedFile::handBuffer()
{
    if (!m_buffer) { // before the first row
        m_buffer = m_buffers->take();
        return {};
    }
    if (m_lanes.hashing == nullptr) {
        m_output->hash.update(m_buffer.bytes());
    }
    if (m_lanes.writing == nullptr) {
        m_output->write(m_buffer.bytes());
        m_buffer.clear();
    } else {
        // A function has to be copyable, a buffer is not.
        const auto piece = std::make_shared<WriteBuffer>(std::exchange(m_buffer, m_buffers->take()));
        auto write = [output = m_output, buffers = m_buffers, piece, lanes = m_lanes] {
            output->write(piece->bytes());
            buffers->giveBack(std::move(*piece));
            flushEarly(output, lanes);
        };
        if (m_lanes.hashing == nullptr) {
            m_lanes.writing->hand(std::move(write));
        } else {
            m_lanes.hashing->hand({std::shared_ptr<Sha256>(m_output, &m_output->hash), piece->bytes(),
                [writing = m_lanes.writing, write = std::move(write)] { writing->hand(write); }});
        }
    }
    const int error = m_output->error;
    return error == 0 ? Result<void>() : failure(error);
}

void HashedFile::flushEarly(const std::shared_ptr<Output>& output, const FileLanes& lanes)
{
    if (lanes.flushing != nullptr && output->error == 0 && output->unflushed >= lanes.flushedEarly
        && lanes.flushing->offer([output] { output->flush(); })) {
        output->unflushed = 0;
    }
}

Error HashedFile::failure(int errorNumber) const { return writeFailure(m_bundle, m_name, errorNumber); }

Result<BundleWriter> BundleWriter::create(
    std::string folder, std::string shownAs, SchemaPtr schema, SplitStrategy strategy, unsigned threads)
{
    BundleWriter writer(std::move(folder), std::move(shownAs), std::move(schema), strategy, threads);
    std::set<std::string_view> seen;
    for (const std::string& name : writer.m_plan.names()) {
        if (!isSplitName(name) || !seen.insert(name).second) {
            return Error {ErrorCode::Usage,
                "the schema's sources and industries do not name splits as files; only --split=none works "
                "with it",
                writer.m_schema->name()};
        }
    }
    return writer;
}

BundleWriter::BundleWriter(
    std::string folder, std::string shownAs, SchemaPtr schema, SplitStrategy strategy, unsigned threads)
    : m_folder(std::move(folder))
    , m_shownAs(std::move(shownAs))
    , m_schema(std::move(schema))
    , m_strategy(strategy)
    , m_plan(*m_schema, strategy)
    , m_flushing(std::make_unique<WriteLane>())
    , m_writing(std::make_unique<WriteLane>())
    , m_writingSplits(
          threads > 1 && strategy != SplitStrategy::None ? std::make_unique<WriteLane>() : nullptr)
    , m_hashing(std::make_shared<HashLane>())
    , m_open(m_hashing.get())
    , m_buffers(buffersOf(LargestPiece))
    , m_dataset(m_folder, m_shownAs, DatasetName, m_buffers,
          FileLanes {m_hashing.get(), m_writing.get(), m_flushing.get()})
    , m_bySource(m_schema->sources().size())
    , m_byIndustry(m_schema->industries().size())
{
    const std::size_t names = m_plan.names().size();
    const std::size_t piece = pieceOfSplits(names);
    const auto buffers = piece == LargestPiece ? m_buffers : buffersOf(piece);
    m_splits.reserve(names);
    for (const std::string& name : m_plan.names()) {
        m_splits.emplace_back(m_folder, m_shownAs, splitPath(name), buffers,
            FileLanes {m_hashing.get(), m_writingSplits ? m_writingSplits.get() : m_writing.get(),
                m_flushing.get()});
    }
}

Result<void> BundleWriter::add(const GuardedRow& row)
{
    ++m_bySource[row.source()];
    ++m_byIndustry[row.industry()];
    if (m_strategy != SplitStrategy::None) {
        if (!std::exchange(m_splitsFolderMade, true)) {
            const std::string folder = m_folder + '/' + SplitsFolder;
            if (::mkdir(folder.c_str(), mode_t {0755}) != 0) {
                return writeFailure(m_shownAs, SplitsFolder, errno);
            }
        }
        if (auto added = m_splits[m_plan.splitOf(row)].append(row.bytes()); !added) {
            return added;
        }
    }
    return m_dataset.append(row.bytes());
}

Result<void> BundleWriter::finish(DatasetInfo& info)
{
    info.schemaName = m_schema->name();
    info.schemaVersion = m_schema->version();
    info.schemaHash = m_schema->hash();
    info.schemaFingerprint = m_schema->fingerprint();
    info.features = m_schema->features();
    info.featureDetailsKnown = true;
    info.splitStrategy = m_strategy;
    if (auto finished = finishRows(info); !finished) {
        return finished;
    }
    const auto card = writeText(CardName, datasetCard(info, *m_schema));
    if (!card) {
        return card.error();
    }
    info.files[CardName] = *card;
    const auto written = writeText(InfoName, toJson(info));
    return written ? Result<void>() : written.error();
}

Result<void> BundleWriter::finishRows(DatasetInfo& info)
{
    info.totalRows = m_dataset.rows();
    info.bySource = namedCounts(m_schema->sources(), m_bySource);
    info.byIndustry = namedCounts(m_schema->industries(), m_byIndustry);
    if (auto finished = finishFiles(); !finished) {
        return finished;
    }
    info.files[DatasetName] = m_dataset.stated();
    for (std::size_t place = 0; place < m_splits.size(); ++place) {
        if (m_splits[place].rows() == 0) {
            continue; // never an empty file
        }
        const std::string& name = m_plan.names()[place];
        info.splits[name] = m_splits[place].rows();
        info.files[splitPath(name)] = m_splits[place].stated();
    }
    return {};
}

Result<void> BundleWriter::finishFiles()
{
    std::vector<HashedFile*> files {&m_dataset};
    for (HashedFile& split : m_splits) {
        if (split.rows() > 0) {
            files.push_back(&split);
        }
    }
    std::vector<Result<void>> finished(files.size());
    std::atomic<std::size_t> next = 0;
    const auto finishSome = [&] {
        for (std::size_t file = next++; file < files.size(); file = next++) {
            finished[file] = withoutThrowing([&] { return files[file]->finish(); });
        }
    };
    {
        std::vector<std::jthread> others;
        for (std::size_t other = 1; other < std::min(files.size(), FlushedAtOnce); ++other) {
            others.emplace_back(finishSome);
        }
        finishSome();
    }
    const auto failed = std::ranges::find_if(finished, [](const Result<void>& file) { return !file; });
    return failed == finished.end() ? Result<void>() : *failed;
}

Result<BundleFile> BundleWriter::writeText(const std::string& name, std::string_view text)
{
    HashedFile file(m_folder, m_shownAs, name, std::make_shared<WriteBuffers>(SmallestPiece));
    auto written = file.append(text);
    if (written) {
        written = file.finish();
    }
    if (!written) {
        return written.error();
    }
    BundleFile stated = file.stated();
    stated.rows = 0;
    return stated;
}

} // namespace workbench
