// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preview/column_layout.h"

#include <QSettings>

namespace workbench {

namespace {

QString group(const QString& schema) { return QStringLiteral("preview/") + schema; }

} // namespace

ColumnLayout loadColumnLayout(const QString& schema)
{
    QSettings settings;
    settings.beginGroup(group(schema));
    ColumnLayout layout;
    if (settings.contains(QStringLiteral("hidden"))) {
        const QStringList hidden = settings.value(QStringLiteral("hidden")).toStringList();
        layout.hidden = QSet<QString>(hidden.begin(), hidden.end());
    }
    layout.order = settings.value(QStringLiteral("order")).toStringList();
    const QVariantMap widths = settings.value(QStringLiteral("widths")).toMap();
    for (auto width = widths.begin(); width != widths.end(); ++width) {
        const int pixels = width.value().toInt();
        if (pixels > 0 && pixels < 4000) {
            layout.widths.insert(width.key(), pixels);
        }
    }
    return layout;
}

void saveColumnLayout(const QString& schema, const ColumnLayout& layout)
{
    QSettings settings;
    settings.beginGroup(group(schema));
    if (layout.hidden) {
        QStringList hidden = layout.hidden->values();
        hidden.sort();
        settings.setValue(QStringLiteral("hidden"), hidden);
    } else {
        settings.remove(QStringLiteral("hidden"));
    }
    settings.setValue(QStringLiteral("order"), layout.order);
    QVariantMap widths;
    for (auto width = layout.widths.begin(); width != layout.widths.end(); ++width) {
        widths.insert(width.key(), width.value());
    }
    settings.setValue(QStringLiteral("widths"), widths);
}

} // namespace workbench
