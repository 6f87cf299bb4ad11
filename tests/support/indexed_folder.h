// SPDX-License-Identifier: Apache-2.0
/// A folder of invented lines and its index, for tests of everything that looks at rows.
#pragma once

#include "core/review/example_index.h"
#include "tests/support/temporary_folder.h"

#include <string>
#include <string_view>
#include <vector>

namespace workbench {

class IndexedFolder {
public:
    /// Each line gets its newline.
    void add(std::string_view name, const std::vector<std::string>& lines);

    [[nodiscard]] const TemporaryFolder& folder() const { return m_folder; }
    /// As listed now; throws std::runtime_error when the folder cannot be read.
    [[nodiscard]] ExampleFiles files() const;
    /// The complete index under the shipped schema; throws likewise.
    [[nodiscard]] IndexPtr index(unsigned threads = 2) const;

private:
    TemporaryFolder m_folder;
};

} // namespace workbench
