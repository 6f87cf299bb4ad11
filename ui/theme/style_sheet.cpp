// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/style_sheet.h"

#include <QHash>

// Outside of any namespace, as the macro wants it.
static void initializeWorkbenchResources() { Q_INIT_RESOURCE(workbench); }

namespace workbench {
namespace {

/// `@name` stands for a token. Properties that widgets set:
/// primary="true" the one button of a view; flat="true" a button without frame until it is pointed at;
/// bar="true" a button in a bar (24 high); panelInput="true" an input of the side panel (26 high);
/// segment="first|middle|last|only" a choice among neighbours; frame="bar|card|panel" a container.
const char* const Template = R"(
QPushButton {
    background: @button; color: @text; border: 1px solid @line; border-radius: 4px;
    padding: 0 11px; min-height: 26px;
}
QPushButton:hover { background: @alt; border-color: @bar; }
QPushButton:pressed, QPushButton:checked { background: @track; }
QPushButton:disabled { color: @text3; background: @window; border-color: @line; }
QPushButton[bar="true"] { padding: 0 9px; min-height: 22px; }
QPushButton[primary="true"] { background: @accent; color: @onAccent; border-color: @accent; font-weight: 600; }
QPushButton[primary="true"]:hover { background: @accentHover; border-color: @accentHover; }
QPushButton[primary="true"]:pressed { background: @accentDown; border-color: @accentDown; }
QPushButton[primary="true"]:disabled {
    background: @window; color: @text3; border-color: @line; font-weight: 400;
}
QPushButton[flat="true"] { background: transparent; border-color: transparent; padding: 0 7px; }
QPushButton[flat="true"]:hover { background: @track; }
QPushButton[flat="true"]:pressed { background: @line; }
QPushButton[flat="true"]:disabled { background: transparent; border-color: transparent; }
QPushButton[link="true"] {
    background: transparent; border: none; color: @accent; padding: 0 2px; min-height: 24px;
}
QPushButton[link="true"]:hover { text-decoration: underline; }
QPushButton[link="true"][tone="quiet"] { color: @text2; }
QPushButton[link="true"][tone="ok"] { color: @ok; }
QPushButton[link="true"][tone="bad"] { color: @bad; }
QPushButton[link="true"]:disabled { color: @text3; }
QPushButton[narrow="true"] { padding: 0; }
QPushButton::menu-indicator { image: none; width: 0; }

QPushButton[segment] { min-height: 24px; padding: 0 9px; border-radius: 0; }
QPushButton[segment="middle"], QPushButton[segment="last"] { border-left: none; }
QPushButton[segment="first"] { border-top-left-radius: 4px; border-bottom-left-radius: 4px; }
QPushButton[segment="last"] { border-top-right-radius: 4px; border-bottom-right-radius: 4px; }
QPushButton[segment="only"] { border-radius: 4px; }
QPushButton[segment]:checked { background: @selection; color: @onSelection; font-weight: 600; }
QPushButton[segment]:hover { border-color: @line; }

QToolButton {
    background: transparent; color: @text; border: 1px solid transparent; border-radius: 4px; padding: 4px;
}
QToolButton:hover { background: @track; }
QToolButton:pressed, QToolButton:checked { background: @line; }
QToolButton:disabled { color: @text3; background: transparent; }
QToolButton::menu-indicator { image: none; width: 0; }

QLineEdit {
    background: @base; border: 1px solid @line; border-radius: 4px; padding: 0 7px;
    min-height: 26px; selection-background-color: @accent; selection-color: @onAccent;
}
QLineEdit[panelInput="true"] { min-height: 24px; }
QLineEdit:hover { border-color: @bar; }
QLineEdit:disabled { background: @window; }
QLineEdit[search="true"] { padding: 0 2px; }
QLineEdit[refused="true"] { border-color: @bad; }
QAbstractSpinBox QLineEdit, QComboBox QLineEdit {
    background: transparent; border: none; border-radius: 0; padding: 0; min-height: 0;
}

QSplitter::handle { background: @line; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QSplitter::handle:hover { background: @accent; }

QMenuBar { background: @window; border: none; padding: 1px 4px; spacing: 0; }
QMenuBar::item { background: transparent; color: @text; padding: 4px 8px; border-radius: 4px; }
QMenuBar::item:selected, QMenuBar::item:pressed { background: @track; }
QToolTip { background: @base; color: @text; border: 1px solid @line; padding: 4px 6px; }

*[frame="bar"] { background: @window; border: none; border-bottom: 1px solid @line; }
*[frame="foot"] { background: @window; border: none; border-top: 1px solid @line; }
*[rule="true"] { background: @line; border: none; }
*[frame="card"] { background: @base; border: 1px solid @line; border-radius: 6px; }
*[frame="window"] { background: @window; border: none; }
*[frame="base"] { background: @base; border: none; }
QLabel[chip="true"] { background: @track; color: @text2; border-radius: 3px; padding: 2px 7px; }
QLabel[chip="ok"] { background: @okSoft; color: @ok; border-radius: 3px; padding: 2px 7px; }
QLabel[chip="bad"] { background: @badSoft; color: @bad; border-radius: 3px; padding: 2px 7px; }
QLabel[chip="warn"] { background: @warnSoft; color: @warn; border-radius: 3px; padding: 2px 7px; }
QLabel[tone="quiet"] { color: @text2; }
QLabel[tone="faint"] { color: @text3; }
QLabel[tone="ok"] { color: @ok; }
QLabel[tone="bad"] { color: @bad; }
QLabel[tone="warn"] { color: @warn; }
)";

QColor blend(const QColor& from, const QColor& to, double share)
{
    const auto mix = [share](int a, int b) { return qRound(a + (b - a) * share); };
    return QColor(mix(from.red(), to.red()), mix(from.green(), to.green()), mix(from.blue(), to.blue()));
}

} // namespace

QString styleSheet(const ThemeColors& c)
{
    const QHash<QString, QColor> tokens = {
        {QStringLiteral("window"), c.window},
        {QStringLiteral("base"), c.base},
        {QStringLiteral("alt"), c.alt},
        {QStringLiteral("button"), c.button},
        {QStringLiteral("line"), c.line},
        {QStringLiteral("hair"), c.hair},
        {QStringLiteral("text"), c.text},
        {QStringLiteral("text2"), c.text2},
        {QStringLiteral("text3"), c.text3},
        {QStringLiteral("accent"), c.accent},
        {QStringLiteral("accentHover"), blend(c.accent, c.text, 0.12)},
        {QStringLiteral("accentDown"), blend(c.accent, c.text, 0.24)},
        {QStringLiteral("onAccent"), c.onAccent},
        {QStringLiteral("selection"), c.selection},
        {QStringLiteral("onSelection"), c.onSelection},
        {QStringLiteral("ok"), c.ok},
        {QStringLiteral("okSoft"), c.okSoft},
        {QStringLiteral("bad"), c.bad},
        {QStringLiteral("badSoft"), c.badSoft},
        {QStringLiteral("warn"), c.warn},
        {QStringLiteral("warnSoft"), c.warnSoft},
        {QStringLiteral("bar"), c.bar},
        {QStringLiteral("track"), c.track},
    };
    QString sheet;
    const QString text = QString::fromLatin1(Template);
    for (qsizetype at = 0; at < text.size();) {
        if (text[at] != QLatin1Char('@')) {
            sheet += text[at++];
            continue;
        }
        qsizetype end = at + 1;
        while (end < text.size() && text[end].isLetterOrNumber()) {
            ++end;
        }
        const auto token = tokens.constFind(text.mid(at + 1, end - at - 1));
        Q_ASSERT(token != tokens.constEnd());
        sheet += token->name();
        at = end;
    }
    return sheet;
}

void initializeResources() { initializeWorkbenchResources(); }

} // namespace workbench
