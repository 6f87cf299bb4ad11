// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/json_highlighter.h"

#include "ui/theme/theme.h"

namespace workbench {

namespace {

/// Behind the closing quote of the string that opens at `start`, or the end of the line.
qsizetype endOfString(const QString& line, qsizetype start)
{
    for (qsizetype at = start + 1; at < line.size(); ++at) {
        if (line[at] == QLatin1Char('\\')) {
            ++at;
        } else if (line[at] == QLatin1Char('"')) {
            return at + 1;
        }
    }
    return line.size();
}

bool isFollowedByColon(const QString& line, qsizetype at)
{
    while (at < line.size() && line[at].isSpace()) {
        ++at;
    }
    return at < line.size() && line[at] == QLatin1Char(':');
}

} // namespace

void JsonHighlighter::highlightBlock(const QString& line)
{
    const ThemeColors& colors = Theme::colors();
    const auto paint = [this](qsizetype from, qsizetype to, const QColor& color, bool italic) {
        QTextCharFormat format;
        format.setForeground(color);
        format.setFontItalic(italic);
        setFormat(static_cast<int>(from), static_cast<int>(to - from), format);
    };
    for (qsizetype at = 0; at < line.size();) {
        const QChar here = line[at];
        qsizetype end = at + 1;
        if (here == QLatin1Char('"')) {
            end = endOfString(line, at);
            paint(at, end, isFollowedByColon(line, end) ? colors.jsonKey : colors.jsonString, false);
        } else if (here.isDigit() || here == QLatin1Char('-')) {
            while (end < line.size()
                && (line[end].isLetterOrNumber() || line[end] == QLatin1Char('.')
                    || line[end] == QLatin1Char('-') || line[end] == QLatin1Char('+'))) {
                ++end;
            }
            paint(at, end, colors.jsonNumber, false);
        } else if (here.isLetter()) {
            while (end < line.size() && line[end].isLetter()) {
                ++end;
            }
            const bool isNull = QStringView(line).mid(at, end - at) == QLatin1String("null");
            paint(at, end, isNull ? colors.text3 : colors.jsonLiteral, isNull);
        } else if (here == QChar(0x2026)) { // "… 42 more features"
            end = line.size();
            paint(at, end, colors.text3, false);
        }
        at = end;
    }
}

} // namespace workbench
