// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/io_cause.h"

#include "core/base/file.h"

#include <cerrno>
#include <utility>

namespace workbench {

IoCause causeOf(std::string_view message)
{
    constexpr std::pair<int, IoCause> Causes[] = {
        {ENOENT, IoCause::Missing},
        {EACCES, IoCause::Forbidden},
        {EPERM, IoCause::Forbidden},
        {EROFS, IoCause::ReadOnly},
        {ENOTDIR, IoCause::NoFolder},
    };
    for (const auto& [number, cause] : Causes) {
        if (message.ends_with(": " + errnoText(number))) {
            return cause;
        }
    }
    return IoCause::Other;
}

} // namespace workbench
