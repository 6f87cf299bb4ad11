// SPDX-License-Identifier: Apache-2.0
/// How large a bundle is at least, so that a disk that is surely too small is told of before an export
/// begins.
#pragma once

#include "core/bundle/split_plan.h"
#include "core/schema/schema.h"

#include <cstdint>

namespace workbench {

/// Bytes of the rows alone, each as short as a row can be; with splits they are written twice.
[[nodiscard]] std::uint64_t leastBundleBytes(const Schema& schema, std::uint64_t rows, SplitStrategy split);

} // namespace workbench
