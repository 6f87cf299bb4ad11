// SPDX-License-Identifier: Apache-2.0
/// What must not leave, in every disguise, at every place of an example that leaves.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace workbench {

struct MatrixText {
    std::string family; ///< "phone"
    std::string disguise; ///< "full-width"
    std::string text;
    std::string json; ///< with its quotes, as the line spells it
};

struct MatrixCase {
    std::string name; ///< "id, phone, full-width"
    std::string path; ///< of a finding about it
    std::string line;
    MatrixText what;
};

/// Ten families in nine disguises.
[[nodiscard]] std::vector<MatrixText> matrixTexts();

/// Those, at each place of a line whose string is written: the id, the time, source, industry, window rule, a
/// feature that is an enum and one that is a number, boundary class, a pressure key, client feedback, and two
/// labels that are no strings.
[[nodiscard]] std::vector<MatrixCase> matrixCases();

/// The same where nothing that stands there is written: as the key of a feature, of a target, of a label and
/// of the example, and as the text of the two labels that are withheld.
[[nodiscard]] std::vector<MatrixCase> withheldMatrixCases();

/// What the grammar of ids cannot tell from an id: an internet address and a name between dots, as they are.
[[nodiscard]] bool isAnIdToo(const MatrixCase& one);

} // namespace workbench
