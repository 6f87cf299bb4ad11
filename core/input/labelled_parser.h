// SPDX-License-Identifier: Apache-2.0
/// An ExampleParser that also knows the label files: what it answers is the line with its labels merged in,
/// so that filters, guard and preview see one example and need not know where its labels lay.
#pragma once

#include "core/base/result.h"
#include "core/input/example_parser.h"
#include "core/input/label_files.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace workbench {

/// Not thread-safe: one for each thread. Keeps its buffers between lines.
///
/// A file's fields come on top of those that the line has itself: the same field in both is the file's, null
/// too. A file that is not one JSON object (nor null) makes `labels` of its row a string, which the guard
/// refuses as wrong_type. A line whose own labels are neither object nor null stays as it is, and so does a
/// malformed one.
class LabelledParser {
public:
    /// Without `labels` (null) it is an ExampleParser.
    LabelledParser(const SchemaPtr& schema, LineShape shape, LabelFilesPtr labels);

    /// As ExampleParser::parse(); the answer's `line` is the text with the labels. Errors: as
    /// LabelFiles::read().
    [[nodiscard]] Result<const TrainingExample*> parse(std::string_view line);
    /// The line as it stands, no file read, for whoever only counts; sidecar() is known nevertheless.
    [[nodiscard]] const TrainingExample& parseAlone(std::string_view line);
    [[nodiscard]] const TrainingExample& malformed(std::string_view beginning);

    /// The place of the label file of the line that was parsed last.
    [[nodiscard]] std::optional<std::uint32_t> sidecar() const { return m_sidecar; }

private:
    /// The file's one object on a single line, or nothing: it is none.
    [[nodiscard]] std::optional<std::string> objectOf(std::string_view text);
    void setLabels(const TrainingExample& example, std::string_view value);
    [[nodiscard]] const TrainingExample& parseMerged();

    LabelFilesPtr m_labels;
    ExampleParser m_parser;
    ExampleParser m_fileParser;
    std::optional<std::uint32_t> m_sidecar;
    std::string m_file; ///< a label file's bytes
    std::string m_merged; ///< the line with its labels, and LinePadding behind
};

} // namespace workbench
