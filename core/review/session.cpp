// SPDX-License-Identifier: Apache-2.0
#include "core/review/session.h"

#include "core/base/file.h"
#include "core/input/filter_json.h"

namespace workbench {

namespace {

constexpr std::uint64_t SessionLimit = std::uint64_t {1} << 20;
constexpr unsigned OwnFolder = 0700;

ExampleFilter filterIn(JsonFields& fields, const char* key)
{
    const JsonNode* const object = fields.object(key);
    if (object == nullptr) {
        return {};
    }
    JsonFields inner(*object);
    ExampleFilter filter = readFilter(inner);
    fields.refuse(inner.fault());
    return filter;
}

void readSteps(JsonFields& fields, Session& session)
{
    if (const JsonNode* const steps = fields.array("steps")) {
        for (const JsonNode& step : *steps->array()) {
            JsonFields inner(step);
            session.steps.push_back(
                {inner.text("name"), filterIn(inner, "before"), filterIn(inner, "after")});
            fields.refuse(inner.fault());
        }
    }
    session.stepsDone = fields.count("steps_done");
    if (session.stepsDone > session.steps.size()) {
        fields.refuse("\"steps_done\" is more than there are");
    }
}

} // namespace

std::string toJson(const Session& session)
{
    JsonWriter writer;
    writer.beginObject();
    writer.key("folder").text(session.folder);
    writer.key("tab").text(session.tab);
    writer.key("schema_fingerprint").text(session.schemaFingerprint);
    writer.key("usual_max_rows").count(session.usualMaxRows);
    writer.key("filter");
    writeFilter(writer, session.filter);
    writer.key("steps").beginArray();
    for (const Session::Step& step : session.steps) {
        writer.beginObject();
        writer.key("name").text(step.name);
        writer.key("before");
        writeFilter(writer, step.before);
        writer.key("after");
        writeFilter(writer, step.after);
        writer.endObject();
    }
    writer.endArray();
    writer.key("steps_done").count(session.stepsDone);
    writer.key("sort_column").textOrNull(session.sortColumn);
    writer.key("descending").flag(session.descending);
    writer.key("example_id").textOrNull(session.exampleId);
    writer.endObject();
    return writer.take();
}

namespace {

Session sessionFrom(JsonFields& fields)
{
    Session session;
    session.folder = fields.text("folder");
    if (!session.folder.starts_with('/')) {
        fields.refuse("\"folder\" is not absolute");
    }
    session.tab = fields.text("tab");
    session.schemaFingerprint = fields.text("schema_fingerprint");
    session.usualMaxRows = fields.count("usual_max_rows");
    session.filter = filterIn(fields, "filter");
    readSteps(fields, session);
    session.sortColumn = fields.text("sort_column");
    session.descending = fields.flag("descending");
    session.exampleId = fields.text("example_id");
    return session;
}

} // namespace

Result<Session> parseSession(std::string_view json, std::string_view where)
{
    return readDocument<Session>(json, where, ErrorCode::Io, "is no session", sessionFrom);
}

Result<void> saveSession(const std::string& path, const Session& session)
{
    if (auto made = makeFolders(parentFolder(path), OwnFolder); !made) {
        return made;
    }
    return writeFileAtomically(path, toJson(session));
}

Result<std::optional<Session>> loadSession(const std::string& path)
{
    const auto text = readFileIfThere(path, SessionLimit);
    if (!text) {
        return text.error();
    }
    if (!*text) {
        return std::optional<Session>();
    }
    auto session = parseSession(**text, path);
    if (!session) {
        return session.error();
    }
    return std::optional<Session>(std::move(*session));
}

} // namespace workbench
