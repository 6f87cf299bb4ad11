// SPDX-License-Identifier: GPL-3.0-or-later
/// The tabs: the chosen one underlined, counts as badges behind the names.
#pragma once

#include <QTabBar>

#include <vector>

namespace workbench {

enum class BadgeTone { Quiet, Bad };

class TabStrip final : public QTabBar {
    Q_OBJECT

public:
    explicit TabStrip(QWidget* parent = nullptr);

    /// An empty text takes the badge away. `spoken` completes the tab's name for those who hear it.
    void setBadge(int tab, const QString& text, BadgeTone tone, const QString& spoken);
    [[nodiscard]] QString badge(int tab) const;

protected:
    [[nodiscard]] QSize tabSizeHint(int tab) const override;
    [[nodiscard]] QSize minimumTabSizeHint(int tab) const override { return tabSizeHint(tab); }
    void paintEvent(QPaintEvent* event) override;

private:
    struct Badge {
        QString text;
        BadgeTone tone = BadgeTone::Quiet;
    };
    void paintTab(QPainter& painter, int tab) const;
    [[nodiscard]] const Badge& badgeOf(int tab) const;

    std::vector<Badge> m_badges;
};

} // namespace workbench
