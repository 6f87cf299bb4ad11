// SPDX-License-Identifier: Apache-2.0
/// One value of a small JSON document, and all that is in it. It goes without asking for memory: the tree of
/// nlohmann_json asks for some to be destroyed, and where there is none it ends the program.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace workbench {

struct JsonMember;

class JsonNode {
public:
    using Array = std::vector<JsonNode>;
    /// In the order of their keys, none of which stands twice.
    using Object = std::vector<JsonMember>;

    JsonNode(); ///< null
    explicit JsonNode(bool value);
    explicit JsonNode(std::int64_t value);
    explicit JsonNode(std::uint64_t value);
    explicit JsonNode(double value);
    explicit JsonNode(std::string value);
    explicit JsonNode(Array items);
    /// Puts the members into their order. Precondition: no key stands twice.
    explicit JsonNode(Object members);
    // Not here: of what it holds JsonMember is not complete yet.
    JsonNode(const JsonNode& other);
    JsonNode(JsonNode&& other) noexcept;
    JsonNode& operator=(const JsonNode& other);
    JsonNode& operator=(JsonNode&& other) noexcept;
    ~JsonNode();

    [[nodiscard]] bool isNull() const { return std::holds_alternative<std::monostate>(m_value); }
    // Each is nothing, or null, when the value is of another type.
    [[nodiscard]] std::optional<bool> flag() const;
    /// A whole number that is not negative, written without a fraction and without an exponent.
    [[nodiscard]] std::optional<std::uint64_t> count() const;
    [[nodiscard]] std::optional<double> number() const;
    [[nodiscard]] const std::string* text() const { return std::get_if<std::string>(&m_value); }
    [[nodiscard]] const Array* array() const { return std::get_if<Array>(&m_value); }
    [[nodiscard]] const Object* object() const { return std::get_if<Object>(&m_value); }

    /// Null when this is no object or has none of that name.
    [[nodiscard]] const JsonNode* member(std::string_view key) const;
    /// A member's text; empty when there is none.
    [[nodiscard]] std::string textOf(std::string_view key) const;
    /// A member's count(), and flag(); nothing when there is no such member.
    [[nodiscard]] std::optional<std::uint64_t> countOf(std::string_view key) const;
    [[nodiscard]] std::optional<bool> flagOf(std::string_view key) const;
    /// What stands in the array that a member is; nothing when there is no such member, or it is none.
    [[nodiscard]] const Array& items(std::string_view key) const;
    [[nodiscard]] bool holdsArray(std::string_view key) const;

private:
    std::variant<std::monostate, bool, std::int64_t, std::uint64_t, double, std::string, Array, Object>
        m_value;
};

struct JsonMember {
    std::string key;
    JsonNode value;
};

} // namespace workbench
