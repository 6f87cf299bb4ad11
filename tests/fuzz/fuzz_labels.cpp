// SPDX-License-Identifier: Apache-2.0
// A line and, behind its first line break, the label file of the id "x".
#include "core/input/labelled_parser.h"
#include "tests/fuzz/promise.h"
#include "tests/fuzz/small_schema.h"
#include "tests/fuzz/targets.h"
#include "tests/support/judged_line.h"
#include "tests/support/oracle.h"
#include "tests/support/oracle_json.h"
#include "tests/support/temporary_folder.h"

#include <string>

namespace workbench::fuzz {

namespace {

std::string rowOf(const TrainingExample& example)
{
    static const PiiGuard guard(smallSchema());
    GuardedBatch batch;
    PiiGuard::Workspace workspace;
    return guard.inspect(example, batch, workspace) ? std::string(batch[0].bytes()) : std::string();
}

/// The label file without what may stand around its object.
std::string_view trimmed(std::string_view text)
{
    if (text.starts_with("\xef\xbb\xbf")) {
        text.remove_prefix(3);
    }
    const std::size_t begin = text.find_first_not_of(" \t\r\n");
    const std::size_t end = text.find_last_not_of(" \t\r\n");
    return begin == std::string_view::npos ? std::string_view() : text.substr(begin, end + 1 - begin);
}

} // namespace

void mergeLabels(std::string_view input)
{
    static const TemporaryFolder folder;
    const std::size_t end = input.find('\n');
    if (end == std::string_view::npos) {
        return;
    }
    std::string line(input.substr(0, end));
    const std::string_view file = input.substr(end + 1);
    static_cast<void>(folder.write("x.json", file));
    const auto labels = LabelFiles::list(folder.path());
    promise(labels && (*labels)->size() == 1, "a label file is not listed");
    LabelledParser parser(smallSchema(), LineShape::Example, *labels);
    const std::string_view text(line.append(LinePadding, '7').data(), end);
    const auto merged = parser.parse(text);
    promise(static_cast<bool>(merged), "a label file cannot be read");
    const std::string row = rowOf(**merged);
    promise((*merged)->line.find('\n') == std::string_view::npos, "a merged line is no line");

    const auto known = oracle::parseLine(text);
    const oracle::Node* const id = known ? known->find("id") : nullptr;
    const bool isOurs = id != nullptr && id->kind == oracle::Node::Kind::String && id->text == "x";
    promise(parser.sidecar().has_value() == isOurs, "labels of another example");
    const std::string wanted = isOurs ? oracle::withLabels(text, trimmed(file)) : std::string(text);
    promise(row == oracle::judge(wanted, *smallSchema()).line, "labels of a file are not those of a line");
}

} // namespace workbench::fuzz
