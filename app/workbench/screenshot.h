// SPDX-License-Identifier: GPL-3.0-or-later
/// Saves a picture of the window as soon as nothing in it waits for anything.
#pragma once

#include <QObject>
#include <QString>
#include <QTimer>

namespace workbench {

class MainWindow;

class Screenshot final : public QObject {
    Q_OBJECT

public:
    Screenshot(MainWindow& window, QString path);

    void begin(); ///< once the event loop runs

Q_SIGNALS:
    void saved();
    void failed(const QString& message);

private:
    void look();
    void save();

    MainWindow& m_window;
    QString m_path;
    QTimer m_timer;
    int m_quietLooks = 0;
};

} // namespace workbench
