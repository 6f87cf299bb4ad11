// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/buttons.h"

#include "ui/theme/icons.h"
#include "ui/theme/sizes.h"

#include <QAction>
#include <QStyle>
#include <QVariant>

namespace workbench {
namespace {

constexpr const char* IconName = "iconName";
constexpr int IconGap = 4; ///< to the text, beyond the style's own

} // namespace

QPushButton* makeButton(const QString& text, const QString& iconName, QWidget* parent)
{
    auto* button = new QPushButton(text, parent);
    button->setAutoDefault(false);
    button->setProperty(IconName, iconName);
    if (!iconName.isEmpty()) {
        button->setIcon(icon(iconName));
    }
    button->setIconSize(QSize(sized(16) + (text.isEmpty() ? 0 : IconGap), sized(16)));
    return button;
}

QPushButton* makeBarButton(const QString& text, const QString& iconName, QWidget* parent)
{
    QPushButton* button = makeButton(text, iconName, parent);
    button->setProperty("bar", true);
    button->setFont(Theme::captionFont());
    button->setIconSize(QSize(sized(14) + (text.isEmpty() ? 0 : IconGap), sized(14)));
    return button;
}

QPushButton* makeFlatButton(const QString& text, const QString& iconName, QWidget* parent)
{
    QPushButton* button = makeButton(text, iconName, parent);
    button->setProperty("flat", true);
    return button;
}

QPushButton* makeLinkButton(const QString& text, QWidget* parent)
{
    QPushButton* button = makeButton(text, QString(), parent);
    button->setProperty("link", true);
    button->setFont(Theme::captionFont());
    return button;
}

QAction* makePanelAction(const QString& text, const QString& iconName, const QKeySequence& keys,
    Qt::ShortcutContext context, QWidget* panel)
{
    auto* action = new QAction(text, panel);
    if (!iconName.isEmpty()) {
        action->setIcon(icon(iconName));
    }
    action->setShortcut(keys);
    action->setShortcutContext(context);
    panel->addAction(action);
    return action;
}

void setPrimary(QPushButton* button, bool primary)
{
    const QString iconName = button->property(IconName).toString();
    if (!iconName.isEmpty()) {
        button->setIcon(primary ? icon(iconName, &ThemeColors::onAccent) : icon(iconName));
    }
    setLook(button, "primary", primary);
}

void setLook(QWidget* widget, const char* property, const QVariant& value)
{
    if (widget->property(property) == value) {
        return;
    }
    widget->setProperty(property, value);
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
    widget->updateGeometry();
    widget->update();
}

} // namespace workbench
