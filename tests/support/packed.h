// SPDX-License-Identifier: Apache-2.0
/// Packs texts as gzip and zstd do, for tests of packed input.
#pragma once

#include <string>
#include <string_view>

namespace workbench {

/// One gzip member. Throws std::runtime_error when zlib will not.
[[nodiscard]] std::string gzipped(std::string_view text);
/// One zstd frame with a checksum. Throws likewise.
[[nodiscard]] std::string zstdPacked(std::string_view text);

} // namespace workbench
