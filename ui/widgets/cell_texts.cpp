// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/cell_texts.h"

#include <QFontMetrics>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace workbench {

namespace {

constexpr std::size_t MostFonts = 8; ///< more than one appearance has: the rest are those of the one before

/// Nothing of what figures are written with joins or kerns.
bool isOfFigures(char16_t c)
{
    return (c >= u'0' && c <= u'9') || c == u',' || c == u'.' || c == u'-' || c == u':' || c == u' ';
}

bool isPlain(char16_t c) { return c >= u' ' && c <= u'~'; }

} // namespace

CellTexts::OfFont::OfFont(const QFont& made) : font(made), raw(QRawFont::fromFont(made))
{
    const QFontMetrics metrics(made); // whole pixels, as laid out texts have
    ascent = metrics.ascent();
    height = metrics.height();
    for (char16_t c = u' '; c <= u'~'; ++c) {
        const QList<quint32> glyph = raw.glyphIndexesForString(QString(QChar(c)));
        if (glyph.size() == 1) {
            glyphs[c] = glyph.front();
            advances[c] = raw.advancesForGlyphIndexes(glyph).front().x();
        }
    }
    // Looked at rather than asked for: Noto Sans Mono does not say so of itself.
    fixedPitch = std::all_of(advances.begin() + u' ', advances.begin() + u'~' + 1,
        [this](qreal advance) { return advance > 0 && qFuzzyCompare(advance, advances[u'0']); });
}

CellTexts::OfFont& CellTexts::of(const QFont& font)
{
    for (const auto& known : m_fonts) {
        if (known->font.isCopyOf(font) || known->font == font) {
            return *known;
        }
    }
    if (m_fonts.size() == MostFonts) {
        m_fonts.clear();
    }
    return *m_fonts.emplace_back(std::make_unique<OfFont>(font));
}

const QStaticText& CellTexts::laidOut(OfFont& ofFont, const QString& text)
{
    auto laid = ofFont.texts.find(text);
    if (laid == ofFont.texts.end()) {
        if (ofFont.texts.size() == MostTexts) {
            ofFont.texts.clear();
        }
        QStaticText fresh(text);
        fresh.setTextFormat(Qt::PlainText);
        fresh.prepare({}, ofFont.font);
        laid = ofFont.texts.insert(text, fresh);
    }
    return *laid;
}

qreal CellTexts::set(const OfFont& ofFont, const QString& text)
{
    m_glyphs.clear();
    m_places.clear();
    qreal x = 0;
    for (const QChar character : text) {
        const char16_t c = character.unicode();
        if (!(ofFont.fixedPitch ? isPlain(c) : isOfFigures(c)) || ofFont.glyphs[c] == 0) {
            return -1;
        }
        m_glyphs.push_back(ofFont.glyphs[c]);
        m_places.emplace_back(x, 0);
        x += ofFont.advances[c];
    }
    return x;
}

qreal CellTexts::width(const QString& text, const QFont& font)
{
    OfFont& ofFont = of(font);
    const qreal figures = set(ofFont, text);
    return figures >= 0 ? figures : laidOut(ofFont, text).size().width();
}

void CellTexts::paint(
    QPainter& painter, const QRect& place, Qt::Alignment side, const QString& text, const QFont& font)
{
    OfFont& ofFont = of(font);
    const qreal figures = set(ofFont, text);
    const qreal width = figures >= 0 ? figures : laidOut(ofFont, text).size().width();
    if (width > place.width()) {
        painter.setFont(font);
        painter.drawText(place, static_cast<int>(side | Qt::AlignVCenter) | Qt::TextSingleLine,
            QFontMetrics(font).elidedText(text, Qt::ElideRight, place.width()));
        return;
    }
    const qreal left = (side & Qt::AlignRight) != 0 ? place.right() + 1 - width
        : (side & Qt::AlignHCenter) != 0            ? place.left() + (place.width() - width) / 2
                                                    : place.left();
    if (figures >= 0) {
        m_run.setRawFont(ofFont.raw);
        m_run.setRawData(m_glyphs.data(), m_places.data(), static_cast<int>(m_glyphs.size()));
        painter.drawGlyphRun(
            QPointF(left, place.top() + std::floor((place.height() - ofFont.height) / 2) + ofFont.ascent),
            m_run);
        return;
    }
    const QStaticText& laid = laidOut(ofFont, text);
    painter.setFont(font);
    painter.drawStaticText(QPointF(left, place.top() + (place.height() - laid.size().height()) / 2), laid);
}

} // namespace workbench
