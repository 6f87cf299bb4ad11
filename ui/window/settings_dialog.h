// SPDX-License-Identifier: GPL-3.0-or-later
/// What can be set from the window, and what was set outside of it and where.
#pragma once

#include "ui/theme/theme.h"

#include <QDialog>

class QComboBox;
class QGridLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace workbench {

class WorkbenchState;

class SettingsDialog final : public QDialog {
    Q_OBJECT

public:
    SettingsDialog(WorkbenchState& state, QWidget* parent);

Q_SIGNALS:
    void appearanceChosen(workbench::Appearance appearance);

private:
    void buildConfiguration(QGridLayout* grid);
    void chooseFolder();
    void applyAndClose();
    void buildHub(QGridLayout* grid);
    void testConnection();
    void showAccess(const char* tone, const QString& text);
    void showKeyring();
    bool keepToken(); ///< false when what was entered can be no token

    WorkbenchState& m_state;
    QLineEdit* m_outDir;
    QComboBox* m_appearance;
    QSpinBox* m_reveal;
    QLineEdit* m_token = nullptr;
    QPushButton* m_keep = nullptr;
    QPushButton* m_forget = nullptr;
    QLabel* m_keyring = nullptr;
    QPushButton* m_test = nullptr;
    QLabel* m_access = nullptr;
};

} // namespace workbench
