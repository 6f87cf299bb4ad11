// SPDX-License-Identifier: Apache-2.0
#include "core/base/figures.h"

namespace workbench {

std::string grouped(std::uint64_t number)
{
    std::string digits = std::to_string(number);
    for (std::size_t place = digits.size(); place > 3; place -= 3) {
        digits.insert(place - 3, 1, ',');
    }
    return digits;
}

std::string counted(std::uint64_t number, const char* one, const char* many)
{
    return grouped(number) + ' ' + (number == 1 ? one : many);
}

} // namespace workbench
