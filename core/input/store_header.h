// SPDX-License-Identifier: Apache-2.0
/// The first bytes of what may be a SQLite database, read without harming those who have it open.
#pragma once

#include "core/base/result.h"

#include <string>

namespace workbench {

/// As long as a database's header is.
inline constexpr std::size_t StoreHeaderBytes = 100;

/// The header of the database at `path`; empty when the file is none. Errors: Io.
/// Closing any descriptor of a file drops every lock that the process holds on it, SQLite's too (POSIX), and
/// with it what keeps writers away from a read that is going on. So a database that was looked at once stays
/// open until the process ends, and is looked at through that descriptor. Thread-safe.
[[nodiscard]] Result<std::string> storeHeader(const std::string& path);

} // namespace workbench
