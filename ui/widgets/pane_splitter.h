// SPDX-License-Identifier: GPL-3.0-or-later
/// Panes side by side, the last of them a detail: they keep to the widths of the design until somebody moves
/// a handle, and that is remembered. A double click on a handle sets all of them back.
#pragma once

#include <QSplitter>

namespace workbench {

class PaneSplitter final : public QSplitter {
    Q_OBJECT

public:
    /// `settingsKey`: where the widths are kept that somebody chose.
    explicit PaneSplitter(QString settingsKey, QWidget* parent = nullptr);

    /// The usual widths of all panes but the detail; 0 takes what is left. Once all panes are there.
    void setUsualWidths(QList<int> widths);
    void restoreUsual(); ///< and forget what was chosen
    [[nodiscard]] bool isUsual() const { return m_usual; }

    /// From 280 in a window of 1280 over 340 in one of 1440 to 480 from 1920 on (design, section 8), where
    /// the panes have `width` of it; more for larger letters.
    [[nodiscard]] static int usualDetailWidth(int width);

protected:
    QSplitterHandle* createHandle() override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void applyUsual();

    QString m_settingsKey;
    QList<int> m_widths;
    bool m_usual = true;
};

} // namespace workbench
