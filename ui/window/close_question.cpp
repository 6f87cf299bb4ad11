// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/close_question.h"

#include "ui/theme/theme.h"
#include "ui/widgets/buttons.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace workbench {

CloseQuestion::CloseQuestion(QWidget* parent)
    : QDialog(parent)
    , m_title(new QLabel(tr("Cancel the export and quit?"), this))
    , m_text(new QLabel(tr("An export is running. Cancelling leaves no files behind."), this))
    , m_stay(makeButton(tr("Keep exporting"), QString(), this))
    , m_leave(makeButton(tr("Cancel export and quit"), QString(), this))
{
    setObjectName(QStringLiteral("closeQuestion"));
    setWindowTitle(tr("Signals Workbench"));
    setWindowModality(Qt::WindowModal);
    setAttribute(Qt::WA_DeleteOnClose);
    m_title->setFont(Theme::sectionFont());
    m_text->setProperty("tone", QStringLiteral("quiet"));
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    setPrimary(m_stay, true);
    m_stay->setDefault(true);
    connect(m_stay, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_leave, &QPushButton::clicked, this, [this] {
        accept();
        Q_EMIT confirmed();
    });
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addStretch();
    buttons->addWidget(m_leave);
    buttons->addWidget(m_stay);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 20, 20, 20);
    column->setSpacing(8);
    column->addWidget(m_title);
    column->addWidget(m_text);
    column->addSpacing(12);
    column->addLayout(buttons);
    resize(420, sizeHint().height());
}

void CloseQuestion::showEnded(const QString& howItEnded)
{
    m_title->setText(tr("Quit now?"));
    m_text->setText(tr("The export has ended. %1").arg(howItEnded));
    m_leave->setText(tr("Quit"));
    m_stay->setText(tr("Stay"));
    resize(width(), std::max(height(), heightForWidth(width())));
}

} // namespace workbench
