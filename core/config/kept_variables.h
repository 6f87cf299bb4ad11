// SPDX-License-Identifier: Apache-2.0
/// Secrets of the environment that are nobody else's business.
#pragma once

#include <optional>
#include <string>

namespace workbench {

/// Takes the Hub's tokens and the internal API's out of the process's environment: what is started from here,
/// a browser for instance, does not inherit them, and /proc/PID/environ shows them no longer.
/// processEnvironment() answers them as before. Before there are threads, and once.
void keepTokensFromPrograms();

/// What was taken out under that name.
[[nodiscard]] std::optional<std::string> keptVariable(const char* name);

} // namespace workbench
