// SPDX-License-Identifier: Apache-2.0
#include "core/input/example_files.h"

#include "core/base/file.h"
#include "core/input/packed_text.h"
#include "core/input/store_header.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <memory>
#include <string_view>
#include <sys/stat.h>
#include <variant>

namespace workbench {

namespace {

/// "it is a folder": what stands where a file should, or nothing for a regular file.
std::string whatElseItIs(mode_t mode)
{
    if (S_ISREG(mode)) {
        return {};
    }
    if (S_ISDIR(mode)) {
        return "it is a folder";
    }
    if (S_ISFIFO(mode)) {
        return "it is a pipe";
    }
    if (S_ISSOCK(mode)) {
        return "it is a socket";
    }
    return "it is a device";
}

void note(const struct stat& entry, ExampleFile& file)
{
    file.bytes = static_cast<std::uint64_t>(entry.st_size);
    file.modifiedNs = modifiedNs(entry);
    file.inode = entry.st_ino;
}

/// An empty log says as much as none: it comes and goes with whoever looks into the database.
void noteLog(ExampleFile& file)
{
    struct stat log {};
    if (::stat((file.path + "-wal").c_str(), &log) == 0 && log.st_size > 0) {
        file.logBytes = static_cast<std::uint64_t>(log.st_size);
        file.logModifiedNs = modifiedNs(log);
    }
}

/// A file as it stands there now, or why it cannot be read.
std::variant<ExampleFile, ExampleFileProblem> lookAt(const std::string& folder, const std::string& name)
{
    ExampleFile file;
    file.path = folder.empty() || folder.back() == '/' ? folder + name : folder + '/' + name;
    file.name = name;

    struct stat entry {};
    if (::stat(file.path.c_str(), &entry) != 0) {
        const int why = errno;
        const bool danglingLink = why == ENOENT && ::lstat(file.path.c_str(), &entry) == 0;
        return ExampleFileProblem {name, danglingLink ? "it is a link to nothing" : errnoText(why)};
    }
    if (auto other = whatElseItIs(entry.st_mode); !other.empty()) {
        return ExampleFileProblem {name, std::move(other)};
    }
    // Opened, because only that tells for certain; without waiting, should a pipe have taken its place.
    const FileDescriptor opened(::open(file.path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (!opened || ::fstat(opened.get(), &entry) != 0) {
        return ExampleFileProblem {name, errnoText(errno)};
    }
    if (auto other = whatElseItIs(entry.st_mode); !other.empty()) {
        return ExampleFileProblem {name, std::move(other)};
    }
    note(entry, file);
    return file;
}

Result<ExampleFiles> listStore(const std::string& path)
{
    ExampleFiles found;
    found.folder = path;
    ExampleFile file;
    file.path = path;
    file.name = std::string(lastPart(path));
    file.store = true;
    struct stat entry {};
    if (::stat(path.c_str(), &entry) != 0) {
        return ioError(path, errno);
    }
    const auto header = storeHeader(path);
    if (!header) {
        return header.error();
    }
    if (header->empty()) {
        return Error {ErrorCode::Io, path + ": neither a folder nor a SQLite database", path};
    }
    note(entry, file);
    noteLog(file);
    found.files.push_back(std::move(file));
    return found;
}

} // namespace

std::uint64_t ExampleFiles::totalBytes() const
{
    std::uint64_t total = 0;
    for (const auto& file : files) {
        total += file.bytes;
    }
    return total;
}

Result<ExampleFiles> listExampleFiles(const std::string& folder)
{
    struct stat named {};
    if (::stat(folder.c_str(), &named) == 0 && S_ISREG(named.st_mode)) {
        return listStore(folder);
    }
    const auto names = folderEntries(folder);
    if (!names) {
        return names.error();
    }
    ExampleFiles found;
    found.folder = folder;
    for (const std::string& name : *names) {
        if (!isExamplesName(name)) {
            ++found.otherEntries;
            continue;
        }
        auto looked = lookAt(folder, name);
        if (auto* file = std::get_if<ExampleFile>(&looked)) {
            found.files.push_back(std::move(*file));
        } else {
            found.problems.push_back(std::move(std::get<ExampleFileProblem>(looked)));
        }
    }
    return found;
}

Result<bool> isAsListed(const ExampleFile& file)
{
    struct stat entry {};
    if (::stat(file.path.c_str(), &entry) != 0) {
        return ioError(file.path, errno);
    }
    ExampleFile now;
    now.path = file.path;
    now.name = file.name;
    now.store = file.store;
    note(entry, now);
    if (file.store) {
        noteLog(now);
    }
    return now == file;
}

Error changedFile(const ExampleFile& file)
{
    return {ErrorCode::Io, file.name + " changed while it was read. Read the folder again.", file.path};
}

Result<void> requireAsListed(const ExampleFile& file)
{
    const auto same = isAsListed(file);
    if (!same) {
        return same.error();
    }
    if (!*same) {
        return changedFile(file);
    }
    return {};
}

Result<ExampleFiles> listExamples(const std::string& folder, const std::optional<std::string>& labelsDir)
{
    auto files = listExampleFiles(folder);
    if (!files) {
        return files;
    }
    auto labels = findLabelFiles(folder, labelsDir);
    if (!labels) {
        return labels.error();
    }
    files->labels = std::move(*labels);
    files->labelsDir = labelsDir;
    return files;
}

Result<ExampleFiles> requireExampleFiles(const std::string& folder)
{
    auto files = listExampleFiles(folder);
    if (!files) {
        return files;
    }
    if (!files->problems.empty()) {
        const auto& problem = files->problems.front();
        return Error {
            ErrorCode::Io, folder + ": " + problem.name + " cannot be read: " + problem.reason, problem.name};
    }
    if (files->files.empty()) {
        return Error {ErrorCode::NoValidRows,
            folder + ": no training examples here: no file ends in .jsonl, .jsonl.gz or .jsonl.zst", folder};
    }
    return files;
}

} // namespace workbench
