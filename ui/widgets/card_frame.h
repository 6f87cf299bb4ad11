// SPDX-License-Identifier: GPL-3.0-or-later
/// A rounded frame on the base colour, for things that stand on their own.
#pragma once

#include <QWidget>

namespace workbench {

class CardFrame : public QWidget {
    Q_OBJECT

public:
    using QWidget::QWidget;

protected:
    void paintEvent(QPaintEvent* event) override;
};

} // namespace workbench
