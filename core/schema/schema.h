// SPDX-License-Identifier: Apache-2.0
/// The features in order, with kind and range: the allowlist as data (contract, section 4).
#pragma once

#include "core/base/result.h"
#include "core/schema/feature.h"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace workbench {

/// Immutable once loaded; shared freely between threads.
class Schema {
public:
    Schema(const Schema&) = delete; // m_index looks into m_features
    Schema& operator=(const Schema&) = delete;

    /// Reads a schema file's text. `where` names it in messages. Errors: Usage, for text that is not a
    /// schema, a double key, a range that is none, or a key with a blocked prefix.
    [[nodiscard]] static Result<std::shared_ptr<const Schema>> parse(
        std::string_view json, std::string_view where);
    /// Reads a schema file. Errors: Io when it cannot be read, Usage as above.
    [[nodiscard]] static Result<std::shared_ptr<const Schema>> load(const std::string& path);
    /// Builds one from parts, with the same checks.
    [[nodiscard]] static Result<std::shared_ptr<const Schema>> make(
        std::string name, std::string version, std::vector<Feature> features, std::string_view where);

    [[nodiscard]] const std::string& name() const { return m_name; } ///< "signals_v1_core48"
    [[nodiscard]] const std::string& version() const { return m_version; } ///< "signals_v1"
    /// First 8 hex digits of SHA-256 over `version:` + keys joined by `,`.
    [[nodiscard]] const std::string& hash() const { return m_hash; }
    /// The same over the keys alone: what the models' own schema file says.
    [[nodiscard]] const std::string& modelHash() const { return m_modelHash; }
    /// The whole SHA-256 over keys, kinds, ranges and enum values, as this text in UTF-8, each line ended by
    /// \n:
    ///     signals-workbench schema 1
    ///     VERSION
    ///     KEY<tab>enum<tab>VALUE|VALUE|…           a line per feature, in order
    ///     KEY<tab>integer|number<tab>MIN<tab>MAX   numbers in RFC 8785 form
    /// Families and units are not part of it: they change nothing that is written in a row.
    [[nodiscard]] const std::string& fingerprint() const { return m_fingerprint; }

    [[nodiscard]] const std::vector<Feature>& features() const { return m_features; }
    [[nodiscard]] std::optional<std::size_t> indexOf(std::string_view key) const;

    /// The closed sets of the row's own fields: the enum feature of that name, else the contract's list.
    [[nodiscard]] const std::vector<std::string>& sources() const { return m_sources; }
    [[nodiscard]] const std::vector<std::string>& industries() const { return m_industries; }
    [[nodiscard]] const std::vector<std::string>& windowRules() const { return m_windowRules; }

    /// The schema as a file's text, two-space indented: what parse() reads back to an equal schema.
    [[nodiscard]] std::string toJson() const;

private:
    Schema() = default;

    std::string m_name;
    std::string m_version;
    std::string m_hash;
    std::string m_modelHash;
    std::string m_fingerprint;
    std::vector<Feature> m_features;
    std::unordered_map<std::string_view, std::size_t> m_index; ///< views into m_features
    std::vector<std::string> m_sources;
    std::vector<std::string> m_industries;
    std::vector<std::string> m_windowRules;
};

using SchemaPtr = std::shared_ptr<const Schema>;

/// `boundary_class` as the contract lists it (section 5).
[[nodiscard]] std::span<const std::string_view> boundaryClasses();
/// The prefixes no feature key may start with (section 5): `rag_`, `website_`, ….
[[nodiscard]] std::span<const std::string_view> blockedPrefixes();

} // namespace workbench
