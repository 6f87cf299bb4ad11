// SPDX-License-Identifier: GPL-3.0-or-later
/// What this program is, and the keys it listens to.
#pragma once

#include <QDialog>

namespace workbench {

class AboutDialog final : public QDialog {
    Q_OBJECT

public:
    explicit AboutDialog(QWidget* parent);
};

/// Made from the actions themselves, so that it cannot be out of date.
class KeysDialog final : public QDialog {
    Q_OBJECT

public:
    explicit KeysDialog(QWidget* window);
};

} // namespace workbench
