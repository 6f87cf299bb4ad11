// SPDX-License-Identifier: GPL-3.0-or-later
/// Which columns of the preview are shown, in which order and how wide; remembered between sessions.
#pragma once

#include <QHash>
#include <QSet>
#include <QString>
#include <QStringList>

#include <optional>

namespace workbench {

/// Columns by path, so that it outlives a schema that gains one.
struct ColumnLayout {
    /// No value: nobody chose, the defaults hold.
    std::optional<QSet<QString>> hidden;
    QStringList order; ///< empty: as the families stand
    QHash<QString, int> widths; ///< chosen by hand

    friend bool operator==(const ColumnLayout&, const ColumnLayout&) = default;
};

/// `schema` tells layouts apart: its name.
[[nodiscard]] ColumnLayout loadColumnLayout(const QString& schema);
void saveColumnLayout(const QString& schema, const ColumnLayout& layout);

} // namespace workbench
