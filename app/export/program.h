// SPDX-License-Identifier: GPL-3.0-or-later
/// The command line as a function: arguments in, exit status out.
#pragma once

#include <string>
#include <vector>

namespace workbench {

/// `arguments` without the program's name. Speaks on stdout and stderr; never throws.
[[nodiscard]] int runProgram(const std::vector<std::string>& arguments) noexcept;

} // namespace workbench
