// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rejections/findings_table.h"

#include "ui/bridge/qt_text.h"
#include "ui/rejections/finding_delegate.h"
#include "ui/rejections/findings_model.h"
#include "ui/theme/theme.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/row_table.h"

#include <QCoreApplication>
#include <QFontMetrics>
#include <QHeaderView>

#include <algorithm>

namespace workbench {

namespace {

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
    QHeaderView& header = *table.horizontalHeader();
    header.resizeSection(FindingsModel::RuleColumn, rule + Margins + 18);
    header.resizeSection(FindingsModel::FieldColumn, std::min(field, 260) + Margins + 14);
    header.resizeSection(FindingsModel::FileColumn, std::min(file, 200) + Margins);
    header.resizeSection(FindingsModel::LineColumn,
        QFontMetrics(Theme::numberFont())
                .horizontalAdvance(countText(std::max<quint64>(selection.ledger.read, 9999)))
            + Margins);
}

} // namespace workbench
