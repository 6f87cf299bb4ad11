// SPDX-License-Identifier: Apache-2.0
/// A bundle's folder as it lies on disk, looked at without trusting it: no links, no paths from inside.
#pragma once

#include "core/base/file.h"
#include "core/base/result.h"
#include "core/bundle/compared_file.h"
#include "core/bundle/dataset_info.h"
#include "core/input/example_files.h"

#include <functional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace workbench {

/// What a file of the bundle really is.
struct FoundFile {
    BundleFile is; ///< rows: its newlines
    ExampleFile file; ///< as scan() wants it
};

/// May be used by several threads at once.
class BundleFolder {
public:
    static constexpr std::string_view Missing = "it is missing";

    explicit BundleFolder(std::string path);

    /// Everything in it, "splits/x.jsonl" for what lies in splits/; links and special files too, and folders
    /// that do not belong there with a slash at the end. Errors: Io.
    [[nodiscard]] Result<std::vector<std::string>> entries() const;
    /// Missing, "it is a symbolic link", "it is a folder", …; empty for a regular file.
    [[nodiscard]] std::string fault(const std::string& name) const;
    /// A small regular file's bytes. Errors: Io, also for a link.
    [[nodiscard]] Result<std::string> read(const std::string& name) const;
    /// A regular file as it stands, to be read by a scan; `is` holds nothing. Errors: Io.
    [[nodiscard]] Result<FoundFile> find(const std::string& name) const;
    /// A regular file, to be compared with what it should hold. Errors: Io.
    [[nodiscard]] Result<ComparedFile> compare(const std::string& name, HashLane& hashing) const;
    /// Reads a regular file to its end. `onBytes` is told how many were read. Errors: Io, Cancelled.
    [[nodiscard]] Result<FoundFile> examine(const std::string& name, const std::stop_token& stop,
        const std::function<void(std::uint64_t)>& onBytes) const;
    [[nodiscard]] std::uint64_t sizeOf(const std::string& name) const; ///< 0 when it is no regular file

private:
    struct Opened {
        FileDescriptor descriptor;
        ExampleFile file;
    };
    /// `splits` itself must not be a link either, nor anything else that is there and no folder.
    [[nodiscard]] bool isInRealFolder(const std::string& name) const;
    [[nodiscard]] Result<Opened> open(const std::string& name) const;

    std::string m_path;
};

} // namespace workbench
