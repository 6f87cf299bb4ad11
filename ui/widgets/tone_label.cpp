// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/tone_label.h"

#include "ui/theme/theme.h"

#include <QEvent>

namespace workbench {

namespace {

QColor toneColor(TextTone tone)
{
    const ThemeColors& colors = Theme::colors();
    switch (tone) {
    case TextTone::Plain:
        return colors.text;
    case TextTone::Secondary:
        return colors.text2;
    case TextTone::Quiet:
        return colors.text3;
    case TextTone::Ok:
        return colors.ok;
    case TextTone::Bad:
        return colors.bad;
    case TextTone::Warn:
        return colors.warn;
    }
    return colors.text;
}

QFont sizeFont(TextSize size)
{
    switch (size) {
    case TextSize::Caption:
        return Theme::captionFont();
    case TextSize::Table:
        return Theme::tableFont();
    case TextSize::Body:
        return Theme::bodyFont();
    case TextSize::BodyStrong: {
        QFont font = Theme::bodyFont();
        font.setWeight(QFont::DemiBold);
        return font;
    }
    case TextSize::Section:
        return Theme::sectionFont();
    case TextSize::Title:
        return Theme::titleFont();
    case TextSize::Figure:
        return Theme::figureFont();
    case TextSize::Hash:
        return Theme::hashFont();
    case TextSize::Mono:
        return Theme::monoFont();
    }
    return Theme::bodyFont();
}

} // namespace

ToneLabel::ToneLabel(TextSize size, TextTone tone, QWidget* parent)
    : QLabel(parent)
    , m_size(size)
    , m_tone(tone)
{
    setTextFormat(Qt::PlainText);
    applyTheme();
}

void ToneLabel::setTone(TextTone tone)
{
    m_tone = tone;
    applyTheme();
}

void ToneLabel::changeEvent(QEvent* event)
{
    QLabel::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange) {
        applyTheme();
    }
}

void ToneLabel::applyTheme()
{
    const QColor color = toneColor(m_tone);
    if (palette().color(QPalette::WindowText) != color) { // setting it sends a PaletteChange again
        QPalette own = palette();
        own.setColor(QPalette::WindowText, color);
        setPalette(own);
    }
    if (font() != sizeFont(m_size)) {
        setFont(sizeFont(m_size));
    }
}

} // namespace workbench
