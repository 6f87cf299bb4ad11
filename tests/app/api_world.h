// SPDX-License-Identifier: GPL-3.0-or-later
/// The internal API as functions, over a folder of its own: requests in, answers out, no socket.
#pragma once

#include "app/serve/internal_api.h"
#include "core/schema/builtin_schemas.h"
#include "tests/support/example_builder.h"
#include "tests/support/temporary_folder.h"

#include <QtGlobal>

#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

namespace workbench {

inline const std::string Export = "/api/internal/hf/export?internal=1";
inline const std::string Status = "/api/internal/hf/status?internal=1&job_id=";
inline const std::string Cancel = "/api/internal/hf/cancel?internal=1&job_id=";
inline const std::string Jobs = "/api/internal/hf/jobs?internal=1";

inline ApiRequest request(
    std::string method, std::string target, std::string body = {}, HttpFields headers = {})
{
    ApiRequest request;
    request.method = std::move(method);
    request.target = std::move(target);
    request.body = std::move(body);
    request.headers = std::move(headers);
    if (headerOf(request, "host").count == 0) {
        request.headers.emplace_back("Host", "127.0.0.1:3000");
    }
    return request;
}

/// A folder with data, a queue whose pushes wait at a door, and the API over both.
class ApiWorld {
public:
    explicit ApiWorld(std::optional<AccessToken> token = {}, const std::string& host = "127.0.0.1")
    {
        std::string lines;
        for (int i = 0; i < 10; ++i) {
            lines += ExampleBuilder().with("id", "ex_" + std::to_string(i)).json() + '\n';
        }
        folder.write("data/a.jsonl", lines);
        QueueSettings settings;
        settings.schema = defaultSchema();
        settings.dataDir = folder.path("data");
        settings.outDir = folder.path("out");
        settings.push = [this](const std::string&, const std::string& repo, const std::stop_token& stop) {
            while (!doorIsOpen && !stop.stop_requested()) {
                std::this_thread::sleep_for(std::chrono::milliseconds(1));
            }
            return PushReceipt {false, repo, {}, {}, "pushing is switched off"};
        };
        auto opened = JobQueue::open(settings);
        if (!opened) {
            qFatal("no queue: %s", opened.error().message.c_str());
        }
        queue = std::move(*opened);
        api.emplace(*queue,
            ApiSettings {{host, 3000}, std::move(token),
                {defaultSchema(), 50000, SplitStrategy::BySourceIndustry, "owner/name"}});
    }
    ~ApiWorld() { doorIsOpen = true; }
    ApiWorld(const ApiWorld&) = delete;
    ApiWorld& operator=(const ApiWorld&) = delete;
    ApiWorld(ApiWorld&&) = delete;
    ApiWorld& operator=(ApiWorld&&) = delete;

    [[nodiscard]] ApiResponse ask(const ApiRequest& asked) const { return api->answer(asked); }
    [[nodiscard]] nlohmann::json json(const ApiRequest& asked) const
    {
        return nlohmann::json::parse(ask(asked).body, nullptr, false);
    }
    [[nodiscard]] std::string started(const std::string& body = "{}") const
    {
        return json(request("POST", Export, body)).value("job_id", "");
    }
    [[nodiscard]] std::string waitForEnd(const std::string& jobId) const
    {
        for (int tries = 0; tries < 6000; ++tries) {
            const std::string status = json(request("GET", Status + jobId)).value("status", "");
            if (status != "queued" && status != "running") {
                return status;
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        }
        return "for ever";
    }
    /// All that the folder holds: what a refused request must not change.
    [[nodiscard]] std::vector<std::string> state() const { return folder.entries(); }

    TemporaryFolder folder;
    std::atomic<bool> doorIsOpen = false;
    std::unique_ptr<JobQueue> queue;
    std::optional<InternalApi> api;
};

} // namespace workbench
