// SPDX-License-Identifier: Apache-2.0
// What is shown of a text that others wrote: its shape, its printable characters, or the whole of it in JSON.
#include "core/base/quoted.h"
#include "core/base/utf8.h"
#include "core/guard/mask.h"
#include "core/json/json_pieces.h"
#include "core/json/json_writer.h"
#include "core/json/strict_json.h"
#include "core/review/masked_line.h"
#include "tests/fuzz/promise.h"
#include "tests/fuzz/targets.h"

#include <algorithm>
#include <string>

namespace workbench::fuzz {

namespace {

/// No letter but x, no digit but 9.
bool tellsNothing(std::string_view shape)
{
    return std::ranges::none_of(shape, [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z' && c != 'x') || (c >= '0' && c <= '8');
    });
}

bool hasControls(std::string_view text)
{
    return std::ranges::any_of(
        text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

} // namespace

void maskText(std::string_view input)
{
    const std::string shape = maskShape(input);
    promise(
        tellsNothing(shape) && isValidUtf8(shape) && codePointCount(shape) <= 40, "a shape tells too much");
    promise(maskShape(shape) == shape, "a shape has another shape");
    const MaskedLine raw = maskRawLine(input);
    promise(tellsNothing(raw.text) && !hasControls(raw.text), "a masked line tells too much");

    const std::string quoted = inQuotes(input);
    promise(isValidUtf8(quoted) && !hasControls(quoted), "a quoted text could repaint a terminal");

    std::string written;
    appendJsonString(written, input);
    const auto read = parseStrictJson(written, "written");
    promise(read && read->text() != nullptr, "a JSON string is none");
    promise(!isValidUtf8(input) || *read->text() == input, "a JSON string says otherwise");
    promise(plainText(written) == *read->text(), "a JSON string is read in two ways");
}

} // namespace workbench::fuzz
