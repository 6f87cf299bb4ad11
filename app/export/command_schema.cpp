// SPDX-License-Identifier: GPL-3.0-or-later
// schema show, schema hash, schema diff.
#include "app/export/commands.h"
#include "app/export/exit_code.h"
#include "app/export/json_document.h"
#include "app/export/push_request.h"
#include "app/export/words.h"
#include "core/json/number_format.h"
#include "core/schema/schema_diff.h"
#include "core/schema/schema_reference.h"

namespace workbench {

namespace {

constexpr std::size_t KeyWidth = 36;

std::string hashesText(const Schema& schema)
{
    return "Schema       " + schema.name() + ", version " + schema.version() + ", "
        + counted(schema.features().size(), "feature", "features") + "\nschema_hash  " + schema.hash()
        + "  (SHA-256 of \"" + schema.version() + ":\" and the keys)\nmodel_hash   " + schema.modelHash()
        + "  (SHA-256 of the keys alone, as the models' schema file has it)\nfingerprint  "
        + schema.fingerprint() + '\n';
}

std::string contentOf(const Feature& feature)
{
    std::string text;
    if (feature.kind == FeatureKind::Enum) {
        for (const std::string& value : feature.values) {
            text += (text.empty() ? "" : "|") + value;
        }
        return text;
    }
    appendCanonicalNumber(text, feature.min);
    text += " to ";
    appendCanonicalNumber(text, feature.max);
    return text + (feature.unit.empty() ? "" : " " + feature.unit);
}

std::string showText(const Schema& schema)
{
    std::string text = hashesText(schema) + '\n';
    std::size_t place = 0;
    for (const Feature& feature : schema.features()) {
        text += paddedLeft(std::to_string(++place), 4) + "  " + padded(feature.key, KeyWidth)
            + padded(std::string(kindName(feature.kind)), 9)
            + padded(std::string(familyName(feature.family)), 9) + contentOf(feature) + '\n';
    }
    return text;
}

std::string placeText(const std::optional<std::size_t>& place)
{
    return paddedLeft(place ? std::to_string(*place + 1) : "-", 5);
}

std::string verdictOf(const SchemaDiff& diff)
{
    if (diff.fit == ModelFit::OtherRanges) {
        return "Same columns, other ranges.";
    }
    if (diff.fit == ModelFit::Identical) {
        return diff.attributesKnown ? "The same schema."
                                    : "The same columns; A does not tell kinds and ranges.";
    }
    if (diff.firstWrongPosition) {
        return "A model trained on A does not fit B: from column "
            + std::to_string(*diff.firstWrongPosition + 1) + " on it would read other columns.";
    }
    return "A model trained on A does not fit B: the hash is another one, though all columns of A stand "
           "where "
           "they stood.";
}

std::string diffText(const SchemaDiff& diff)
{
    std::string text = "A  " + diff.before->name() + "  " + diff.before->hash() + "\nB  " + diff.after->name()
        + "  " + diff.after->hash() + "\n\n";
    for (const FeatureDiff& line : diff.features) {
        if (line.change == FeatureChange::Same) {
            continue;
        }
        const Feature& feature
            = line.after ? diff.after->features()[*line.after] : diff.before->features()[*line.before];
        text += padded(std::string(changeName(line.change)), 9) + placeText(line.before)
            + placeText(line.after) + "  " + feature.key;
        if (line.attributesChanged) {
            const Feature& before = diff.before->features()[*line.before];
            text += "  " + std::string(kindName(before.kind)) + ' ' + contentOf(before) + " -> "
                + std::string(kindName(feature.kind)) + ' ' + contentOf(feature);
        }
        text += '\n';
    }
    return text + grouped(diff.added) + " added, " + grouped(diff.removed) + " removed, "
        + grouped(diff.moved) + " moved, " + grouped(diff.changed) + " changed. " + verdictOf(diff) + '\n';
}

/// As loadSchemaReference(), and hub:OWNER/NAME[@REVISION] too.
Result<SchemaReference> referenceOf(
    const CommandLine& line, const std::string& named, Output& output, const std::stop_token& stop)
{
    constexpr std::string_view Hub = "hub:";
    if (!named.starts_with(Hub)) {
        return loadSchemaReference(named);
    }
    const auto job = pushJobOf(line, output);
    return job ? loadHubSchema(*job, named.substr(Hub.size()), stop) : Result<SchemaReference>(job.error());
}

int diff(const CommandLine& line, Output& output, const std::stop_token& stop)
{
    const auto before = referenceOf(line, line.arguments.at(0), output, stop);
    if (!before) {
        return fail(output, before.error());
    }
    const auto after = referenceOf(line, line.arguments.at(1), output, stop);
    if (!after) {
        return fail(output, after.error());
    }
    const SchemaDiff changes
        = diffSchemas(before->schema, after->schema, before->attributesKnown && after->attributesKnown);
    return finish(output, output.json() ? documentText(diffDocument(changes)) : diffText(changes), ExitDone);
}

} // namespace

int schemaCommand(const CommandLine& line, Output& output, const std::stop_token& stop)
{
    if (line.command == Command::SchemaDiff) {
        return diff(line, output, stop);
    }
    const std::string named
        = line.arguments.empty() ? line.schema.value_or("signals_v1") : line.arguments.front();
    const auto reference = referenceOf(line, named, output, stop);
    if (!reference) {
        return fail(output, reference.error());
    }
    const Schema& schema = *reference->schema;
    if (line.command == Command::SchemaHash) {
        Json hashes = schemaDocument(schema);
        hashes.erase("features");
        return finish(output, output.json() ? documentText(hashes) : schema.hash() + '\n', ExitDone);
    }
    return finish(output, output.json() ? documentText(schemaDocument(schema)) : showText(schema), ExitDone);
}

} // namespace workbench
