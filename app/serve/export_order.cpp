// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/serve/export_order.h"

#include "core/base/ascii.h"
#include "core/config/export_config.h"
#include "core/json/strict_json.h"

#include <algorithm>
#include <array>

namespace workbench {

namespace {

constexpr std::array<std::string_view, 8> Fields {
    "source", "industry", "max_rows", "maxRows", "push", "split", "repo", "on_rejection"};

Error refusal(std::string_view field, std::string_view allowed)
{
    return {ErrorCode::Usage, std::string(field) + ": allowed: " + std::string(allowed), std::string(field)};
}

/// A plain word of letters: nothing of a person's could hide in it.
bool looksLikeAField(std::string_view name)
{
    return !name.empty() && name.size() <= 40 && !isDigit(name.front())
        && std::ranges::all_of(name, isNameCharacter) && std::ranges::count_if(name, isDigit) <= 4;
}

Error unknownField(std::string_view name)
{
    std::string known;
    for (const std::string_view field : Fields) {
        known += (known.empty() ? "" : ", ") + std::string(field);
    }
    const std::string shown
        = looksLikeAField(name) ? "unknown field " + std::string(name) : std::string("an unknown field");
    return {ErrorCode::Usage, shown + "; allowed: " + known, looksLikeAField(name) ? std::string(name) : ""};
}

/// A key that stands twice may be anything; it is named where it is one of ours.
Error invalidBody(const JsonFault& fault)
{
    const bool isField = std::ranges::find(Fields, fault.key) != Fields.end();
    if (fault.kind == JsonFault::Kind::KeyTwice && isField) {
        return {ErrorCode::Usage, "body: the field " + fault.key + " stands twice", fault.key};
    }
    if (fault.kind == JsonFault::Kind::KeyTwice) {
        return {ErrorCode::Usage, "body: a key stands twice in one object", "body"};
    }
    return jsonError(fault, "body");
}

/// Reads the members one by one; the first that is wrong is kept.
class OrderReader {
public:
    OrderReader(const JsonNode& object, const OrderDefaults& defaults)
        : m_object(object)
        , m_defaults(defaults)
    {
    }

    Result<QueuedExport> read()
    {
        QueuedExport order;
        order.split = m_defaults.split;
        order.repo = m_defaults.repo;
        order.filter.maxRows = m_defaults.maxRows;
        for (const auto& [name, value] : *m_object.object()) {
            if (std::ranges::find(Fields, name) == Fields.end()) {
                return unknownField(name);
            }
            if (auto fault = take(name, value, order)) {
                return *fault;
            }
        }
        if (m_object.member("max_rows") != nullptr && m_object.member("maxRows") != nullptr) {
            return refusal("maxRows", "only when max_rows is not given too");
        }
        return order;
    }

private:
    std::optional<Error> take(const std::string& name, const JsonNode& value, QueuedExport& order) const
    {
        if (name == "push") {
            const auto flag = value.flag();
            if (!flag) {
                return refusal(name, "true, false");
            }
            order.push = *flag;
            return std::nullopt;
        }
        if (name == "max_rows" || name == "maxRows") {
            const std::uint64_t rows = value.count().value_or(0);
            if (rows == 0) {
                return refusal(name, "a whole number, at least 1");
            }
            order.filter.maxRows = rows;
            return std::nullopt;
        }
        if (value.text() == nullptr) {
            return refusal(name, "a string");
        }
        return takeText(name, *value.text(), order);
    }

    std::optional<Error> takeText(const std::string& name, const std::string& text, QueuedExport& order) const
    {
        if (name == "source") {
            const std::vector<std::string>& known = m_defaults.schema->sources();
            if (std::ranges::find(known, text) == known.end()) {
                std::string listed;
                for (const std::string& source : known) {
                    listed += (listed.empty() ? "" : ", ") + source;
                }
                return refusal(name, listed);
            }
            order.filter.source = text;
        } else if (name == "industry") {
            const bool plain
                = !text.empty() && text.size() <= 64 && std::ranges::all_of(text, isNameCharacter);
            if (!plain) {
                return refusal(name, "1 to 64 of A-Z, a-z, 0-9, _ and -");
            }
            order.filter.industry = text;
        } else if (name == "split") {
            const auto split = splitStrategyFromName(text);
            if (!split) {
                return refusal(name, "none, by_source, by_industry, by_source_industry");
            }
            order.split = *split;
        } else if (name == "repo") {
            if (!isRepo(text)) {
                return refusal(name, "OWNER/NAME, each of letters, digits, _, - and .");
            }
            order.repo = text;
        } else { // on_rejection
            if (text != "abort" && text != "skip") {
                return refusal(name, "abort, skip");
            }
            order.onRejection = text == "skip" ? OnRejection::Skip : OnRejection::Abort;
        }
        return std::nullopt;
    }

    /// As the option --repo takes it.
    static bool isRepo(const std::string& text)
    {
        ConfigOptions options;
        options.repo = text;
        return static_cast<bool>(
            resolveConfig(options, [](const char*) { return std::optional<std::string>(); }, {}));
    }

    const JsonNode& m_object;
    const OrderDefaults& m_defaults;
};

} // namespace

Result<QueuedExport> parseOrder(std::string_view body, const OrderDefaults& defaults)
{
    if (body.empty()) {
        return OrderReader(JsonNode(JsonNode::Object()), defaults).read();
    }
    JsonFault fault;
    const auto document = parseJson(body, &fault);
    if (!document) {
        return invalidBody(fault);
    }
    if (document->object() == nullptr) {
        return refusal("body", "a JSON object");
    }
    return OrderReader(*document, defaults).read();
}

} // namespace workbench
