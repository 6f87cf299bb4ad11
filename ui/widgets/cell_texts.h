// SPDX-License-Identifier: GPL-3.0-or-later
/// Texts of cells, headers and choices, painted without laying each out: a row is painted when it comes, when
/// its values come and whenever something beside it changes, and laying out a text costs several times what
/// painting it does. Figures, and whatever stands in a font of fixed pitch, are set glyph by glyph, since
/// nothing there joins or kerns; words are laid out once and kept.
#pragma once

#include <QFont>
#include <QGlyphRun>
#include <QHash>
#include <QList>
#include <QPointF>
#include <QRawFont>
#include <QStaticText>

#include <array>
#include <memory>
#include <vector>

class QPainter;
class QRect;

namespace workbench {

/// GUI thread only. Bounded; forgets everything when it is full.
class CellTexts {
public:
    /// One line inside `place`, elided at its end when it is too long, in `font` and the painter's pen. May
    /// leave the painter with that font.
    void paint(
        QPainter& painter, const QRect& place, Qt::Alignment side, const QString& text, const QFont& font);
    /// How wide such a line is.
    [[nodiscard]] qreal width(const QString& text, const QFont& font);

private:
    static constexpr qsizetype MostTexts = 8192; ///< some ten pages of the widest screen
    static constexpr char16_t Ascii = 128;

    struct OfFont {
        explicit OfFont(const QFont& made);

        QFont font;
        QRawFont raw;
        std::array<quint32, Ascii> glyphs {}; ///< 0: the font has none
        std::array<qreal, Ascii> advances {};
        bool fixedPitch = false;
        qreal ascent = 0;
        qreal height = 0;
        QHash<QString, QStaticText> texts;
    };
    [[nodiscard]] OfFont& of(const QFont& font);
    [[nodiscard]] static const QStaticText& laidOut(OfFont& ofFont, const QString& text);
    /// Into m_glyphs and m_places; how far the line comes, or -1: this text has to be laid out.
    [[nodiscard]] qreal set(const OfFont& ofFont, const QString& text);

    std::vector<std::unique_ptr<OfFont>> m_fonts; ///< a handful
    std::vector<quint32> m_glyphs;
    std::vector<QPointF> m_places;
    QGlyphRun m_run;
};

} // namespace workbench
