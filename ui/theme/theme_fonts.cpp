// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/theme_fonts.h"

#include <QFontDatabase>
#include <QFontInfo>
#include <QFontMetricsF>
#include <QStringList>

#include <algorithm>

namespace workbench {
namespace {

constexpr double BodyPixels = 13;
constexpr double PointsAPixel = 0.75; // at 96 dpi

bool isInstalled(const QString& family) { return QFontDatabase::hasFamily(family); }

/// A platform without a desktop answers a family that only means "some sans serif".
bool isGeneric(const QString& family)
{
    static const QStringList generic = {QStringLiteral("sans serif"), QStringLiteral("sans-serif"),
        QStringLiteral("sans"), QStringLiteral("helvetica"), QStringLiteral("monospace"),
        QStringLiteral("fixed"), QStringLiteral("courier"), QStringLiteral("courier new"), QString()};
    return generic.contains(family.toLower());
}

} // namespace

bool digitsAreEquallyWide(const QFont& font)
{
    const QFontMetricsF metrics(font);
    const qreal zero = metrics.horizontalAdvance(QLatin1Char('0'));
    for (char digit = '1'; digit <= '9'; ++digit) {
        if (!qFuzzyCompare(metrics.horizontalAdvance(QLatin1Char(digit)), zero)) {
            return false;
        }
    }
    return true;
}

QFont preferredBodyFont(QFont platform)
{
    if (isGeneric(platform.family())) {
        const QString noto = QStringLiteral("Noto Sans");
        if (isInstalled(noto)) {
            platform.setFamily(noto);
        }
        platform.setPointSizeF(std::max(platform.pointSizeF(), BodyPixels * PointsAPixel));
    }
    return platform;
}

QFont preferredMonoFont(const QFont& body)
{
    QFont mono = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    const QString noto = QStringLiteral("Noto Sans Mono");
    if (isGeneric(mono.family()) && isInstalled(noto)) {
        mono.setFamily(noto);
    }
    mono.setStyleHint(QFont::Monospace);
    mono.setFixedPitch(true);
    mono.setWeight(QFont::Normal);
    return scaled(mono, body, BodyPixels);
}

QFont preferredNumberFont(const QFont& body)
{
    if (digitsAreEquallyWide(body)) {
        return body;
    }
    QFont number = body;
    for (const QString& family : {QStringLiteral("Noto Sans"), QStringLiteral("DejaVu Sans")}) {
        if (isInstalled(family)) {
            number.setFamily(family);
            if (digitsAreEquallyWide(number)) {
                return number;
            }
        }
    }
    return body;
}

QFont scaled(QFont font, const QFont& body, double pixels)
{
    const double factor = pixels / BodyPixels;
    if (body.pointSizeF() > 0) {
        font.setPointSizeF(body.pointSizeF() * factor);
    } else {
        font.setPixelSize(std::max(1, qRound(body.pixelSize() * factor)));
    }
    return font;
}

} // namespace workbench
