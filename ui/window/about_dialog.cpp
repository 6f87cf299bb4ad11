// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/about_dialog.h"

#include "core/base/version.h"
#include "ui/theme/icons.h"
#include "ui/widgets/buttons.h"

#include <QAction>
#include <QApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>
#include <QTableWidget>
#include <QVBoxLayout>

namespace workbench {
namespace {

QHBoxLayout* closeRow(QDialog* dialog)
{
    QPushButton* close = makeButton(QDialog::tr("Close"), QString(), dialog);
    close->setDefault(true);
    QObject::connect(close, &QPushButton::clicked, dialog, &QDialog::accept);
    auto* row = new QHBoxLayout;
    row->addStretch();
    row->addWidget(close);
    return row;
}

QString plain(QString text)
{
    text.replace(QStringLiteral("&&"), QStringLiteral("\n"));
    text.remove(QLatin1Char('&'));
    return text.replace(QLatin1Char('\n'), QLatin1Char('&'));
}

struct KeyLine {
    QString action;
    QString keys;
};

void collect(const QMenu* menu, QList<KeyLine>& lines)
{
    for (const QAction* action : menu->actions()) {
        if (const QMenu* inner = action->menu()) {
            collect(inner, lines);
        } else if (!action->shortcut().isEmpty()) {
            QStringList keys;
            for (const QKeySequence& key : action->shortcuts()) {
                keys += key.toString(QKeySequence::NativeText);
            }
            lines += {plain(action->text()), keys.join(QStringLiteral(", "))};
        }
    }
}

} // namespace

AboutDialog::AboutDialog(QWidget* parent) : QDialog(parent)
{
    setWindowTitle(tr("About Signals Workbench"));
    setAttribute(Qt::WA_DeleteOnClose);
    auto* mark = new QLabel(this);
    mark->setPixmap(QApplication::windowIcon().pixmap(64, 64));
    auto* name = new QLabel(tr("Signals Workbench %1").arg(QLatin1String(Version)), this);
    name->setFont(Theme::titleFont());
    auto* text
        = new QLabel(tr("Turns captured training examples into privacy-safe datasets.\n"
                        "What leaves is known to be safe; everything else is shown, counted and kept here."),
            this);
    text->setWordWrap(true);
    auto* licence = new QLabel(tr("Free software under the GNU General Public License, version 3 or later; "
                                  "its core library under the Apache License, version 2.0. Built with Qt %1.")
                                   .arg(QLatin1String(qVersion())),
        this);
    licence->setWordWrap(true);
    licence->setFont(Theme::captionFont());
    licence->setProperty("tone", QStringLiteral("quiet"));

    auto* words = new QVBoxLayout;
    words->setSpacing(8);
    words->addWidget(name);
    words->addWidget(text);
    words->addWidget(licence);
    words->addStretch();
    auto* row = new QHBoxLayout;
    row->setSpacing(20);
    row->addWidget(mark, 0, Qt::AlignTop);
    row->addLayout(words, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 20, 20, 20);
    column->setSpacing(16);
    column->addLayout(row);
    column->addLayout(closeRow(this));
    resize(520, sizeHint().height());
}

KeysDialog::KeysDialog(QWidget* window) : QDialog(window)
{
    setWindowTitle(tr("Keys and words"));
    setAttribute(Qt::WA_DeleteOnClose);
    QList<KeyLine> lines;
    if (auto* main = qobject_cast<QMainWindow*>(window)) {
        for (const QAction* menu : main->menuBar()->actions()) {
            if (menu->menu()) {
                collect(menu->menu(), lines);
            }
        }
    }
    auto* table = new QTableWidget(static_cast<int>(lines.size()), 2, this);
    table->setAccessibleName(tr("Keys"));
    table->setHorizontalHeaderLabels({tr("Action"), tr("Keys")});
    table->horizontalHeader()->setStretchLastSection(true);
    table->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(Theme::rowHeight());
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setShowGrid(false);
    for (int row = 0; row < lines.size(); ++row) {
        table->setItem(row, 0, new QTableWidgetItem(lines[row].action));
        table->setItem(row, 1, new QTableWidgetItem(lines[row].keys));
    }

    struct Word {
        QString word;
        QString meaning;
    };
    const Word words[] = {
        {tr("Rejected"), tr("The guard found a value that may not leave. The row stays here.")},
        {tr("Withheld"), tr("A field that is never exported was dropped. The row itself is exported.")},
        {tr("Left out"), tr("A row that the filters or the row limit keep from this export.")},
        {tr("Bundle"), tr("The folder an export writes: rows, splits, their hashes and a card.")},
        {tr("Baseline"), tr("The schema the present one is compared with.")},
    };
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 20, 20, 20);
    column->setSpacing(8);
    for (const Word& word : words) {
        auto* label = new QLabel(QStringLiteral("<b>%1</b>&nbsp; %2").arg(word.word, word.meaning), this);
        label->setFont(Theme::captionFont());
        label->setWordWrap(true);
        column->addWidget(label);
    }
    column->addSpacing(8);
    column->addWidget(table, 1);
    column->addSpacing(8);
    column->addLayout(closeRow(this));
    resize(560, 620);
}

} // namespace workbench
