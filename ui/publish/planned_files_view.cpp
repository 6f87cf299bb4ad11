// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/publish/planned_files_view.h"

#include "ui/publish/planned_file_delegate.h"
#include "ui/publish/planned_files_model.h"
#include "ui/theme/theme.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/plain_table.h"
#include "ui/widgets/tone_label.h"

#include <QFontMetrics>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QTableView>
#include <QVBoxLayout>

namespace workbench {

PlannedFilesView::PlannedFilesView(QWidget* parent) : QFrame(parent), m_files(new PlannedFilesModel(this))
{
    setProperty("frame", QStringLiteral("base"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(buildSums());
    buildTable();
    column->addWidget(m_table, 1);
}

QWidget* PlannedFilesView::buildSums()
{
    auto* bar = new QFrame(this);
    bar->setProperty("frame", QStringLiteral("bar"));
    m_title = new ToneLabel(TextSize::CaptionStrong, TextTone::Plain, bar);
    m_added = new ToneLabel(TextSize::Caption, TextTone::Ok, bar);
    m_replaced = new ToneLabel(TextSize::Caption, TextTone::Secondary, bar);
    m_deleted = new ToneLabel(TextSize::Caption, TextTone::Bad, bar);
    m_others = new ToneLabel(TextSize::Caption, TextTone::Secondary, bar);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(20, 8, 8, 8);
    row->setSpacing(8);
    row->addWidget(m_title);
    row->addStretch();
    for (ToneLabel* label : {m_added, m_replaced, m_deleted, m_others}) {
        row->addWidget(label);
    }
    return bar;
}

void PlannedFilesView::buildTable()
{
    m_table = new QTableView(this);
    m_table->setObjectName(QStringLiteral("publishFilesTable"));
    m_table->setAccessibleName(tr("What one commit does to each file"));
    m_table->setModel(m_files);
    m_table->setItemDelegate(new PlannedFileDelegate(m_table));
    makePlain(*m_table);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    makePlainHeader(*m_table);
    QHeaderView* header = m_table->horizontalHeader();
    header->setSectionsClickable(false);
    header->setMinimumSectionSize(48);
    const QFontMetrics words(Theme::tableFont());
    const QFontMetrics figures(Theme::numberFont());
    const int size = figures.horizontalAdvance(QStringLiteral("999.9 MB")) + 24;
    header->resizeSection(
        PlannedFilesModel::Change, words.horizontalAdvance(changeWord(FileChange::Replaced)) + 46);
    header->resizeSection(PlannedFilesModel::Now, size);
    header->resizeSection(PlannedFilesModel::After, size);
    header->resizeSection(PlannedFilesModel::Difference,
        figures.horizontalAdvance(tr("%1 of %2").arg(sizeText(999'900), sizeText(999'900))) + 20);
    header->setSectionResizeMode(QHeaderView::Fixed);
    header->setSectionResizeMode(PlannedFilesModel::File, QHeaderView::Stretch);
}

void PlannedFilesView::showSums(const QString& title, const QString& others)
{
    m_title->setText(title);
    const auto show = [this](ToneLabel* label, FileChange change) {
        const std::size_t files = m_files->count(change);
        label->setText(QStringLiteral("%1 %2").arg(countText(files), changeWord(change)));
        label->setVisible(files > 0);
    };
    show(m_added, FileChange::Added);
    show(m_replaced, FileChange::Replaced);
    show(m_deleted, FileChange::Deleted);
    m_others->setText(others);
}

} // namespace workbench
