// SPDX-License-Identifier: Apache-2.0
#include "core/input/filter_json.h"

#include "core/base/rfc3339.h"

namespace workbench {

namespace {

std::string timeText(const std::optional<UtcTime>& time)
{
    return time ? formatRfc3339(*time, hasFraction(*time)) : std::string();
}

std::optional<UtcTime> readTime(JsonFields& fields, const char* key)
{
    const std::optional<std::string> text = fields.optionalText(key);
    if (!text) {
        return std::nullopt;
    }
    const std::optional<Rfc3339Time> time = parseRfc3339(*text);
    if (!time) {
        fields.refuse('"' + std::string(key) + "\" is no time");
        return std::nullopt;
    }
    return time->time;
}

} // namespace

void writeFilter(JsonWriter& writer, const ExampleFilter& filter)
{
    writer.beginObject();
    writer.key("source").textOrNull(filter.source.value_or(std::string()));
    writer.key("industry").textOrNull(filter.industry.value_or(std::string()));
    writer.key("since").textOrNull(timeText(filter.since));
    writer.key("until").textOrNull(timeText(filter.until));
    writer.key("labelled").flag(filter.labelled);
    writer.key("max_rows");
    if (filter.maxRows) {
        writer.count(*filter.maxRows);
    } else {
        writer.null();
    }
    writer.endObject();
}

ExampleFilter readFilter(JsonFields& fields)
{
    ExampleFilter filter;
    filter.source = fields.optionalText("source");
    filter.industry = fields.optionalText("industry");
    filter.since = readTime(fields, "since");
    filter.until = readTime(fields, "until");
    filter.labelled = fields.flag("labelled");
    filter.maxRows = fields.optionalCount("max_rows");
    return filter;
}

} // namespace workbench
