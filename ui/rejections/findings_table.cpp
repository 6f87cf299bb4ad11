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
#include <QScopedValueRollback>

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
    header.setTextElideMode(Qt::ElideRight);
    header.setSectionsClickable(true);
    header.setSortIndicatorShown(true);
    header.setSortIndicator(-1, Qt::AscendingOrder);
    header.setMinimumSectionSize(56);
    header.setSectionResizeMode(FindingsModel::MaskedColumn, QHeaderView::Stretch);
    return table;
}

FindingsColumns::FindingsColumns(QTableView& table)
    : QObject(&table)
    , m_table(table)
    , m_usual(FindingsModel::ColumnCount, 0)
    , m_chosen(FindingsModel::ColumnCount, 0)
{
    const QHeaderView* header = table.horizontalHeader();
    connect(header, &QHeaderView::sectionResized, this, [this](int column, int, int width) {
        if (!m_fitting && column != FindingsModel::MaskedColumn) { // that one takes what is left
            m_chosen.at(static_cast<std::size_t>(column)) = width;
        }
    });
    connect(header, &QHeaderView::sectionHandleDoubleClicked, this, [this](int column) {
        m_chosen.at(static_cast<std::size_t>(column)) = 0;
        if (const int usual = m_usual.at(static_cast<std::size_t>(column)); usual > 0) {
            set(column, usual);
        }
    });
}

void FindingsColumns::set(int column, int width)
{
    const QScopedValueRollback guard(m_fitting, true);
    const auto place = static_cast<std::size_t>(column);
    m_usual.at(place) = width;
    m_table.horizontalHeader()->resizeSection(column, m_chosen.at(place) > 0 ? m_chosen.at(place) : width);
}

void FindingsColumns::fit(const Selection& selection)
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
    const QHeaderView& header = *m_table.horizontalHeader();
    const int widestLine = QFontMetrics(Theme::numberFont())
                               .horizontalAdvance(countText(std::max<quint64>(selection.ledger.read, 9999)));
    const int line = std::max(widestLine + Margins, header.minimumSectionSize());
    field = std::min(field, sized(220)) + Margins + 14;
    file = std::min(file, sized(200)) + Margins;
    int lacking = rule + field + sized(LeastForMasked) + file + line - m_table.viewport()->width();
    for (int* giving : {&field, &file}) {
        const int given = std::clamp(lacking, 0, std::max(0, *giving - sized(LeastForName)));
        *giving -= given;
        lacking -= given;
    }
    set(FindingsModel::RuleColumn, rule);
    set(FindingsModel::FieldColumn, field);
    set(FindingsModel::FileColumn, file);
    set(FindingsModel::LineColumn, line);
}

} // namespace workbench
