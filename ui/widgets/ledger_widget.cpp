// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/ledger_widget.h"

#include "ui/theme/theme.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/number_text.h"

#include <QGridLayout>
#include <QLabel>
#include <QPainter>

namespace workbench {

LedgerWidget::LedgerWidget(LedgerPart part, QWidget* parent) : QWidget(parent)
{
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(4);
    grid->setColumnStretch(0, 1);
    if (part == LedgerPart::Whole) {
        addEntry(Read, tr("Read"));
        addEntry(LeftOut, tr("− left out by filters"));
        addEntry(OverLimit, tr("− over the row limit"));
    }
    addEntry(Matched, tr("Matched"));
    addEntry(Rejected, tr("− rejected by the guard"));
    grid->setRowMinimumHeight(grid->rowCount(), 5); // the sum's rule is painted here
    addEntry(ToExport, tr("To export"));
    setLedger(std::nullopt);
}

void LedgerWidget::addEntry(Entry entry, const QString& label)
{
    auto* grid = qobject_cast<QGridLayout*>(layout());
    const int row = grid->rowCount();
    auto* name = new QLabel(label, this);
    auto* figure = new QLabel(this);
    figure->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    if (entry == ToExport) {
        name->setFont(Theme::sectionFont());
        figure->setFont(Theme::sectionFont());
    } else {
        name->setFont(Theme::captionFont());
        figure->setFont(Theme::numberFont());
    }
    if (entry == LeftOut || entry == OverLimit) {
        name->setProperty("tone", QStringLiteral("quiet"));
    }
    grid->addWidget(name, row, 0);
    grid->addWidget(figure, row, 1);
    m_labels[entry] = name;
    m_figures[entry] = figure;
}

void LedgerWidget::setLedger(const std::optional<Ledger>& ledger) { show(ledger, false); }

void LedgerWidget::setJointLedger(const Ledger& ledger) { show(ledger, true); }

void LedgerWidget::show(const std::optional<Ledger>& ledger, bool joint)
{
    if (m_labels[OverLimit]) {
        m_labels[LeftOut]->setText(
            joint ? tr("− left out by filters or over the row limit") : tr("− left out by filters"));
        m_labels[OverLimit]->setVisible(!joint);
        m_figures[OverLimit]->setVisible(!joint);
    }
    std::array<quint64, Entries> counts {};
    if (ledger) {
        counts = {ledger->read, ledger->leftOut, ledger->overLimit, ledger->matched, ledger->rejected,
            ledger->toExport};
    }
    for (std::size_t i = 0; i < Entries; ++i) {
        if (m_figures[i]) {
            const QString figure = ledger ? countText(counts[i], ledger->growing) : QStringLiteral("–");
            m_figures[i]->setText(figure);
            m_figures[i]->setAccessibleName(tr("%1: %2", "ledger entry").arg(m_labels[i]->text(), figure));
        }
    }
    const bool rejects = ledger && ledger->rejected > 0;
    for (QLabel* label : {m_labels[Rejected], m_figures[Rejected]}) {
        setLook(label, "tone", rejects ? QStringLiteral("bad") : QStringLiteral("quiet"));
    }
    for (QLabel* label : {m_labels[Read], m_labels[Matched], m_labels[ToExport]}) {
        if (label) {
            setLook(label, "tone", ledger ? QString() : QStringLiteral("quiet"));
        }
    }
    setAccessibleName(tr("Ledger"));
    setAccessibleDescription(asText());
}

QString LedgerWidget::asText() const
{
    QStringList lines;
    for (std::size_t i = 0; i < Entries; ++i) {
        if (m_figures[i] && !m_figures[i]->isHidden()) {
            lines += m_labels[i]->text() + QLatin1Char('\t') + m_figures[i]->text();
        }
    }
    return lines.join(QLatin1Char('\n'));
}

void LedgerWidget::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const int y = m_labels[ToExport]->geometry().top() - 5;
    painter.fillRect(QRect(0, y, width(), 1), Theme::colors().text2);
}

} // namespace workbench
