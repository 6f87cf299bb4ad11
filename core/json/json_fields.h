// SPDX-License-Identifier: Apache-2.0
/// Reads the members of a small JSON object by name and type, and remembers the first that is wrong.
#pragma once

#include "core/base/result.h"
#include "core/json/json_node.h"
#include "core/json/strict_json.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace workbench {

/// A member that is absent or null reads as nothing. One of another type than asked for does too, and
/// becomes the fault. Holds a reference: the document must outlive it.
class JsonFields {
public:
    explicit JsonFields(const JsonNode& object);

    [[nodiscard]] std::string text(const char* key);
    [[nodiscard]] std::optional<std::string> optionalText(const char* key);
    [[nodiscard]] std::uint64_t count(const char* key);
    [[nodiscard]] std::optional<std::uint64_t> optionalCount(const char* key);
    [[nodiscard]] double number(const char* key);
    [[nodiscard]] bool flag(const char* key);
    [[nodiscard]] std::vector<std::string> texts(const char* key);
    [[nodiscard]] std::map<std::string, std::uint64_t> counts(const char* key);
    /// nullptr when there is nothing.
    [[nodiscard]] const JsonNode* object(const char* key);
    [[nodiscard]] const JsonNode* array(const char* key);

    [[nodiscard]] bool has(const char* key) const;
    /// Makes a member that could be read and still makes no sense the fault.
    void refuse(std::string_view what);
    /// "\"splits\" is no object", or empty.
    [[nodiscard]] const std::string& fault() const { return m_fault; }

private:
    [[nodiscard]] const JsonNode* find(const char* key) const;
    void wrong(const char* key, std::string_view wanted);

    const JsonNode& m_object;
    std::string m_fault;
};

/// What `read` makes of the members of the document `json`: a T of JsonFields&. An error of `code` that says
/// "WHERE REFUSAL: why" when it is no strict JSON, or a member was wrong.
template <class T, class Read>
[[nodiscard]] Result<T> readDocument(
    std::string_view json, std::string_view where, ErrorCode code, std::string_view refusal, Read read)
{
    JsonFault fault;
    const auto document = parseJson(json, &fault);
    std::string why;
    if (document) {
        JsonFields fields(*document);
        T value = read(fields);
        if (fields.fault().empty()) {
            return value;
        }
        why = fields.fault();
    } else {
        why = jsonFaultText(fault);
    }
    const std::string place(where);
    return Error {code, place + ' ' + std::string(refusal) + ": " + why, place};
}

} // namespace workbench
