// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/sizes.h"

#include "ui/theme/theme.h"

#include <QFontInfo>

#include <algorithm>
#include <cmath>

namespace workbench {

double fontFactor()
{
    constexpr double BodyPixels = 13;
    return std::max(1.0, QFontInfo(Theme::bodyFont()).pixelSize() / BodyPixels);
}

int sized(int pixels) { return static_cast<int>(std::lround(pixels * fontFactor())); }

bool lettersAreLarge() { return fontFactor() >= 1.5; }

} // namespace workbench
