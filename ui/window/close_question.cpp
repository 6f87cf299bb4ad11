// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/close_question.h"

#include "ui/theme/theme.h"
#include "ui/widgets/buttons.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace workbench {

CloseQuestion::CloseQuestion(QWidget* parent) : QDialog(parent)
{
    setWindowTitle(tr("Signals Workbench"));
    setWindowModality(Qt::WindowModal);
    setAttribute(Qt::WA_DeleteOnClose);
    auto* title = new QLabel(tr("Cancel the export and quit?"), this);
    title->setFont(Theme::sectionFont());
    auto* text = new QLabel(tr("An export is running. Cancelling leaves no files behind."), this);
    text->setProperty("tone", QStringLiteral("quiet"));
    text->setWordWrap(true);
    QPushButton* stay = makeButton(tr("Keep exporting"), QString(), this);
    QPushButton* leave = makeButton(tr("Cancel export and quit"), QString(), this);
    setPrimary(stay, true);
    stay->setDefault(true);
    connect(stay, &QPushButton::clicked, this, &QDialog::reject);
    connect(leave, &QPushButton::clicked, this, [this] {
        accept();
        Q_EMIT confirmed();
    });
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addStretch();
    buttons->addWidget(leave);
    buttons->addWidget(stay);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 20, 20, 20);
    column->setSpacing(8);
    column->addWidget(title);
    column->addWidget(text);
    column->addSpacing(12);
    column->addLayout(buttons);
    resize(420, sizeHint().height());
}

} // namespace workbench
