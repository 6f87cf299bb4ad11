// SPDX-License-Identifier: Apache-2.0
/// A store as the text of lines that a file would hold.
#pragma once

#include "core/input/example_filter.h"
#include "core/input/text_source.h"

namespace workbench {

/// All rows in their order, a line each. Rows that `filter` leaves out for certain are left unread and stand
/// as empty lines, so that a row's line number does not depend on the filter. Errors: as StoreReader::open().
[[nodiscard]] Result<std::unique_ptr<TextSource>> openStoreText(
    const ExampleFile& file, const ExampleFilter* filter, const std::stop_token& stop);

} // namespace workbench
