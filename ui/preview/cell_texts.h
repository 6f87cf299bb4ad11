// SPDX-License-Identifier: GPL-3.0-or-later
/// Texts of cells, laid out once: a row is painted when it comes, when its values come and whenever something
/// beside it changes, and laying out a text costs several times what painting it does.
#pragma once

#include <QFont>
#include <QHash>
#include <QStaticText>

class QPainter;
class QRect;

namespace workbench {

/// GUI thread only. Bounded; forgets everything when it is full.
class CellTexts {
public:
    /// One line inside `place`, elided at its end when it is too long, in the painter's font and pen.
    void paint(QPainter& painter, const QRect& place, Qt::Alignment side, const QString& text);

private:
    static constexpr qsizetype MostTexts = 8192; ///< some ten pages of the widest screen

    struct OfFont {
        QFont font;
        QHash<QString, QStaticText> texts;
    };
    [[nodiscard]] OfFont& of(const QFont& font);

    QList<OfFont> m_fonts; ///< a handful
};

} // namespace workbench
