// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/publish_settings.h"

#include "ui/bridge/qt_text.h"

#include <utility>

namespace workbench {

PublishSettingsFn publishSettingsFrom(const QString& envFile)
{
    return [path = fromQt(envFile)]() -> Result<PublishSettings> {
        const auto file = loadEnvFile(path.empty() ? ".env" : path, !path.empty());
        if (!file) {
            return file.error();
        }
        auto config = resolveConfig({}, processEnvironment(), *file);
        if (!config) {
            return config.error();
        }
        auto hub = resolveHubSettings(processEnvironment(), *file);
        if (!hub) {
            return hub.error();
        }
        return PublishSettings {std::move(*config), std::move(*hub)};
    };
}

} // namespace workbench
