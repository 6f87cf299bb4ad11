// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/filters/choice_list.h"

#include "ui/filters/choice_delegate.h"
#include "ui/theme/theme.h"
#include "ui/widgets/number_text.h"

#include <QEvent>
#include <QWheelEvent>

#include <algorithm>

namespace workbench {

ChoiceList::ChoiceList(const QString& accessibleName, QWidget* parent)
    : QListWidget(parent)
    , m_delegate(new ChoiceDelegate(this))
{
    setAccessibleName(accessibleName);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setUniformItemSizes(true);
    setMouseTracking(true);
    setItemDelegate(m_delegate);
    viewport()->setAutoFillBackground(false);
    connect(this, &QListWidget::currentRowChanged, this, &ChoiceList::chosen);
}

void ChoiceList::setChoices(const QStringList& values)
{
    const QSignalBlocker quiet(this);
    clear();
    addItem(tr("Any"));
    addItems(values);
    setCurrentRow(0);
    setCounts(std::nullopt, false);
    updateGeometry();
}

void ChoiceList::setCounts(const std::optional<std::vector<quint64>>& counts, bool growing)
{
    quint64 largest = 1;
    if (counts && counts->size() > 1) {
        largest = std::max<quint64>(1, *std::max_element(counts->begin() + 1, counts->end()));
    }
    const QSignalBlocker quiet(this);
    for (int row = 0; row < count(); ++row) {
        const auto place = static_cast<std::size_t>(row);
        const bool known = counts && place < counts->size();
        const quint64 rows = known ? (*counts)[place] : 0;
        const QString figure = known ? countText(rows, growing) : QStringLiteral("–");
        QListWidgetItem* choice = item(row);
        choice->setData(CountRole, figure);
        if (row > 0) {
            choice->setData(ShareRole, static_cast<double>(rows) / static_cast<double>(largest));
        }
        choice->setData(Qt::AccessibleTextRole,
            known ? tr("%1, %n rows", nullptr, static_cast<int>(std::min<quint64>(rows, INT_MAX)))
                        .arg(choice->text())
                  : choice->text());
    }
    viewport()->update();
}

void ChoiceList::setLongestCount(const QString& text)
{
    m_delegate->setLongestCount(text);
    viewport()->update();
}

std::optional<QString> ChoiceList::value() const
{
    return currentRow() > 0 ? std::optional(currentItem()->text()) : std::nullopt;
}

void ChoiceList::setValue(const std::optional<QString>& value)
{
    int wanted = 0;
    for (int row = 1; value && row < count(); ++row) {
        if (item(row)->text() == *value) {
            wanted = row;
        }
    }
    if (wanted != currentRow()) {
        const QSignalBlocker quiet(this);
        setCurrentRow(wanted);
        viewport()->update();
    }
}

QSize ChoiceList::sizeHint() const { return {200, std::max(1, count()) * std::max(1, sizeHintForRow(0))}; }

void ChoiceList::changeEvent(QEvent* event)
{
    QListWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) {
        updateGeometry();
    }
}

void ChoiceList::wheelEvent(QWheelEvent* event)
{
    event->ignore();
} // all choices are in sight: scroll the panel

} // namespace workbench
