// SPDX-License-Identifier: Apache-2.0
// Small documents of ours, read, written and read again.
#include "core/bundle/dataset_info.h"
#include "core/job/job_record.h"
#include "core/json/strict_json.h"
#include "core/schema/schema_diff.h"
#include "tests/fuzz/promise.h"
#include "tests/fuzz/targets.h"

#include <string>

namespace workbench::fuzz {

namespace {

void promiseThatItIsStrict(const std::string& written)
{
    promise(static_cast<bool>(parseStrictJson(written, "written")), "what was written is not strict JSON");
}

} // namespace

void readInfo(std::string_view input)
{
    const auto info = parseDatasetInfo(input, "input");
    if (!info) {
        return;
    }
    const std::string written = toJson(*info);
    promiseThatItIsStrict(written);
    const auto again = parseDatasetInfo(written, "written");
    promise(again && toJson(*again) == written, "an info does not read back to what it was");
    promise(again->features == info->features && again->files.size() == info->files.size()
            && again->splits == info->splits && again->featureDetailsKnown == info->featureDetailsKnown,
        "an info read back lacks something");
}

void readJobRecord(std::string_view input)
{
    const auto record = parseJobRecord(input, "input");
    if (!record) {
        return;
    }
    promise(isJobId(record->jobId), "a record has an id that is none");
    const std::string written = toJson(*record);
    promiseThatItIsStrict(written);
    const auto again = parseJobRecord(written, "written");
    promise(again && toJson(*again) == written, "a record does not read back to what it was");
    promise(again->status == record->status && again->push.has_value() == record->push.has_value()
            && again->request.has_value() == record->request.has_value() && again->split == record->split
            && again->rejectionsByRule == record->rejectionsByRule,
        "a record read back lacks something");
}

void readSchema(std::string_view input)
{
    const auto schema = Schema::parse(input, "input");
    if (!schema) {
        return;
    }
    const std::string written = (*schema)->toJson();
    promiseThatItIsStrict(written);
    const auto again = Schema::parse(written, "written");
    promise(again && (*again)->toJson() == written, "a schema does not read back to what it was");
    promise((*again)->fingerprint() == (*schema)->fingerprint() && (*again)->hash() == (*schema)->hash()
            && (*again)->features() == (*schema)->features(),
        "a schema read back is another one");
    for (const Feature& feature : (*schema)->features()) {
        for (const std::string_view prefix : blockedPrefixes()) {
            promise(!feature.key.starts_with(prefix), "a blocked key is allowed");
        }
    }
}

} // namespace workbench::fuzz
