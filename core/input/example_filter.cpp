// SPDX-License-Identifier: Apache-2.0
#include "core/input/example_filter.h"

#include "core/base/rfc3339.h"

namespace workbench {

bool ExampleFilter::matches(const TrainingExample& example) const
{
    if (example.malformed) {
        return true;
    }
    const auto is = [](const JsonValue& value, const std::string& wanted) {
        return value.type == JsonType::String && value.text == wanted;
    };
    if (source && !is(example.source, *source)) {
        return false;
    }
    if (industry && !is(example.industryKey, *industry)) {
        return false;
    }
    if (labelled && !example.labelled) {
        return false;
    }
    if (since || until) {
        if (example.createdAt.type != JsonType::String) {
            return false;
        }
        const auto created = parseRfc3339(example.createdAt.text);
        if (!created || (since && created->time < *since) || (until && created->time >= *until)) {
            return false;
        }
    }
    return true;
}

} // namespace workbench
