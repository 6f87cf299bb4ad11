// SPDX-License-Identifier: Apache-2.0
// With what core is compiled with, Qt's headers are not even reachable.
#include "core/base/result.h"
#ifdef MISUSE
#include <QString>
#endif

workbench::Result<int> answer() { return 42; }
