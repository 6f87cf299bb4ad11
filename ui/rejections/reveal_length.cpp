// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rejections/reveal_length.h"

#include <QSettings>

#include <algorithm>

namespace workbench {

namespace {

constexpr int UsualReveal = 10;
const QString RevealKey = QStringLiteral("rejections/revealSeconds");

} // namespace

int revealSeconds()
{
    return std::clamp(QSettings().value(RevealKey, UsualReveal).toInt(), ShortestReveal, LongestReveal);
}

void setRevealSeconds(int seconds) { QSettings().setValue(RevealKey, seconds); }

} // namespace workbench
