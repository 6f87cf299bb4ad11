// SPDX-License-Identifier: Apache-2.0
/// A valid training example of which a test changes only what it is about.
#pragma once

#include "core/schema/schema.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace workbench {

/// ExampleBuilder().with("window_days", 5551234567.0).json(): all else is as a captured row has it.
///
/// A path is "id", "targets.boundary_class", "labels.client_feedback", "features.window_days", or the bare
/// name of a feature ("window_days"). "industry_key" and "source" alone are the example's own.
class ExampleBuilder {
public:
    /// All features of the shipped schema have a value in range; labels are filled too.
    ExampleBuilder();
    explicit ExampleBuilder(const Schema& schema);

    ExampleBuilder& with(std::string_view path, double value);
    ExampleBuilder& with(std::string_view path, int value);
    ExampleBuilder& with(std::string_view path, bool value);
    ExampleBuilder& with(std::string_view path, const char* value); ///< a JSON string, escaped
    ExampleBuilder& with(std::string_view path, const std::string& value); ///< likewise
    ExampleBuilder& with(std::string_view path, std::nullptr_t);
    /// The JSON text itself, right or wrong: raw("window_days", "1e999").
    ExampleBuilder& raw(std::string_view path, std::string json);
    ExampleBuilder& without(std::string_view path);

    [[nodiscard]] std::string json() const; ///< one line, no newline

private:
    using Members = std::vector<std::pair<std::string, std::string>>;

    Members& membersOf(std::string_view& path);

    Members m_top; ///< "features", "targets" and "labels" hold their place by an empty text
    Members m_features;
    Members m_targets;
    Members m_labels;
};

/// `text` as a JSON string with its quotes; bytes that need no escape stay as they are.
[[nodiscard]] std::string quotedJson(std::string_view text);

} // namespace workbench
