// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/tab_separated.h"

namespace workbench {

namespace {

bool looksLikeFormula(const QString& text)
{
    if (text.isEmpty() || !QStringLiteral("=+-@").contains(text.front())) {
        return false;
    }
    bool isNumber = false;
    text.toDouble(&isNumber); // C locale, like the files
    return !isNumber;
}

} // namespace

QString tabSeparatedCell(const QString& text)
{
    QString cell = looksLikeFormula(text) ? QLatin1Char('\'') + text : text;
    const bool needsQuotes = cell.contains(QLatin1Char('\t')) || cell.contains(QLatin1Char('\n'))
        || cell.contains(QLatin1Char('\r')) || cell.contains(QLatin1Char('"'));
    if (needsQuotes) {
        cell.replace(QLatin1Char('"'), QLatin1String("\"\""));
        cell = QLatin1Char('"') + cell + QLatin1Char('"');
    }
    return cell;
}

QString tabSeparatedLine(const QStringList& cells)
{
    QStringList escaped;
    escaped.reserve(cells.size());
    for (const QString& cell : cells) {
        escaped << tabSeparatedCell(cell);
    }
    return escaped.join(QLatin1Char('\t')) + QLatin1Char('\n');
}

} // namespace workbench
