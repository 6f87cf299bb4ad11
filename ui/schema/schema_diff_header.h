// SPDX-License-Identifier: GPL-3.0-or-later
/// A header of two levels: Baseline, Current and Observed above the columns that belong to them.
#pragma once

#include <QHeaderView>

namespace workbench {

class SchemaDiffHeader final : public QHeaderView {
    Q_OBJECT

public:
    explicit SchemaDiffHeader(QWidget* parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintSection(QPainter* painter, const QRect& rect, int section) const override;
    [[nodiscard]] QSize sectionSizeFromContents(int section) const override;

private:
    [[nodiscard]] QRect groupRect(int section, int top) const;
};

} // namespace workbench
