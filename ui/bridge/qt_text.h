// SPDX-License-Identifier: GPL-3.0-or-later
/// The only place that converts between core's UTF-8 strings and Qt's.
#pragma once

#include <QString>

#include <string>
#include <string_view>

namespace workbench {

[[nodiscard]] inline QString toQt(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

[[nodiscard]] inline std::string fromQt(const QString& text) { return text.toStdString(); }

} // namespace workbench
