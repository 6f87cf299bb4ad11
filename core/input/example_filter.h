// SPDX-License-Identifier: Apache-2.0
/// Which examples are wanted, before the guard looks at them (contract, sections 1 and 3).
#pragma once

#include "core/base/clock.h"
#include "core/input/training_example.h"

#include <cstdint>
#include <optional>
#include <string>

namespace workbench {

struct ExampleFilter {
    std::optional<std::string> source; ///< the example's own `source`, not the feature
    std::optional<std::string> industry; ///< the example's own `industry_key`
    std::optional<UtcTime> since; ///< inclusive
    std::optional<UtcTime> until; ///< exclusive
    bool labelled = false;
    std::optional<std::uint64_t> maxRows; ///< the first N that pass the rest; counted by the scan, not here

    /// False when a field that is filtered on is absent or differs. A malformed line always passes, so
    /// that it is never lost in silence.
    [[nodiscard]] bool matches(const TrainingExample& example) const;

    friend bool operator==(const ExampleFilter&, const ExampleFilter&) = default;
};

} // namespace workbench
