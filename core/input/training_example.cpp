// SPDX-License-Identifier: Apache-2.0
#include "core/input/training_example.h"

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
    features.assign(featureCount, {});
    featuresPlain = false;
    pressureKeyItems.clear();
    pressureKeyCount = 0;
    labelled = false;
    withheld.fill(0);
}

} // namespace workbench
