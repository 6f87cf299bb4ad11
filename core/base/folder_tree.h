// SPDX-License-Identifier: Apache-2.0
/// A folder with all that is in it. Not by std::filesystem, whose iterators end the program when there is no
/// memory.
#pragma once

#include <string>

namespace workbench {

/// Flushes `path` and the folders in it, the innermost first; not the files. 0, or what errno said.
[[nodiscard]] int flushTree(const std::string& path);
/// Removes `path` and all in it; links are not followed. Goes on with the rest when something cannot be
/// removed. 0, or what errno said of the first such thing.
[[nodiscard]] int removeTree(const std::string& path);

} // namespace workbench
