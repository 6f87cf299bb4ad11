// SPDX-License-Identifier: GPL-3.0-or-later
/// A choice among neighbours: "To export 1,214 │ Rejected 54 │ All matched 1,268".
#pragma once

#include <QIcon>
#include <QWidget>

#include <vector>

class QButtonGroup;
class QPushButton;

namespace workbench {

/// Arrow keys move the choice and apply it at once.
class SegmentedControl final : public QWidget {
    Q_OBJECT

public:
    explicit SegmentedControl(const QString& accessibleName, QWidget* parent = nullptr);

    /// The first one added is chosen. `id` is yours, not negative.
    void addSegment(int id, const QString& label, const QIcon& icon = {});
    /// The figure behind the label; grouped by locale, "+" while it grows.
    void setCount(int id, quint64 count, bool growing = false);
    void clearCount(int id);
    void setSegmentEnabled(int id, bool enabled);
    [[nodiscard]] QPushButton* button(int id) const;

    [[nodiscard]] int current() const;
    void setCurrent(int id); ///< chosen() follows only for people's choices

Q_SIGNALS:
    void chosen(int id); ///< by mouse or keyboard

private:
    void showText(int id, const QString& count);

    struct Segment {
        int id;
        QString label;
        QPushButton* button;
    };
    QButtonGroup* m_group;
    std::vector<Segment> m_segments;
};

} // namespace workbench
