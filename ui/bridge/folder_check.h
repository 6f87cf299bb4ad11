// SPDX-License-Identifier: GPL-3.0-or-later
/// What looking at a folder told about writing to it.
#pragma once

#include "core/base/result.h"

#include <QString>

#include <optional>

namespace workbench {

struct FolderCheck {
    QString folder; ///< as it was asked about
    std::optional<Error> refusal; ///< why it cannot be written to
    std::optional<quint64> room = std::nullopt; ///< bytes, where that is known and nothing refuses
};

} // namespace workbench
