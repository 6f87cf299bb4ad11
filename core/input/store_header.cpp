// SPDX-License-Identifier: Apache-2.0
#include "core/input/store_header.h"

#include "core/base/file.h"

#include <cerrno>
#include <map>
#include <mutex>
#include <string_view>
#include <utility>

#include <sys/stat.h>
#include <unistd.h>

namespace workbench {

namespace {

/// Only what SQLite itself writes begins so.
constexpr std::string_view Magic("SQLite format 3\0", 16);

struct OpenStores {
    std::mutex mutex;
    std::map<std::pair<dev_t, ino_t>, FileDescriptor> files;
};

OpenStores& openStores()
{
    static OpenStores stores;
    return stores;
}

} // namespace

Result<std::string> storeHeader(const std::string& path)
{
    OpenStores& stores = openStores();
    const std::lock_guard lock(stores.mutex);
    struct stat entry {};
    if (::stat(path.c_str(), &entry) != 0) {
        return ioError(path, errno);
    }
    auto known = stores.files.find({entry.st_dev, entry.st_ino});
    FileDescriptor fresh;
    if (known == stores.files.end()) {
        auto opened = openForReading(path);
        if (!opened) {
            return opened.error();
        }
        fresh = std::move(*opened);
        if (::fstat(fresh.get(), &entry) != 0) {
            return ioError(path, errno);
        }
    }
    std::string header(StoreHeaderBytes, '\0');
    const int from = fresh ? fresh.get() : known->second.get();
    const ssize_t got = ::pread(from, header.data(), header.size(), 0);
    if (got < 0) {
        return ioError(path, errno);
    }
    header.resize(static_cast<std::size_t>(got));
    if (!header.starts_with(Magic)) {
        return std::string();
    }
    if (fresh) {
        stores.files.emplace(std::pair {entry.st_dev, entry.st_ino}, std::move(fresh));
    }
    return header;
}

} // namespace workbench
