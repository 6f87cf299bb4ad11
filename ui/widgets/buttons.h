// SPDX-License-Identifier: GPL-3.0-or-later
/// Push buttons in the ranks the design knows, and actions of panels; the style gives them their look
/// (button_look.h).
#pragma once

#include <QKeySequence>
#include <QPushButton>
#include <QString>

class QAction;

namespace workbench {

/// A button with one of our icons; `iconName` may be empty.
[[nodiscard]] QPushButton* makeButton(const QString& text, const QString& iconName, QWidget* parent);
/// 24 high, for bars above tables.
[[nodiscard]] QPushButton* makeBarButton(const QString& text, const QString& iconName, QWidget* parent);
/// Without a frame until it is pointed at.
[[nodiscard]] QPushButton* makeFlatButton(const QString& text, const QString& iconName, QWidget* parent);
/// Looks like a link: "8 more", "Clear".
[[nodiscard]] QPushButton* makeLinkButton(const QString& text, QWidget* parent);
/// An action of a panel: for its keys, its context menu and whoever asks for its actions.
[[nodiscard]] QAction* makePanelAction(const QString& text, const QString& iconName, const QKeySequence& keys,
    Qt::ShortcutContext context, QWidget* panel);
/// At most one button of a window is primary. Changes look and icon at once.
void setPrimary(QPushButton* button, bool primary);
/// Sets a dynamic property that the style looks at, and has it look again.
void setLook(QWidget* widget, const char* property, const QVariant& value);

} // namespace workbench
