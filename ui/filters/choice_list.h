// SPDX-License-Identifier: GPL-3.0-or-later
/// One choice out of a few, each with the rows it would keep: looks like radio buttons with bars.
#pragma once

#include <QListWidget>

#include <optional>
#include <vector>

namespace workbench {

class ChoiceDelegate;

/// Arrow keys move and apply at once. The first choice is "Any" and has no bar.
class ChoiceList final : public QListWidget {
    Q_OBJECT

public:
    explicit ChoiceList(const QString& accessibleName, QWidget* parent = nullptr);

    void setChoices(const QStringList& values);
    /// Counts in the order any, then values; nothing known yet is a dash.
    void setCounts(const std::optional<std::vector<quint64>>& counts, bool growing);
    /// The longest count that may come, for its room.
    void setLongestCount(const QString& text);
    [[nodiscard]] std::optional<QString> value() const; ///< nothing for "Any"
    void setValue(const std::optional<QString>& value); ///< chosen() does not follow

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return {120, sizeHint().height()}; }

    enum Role { CountRole = Qt::UserRole, ShareRole };

Q_SIGNALS:
    void chosen();

protected:
    void changeEvent(QEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

private:
    ChoiceDelegate* m_delegate;
};

} // namespace workbench
