// SPDX-License-Identifier: Apache-2.0
/// Examples in a folder, and an export of them: what the tests of export jobs stand on.
#pragma once

#include "core/base/file.h"
#include "core/base/rfc3339.h"
#include "core/bundle/bundle_verifier.h"
#include "core/job/export_job.h"
#include "core/schema/builtin_schemas.h"
#include "tests/support/dying_process.h"
#include "tests/support/example_builder.h"
#include "tests/support/temporary_folder.h"

#include <QStringList>
#include <QtTest>

#include <string>
#include <string_view>

namespace workbench {

inline const UtcTime ExportTime {std::chrono::milliseconds {1'795'000'000'123}};

inline std::string example(int number, const char* source = "mock", const char* industry = "hvac")
{
    return ExampleBuilder()
               .with("id", "ex_" + std::to_string(number))
               .with("source", source)
               .with("industry_key", industry)
               .json()
        + '\n';
}

inline std::string badExample(int number)
{
    return ExampleBuilder()
               .with("id", "bad_" + std::to_string(number))
               .with("window_days", 5551234567.0)
               .json()
        + '\n';
}

/// Four good rows in three splits.
inline std::string goodExamples()
{
    return example(1) + example(2, "real", "plumbing") + example(3, "mock", "plumbing") + example(4);
}

/// `line` as often as told, with other ids: a builder for each would take its time.
inline std::string repeated(const std::string& line, std::string_view id, int count)
{
    const std::size_t at = line.find(id) + id.size();
    std::string text;
    for (int number = 0; number < count; ++number) {
        text.append(line, 0, at).append(std::to_string(number)).append(line, at);
    }
    return text;
}

/// As many good rows as it takes to fill more than one buffer.
inline std::string manyExamples(int count)
{
    return repeated(example(0), "ex_0", count / 2)
        + repeated(example(1, "real", "cleaning"), "ex_1", count - count / 2);
}

class ExportWorld {
public:
    explicit ExportWorld(const std::string& examples = goodExamples())
    {
        folder.write("data/a.jsonl", examples);
    }

    [[nodiscard]] ExportRequest request(std::string jobId = "job") const
    {
        ExportRequest request;
        request.schema = defaultSchema();
        request.dataDir = folder.path("data");
        request.outDir = folder.path("out");
        request.jobId = std::move(jobId);
        request.clock = [] { return ExportTime; };
        return request;
    }

    [[nodiscard]] JobRecord record(const char* jobId = "job") const
    {
        const auto loaded = loadJobRecord(folder.path("out"), jobId);
        return loaded ? *loaded : JobRecord {};
    }

    /// What lies in out/ and out_jobs/, hidden things too, but not what lies in bundles.
    [[nodiscard]] QStringList outputs() const
    {
        QStringList names;
        for (const char* const place : {"out", "out_jobs"}) {
            if (const auto entries = folderEntries(folder.path(place))) {
                for (const std::string& name : *entries) {
                    names << QString::fromStdString(std::string(place) + '/' + name);
                }
            }
        }
        return names;
    }

    TemporaryFolder folder;
};

inline ExportResult run(const ExportRequest& request) { return runExport(request, {}, {}); }

inline bool verifies(const std::string& bundle)
{
    const auto verified = verifyBundle(bundle, nullptr, 1, {}, {});
    if (!verified) {
        qWarning("%s", verified.error().message.c_str());
        return false;
    }
    for (const VerificationProblem& problem : verified->problems) {
        qWarning("%s: %s", problem.file.c_str(), problem.what.c_str());
    }
    return verified->passed();
}

} // namespace workbench
