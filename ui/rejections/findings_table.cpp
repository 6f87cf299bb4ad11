// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rejections/findings_table.h"

#include "ui/bridge/qt_text.h"
#include "ui/rejections/finding_delegate.h"
#include "ui/rejections/findings_model.h"
#include "ui/theme/sizes.h"
#include "ui/theme/theme.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/row_table.h"

#include <QCoreApplication>
#include <QFontMetrics>
#include <QHeaderView>

#include <algorithm>

namespace workbench {

namespace {

constexpr int LeastForMasked = 136; ///< a shape is told from another by that much
constexpr int LeastForName = 64; ///< of a field or a file

struct TableWords {
    Q_DECLARE_TR_FUNCTIONS(FindingsTable)
};

} // namespace

QTableView* makeFindingsTable(FindingsModel& model, QWidget* parent)
{
    auto* table = new RowTable(parent);
    table->setObjectName(QStringLiteral("rejectionsTable"));
    table->setAccessibleName(TableWords::tr("Findings"));
    table->setModel(&model);
    table->setItemDelegate(new FindingDelegate(table));
    table->setFrameShape(QFrame::NoFrame);
    table->setTabKeyNavigation(false);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setRowHeight(Theme::rowHeight());
    QHeaderView& header = *table->horizontalHeader();
    header.setFont(Theme::tableFont());
    header.setFixedHeight(std::max(28, QFontMetrics(Theme::tableFont()).height() + 10));
    header.setHighlightSections(false);
    header.setSectionsClickable(true);
    header.setSortIndicatorShown(true);
    header.setSortIndicator(-1, Qt::AscendingOrder);
    header.setMinimumSectionSize(56);
    header.setSectionResizeMode(FindingsModel::MaskedColumn, QHeaderView::Stretch);
    return table;
}

void fitFindingsColumns(QTableView& table, const Selection& selection)
{
    const QFontMetrics text(Theme::tableFont());
    constexpr int Margins = 18;
    int rule = text.horizontalAdvance(TableWords::tr("Rule"));
    for (std::size_t which = 0; which < RuleCount; ++which) {
        if (selection.rejections.rowsByRule[which] > 0) {
            rule = std::max(rule, text.horizontalAdvance(toQt(ruleName(static_cast<Rule>(which)))));
        }
    }
    int file = text.horizontalAdvance(TableWords::tr("File"));
    for (const ExampleFile& each : selection.index->files().files) {
        file = std::max(file, text.horizontalAdvance(toQt(each.name)));
    }
    int field = text.horizontalAdvance(TableWords::tr("the whole line"));
    for (const auto& entry : selection.rejections.rowsByField) {
        field = std::max(field, text.horizontalAdvance(toQt(entry.first)));
    }
    rule += Margins + 18;
    QHeaderView& header = *table.horizontalHeader();
    const int widestLine = QFontMetrics(Theme::numberFont())
                               .horizontalAdvance(countText(std::max<quint64>(selection.ledger.read, 9999)));
    const int line = std::max(widestLine + Margins, header.minimumSectionSize());
    field = std::min(field, sized(220)) + Margins + 14;
    file = std::min(file, sized(200)) + Margins;
    int lacking = rule + field + sized(LeastForMasked) + file + line - table.viewport()->width();
    for (int* giving : {&field, &file}) {
        const int given = std::clamp(lacking, 0, std::max(0, *giving - sized(LeastForName)));
        *giving -= given;
        lacking -= given;
    }
    header.resizeSection(FindingsModel::RuleColumn, rule);
    header.resizeSection(FindingsModel::FieldColumn, field);
    header.resizeSection(FindingsModel::FileColumn, file);
    header.resizeSection(FindingsModel::LineColumn, line);
}

} // namespace workbench
