// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preview/column_measure.h"

#include "ui/bridge/qt_text.h"
#include "ui/preview/preview_cell.h"
#include "ui/preview/preview_model.h"
#include "ui/theme/sizes.h"
#include "ui/theme/theme.h"
#include "ui/widgets/number_text.h"

#include <QtMath>

#include <algorithm>

namespace workbench {

namespace {

constexpr int SampledRows = 200;
constexpr qsizetype UsualIdLength = 21;
constexpr int WidestText = 240; ///< of columns whose texts have no bound, until somebody drags

} // namespace

int ColumnMeasure::advance(const QString& text, const QFont& font) const
{
    return qCeil(m_texts.width(text, font));
}

int ColumnMeasure::widthOf(int column, const StatisticsPtr& statistics, int firstRow) const
{
    int width = 0;
    const RowColumn* what = m_model.columns().at(column);
    const auto place = m_model.columns().rowColumn(column);
    const auto number = [this](const QString& shown) { return advance(shown, Theme::numberFont()); };
    const auto text = [this](const QString& shown) { return advance(shown, Theme::tableFont()); };
    constexpr int Margins = 18;
    const auto fit = [&width](int needed) { width = std::max(width, needed + Margins); };
    if (column == PreviewColumns::Number) {
        fit(number(countText(static_cast<quint64>(std::max(m_model.rowCount(), 99)))));
        return width;
    }
    if (column == PreviewColumns::Verdict) {
        fit(text(PreviewModel::tr("kept")) + 18);
        if (statistics) {
            for (std::size_t rule = 0; rule < RuleCount; ++rule) {
                if (statistics->selection->rejections.rowsByRule[rule] > 0) {
                    fit(text(verdictText(static_cast<Rule>(rule), 1)) + 18);
                }
            }
        }
        return width;
    }
    const ColumnStatistics counted = statistics && place && *place < statistics->columns.size()
        ? statistics->columns[*place]
        : ColumnStatistics();
    switch (what->kind) {
    case ColumnKind::Integer:
    case ColumnKind::Number:
        for (const double value : {counted.lowest, counted.highest}) {
            const int decimals = what->kind == ColumnKind::Integer ? 0 : m_model.decimals(column);
            fit(number(decimalText(value, decimals)));
        }
        fit(34); // the null chip
        break;
    case ColumnKind::Enum:
        for (std::size_t code = 0; code < what->values.size(); ++code) {
            if (code >= counted.counts.size() || counted.counts[code] > 0) {
                fit(text(toQt(what->values[code])));
            }
        }
        break;
    case ColumnKind::Boolean:
        fit(text(QStringLiteral("false")));
        break;
    case ColumnKind::Time:
        fit(number(QStringLiteral("2026-11-22 15:20:26")));
        break;
    case ColumnKind::Constant:
    case ColumnKind::Identifier:
    case ColumnKind::Keys: {
        const QFont& font = what->kind == ColumnKind::Identifier ? Theme::monoFont() : Theme::tableFont();
        qsizetype longest = UsualIdLength; // of ids, whose letters are all as wide as any
        int widest = 0;
        for (int row = firstRow; row < std::min(firstRow + SampledRows, m_model.rowCount()); ++row) {
            const LoadedRowPtr loaded = m_model.loaded(row);
            if (!loaded || *place >= loaded->explanation.cells.size()) {
                continue;
            }
            const QString shown
                = cellText(loaded->explanation.cells[*place], *what, m_model.decimals(column));
            if (what->kind == ColumnKind::Identifier) {
                longest = std::max(longest, shown.size());
            } else {
                widest = std::max(widest, advance(shown, font));
            }
        }
        if (what->kind == ColumnKind::Identifier) {
            widest = advance(QString(longest, QLatin1Char('0')), font);
        }
        fit(std::min(widest, sized(WidestText)));
        break;
    }
    }
    return width;
}

} // namespace workbench
