// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/number_text.h"

#include <QCoreApplication>

#include <array>
#include <cmath>

namespace workbench {
namespace {

const QChar RealMinus(0x2212);
const QChar NarrowGap(0x00a0); // between figure and unit: never broken over two lines

struct Words {
    Q_DECLARE_TR_FUNCTIONS(NumberText)
};

QString withRealMinus(QString text)
{
    const QString minus = displayLocale().negativeSign();
    if (text.startsWith(minus)) {
        text.replace(0, minus.size(), RealMinus);
    }
    return text;
}

QString withUnit(const QString& figure, const QString& unit) { return figure + NarrowGap + unit; }

QString fixed(double value, int decimals) { return displayLocale().toString(value, 'f', decimals); }

} // namespace

QLocale displayLocale()
{
    const QLocale locale;
    return locale.language() == QLocale::C ? QLocale(QLocale::English, QLocale::UnitedStates) : locale;
}

int pluralOf(quint64 count)
{
    constexpr quint64 Million = 1'000'000; // no language looks at more than the last digits
    return static_cast<int>(count < Million ? count : Million + count % Million);
}

QString countText(quint64 count, bool growing)
{
    const QString figure = displayLocale().toString(count);
    return growing ? figure + QLatin1Char('+') : figure;
}

QString signedCountText(qint64 change)
{
    const QString figure = withRealMinus(displayLocale().toString(change));
    return change > 0 ? QLatin1Char('+') + figure : figure;
}

QString decimalText(double value, int decimals)
{
    const QString figure = fixed(value, decimals);
    const QString nothing = fixed(0, decimals);
    // -0.0001 with two decimals is nothing, not "minus nothing".
    return figure == displayLocale().negativeSign() + nothing ? nothing : withRealMinus(figure);
}

double share(quint64 part, quint64 whole)
{
    return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

QString percentText(double share) { return withUnit(decimalText(share * 100, 1), QStringLiteral("%")); }

QString sizeText(quint64 bytes)
{
    if (bytes < 1000) {
        return withUnit(displayLocale().toString(bytes), Words::tr("B"));
    }
    const std::array units = {Words::tr("kB"), Words::tr("MB"), Words::tr("GB"), Words::tr("TB")};
    double value = static_cast<double>(bytes) / 1000;
    std::size_t unit = 0;
    while (value >= 999.95 && unit + 1 < units.size()) {
        value /= 1000;
        ++unit;
    }
    return withUnit(fixed(value, 1), units[unit]);
}

QString signedSizeText(qint64 bytes)
{
    const QString size = sizeText(static_cast<quint64>(std::llabs(bytes)));
    if (bytes == 0) {
        return size;
    }
    return (bytes > 0 ? QChar(QLatin1Char('+')) : RealMinus) + size;
}

QString durationText(double seconds)
{
    if (seconds < 0.095) {
        return withUnit(fixed(std::max(seconds, 0.0), 2), Words::tr("s"));
    }
    if (seconds < 9.95) {
        return withUnit(fixed(seconds, 1), Words::tr("s"));
    }
    const auto whole = static_cast<qint64>(std::llround(seconds));
    if (whole < 60) {
        return withUnit(displayLocale().toString(whole), Words::tr("s"));
    }
    const QString minutes = withUnit(displayLocale().toString(whole / 60), Words::tr("min"));
    return whole % 60 == 0
        ? minutes
        : minutes + QLatin1Char(' ') + withUnit(displayLocale().toString(whole % 60), Words::tr("s"));
}

QString remainingText(double seconds)
{
    if (seconds < 0 || !std::isfinite(seconds)) {
        return {};
    }
    if (seconds < 90) {
        return withUnit(displayLocale().toString(std::max<qint64>(1, std::llround(seconds))), Words::tr("s"));
    }
    return withUnit(
        displayLocale().toString(static_cast<qint64>(std::llround(seconds / 60))), Words::tr("min"));
}

QString rateText(double perSecond)
{
    if (perSecond < 1) {
        return displayLocale().toString(0);
    }
    const double scale = std::pow(10, std::max(0.0, std::floor(std::log10(perSecond)) - 2));
    return displayLocale().toString(
        static_cast<qint64>(std::llround(perSecond / scale) * std::llround(scale)));
}

QString timeText(const QDateTime& time)
{
    const QDateTime local = time.toLocalTime();
    const QString clock = displayLocale().toString(local.time(), QStringLiteral("HH:mm"));
    return local.date() == QDate::currentDate() ? clock
                                                : Words::tr("%1, %2").arg(dateText(local.date()), clock);
}

QString dateText(const QDate& date) { return displayLocale().toString(date, QStringLiteral("d MMM yyyy")); }

} // namespace workbench
