// SPDX-License-Identifier: Apache-2.0
#include "core/input/label_files.h"

#include "core/guard/known_safe.h"
#include "core/guard/mask.h"
#include "core/guard/text_patterns.h"

#include <algorithm>
#include <cerrno>
#include <dirent.h>
#include <fcntl.h>
#include <limits>
#include <sys/stat.h>
#include <unistd.h>

namespace workbench {

namespace {

constexpr std::string_view Suffix = ".json";
constexpr std::size_t ShownBytes = 4096; ///< of a file that is too large

bool isLabelId(std::string_view id) { return isExampleId(id) && id != "." && id != ".."; }

/// An id that the guard would not let out is not shown either.
std::string shown(std::string_view id)
{
    const bool safe = isLabelId(id) && (isMachineId(id) || !findPatternsInName(id).any());
    return (safe ? std::string(id) : maskShape(id)) + std::string(Suffix);
}

/// Why an entry is no file of labels; nothing for a regular file that may be read.
std::string whyUnreadable(int folder, const char* name, struct stat& entry)
{
    if (::fstatat(folder, name, &entry, AT_SYMLINK_NOFOLLOW) != 0) {
        return errnoText(errno);
    }
    if (S_ISLNK(entry.st_mode)) {
        return "it is a symbolic link, which is not followed";
    }
    if (S_ISDIR(entry.st_mode)) {
        return "it is a folder";
    }
    if (!S_ISREG(entry.st_mode)) {
        return "it is no regular file";
    }
    return ::faccessat(folder, name, R_OK, AT_EACCESS) == 0 ? std::string() : errnoText(errno);
}

} // namespace

Result<LabelFilesPtr> LabelFiles::list(const std::string& folder)
{
    const std::unique_ptr<DIR, int (*)(DIR*)> open(::opendir(folder.c_str()), ::closedir);
    if (!open) {
        return ioError(folder, errno);
    }
    const std::shared_ptr<LabelFiles> found(new LabelFiles); // make_shared cannot reach the constructor
    found->m_folder = folder;
    found->m_open = FileDescriptor(::fcntl(::dirfd(open.get()), F_DUPFD_CLOEXEC, 0));
    if (!found->m_open) {
        return ioError(folder, errno);
    }
    std::vector<std::string> ids;
    for (;;) {
        errno = 0;
        const dirent* const entry = ::readdir(open.get());
        if (entry == nullptr) {
            if (errno != 0) {
                return ioError(folder, errno);
            }
            break;
        }
        std::string_view name = entry->d_name;
        if (!name.ends_with(Suffix)) {
            continue;
        }
        name.remove_suffix(Suffix.size());
        if (isLabelId(name)) {
            ids.emplace_back(name);
        } else {
            ++found->m_refusedNames;
        }
    }
    std::sort(ids.begin(), ids.end());
    for (const std::string& id : ids) {
        struct stat state {};
        const std::string why = whyUnreadable(found->m_open.get(), (id + std::string(Suffix)).c_str(), state);
        if (!why.empty()) {
            return Error {ErrorCode::Io, folder + ": " + shown(id) + " cannot be read: " + why, folder};
        }
        if (found->m_ids.size() > std::numeric_limits<std::uint32_t>::max() - id.size()) {
            return Error {ErrorCode::Io, folder + ": it holds more labels than can be numbered", folder};
        }
        found->m_files.push_back(
            {static_cast<std::uint32_t>(found->m_ids.size()), static_cast<std::uint32_t>(id.size()),
                static_cast<std::uint64_t>(state.st_size), modifiedNs(state), state.st_ino});
        found->m_ids += id;
    }
    return LabelFilesPtr(found);
}

std::string_view LabelFiles::id(std::size_t place) const
{
    return std::string_view(m_ids).substr(m_files[place].begin, m_files[place].length);
}

std::optional<std::uint32_t> LabelFiles::find(std::string_view id) const
{
    const auto at = std::lower_bound(
        m_files.begin(), m_files.end(), id, [this](const Entry& entry, std::string_view wanted) {
            return std::string_view(m_ids).substr(entry.begin, entry.length) < wanted;
        });
    const auto place = static_cast<std::size_t>(at - m_files.begin());
    return at != m_files.end() && this->id(place) == id ? std::optional(static_cast<std::uint32_t>(place))
                                                        : std::nullopt;
}

std::int64_t LabelFiles::lastModifiedNs() const
{
    std::int64_t latest = 0;
    for (const Entry& file : m_files) {
        latest = std::max(latest, file.modifiedNs);
    }
    return latest;
}

std::string LabelFiles::describe() const
{
    std::string text = m_folder + '\n' + std::to_string(m_refusedNames) + '\n';
    for (std::size_t place = 0; place < m_files.size(); ++place) {
        const Entry& file = m_files[place];
        text.append(id(place)).append(" ");
        text += std::to_string(file.bytes) + ' ' + std::to_string(file.modifiedNs) + ' '
            + std::to_string(file.inode) + '\n';
    }
    return text;
}

Result<void> LabelFiles::read(std::uint32_t place, std::string& into) const
{
    const Entry& file = m_files[place];
    const std::string name = std::string(id(place)) + std::string(Suffix);
    const FileDescriptor opened(
        ::openat(m_open.get(), name.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
    if (!opened && errno != ENOENT && errno != ELOOP) {
        return ioError(m_folder + '/' + shownName(place), errno);
    }
    const auto isAsListed = [&] {
        struct stat now {};
        return opened && ::fstat(opened.get(), &now) == 0 && S_ISREG(now.st_mode)
            && static_cast<std::uint64_t>(now.st_size) == file.bytes && modifiedNs(now) == file.modifiedNs
            && now.st_ino == file.inode;
    };
    if (!isAsListed()) {
        return changed(place);
    }
    into.resize(isTooLarge(place) ? ShownBytes : static_cast<std::size_t>(file.bytes));
    for (std::size_t done = 0; done < into.size();) {
        const ssize_t count = readSome(opened.get(), std::span(into).subspan(done));
        if (count < 0) {
            return ioError(m_folder + '/' + shownName(place), errno);
        }
        if (count == 0) {
            return changed(place); // it shrank
        }
        done += static_cast<std::size_t>(count);
    }
    return isAsListed() ? Result<void>() : changed(place); // asked again: it may be written over in place
}

std::string LabelFiles::shownName(std::size_t place) const { return shown(id(place)); }

Error LabelFiles::changed(std::uint32_t place) const
{
    const std::string path = m_folder + '/' + shownName(place);
    return {ErrorCode::Io, path + " changed while it was read. Read the folder again.", path};
}

std::string defaultLabelsFolder(const std::string& dataDir)
{
    struct stat state {};
    const bool isFile = ::stat(dataDir.c_str(), &state) == 0 && S_ISREG(state.st_mode);
    std::string folder = isFile ? parentFolder(dataDir) : dataDir;
    if (folder.empty() || folder.back() != '/') {
        folder += '/';
    }
    return folder + "labels";
}

Result<LabelFilesPtr> findLabelFiles(const std::string& dataDir, const std::optional<std::string>& labelsDir)
{
    if (labelsDir) {
        return LabelFiles::list(*labelsDir);
    }
    const std::string folder = defaultLabelsFolder(dataDir);
    struct stat state {};
    if (::stat(folder.c_str(), &state) != 0) {
        const bool isNone = (errno == ENOENT || errno == ENOTDIR) && ::lstat(folder.c_str(), &state) != 0;
        return isNone ? Result<LabelFilesPtr>(LabelFilesPtr()) : ioError(folder, errno);
    }
    // A file that happens to be called so is none of ours.
    return S_ISDIR(state.st_mode) ? LabelFiles::list(folder) : Result<LabelFilesPtr>(LabelFilesPtr());
}

bool sameLabelFiles(const LabelFilesPtr& a, const LabelFilesPtr& b) { return a == b || (a && b && *a == *b); }

} // namespace workbench
