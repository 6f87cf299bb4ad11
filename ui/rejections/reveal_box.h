// SPDX-License-Identifier: GPL-3.0-or-later
/// The foot of a finding's detail: the button that reveals the value, the value, and the time it has left.
#pragma once

#include "ui/bridge/workbench_state.h"

#include <QWidget>

#include <optional>

class QAction;
class QLabel;
class QPushButton;

namespace workbench {

class SecretView;

class RevealBox final : public QWidget {
    Q_OBJECT

public:
    explicit RevealBox(WorkbenchState& state, QWidget* parent = nullptr);

    /// Whose value could be revealed; one that is shown is hidden.
    void setFinding(const std::optional<IndexedFinding>& finding, const QString& path);
    void toggle(); ///< reveal, or hide again
    void hideValue();
    void extend(); ///< the whole time again
    [[nodiscard]] bool showsValue() const;
    [[nodiscard]] bool active() const; ///< a value is shown, or on its way
    [[nodiscard]] QPushButton& button() { return *m_button; }
    [[nodiscard]] SecretView& secret() { return *m_secret; }

Q_SIGNALS:
    void activeChanged();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void revealed(const IndexedFinding& finding, const QString& raw);
    void failed(const IndexedFinding& finding, const Error& error);
    void showState();
    [[nodiscard]] bool stillListed() const;

    WorkbenchState& m_state;
    std::optional<IndexedFinding> m_finding;
    QString m_path;
    bool m_waiting = false;
    bool m_wasActive = false;
    QPushButton* m_button;
    QLabel* m_note;
    QLabel* m_field;
    SecretView* m_secret;
    QWidget* m_timeBar;
};

} // namespace workbench
