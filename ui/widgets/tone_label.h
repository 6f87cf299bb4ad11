// SPDX-License-Identifier: GPL-3.0-or-later
/// A label that takes its font and colour from the theme by name, also when the theme changes.
#pragma once

#include <QLabel>

namespace workbench {

enum class TextTone { Plain, Secondary, Quiet, Ok, Bad, Warn };
enum class TextSize { Caption, Table, Body, BodyStrong, Section, Title, Figure, Hash, Mono };

class ToneLabel final : public QLabel {
    Q_OBJECT

public:
    explicit ToneLabel(TextSize size, TextTone tone = TextTone::Plain, QWidget* parent = nullptr);

    void setTone(TextTone tone);

protected:
    void changeEvent(QEvent* event) override;

private:
    void applyTheme();

    TextSize m_size;
    TextTone m_tone;
};

} // namespace workbench
