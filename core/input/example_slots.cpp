// SPDX-License-Identifier: Apache-2.0
#include "core/input/example_slots.h"

#include <limits>

namespace workbench {

namespace {

void increase(std::uint16_t& count)
{
    if (count < std::numeric_limits<std::uint16_t>::max()) {
        ++count;
    }
}

JsonValue* rootSlot(TrainingExample& example, std::string_view key, LineShape shape)
{
    if (key == (shape == LineShape::Example ? "id" : "example_id")) {
        return &example.id;
    }
    if (key == (shape == LineShape::Example ? "feature_schema" : "schema_version")) {
        return &example.featureSchema;
    }
    if (key == "created_at") {
        return &example.createdAt;
    }
    if (key == "source") {
        return &example.source;
    }
    if (key == "industry_key") {
        return &example.industryKey;
    }
    if (key == "features") {
        return &example.featuresObject;
    }
    if (key == "targets") {
        return &example.targetsObject;
    }
    if (key == "labels") {
        return &example.labelsObject;
    }
    return nullptr;
}

JsonValue* labelSlot(TrainingExample& example, std::string_view key)
{
    if (key == "reviewer_score") {
        return &example.reviewerScore;
    }
    if (key == "client_feedback") {
        return &example.clientFeedback;
    }
    if (key == "mapping_was_wrong") {
        return &example.mappingWasWrong;
    }
    if (key == "outcome_next_step_chosen") {
        return &example.outcomeNextStepChosen;
    }
    return nullptr;
}

} // namespace

JsonValue* slotOf(TrainingExample& example, LineObject object, std::string_view key, LineShape shape)
{
    switch (object) {
    case LineObject::Root:
        return rootSlot(example, key, shape);
    case LineObject::Targets:
        if (key == "boundary_class") {
            return &example.boundaryClass;
        }
        return key == "pressure_keys" ? &example.pressureKeys : nullptr;
    case LineObject::Labels:
        return labelSlot(example, key);
    case LineObject::Features:
    case LineObject::Unused:
        break;
    }
    return nullptr;
}

LineObject objectOf(LineObject parent, std::string_view key)
{
    if (parent != LineObject::Root) {
        return LineObject::Unused;
    }
    if (key == "features") {
        return LineObject::Features;
    }
    if (key == "targets") {
        return LineObject::Targets;
    }
    return key == "labels" ? LineObject::Labels : LineObject::Unused;
}

void noteWithheldLabel(TrainingExample& example, std::string_view key)
{
    if (key == "reviewer_notes") {
        increase(example.withheld[WithheldReviewerNotes]);
    } else if (key == "client_feedback_reason") {
        increase(example.withheld[WithheldFeedbackReason]);
    }
}

void noteWithheldFeature(TrainingExample& example, std::string_view key)
{
    increase(example.withheld[withheldReasonOfFeature(key)]);
}

} // namespace workbench
