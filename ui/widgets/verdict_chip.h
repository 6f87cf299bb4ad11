// SPDX-License-Identifier: GPL-3.0-or-later
/// A verdict as icon and word on its soft colour: "✓ kept", "✗ phone".
#pragma once

#include <QWidget>

namespace workbench {

class VerdictChip final : public QWidget {
    Q_OBJECT

public:
    enum class Tone { Ok, Bad };

    explicit VerdictChip(QWidget* parent = nullptr);

    void showVerdict(Tone tone, const QString& text);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Tone m_tone = Tone::Ok;
    QString m_text;
};

} // namespace workbench
