// SPDX-License-Identifier: Apache-2.0
/// Writes JSON documents for people and programs: always the same bytes for the same calls.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace workbench {

/// Appends `text` as a JSON string with its quotes. Bytes that are not UTF-8 become U+FFFD.
void appendJsonString(std::string& out, std::string_view text);

/// Commas, indentation and escapes; the caller keeps objects and arrays in balance.
class JsonWriter {
public:
    enum class Layout : std::uint8_t {
        Lines, ///< a member a line, two spaces deeper each
        OneLine, ///< all members on the line, with spaces after `:` and `,`
        Compact, ///< no spaces at all
    };

    JsonWriter& beginObject(Layout layout = Layout::Lines) { return begin('{', layout); }
    JsonWriter& endObject() { return end('}'); }
    JsonWriter& beginArray(Layout layout = Layout::Lines) { return begin('[', layout); }
    JsonWriter& endArray() { return end(']'); }
    JsonWriter& key(std::string_view name);

    JsonWriter& text(std::string_view value);
    JsonWriter& textOrNull(std::string_view value); ///< null when empty
    JsonWriter& count(std::uint64_t value);
    JsonWriter& number(double value); ///< must be finite
    JsonWriter& flag(bool value);
    JsonWriter& null();

    /// The document so far, with a newline.
    [[nodiscard]] std::string take();

private:
    struct Level {
        Layout layout = Layout::Lines;
        bool empty = true;
    };

    JsonWriter& begin(char bracket, Layout layout);
    JsonWriter& end(char bracket);
    void beforeValue();
    void separate();

    std::string m_out;
    std::vector<Level> m_levels;
    bool m_afterKey = false;
};

} // namespace workbench
