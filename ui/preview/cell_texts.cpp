// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preview/cell_texts.h"

#include <QFontMetrics>
#include <QPainter>

namespace workbench {

namespace {

constexpr qsizetype MostFonts = 8; ///< more than one appearance has: the rest are those of the one before

} // namespace

CellTexts::OfFont& CellTexts::of(const QFont& font)
{
    for (OfFont& known : m_fonts) {
        if (known.font == font) {
            return known;
        }
    }
    if (m_fonts.size() == MostFonts) {
        m_fonts.clear();
    }
    return m_fonts.emplaceBack(OfFont {font, {}});
}

void CellTexts::paint(QPainter& painter, const QRect& place, Qt::Alignment side, const QString& text)
{
    OfFont& ofFont = of(painter.font());
    auto laid = ofFont.texts.find(text);
    if (laid == ofFont.texts.end()) {
        if (ofFont.texts.size() == MostTexts) {
            ofFont.texts.clear();
        }
        QStaticText fresh(text);
        fresh.setTextFormat(Qt::PlainText);
        fresh.prepare({}, painter.font());
        laid = ofFont.texts.insert(text, fresh);
    }
    const QSizeF size = laid->size();
    if (size.width() > place.width()) {
        const QString shown = QFontMetrics(painter.font()).elidedText(text, Qt::ElideRight, place.width());
        painter.drawText(place, static_cast<int>(side | Qt::AlignVCenter) | Qt::TextSingleLine, shown);
        return;
    }
    const qreal left = (side & Qt::AlignRight) != 0 ? place.right() + 1 - size.width() : place.left();
    painter.drawStaticText(QPointF(left, place.top() + (place.height() - size.height()) / 2), *laid);
}

} // namespace workbench
