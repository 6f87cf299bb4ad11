// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preview/preview_delegate.h"

#include "ui/preview/preview_model.h"
#include "ui/theme/icons.h"
#include "ui/theme/sizes.h"
#include "ui/theme/theme.h"

#include <QFontMetrics>
#include <QPainter>
#include <QtMath>

#include <array>

namespace workbench {

namespace {

constexpr int Margin = 8;
int iconSize() { return sized(14); }

void paintRefused(QPainter& painter, const QRect& whole)
{
    const ThemeColors& colors = Theme::colors();
    painter.fillRect(whole.adjusted(0, 0, 0, -1), colors.badSoft);
    painter.fillRect(QRect(whole.left(), whole.bottom() - 2, whole.width(), 2), colors.bad);
}

} // namespace

PreviewDelegate::PreviewDelegate(const PreviewColumns& columns, QObject* parent)
    : QStyledItemDelegate(parent)
    , m_columns(columns)
    , m_nullFont(Theme::headerFont())
{
    m_nullFont.setItalic(true);
}

void PreviewDelegate::paintNull(
    QPainter& painter, const QRect& cell, const QString& text, Qt::Alignment side, bool selected) const
{
    const QFontMetrics metrics(m_nullFont);
    QRect chip(0, 0, qCeil(m_texts.width(text, m_nullFont)) + 10, metrics.height() + 2);
    chip.moveCenter(cell.center());
    if (side & Qt::AlignRight) {
        chip.moveRight(cell.right());
    } else {
        chip.moveLeft(cell.left());
    }
    const ThemeColors& colors = Theme::colors();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(selected ? colors.selection.darker(106) : colors.nullChip);
    painter.drawRoundedRect(chip, 3, 3);
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setPen(selected ? colors.onSelection : colors.text3);
    m_texts.paint(painter, chip, Qt::AlignHCenter, text, m_nullFont);
}

void PreviewDelegate::paint(
    QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& at) const
{
    const ThemeColors& colors = Theme::colors();
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    std::array<QModelRoleData, 3> roles {QModelRoleData(Qt::DisplayRole),
        QModelRoleData(PreviewModel::StateRole), QModelRoleData(PreviewModel::RejectedRole)};
    at.model()->multiData(at, roles);
    const QString text = roles[0].data().toString();
    const auto state = static_cast<CellState>(roles[1].data().toInt());
    const bool rejected = roles[2].data().toBool();

    // No saving and clipping: each cell sets what it paints with, and stays inside by itself.
    painter->setLayoutDirection(Qt::LeftToRight); // ids, keys and figures read so in every language
    painter->fillRect(option.rect, selected ? colors.selection : colors.base);
    painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), colors.hair);

    QRect inner = option.rect.adjusted(Margin, 0, -Margin, -1);
    const bool numeric = m_columns.isNumeric(at.column());
    const Qt::Alignment side
        = QStyle::visualAlignment(option.direction, numeric ? Qt::AlignRight : Qt::AlignLeft);
    const RowColumn* what = m_columns.at(at.column());
    const bool monospaced = state == CellState::Refused
        || (state != CellState::Unread && what && what->kind == ColumnKind::Identifier);
    const QFont& font = monospaced ? Theme::monoFont() : numeric ? Theme::numberFont() : Theme::tableFont();
    painter->setPen(selected ? colors.onSelection : colors.text);

    if (state == CellState::Null) {
        paintNull(*painter, inner, text, side, selected);
    } else if (state != CellState::Loading) {
        if (state == CellState::Refused) {
            paintRefused(*painter, option.rect);
            painter->setPen(colors.bad);
        } else if (at.column() == PreviewColumns::Number || state == CellState::Unread) {
            painter->setPen(selected ? colors.onSelection : colors.text2);
        } else if (at.column() == PreviewColumns::Verdict) {
            const QColor mark = rejected ? colors.bad : colors.ok;
            const QPixmap pixmap = iconPixmap(rejected ? QStringLiteral("cross") : QStringLiteral("check"),
                mark, iconSize(), painter->device()->devicePixelRatioF());
            QRect place(0, 0, iconSize(), iconSize());
            place.moveCenter(inner.center());
            const bool leftToRight = option.direction == Qt::LeftToRight;
            leftToRight ? place.moveLeft(inner.left()) : place.moveRight(inner.right());
            painter->drawPixmap(place, pixmap);
            leftToRight ? inner.setLeft(place.right() + 4) : inner.setRight(place.left() - 4);
            painter->setPen(rejected ? colors.bad : selected ? colors.onSelection : colors.text2);
        } else if (what && what->kind == ColumnKind::Keys) {
            painter->setPen(selected ? colors.onSelection : colors.text2);
        }
        m_texts.paint(*painter, inner, side, text, font);
    }
    if (option.state.testFlag(QStyle::State_HasFocus)) {
        painter->setPen(colors.accent);
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(option.rect.adjusted(0, 0, -1, -2));
    }
}

QSize PreviewDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& at) const
{
    const QString text = at.data(Qt::DisplayRole).toString();
    const RowColumn* what = m_columns.at(at.column());
    const bool monospaced = what && what->kind == ColumnKind::Identifier;
    const QFontMetrics metrics(monospaced      ? Theme::monoFont()
            : m_columns.isNumeric(at.column()) ? Theme::numberFont()
                                               : Theme::tableFont());
    const int icon = at.column() == PreviewColumns::Verdict ? iconSize() + 4 : 0;
    Q_UNUSED(option)
    return {metrics.horizontalAdvance(text) + 2 * Margin + icon + 2, Theme::rowHeight()};
}

} // namespace workbench
