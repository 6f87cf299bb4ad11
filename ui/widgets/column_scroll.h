// SPDX-License-Identifier: GPL-3.0-or-later
/// A column that is never cut: as wide as it needs, and scrolled when it is too high for its place.
#pragma once

#include <QScrollArea>

namespace workbench {

class ColumnScroll final : public QScrollArea {
    Q_OBJECT

public:
    /// Owns `column`.
    explicit ColumnScroll(QWidget* column, QWidget* parent = nullptr);

    /// What the column needs beside the scroll bar.
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
};

} // namespace workbench
