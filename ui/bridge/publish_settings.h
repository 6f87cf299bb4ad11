// SPDX-License-Identifier: GPL-3.0-or-later
/// What publishing is told, read anew each time: a person mends .env and checks again.
#pragma once

#include "core/config/export_config.h"
#include "core/hub/hub_client.h"
#include "core/hub/hub_settings.h"

#include <QString>

#include <chrono>
#include <functional>
#include <optional>

namespace workbench {

struct PublishSettings {
    ExportConfig config;
    HubSettings hub;
    Waiter waiter = realWaiter();
    /// Silence after which a request is given up; the Hub's own time for a commit when not set.
    std::optional<std::chrono::seconds> stall {};
};

/// Reads files: never called on the GUI thread.
using PublishSettingsFn = std::function<Result<PublishSettings>()>;

/// Environment over env file; an empty name is `.env`, which need not exist.
[[nodiscard]] PublishSettingsFn publishSettingsFrom(const QString& envFile);

} // namespace workbench
