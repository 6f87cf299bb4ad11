// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preview/columns_popup.h"

#include "ui/bridge/qt_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/buttons.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QScreen>
#include <QSignalBlocker>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace workbench {

namespace {

constexpr int PathRole = Qt::UserRole;

} // namespace

ColumnsPopup::ColumnsPopup(const PreviewColumns& columns, QWidget* parent)
    : QFrame(parent, Qt::Popup)
    , m_columns(columns)
    , m_find(new QLineEdit(this))
    , m_list(new QTreeWidget(this))
    , m_filled(makeBarButton(tr("With values"), {}, this))
{
    setObjectName(QStringLiteral("columnsPopup"));
    setAccessibleName(tr("Columns"));
    setFrameShape(QFrame::StyledPanel);
    m_find->setPlaceholderText(tr("Find a column"));
    m_find->setAccessibleName(tr("Find a column"));
    m_find->setClearButtonEnabled(true);
    m_list->setHeaderHidden(true);
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setIndentation(18);
    m_list->setAccessibleName(tr("Columns by family"));
    m_list->setFont(Theme::tableFont());
    m_list->setSelectionMode(QAbstractItemView::SingleSelection);

    auto* all = makeBarButton(tr("All"), {}, this);
    all->setAccessibleName(tr("Show all columns"));
    m_filled->setObjectName(QStringLiteral("columnsWithValues"));
    m_filled->setToolTip(tr("Columns that hold a value in any of the matched rows."));
    auto* usual = makeBarButton(tr("Default"), {}, this);
    usual->setToolTip(tr("Columns whose values differ and that do not repeat another."));
    connect(all, &QPushButton::clicked, this, [this] {
        check([this] {
            QSet<QString> every;
            for (int column = 0; column < m_columns.count(); ++column) {
                every.insert(m_columns.path(column));
            }
            return every;
        }());
        apply();
    });
    connect(m_filled, &QPushButton::clicked, this, [this] {
        QSet<QString> shown;
        for (int column = PreviewColumns::FrozenCount; m_statistics && column < m_columns.count(); ++column) {
            const ColumnStatistics& counted = m_statistics->columns[*m_columns.rowColumn(column)];
            if (counted.values > 0) {
                shown.insert(m_columns.path(column));
            }
        }
        check(shown);
        apply();
    });
    connect(usual, &QPushButton::clicked, this, [this] {
        m_collect.stop();
        Q_EMIT hiddenChosen(std::nullopt);
        hide();
    });
    connect(m_find, &QLineEdit::textChanged, this, &ColumnsPopup::narrow);
    m_collect.setSingleShot(true);
    m_collect.setInterval(0);
    connect(m_list, &QTreeWidget::itemChanged, &m_collect, qOverload<>(&QTimer::start));
    connect(&m_collect, &QTimer::timeout, this, &ColumnsPopup::apply);

    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(all);
    buttons->addWidget(m_filled);
    buttons->addWidget(usual);
    buttons->addStretch();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 8);
    column->setSpacing(8);
    column->addWidget(m_find);
    column->addLayout(buttons);
    column->addWidget(m_list, 1);
}

void ColumnsPopup::open(QWidget* anchor, const QSet<QString>& shown, const StatisticsPtr& statistics)
{
    m_statistics = statistics;
    m_filled->setEnabled(statistics != nullptr);
    m_find->clear();
    fill(shown);
    const QRect screen = anchor->screen()->availableGeometry();
    resize(320, std::min(560, screen.height() - 40));
    const QPoint below = anchor->mapToGlobal(QPoint(0, anchor->height() + 4));
    move(std::clamp(below.x() + anchor->width() - width(), screen.left(),
             std::max(screen.left(), screen.right() - width())),
        std::clamp(below.y(), screen.top(), std::max(screen.top(), screen.bottom() - height())));
    show();
    m_find->setFocus();
}

void ColumnsPopup::fill(const QSet<QString>& shown)
{
    const QSignalBlocker quiet(m_list);
    m_list->clear();
    QTreeWidgetItem* family = nullptr;
    for (int column = PreviewColumns::FrozenCount; column < m_columns.count(); ++column) {
        const RowColumn& what = *m_columns.at(column);
        const QString title = m_columns.familyTitle(column);
        if (!family || family->text(0) != title) {
            family = new QTreeWidgetItem(m_list, {title});
            family->setFlags(
                Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable | Qt::ItemIsAutoTristate);
            QFont strong = Theme::tableFont();
            strong.setWeight(QFont::DemiBold);
            family->setFont(0, strong);
            family->setForeground(0, Theme::colors().of(what.family));
        }
        // Two columns may share a name (source and features.source): the path tells them apart.
        auto* item = new QTreeWidgetItem(family, {m_columns.name(column)});
        item->setData(0, PathRole, m_columns.path(column));
        item->setToolTip(0, m_columns.path(column));
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        item->setCheckState(0, shown.contains(m_columns.path(column)) ? Qt::Checked : Qt::Unchecked);
    }
    m_list->expandAll();
}

void ColumnsPopup::check(const QSet<QString>& shown)
{
    const QSignalBlocker quiet(m_list);
    for (int top = 0; top < m_list->topLevelItemCount(); ++top) {
        QTreeWidgetItem* family = m_list->topLevelItem(top);
        for (int at = 0; at < family->childCount(); ++at) {
            const bool on = shown.contains(family->child(at)->data(0, PathRole).toString());
            family->child(at)->setCheckState(0, on ? Qt::Checked : Qt::Unchecked);
        }
    }
    m_list->viewport()->update();
}

void ColumnsPopup::hideEvent(QHideEvent* event)
{
    QFrame::hideEvent(event);
    if (m_collect.isActive()) { // ticked and closed in one go
        apply();
    }
}

void ColumnsPopup::apply()
{
    m_collect.stop();
    QSet<QString> hidden;
    for (int top = 0; top < m_list->topLevelItemCount(); ++top) {
        const QTreeWidgetItem* family = m_list->topLevelItem(top);
        for (int at = 0; at < family->childCount(); ++at) {
            if (family->child(at)->checkState(0) == Qt::Unchecked) {
                hidden.insert(family->child(at)->data(0, PathRole).toString());
            }
        }
    }
    Q_EMIT hiddenChosen(hidden);
}

void ColumnsPopup::narrow(const QString& text)
{
    for (int top = 0; top < m_list->topLevelItemCount(); ++top) {
        QTreeWidgetItem* family = m_list->topLevelItem(top);
        bool any = false;
        for (int at = 0; at < family->childCount(); ++at) {
            const bool fits
                = family->child(at)->data(0, PathRole).toString().contains(text, Qt::CaseInsensitive);
            family->child(at)->setHidden(!fits);
            any = any || fits;
        }
        family->setHidden(!any);
    }
}

} // namespace workbench
