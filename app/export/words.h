// SPDX-License-Identifier: GPL-3.0-or-later
/// Figures as people read them, the same under every locale.
#pragma once

#include "core/base/figures.h" // IWYU pragma: export

#include <cstdint>
#include <string>

namespace workbench {

[[nodiscard]] std::string sized(std::uint64_t bytes); ///< "2.2 MB", in thousands
[[nodiscard]] std::string lasting(double seconds); ///< "0.4 s", "12 s", "2 min"
[[nodiscard]] std::string roughly(double seconds); ///< "3 s", "2 min": a guess at what is left
/// `text` with spaces up to `width`; on the left for figures.
[[nodiscard]] std::string padded(std::string text, std::size_t width);
[[nodiscard]] std::string paddedLeft(std::string text, std::size_t width);

} // namespace workbench
