// SPDX-License-Identifier: GPL-3.0-or-later
/// What a tab is made of for those who go through it by F6.
#pragma once

class QWidget;

namespace workbench {

struct Panes {
    QWidget* table = nullptr; ///< or whatever stands in its place
    QWidget* detail = nullptr; ///< of what is chosen there; null where there is none
};

/// Gives the focus to the pane, or to the first in it that takes it by Tab. False: nothing in it does.
bool focusPane(QWidget* pane);

} // namespace workbench
