// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/export/push_request.h"

#include "app/export/request.h"
#include "app/export/words.h"
#include "core/base/quoted.h"

#include <algorithm>

namespace workbench {

Result<PushJob> pushJobOf(const CommandLine& line, Output& output)
{
    const auto config = configOf(line);
    if (!config) {
        return config.error();
    }
    const auto envFile = loadEnvFile(line.envFile.value_or(".env"), line.envFile.has_value());
    if (!envFile) {
        return envFile.error();
    }
    auto hub = resolveHubSettings(processEnvironment(), *envFile);
    if (!hub) {
        return hub.error();
    }
    const auto threads = threadsOf(line);
    if (!threads) {
        return threads.error();
    }
    // A second line could say what our own last one says: which bundle it was.
    const auto isControl = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
    if (line.commitMessage
        && (line.commitMessage->empty() || std::ranges::any_of(*line.commitMessage, isControl))) {
        return Error {ErrorCode::Usage,
            "--commit-message: " + inQuotes(*line.commitMessage)
                + " is not allowed; allowed: one line of text",
            "--commit-message"};
    }
    PublishRequest publish;
    publish.bundleDir = line.bundleDir.value_or("");
    publish.repo = config->repo.value;
    publish.wantPrivate = line.isPrivate || (config->isPrivate.value && !line.isPublic);
    publish.enabled = config->pushEnabled.value;
    publish.commitMessage = line.commitMessage.value_or("");
    publish.allowSchemaChange = line.allowSchemaChange;
    publish.threads = *threads;
    if (line.schema) {
        const auto schema = schemaOf(line);
        if (!schema) {
            return schema.error();
        }
        publish.schema = *schema;
    }
    const WaitNotice onWait = [&output](const std::string& why, std::chrono::milliseconds howLong) {
        output.say(why + " Waiting " + lasting(static_cast<double>(howLong.count()) / 1000) + ".\n");
    };
    return PushJob {std::move(publish), std::move(*hub), realWaiter(), onWait};
}

} // namespace workbench
