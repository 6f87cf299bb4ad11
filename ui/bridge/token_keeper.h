// SPDX-License-Identifier: GPL-3.0-or-later
/// The Hub's token in the desktop's secret service: asked, kept and forgotten on a thread of its own, since
/// the desktop may ask the person to unlock it first. There is no other place it would be kept in.
#pragma once

#include "core/hub/token.h"

#include <QObject>
#include <QString>

#include <memory>
#include <optional>

namespace workbench {

/// GUI thread only; nothing here waits.
class TokenKeeper final : public QObject {
    Q_OBJECT

public:
    enum class State {
        Unknown, ///< not asked yet
        Asking,
        NoService, ///< problem() says why; nothing is kept anywhere
        None, ///< the service answers and has no token of ours
        Kept,
    };

    explicit TokenKeeper(QObject* parent = nullptr);
    ~TokenKeeper() override;

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] const QString& problem() const { return m_problem; }
    [[nodiscard]] const std::optional<HubToken>& token() const { return m_token; }

    void read();
    /// Blanks around it are dropped. False, and nothing happens, for a text that can be no token.
    [[nodiscard]] bool keep(const QString& secret);
    void forget();

Q_SIGNALS:
    void changed();

private:
    class Worker;
    struct Link; ///< what answers come back by
    void wake();
    void answer(State state, std::optional<HubToken> token, const QString& problem);

    State m_state = State::Unknown;
    std::optional<HubToken> m_token;
    QString m_problem;
    std::shared_ptr<Link> m_link;
    Worker* m_worker = nullptr; ///< made with the first question; lives in the keyring's thread
};

} // namespace workbench
