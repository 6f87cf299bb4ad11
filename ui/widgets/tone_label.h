// SPDX-License-Identifier: GPL-3.0-or-later
/// A plain-text label in one of the theme's sizes and tones.
#pragma once

#include <QLabel>

namespace workbench {

enum class TextTone { Plain, Secondary, Quiet, Ok, Bad, Warn };
enum class TextSize { Caption, CaptionStrong, NumberStrong, Body, Strong, Section, Title, Hash, Mono };

class ToneLabel final : public QLabel {
    Q_OBJECT

public:
    explicit ToneLabel(TextSize size, TextTone tone = TextTone::Plain, QWidget* parent = nullptr);

    void setTone(TextTone tone); ///< in the colour of whatever theme
};

} // namespace workbench
