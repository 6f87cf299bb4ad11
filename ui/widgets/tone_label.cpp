// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/tone_label.h"

#include "ui/theme/theme.h"
#include "ui/widgets/buttons.h"

namespace workbench {
namespace {

QString toneName(TextTone tone)
{
    switch (tone) {
    case TextTone::Plain:
        return {};
    case TextTone::Secondary:
        return QStringLiteral("quiet");
    case TextTone::Quiet:
        return QStringLiteral("faint");
    case TextTone::Ok:
        return QStringLiteral("ok");
    case TextTone::Bad:
        return QStringLiteral("bad");
    case TextTone::Warn:
        return QStringLiteral("warn");
    }
    return {};
}

QFont semibold(QFont font)
{
    font.setWeight(QFont::DemiBold);
    return font;
}

QFont sizeFont(TextSize size)
{
    switch (size) {
    case TextSize::Caption:
        return Theme::captionFont();
    case TextSize::CaptionStrong:
        return semibold(Theme::captionFont());
    case TextSize::NumberStrong:
        return semibold(Theme::numberFont());
    case TextSize::Body:
        return Theme::bodyFont();
    case TextSize::Strong:
        return Theme::strongFont();
    case TextSize::Section:
        return Theme::sectionFont();
    case TextSize::Title:
        return Theme::titleFont();
    case TextSize::Hash:
        return Theme::hashFont();
    case TextSize::Mono:
        return Theme::monoFont();
    }
    return Theme::bodyFont();
}

} // namespace

ToneLabel::ToneLabel(TextSize size, TextTone tone, QWidget* parent) : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
    setFont(sizeFont(size));
    setTone(tone);
}

void ToneLabel::setTone(TextTone tone) { setLook(this, "tone", toneName(tone)); }

} // namespace workbench
