// SPDX-License-Identifier: GPL-3.0-or-later
/// The command line of signals-workbench.
#pragma once

#include "core/base/result.h"
#include "ui/theme/theme.h"
#include "ui/window/window_actions.h"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace workbench {

struct Arguments {
    std::optional<std::string> dataDir; ///< not given: data/learning/train, if it is there
    std::optional<std::string> labelsDir; ///< not given: `labels` in the data folder, if it is there
    std::optional<std::string> envFile; ///< not given: `.env`, which need not be there
    std::optional<std::string> schema; ///< a file or a shipped name
    std::optional<Tab> tab; ///< not given: where the last session was, else Preview
    std::optional<Appearance> appearance; ///< not given: what was chosen last
    std::string screenshot; ///< empty: none
    int width = 1440; ///< of a picture
    int height = 900;
};

/// `--help` or `--version`: print this and be done.
struct Information {
    std::string text;
};

using ParsedArguments = std::variant<Arguments, Information, Error>;

/// `arguments` without the program's name. Options that belong to Qt are left to it.
[[nodiscard]] ParsedArguments parseArguments(const std::vector<std::string>& arguments);

/// The line that stands under a usage error.
inline constexpr const char* UsageLine = "Usage: signals-workbench [OPTIONS] [FOLDER]\n"
                                         "       signals-workbench --help tells more.\n";

} // namespace workbench
