// SPDX-License-Identifier: Apache-2.0
#include "tests/support/hub_world.h"

#include "core/base/file.h"
#include "core/bundle/dataset_info.h"
#include "core/job/export_job.h"
#include "core/schema/builtin_schemas.h"
#include "tests/support/example_builder.h"

#include <algorithm>
#include <filesystem>
#include <stdexcept>

namespace workbench {

namespace {

std::string example(const Schema& schema, int number, const char* source, const char* industry)
{
    return ExampleBuilder(schema)
               .with("id", "ex_" + std::to_string(number))
               .with("source", source)
               .with("industry_key", industry)
               .json()
        + '\n';
}

void exportBundle(const TemporaryFolder& folder, const std::string& jobId, const SchemaPtr& schema,
    const std::string& examples)
{
    folder.write("data-" + jobId + "/a.jsonl", examples);
    ExportRequest request;
    request.schema = schema;
    request.dataDir = folder.path("data-" + jobId);
    request.outDir = folder.path("out");
    request.jobId = jobId;
    request.clock = [] { return UtcTime {std::chrono::milliseconds {1'795'000'000'123}}; };
    const ExportResult made = runExport(request, {}, {});
    if (made.error) {
        throw std::runtime_error(made.error->message);
    }
}

const TemporaryFolder& firstExport()
{
    static const TemporaryFolder folder;
    static const bool made = [] {
        const Schema& schema = *defaultSchema();
        exportBundle(folder, "first", defaultSchema(),
            example(schema, 1, "mock", "hvac") + example(schema, 2, "real", "plumbing")
                + example(schema, 3, "mock", "plumbing") + example(schema, 4, "mock", "hvac"));
        return true;
    }();
    (void)made;
    return folder;
}

} // namespace

HubWorld::HubWorld(fakehub::HubOptions options, const fakehub::Tls& tls) : hub(options, tls)
{
    for (const char* const part : {"out", "out_jobs"}) {
        std::filesystem::copy(
            firstExport().path(part), folder.path(part), std::filesystem::copy_options::recursive);
    }
}

const std::map<std::string, std::string>& HubWorld::olderBundle()
{
    static const std::map<std::string, std::string> files = [] {
        const TemporaryFolder exported;
        exportBundle(exported, "older", defaultSchema(), example(*defaultSchema(), 100, "mock", "hvac"));
        std::map<std::string, std::string> read;
        for (const std::string& name : exported.entries()) {
            const std::string prefix = "out/older/";
            if (name.starts_with(prefix) && !name.ends_with('/')) {
                read[name.substr(prefix.size())] = exported.read(name);
            }
        }
        return read;
    }();
    return files;
}

std::vector<std::string> HubWorld::bundleBytes(const std::string& jobId) const
{
    std::vector<std::string> bytes;
    for (const std::string& name : folder.entries()) {
        if (name.starts_with("out/" + jobId + "/") && !name.ends_with('/')) {
            bytes.push_back(name + '\n' + folder.read(name));
        }
    }
    return bytes;
}

void HubWorld::exportFewer(const std::string& jobId, int rows) const
{
    std::string examples;
    for (int row = 0; row < rows; ++row) {
        examples += example(*defaultSchema(), 100 + row, "mock", "hvac");
    }
    exportBundle(folder, jobId, defaultSchema(), examples);
}

void HubWorld::exportWith(const std::string& jobId, const std::string& schemaName) const
{
    const SchemaPtr schema = builtinSchema(schemaName);
    if (!schema) {
        throw std::runtime_error("no such schema");
    }
    exportBundle(folder, jobId, schema, example(*schema, 1, "mock", "hvac"));
}

void HubWorld::exportWithValuesFor(const std::string& jobId, const std::vector<std::string>& keys) const
{
    ExampleBuilder row;
    for (const Feature& feature : defaultSchema()->features()) {
        if (!keys.empty() && std::find(keys.begin(), keys.end(), feature.key) == keys.end()) {
            row.with("features." + feature.key, nullptr);
        }
    }
    exportBundle(folder, jobId, defaultSchema(), row.json() + '\n');
}

PushJob HubWorld::job(const std::string& jobId, const char* token)
{
    auto endpoint = HubEndpoint::parse(hub.url());
    if (!endpoint) {
        throw std::runtime_error(endpoint.error().message);
    }
    PublishRequest publish;
    publish.bundleDir = folder.path("out/" + jobId);
    publish.repo = Repo;
    publish.enabled = true;
    HubSettings settings {
        *endpoint, false, HubToken(token != nullptr ? token : fakehub::FakeHub::WriteToken, "HF_TOKEN")};
    const Waiter waiter = [this](std::chrono::milliseconds howLong, const std::stop_token& stopped) {
        waits.push_back(howLong);
        return !stopped.stop_requested();
    };
    PushJob job {std::move(publish), std::move(settings), waiter, {}};
    job.stall = std::chrono::seconds {1};
    return job;
}

PushResult HubWorld::push(const std::string& jobId) { return push(job(jobId)); }

PushResult HubWorld::push(const PushJob& job) { return runPush(job, stop.get_token(), {}); }

bool HubWorld::holds(const std::string& jobId) const
{
    const auto info
        = parseDatasetInfo(folder.read("out/" + jobId + "/dataset_info.json"), "dataset_info.json");
    if (!info) {
        return false;
    }
    std::vector<std::string> paths {"dataset_info.json"};
    for (const auto& [path, file] : info->files) {
        paths.push_back(path);
    }
    const auto there = hub.snapshot(Repo).files;
    if (there.size() != paths.size() + (there.contains(".gitattributes") ? 1U : 0U)) {
        return false;
    }
    for (const std::string& path : paths) {
        if (!there.contains(path) || hub.content(Repo, path) != folder.read("out/" + jobId + "/" + path)) {
            return false;
        }
    }
    return true;
}

std::optional<PushReceipt> HubWorld::receipt(const std::string& jobId) const
{
    const auto record = loadJobRecord(folder.path("out"), jobId);
    return record ? record->push : std::nullopt;
}

bool nothingLeft(const fakehub::FakeHub& hub)
{
    return hub.uploadedBytes() == 0 && hub.count("POST", "/api/*/preupload/*") == 0
        && hub.count("POST", "/api/*/commit/*") == 0 && hub.count("POST", "/api/repos/create") == 0
        && hub.leaks() == 0;
}

const PublishCheck* checkOf(const PublishPlan& plan, PublishCheckKind kind)
{
    const auto found = std::find_if(plan.checks.begin(), plan.checks.end(),
        [kind](const PublishCheck& check) { return check.kind == kind; });
    return found == plan.checks.end() ? nullptr : &*found;
}

} // namespace workbench
