// SPDX-License-Identifier: Apache-2.0
/// A checksum as fast as memory: tells bytes that were damaged from those that were written. It keeps
/// nobody out who means to deceive, and nothing that leaves the program rests on it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace workbench {

[[nodiscard]] std::uint64_t checksumOf(std::span<const std::byte> bytes);

} // namespace workbench
