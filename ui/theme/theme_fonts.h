// SPDX-License-Identifier: GPL-3.0-or-later
/// Which families and sizes the theme is set in, from what the platform offers.
#pragma once

#include <QFont>

namespace workbench {

[[nodiscard]] bool digitsAreEquallyWide(const QFont& font);
/// The platform's font; Noto Sans where the platform has no opinion.
[[nodiscard]] QFont preferredBodyFont(QFont platform);
[[nodiscard]] QFont preferredMonoFont(const QFont& body);
/// `body` if its digits line up in columns, else the first installed family whose digits do.
[[nodiscard]] QFont preferredNumberFont(const QFont& body);
/// `font` at the size that stands to `body` as `pixels` to 13.
[[nodiscard]] QFont scaled(QFont font, const QFont& body, double pixels);

} // namespace workbench
