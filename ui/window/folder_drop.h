// SPDX-License-Identifier: GPL-3.0-or-later
/// Drag a folder onto any part of the window: the whole centre becomes the place to drop it.
#pragma once

#include <QWidget>

class QMimeData;

namespace workbench {

/// What a drag would open: a folder, the one a file of examples lies in, or a database. Whether it can be
/// read shows when it is opened. Empty for anything else.
[[nodiscard]] QString droppedFolder(const QMimeData& data);

/// Covers `window`'s centre while a folder is over the window.
class FolderDrop final : public QWidget {
    Q_OBJECT

public:
    /// `window` hands on its drag events by an event filter.
    explicit FolderDrop(QWidget* window, QWidget* centre);

Q_SIGNALS:
    void dropped(const QString& folder);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void cover();

    QWidget* m_centre;
    QString m_folder;
};

} // namespace workbench
