// SPDX-License-Identifier: GPL-3.0-or-later
/// Who gives way to whom where there are fewer cores than threads. With all alike, the window would wait for
/// some milliseconds each time a worker has a core.
#pragma once

namespace workbench {

/// Nice values: added to the program's own, and inherited by the threads that a thread starts.
enum class ThreadRank {
    Asked = 5, ///< somebody waits for it: filters, sorting, search
    Background = 10, ///< takes long anyway: reading a folder, exporting
};

/// Of the calling thread, for good: to raise it again would need a privilege. Does nothing where threads have
/// no priority of their own.
void setThreadRank(ThreadRank rank);

} // namespace workbench
