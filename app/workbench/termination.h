// SPDX-License-Identifier: GPL-3.0-or-later
/// SIGTERM, SIGHUP and SIGINT end the program the way it ends by itself: what panels remember is kept.
#pragma once

#include <QObject>

#include <array>

class QSocketNotifier;

namespace workbench {

/// One for the program. A handler may do next to nothing, so that it writes into a socket that the event loop
/// reads.
class Termination final : public QObject {
    Q_OBJECT

public:
    explicit Termination(QObject* parent = nullptr);
    ~Termination() override;

Q_SIGNALS:
    void requested();

private:
    std::array<int, 2> m_sockets {-1, -1};
    QSocketNotifier* m_notifier = nullptr;
};

} // namespace workbench
