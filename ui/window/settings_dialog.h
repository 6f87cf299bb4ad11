// SPDX-License-Identifier: GPL-3.0-or-later
/// What can be set from the window, and what was set outside of it and where.
#pragma once

#include "ui/theme/theme.h"

#include <QDialog>

class QComboBox;
class QGridLayout;
class QLineEdit;

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

    WorkbenchState& m_state;
    QLineEdit* m_outDir;
    QComboBox* m_appearance;
};

} // namespace workbench
