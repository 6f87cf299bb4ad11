// SPDX-License-Identifier: Apache-2.0
// The cells of a database's row, each a letter for its type and its text, with a record separator between:
// whatever they hold becomes one line, and no cell reaches beyond its own value.
#include "core/base/utf8.h"
#include "core/input/store_row.h"
#include "core/json/strict_json.h"
#include "core/schema/builtin_schemas.h"
#include "tests/fuzz/promise.h"
#include "tests/fuzz/targets.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <bit>
#include <cstring>
#include <string>

namespace workbench::fuzz {

namespace {

StoreCell cellOf(std::string_view text)
{
    StoreCell cell;
    if (text.empty()) {
        return cell;
    }
    const std::string_view rest = text.substr(1);
    std::uint64_t bits = 0;
    std::memcpy(&bits, rest.data(), std::min(rest.size(), sizeof(bits)));
    cell.text = rest;
    switch (text.front()) {
    case 't':
        cell.type = StoreCell::Type::Text;
        break;
    case 'i':
        cell.type = StoreCell::Type::Integer;
        cell.integer = std::bit_cast<std::int64_t>(bits);
        break;
    case 'r':
        cell.type = StoreCell::Type::Real;
        cell.real = std::bit_cast<double>(bits);
        break;
    case 'b':
        cell.type = StoreCell::Type::Bytes;
        break;
    default:
        break;
    }
    return cell;
}

StoreRow storeRowOf(std::string_view input)
{
    StoreRow row;
    for (StoreCell& cell : row) {
        const std::size_t end = std::min(input.find('\x1e'), input.size());
        cell = cellOf(input.substr(0, end));
        input.remove_prefix(std::min(end + 1, input.size()));
    }
    return row;
}

} // namespace

void writeStoreRow(std::string_view input)
{
    static StoreRowWriter writer;
    static ExampleParser parser(defaultSchema(), LineShape::Example);
    const StoreRow row = storeRowOf(input);
    std::string line;
    writer.append(row, line);
    promise(std::ranges::count(line, '\n') == 1 && line.back() == '\n', "a row is not one line");
    line.pop_back();
    const std::size_t length = line.size();
    line.append(LinePadding, '7');
    promise(!parser.parse(std::string_view(line).substr(0, length)).malformed, "a row is a malformed line");

    // The library takes no number that overflows; of ours, only infinities are such.
    line.resize(length);
    const auto object = nlohmann::ordered_json::parse(line, nullptr, false);
    if (object.is_discarded()) {
        promise(line.find("e") != std::string::npos, "a row is no JSON");
        return;
    }
    promise(object.is_object(), "a row is no object");
    auto member = object.begin();
    for (std::size_t column = 0; column < row.size(); ++column) {
        const StoreCell& cell = row[column];
        if (cell.type == StoreCell::Type::Null) {
            continue;
        }
        promise(
            member != object.end() && member.key() == StoreColumns[column], "a cell took another's place");
        if (cell.type == StoreCell::Type::Text) {
            const bool text = column < FirstJsonColumn;
            promise(!text || member->is_string(), "a text is no string");
            if (member->is_string() && isValidUtf8(cell.text) && text) {
                promise(member->get_ref<const std::string&>() == cell.text, "a text says otherwise");
            }
        }
        ++member;
    }
    promise(member == object.end(), "a cell made a member of its own");
}

} // namespace workbench::fuzz
