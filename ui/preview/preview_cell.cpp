// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preview/preview_cell.h"

#include "ui/bridge/qt_text.h"
#include "ui/widgets/number_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <charconv>

namespace workbench {

namespace {

struct CellWords {
    Q_DECLARE_TR_FUNCTIONS(PreviewCell)
};

QString numberText(const std::string& written, int decimals)
{
    double value = 0;
    const char* const end = written.data() + written.size();
    const auto read = std::from_chars(written.data(), end, value);
    if (read.ec != std::errc() || read.ptr != end) {
        return toQt(written);
    }
    return decimalText(value, decimals);
}

/// ["a","b"] as "a, b". The keys come from a grammar without quotes or commas.
QString keysText(const std::string& written)
{
    QString text = toQt(written);
    text.remove(QLatin1Char('[')).remove(QLatin1Char(']')).remove(QLatin1Char('"'));
    if (text.isEmpty()) {
        return CellWords::tr("none");
    }
    return text.replace(QLatin1Char(','), QLatin1String(", "));
}

} // namespace

bool couldBeRead(const RowExplanation& row)
{
    return std::none_of(row.findings.begin(), row.findings.end(),
        [](const Finding& finding) { return finding.rule == Rule::Malformed; });
}

QString unreadText() { return CellWords::tr("not read"); }

QString unreadTip()
{
    return CellWords::tr("This line could not be read: it is malformed. It is not written.");
}

QString cellText(const GuardedCell& cell, const RowColumn& column, int decimals)
{
    switch (cell.state) {
    case GuardedCell::State::Null:
        return QStringLiteral("null"); // JSON's word, the same in every language
    case GuardedCell::State::Refused:
        return cell.text.empty() ? CellWords::tr("missing") : toQt(cell.text);
    case GuardedCell::State::Value:
        break;
    }
    switch (column.kind) {
    case ColumnKind::Integer:
        return numberText(cell.text, 0);
    case ColumnKind::Number:
        return numberText(cell.text, decimals);
    case ColumnKind::Keys:
        return keysText(cell.text);
    case ColumnKind::Time:
        return toQt(cell.text).left(19).replace(QLatin1Char('T'), QLatin1Char(' '));
    case ColumnKind::Identifier:
    case ColumnKind::Constant:
    case ColumnKind::Enum:
    case ColumnKind::Boolean:
        break;
    }
    return toQt(cell.text);
}

QString cellExact(const GuardedCell& cell)
{
    return cell.state == GuardedCell::State::Null ? QString() : toQt(cell.text);
}

QString cellTip(const GuardedCell& cell, const RowColumn& column, bool written)
{
    const QString path = toQt(column.path);
    switch (cell.state) {
    case GuardedCell::State::Null:
        return written ? CellWords::tr("%1 is null: there is no value, and null is written.").arg(path)
                       : CellWords::tr("%1 is null: there is no value.").arg(path);
    case GuardedCell::State::Refused:
        return CellWords::tr("%1 is rejected by %2. Only its shape is shown: letters x, digits 9.")
            .arg(path, cell.rule ? toQt(ruleName(*cell.rule)) : QString());
    case GuardedCell::State::Value:
        break;
    }
    return CellWords::tr("%1: %2").arg(path, toQt(cell.text));
}

QString cellSpoken(const GuardedCell& cell, const RowColumn& column, int decimals)
{
    const QString text = cellText(cell, column, decimals);
    return cell.state == GuardedCell::State::Refused ? CellWords::tr("masked %1").arg(text) : text;
}

QString verdictText(Rule first, int rules)
{
    const QString name = toQt(ruleName(first));
    return rules > 1 ? QStringLiteral("%1 +%2").arg(name).arg(rules - 1) : name;
}

} // namespace workbench
