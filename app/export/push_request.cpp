// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/export/push_request.h"

#include "app/export/request.h"
#include "app/export/words.h"
#include "core/guard/text_problem.h"

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
    if (line.commitMessage) {
        const auto problem = problemOfCommitMessage(*line.commitMessage);
        if (problem || line.commitMessage->empty()) {
            return Error {ErrorCode::Usage,
                "--commit-message: " + shownText(*line.commitMessage) + " is not allowed. "
                    + problem.value_or("It is empty.")
                    + " Allowed: one line of at most 100 characters, without personal data or tokens",
                "--commit-message"};
        }
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
