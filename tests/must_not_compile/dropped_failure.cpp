// SPDX-License-Identifier: Apache-2.0
// A failure cannot be dropped by accident: Result is [[nodiscard]] as a type.
#include "core/base/file.h"

bool flush(const std::string& path)
{
#ifdef MISUSE
    workbench::flushFolder(path);
    return true;
#else
    return static_cast<bool>(workbench::flushFolder(path));
#endif
}
