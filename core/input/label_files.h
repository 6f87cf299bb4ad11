// SPDX-License-Identifier: Apache-2.0
/// Reviewers' labels in files of their own: `labels/{id}.json` beside the examples, one for each example's
/// id.
///
/// An id is looked up among the names that the folder has; no path is ever made from one.
#pragma once

#include "core/base/file.h"
#include "core/base/result.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace workbench {

/// A larger file counts as no labels at all: its row is rejected.
inline constexpr std::size_t MaxLabelFileBytes = std::size_t {1} << 20;

/// A folder of labels as it was when it was listed. Immutable, so all threads may use one.
class LabelFiles {
public:
    /// `{id}.json`, each a regular file that may be read; other entries are left alone. A name whose id is
    /// none by the guard's grammar, or is "." or "..", is counted and never opened. Errors: Io naming the
    /// folder or the first entry that cannot be read: a symbolic link, a folder, a pipe, permission denied.
    [[nodiscard]] static Result<std::shared_ptr<const LabelFiles>> list(const std::string& folder);

    [[nodiscard]] const std::string& folder() const { return m_folder; }
    [[nodiscard]] std::size_t size() const { return m_files.size(); }
    [[nodiscard]] std::size_t refusedNames() const { return m_refusedNames; }
    /// `place` counts from 0, in bytewise order of id.
    [[nodiscard]] std::string_view id(std::size_t place) const;
    [[nodiscard]] std::optional<std::uint32_t> find(std::string_view id) const;
    [[nodiscard]] bool isTooLarge(std::size_t place) const
    {
        return m_files[place].bytes > MaxLabelFileBytes;
    }
    [[nodiscard]] std::int64_t lastModifiedNs() const; ///< of the newest file; 0 when there is none
    /// Numbers and names that change when a file does; for a fingerprint.
    [[nodiscard]] std::string describe() const;

    /// A file's bytes, of one that is too large only the first 4,096. Errors: Io, also when it is no longer
    /// what was listed.
    [[nodiscard]] Result<void> read(std::uint32_t place, std::string& into) const;

    /// The file's name for a message: as it is when its id could be exported, else its shape.
    [[nodiscard]] std::string shownName(std::size_t place) const;

    /// Whether both are the same folder in the same state.
    friend bool operator==(const LabelFiles& a, const LabelFiles& b)
    {
        return a.m_folder == b.m_folder && a.m_refusedNames == b.m_refusedNames && a.m_ids == b.m_ids
            && a.m_files == b.m_files;
    }

private:
    struct Entry {
        std::uint32_t begin = 0; ///< of its id in m_ids
        std::uint32_t length = 0;
        std::uint64_t bytes = 0;
        std::int64_t modifiedNs = 0; ///< nanoseconds since 1970
        std::uint64_t inode = 0;

        friend bool operator==(const Entry&, const Entry&) = default;
    };

    LabelFiles() = default;
    [[nodiscard]] Error changed(std::uint32_t place) const;

    std::string m_folder;
    FileDescriptor m_open; ///< the folder, so that its name may lead elsewhere meanwhile
    std::string m_ids; ///< one behind the other
    std::vector<Entry> m_files;
    std::size_t m_refusedNames = 0;
};

/// Null: there are no label files to be merged.
using LabelFilesPtr = std::shared_ptr<const LabelFiles>;

/// Where labels lie unless told otherwise: `labels` in the data folder, or beside a data file.
[[nodiscard]] std::string defaultLabelsFolder(const std::string& dataDir);

/// Those of `labelsDir`, which has to be there, or those of the default folder, if it is. Errors as
/// LabelFiles::list().
[[nodiscard]] Result<LabelFilesPtr> findLabelFiles(
    const std::string& dataDir, const std::optional<std::string>& labelsDir);

/// Both none, or both the same folder in the same state.
[[nodiscard]] bool sameLabelFiles(const LabelFilesPtr& a, const LabelFilesPtr& b);

} // namespace workbench
