// SPDX-License-Identifier: GPL-3.0-or-later
/// Cells as the clipboard carries them: tab-separated, and harmless when a spreadsheet takes them in.
#pragma once

#include <QString>
#include <QStringList>

namespace workbench {

/// Quoted when it holds a tab, a line break or a quote; what a spreadsheet would take for a formula gets an
/// apostrophe in front. A negative number stays a number.
[[nodiscard]] QString tabSeparatedCell(const QString& text);
/// One line with its line break.
[[nodiscard]] QString tabSeparatedLine(const QStringList& cells);

} // namespace workbench
