// SPDX-License-Identifier: Apache-2.0
#include "core/input/training_example.h"

#include <algorithm>

namespace workbench {

void TrainingExample::clear(std::size_t featureCount)
{
    line = {};
    malformed = false;
    for (JsonValue* value : {&id, &createdAt, &source, &industryKey, &featureSchema, &featuresObject,
             &targetsObject, &labelsObject, &boundaryClass, &pressureKeys, &reviewerScore, &clientFeedback,
             &mappingWasWrong, &outcomeNextStepChosen}) {
        *value = {};
    }
    // What the short way through a line read was never in `features`.
    if (!featuresPlain || features.size() != featureCount) {
        features.assign(featureCount, {});
    }
    featuresPlain = false;
    plain.clear();
    pressureKeyItems.clear();
    pressureKeyCount = 0;
    labelled = false;
    withheld.fill(0);
}

JsonValue TrainingExample::feature(std::size_t place) const
{
    if (!featuresPlain) {
        return features[place];
    }
    for (const PlainFeatures::Other& other : plain.others) {
        if (other.place == place) {
            return other.value;
        }
    }
    const bool inRun = std::ranges::any_of(
        plain.runs, [place](const PlainFeatures::Run& run) { return run.first <= place && place < run.end; });
    if (!inRun) {
        return {};
    }
    // Neither stands in a number, in null, or in a member of a closed set.
    const auto isBehind = [](char c) { return c == ',' || c == '}'; };
    const std::string_view rest = line.substr(plain.begins[place]);
    JsonValue value;
    value.text = rest.substr(
        0, static_cast<std::size_t>(std::find_if(rest.begin(), rest.end(), isBehind) - rest.begin()));
    if (value.text.starts_with('"')) {
        value.type = JsonType::String;
        value.text = value.text.substr(1, value.text.size() - 2);
    } else if (value.text == "null") {
        value.type = JsonType::Null;
    } else {
        value.type = JsonType::Number;
        value.form = NumberForm::Canonical;
        value.number = plain.values[place];
    }
    return value;
}

} // namespace workbench
