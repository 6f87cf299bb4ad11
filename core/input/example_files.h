// SPDX-License-Identifier: Apache-2.0
/// Which files a data folder holds, in bytewise order of name (contract, section 3): `*.jsonl`, and packed
/// ones, `*.jsonl.gz` and `*.jsonl.zst`.
#pragma once

#include "core/base/result.h"
#include "core/input/label_files.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace workbench {

/// A file as it was when it was listed. Size and times are compared again when it is read.
struct ExampleFile {
    std::string path; ///< openable
    std::string name; ///< the last part, for people
    std::uint64_t bytes = 0; ///< as it lies on the disk
    std::int64_t modifiedNs = 0; ///< nanoseconds since 1970
    std::uint64_t inode = 0;
    bool store = false; ///< a SQLite database (store_reader.h)
    std::uint64_t logBytes = 0; ///< of a store's write-ahead log, which belongs to its state
    std::int64_t logModifiedNs = 0; ///< 0 while the log is empty

    friend bool operator==(const ExampleFile&, const ExampleFile&) = default;
};

/// An entry that is called like a file of examples and cannot be read as one.
struct ExampleFileProblem {
    std::string name;
    std::string reason; ///< "it is a folder", "permission denied"
};

struct ExampleFiles {
    std::string folder;
    std::vector<ExampleFile> files;
    std::vector<ExampleFileProblem> problems;
    std::size_t otherEntries = 0; ///< entries that are not called like files of examples
    LabelFilesPtr labels; ///< filled in by who wants them merged: listExamples()
    std::optional<std::string> labelsDir; ///< the folder of labels that was asked for; nothing: the default

    [[nodiscard]] std::uint64_t totalBytes() const;
};

/// A folder's files, or the one store when `folder` names a SQLite database.
/// Errors: Io, "FOLDER: permission denied", "FILE: neither a folder nor a SQLite database". No such file at
/// all is not an error here.
[[nodiscard]] Result<ExampleFiles> listExampleFiles(const std::string& folder);

/// Whether the name still leads to the file that was listed, untouched. Errors: Io.
[[nodiscard]] Result<bool> isAsListed(const ExampleFile& file);
/// Io, "NAME changed while it was read. Read the folder again."
[[nodiscard]] Error changedFile(const ExampleFile& file);
/// The same as isAsListed(), and changedFile() when it is not.
[[nodiscard]] Result<void> requireAsListed(const ExampleFile& file);

/// The same with the label files that belong to them (findLabelFiles()). Errors: of both.
[[nodiscard]] Result<ExampleFiles> listExamples(
    const std::string& folder, const std::optional<std::string>& labelsDir);

/// For programs without a window: the files, or an Error: Io naming the first entry that cannot be read,
/// NoValidRows for a folder without any.
[[nodiscard]] Result<ExampleFiles> requireExampleFiles(const std::string& folder);

} // namespace workbench
