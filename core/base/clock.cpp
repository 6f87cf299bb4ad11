// SPDX-License-Identifier: Apache-2.0
#include "core/base/clock.h"

namespace workbench {

Clock systemClock()
{
    return [] { return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()); };
}

} // namespace workbench
