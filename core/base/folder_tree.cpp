// SPDX-License-Identifier: Apache-2.0
#include "core/base/folder_tree.h"

#include "core/base/file.h"

#include <cerrno>
#include <vector>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace workbench {

int flushTree(const std::string& path)
{
    std::vector<std::string> names;
    if (const int error = tryFolderEntries(path, names); error != 0) {
        return error;
    }
    for (const std::string& name : names) {
        const std::string entry = path + '/' + name;
        struct stat state {};
        if (::lstat(entry.c_str(), &state) != 0) {
            return errno;
        }
        if (S_ISDIR(state.st_mode)) {
            if (const int error = flushTree(entry); error != 0) {
                return error;
            }
        }
    }
    return tryFlushFolder(path);
}

int removeTree(const std::string& path)
{
    if (::unlink(path.c_str()) == 0 || errno == ENOENT) {
        return 0;
    }
    if (errno != EISDIR && errno != EPERM) { // POSIX and Linux say it differently of a folder
        return errno;
    }
    std::vector<std::string> names;
    int first = tryFolderEntries(path, names);
    for (const std::string& name : names) {
        const int error = removeTree(path + '/' + name);
        first = first == 0 ? error : first;
    }
    if (::rmdir(path.c_str()) != 0 && first == 0) {
        first = errno;
    }
    return first;
}

} // namespace workbench
