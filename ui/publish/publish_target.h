// SPDX-License-Identifier: GPL-3.0-or-later
/// Where the rows would go: repository, who may read it, endpoint, branch; and the way to another repository.
#pragma once

#include "ui/bridge/publish_runner.h"

#include <QString>
#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;

namespace workbench {

class ElidedLabel;
class ToneLabel;

class PublishTarget final : public QWidget {
    Q_OBJECT

public:
    explicit PublishTarget(QWidget* parent);

    /// Before anything is known of it.
    void setRepo(const QString& repo);
    /// What the Hub said; paints its badge in the theme's present colours.
    void setLook(const PublishLook& look);
    /// Not while something is sent, nor afterwards.
    void setChangeable(bool changeable);

Q_SIGNALS:
    /// Always OWNER/NAME.
    void repoChosen(const QString& repo);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void edit(bool editing);
    void choose();
    void showBadge(bool shown);

    bool m_asked = false; ///< whether the badge has something to say
    ToneLabel* m_to = nullptr;
    ElidedLabel* m_repo = nullptr;
    QWidget* m_chip = nullptr; ///< around icon and word
    QLabel* m_badgeIcon = nullptr;
    QLabel* m_badge = nullptr;
    ToneLabel* m_place = nullptr;
    QLineEdit* m_edit = nullptr;
    ToneLabel* m_problem = nullptr;
    QPushButton* m_check = nullptr;
    QPushButton* m_keep = nullptr;
    QPushButton* m_other = nullptr;
};

} // namespace workbench
