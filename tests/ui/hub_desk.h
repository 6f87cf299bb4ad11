// SPDX-License-Identifier: Apache-2.0
/// A window's state that knows a Hub on the loopback address, and one repository there.
#pragma once

#include "tests/support/hub_world.h"
#include "tests/ui/ui_fixture.h"
#include "ui/bridge/publish_runner.h"

#include <chrono>
#include <memory>
#include <optional>
#include <string>

namespace workbench {

/// What it is told may be changed while nothing asks the Hub; it is read anew each time.
struct HubDesk {
    explicit HubDesk(fakehub::HubOptions hubOptions = {}) : world(hubOptions)
    {
        config.repo.value = HubWorld::Repo;
        config.pushEnabled.value = true;
        WorkbenchOptions options;
        options.schema = defaultSchema();
        options.config.outDir.value = world.folder.path("out");
        options.dataDir = toQt(world.folder.path("data"));
        options.publishSettings = [this] { return settings(); };
        state = std::make_unique<WorkbenchState>(std::move(options));
    }

    [[nodiscard]] Result<PublishSettings> settings()
    {
        PublishSettings read {config, std::move(world.job().hub)};
        read.hub.offline = offline;
        if (token) {
            read.hub.token = token->empty() ? std::nullopt : std::optional(HubToken(*token, "HF_TOKEN"));
        }
        read.waiter
            = [](std::chrono::milliseconds, const std::stop_token& stop) { return !stop.stop_requested(); };
        read.stall = stall;
        return read;
    }

    HubWorld world;
    ExportConfig config;
    bool offline = false;
    std::chrono::seconds stall {20}; ///< silence after which a request is given up
    std::optional<std::string> token; ///< empty: none is found; not set: lena's, who may write
    std::unique_ptr<WorkbenchState> state;
};

} // namespace workbench
