// SPDX-License-Identifier: GPL-3.0-or-later
/// Tells those who hear the window what others see appear in it.
#pragma once

#include <QObject>
#include <QString>

class QWidget;

namespace workbench {

/// The name of `speaker` is read out although the focus is elsewhere.
void announce(QWidget& speaker);

/// GUI thread only.
class Announcer final : public QObject {
    Q_OBJECT

public:
    static Announcer& instance();

Q_SIGNALS:
    void announced(const QString& words);

private:
    friend void announce(QWidget& speaker);
    Announcer() = default;
};

} // namespace workbench
