// SPDX-License-Identifier: GPL-3.0-or-later
/// A count bar as a widget, where no delegate paints one.
#pragma once

#include <QWidget>

namespace workbench {

class ShareBar final : public QWidget {
    Q_OBJECT

public:
    explicit ShareBar(int width, QWidget* parent = nullptr);

    void setShare(double share, bool chosen);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    double m_share = 0;
    bool m_chosen = false;
};

} // namespace workbench
