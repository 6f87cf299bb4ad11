// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/io_cause.h"

#include <cerrno>

namespace workbench {

IoCause causeOf(const Error& error)
{
    switch (error.systemError) {
    case ENOENT:
        return IoCause::Missing;
    case EACCES:
    case EPERM:
        return IoCause::Forbidden;
    case EROFS:
        return IoCause::ReadOnly;
    case ENOTDIR:
        return IoCause::NoFolder;
    default:
        return IoCause::Other;
    }
}

} // namespace workbench
