// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/theme.h"

#include "ui/theme/icons.h"
#include "ui/theme/surface.h"
#include "ui/theme/theme_fonts.h"
#include "ui/theme/workbench_style.h"

#include <QApplication>
#include <QEvent>
#include <QFontMetrics>
#include <QMetaObject>
#include <QPointer>
#include <QToolTip>
#include <QWidget>

#include <algorithm>
#include <cmath>

// Outside of any namespace, as the macro wants it.
static void initializeWorkbenchResources() { Q_INIT_RESOURCE(workbench); }

namespace workbench {
namespace {

QColor hex(QRgb rgb) { return QColor::fromRgb(rgb); }

ThemeColors makeLight()
{
    ThemeColors c;
    c.window = hex(0xF2F4F5);
    c.base = hex(0xFFFFFF);
    c.alt = hex(0xF8F9FA);
    c.button = hex(0xFFFFFF);
    c.line = hex(0xD3D8DD);
    c.hair = hex(0xE7EAED);
    c.text = hex(0x171C21);
    c.text2 = hex(0x47525D);
    c.text3 = hex(0x596571);
    c.accent = hex(0x1F57B8);
    c.onAccent = hex(0xFFFFFF);
    c.selection = hex(0xDAE6F8);
    c.onSelection = hex(0x171C21);
    c.ok = hex(0x17693A);
    c.okSoft = hex(0xE1F1E7);
    c.bad = hex(0xB0261D);
    c.badSoft = hex(0xFBE8E6);
    c.warn = hex(0x7C5200);
    c.warnSoft = hex(0xFAEFD6);
    c.bar = hex(0x8595A4);
    c.track = hex(0xE3E7EA);
    c.nullChip = hex(0xEEF1F3);
    c.jsonKey = hex(0x1F4C96);
    c.jsonString = hex(0x8A3A12);
    c.jsonNumber = hex(0x0B6350);
    c.jsonLiteral = hex(0x6B3BA3);
    const QRgb families[FamilyCount]
        = {0x566471, 0x2566B4, 0x7446B0, 0x1F7350, 0x0B7280, 0x7A6220, 0xA34A12, 0xA23669};
    std::transform(std::begin(families), std::end(families), std::begin(c.family), hex);
    return c;
}

ThemeColors makeDark()
{
    ThemeColors c;
    c.window = hex(0x1F2327);
    c.base = hex(0x17191C);
    c.alt = hex(0x1B1E21);
    c.button = hex(0x2A2F35);
    c.line = hex(0x3A4148);
    c.hair = hex(0x292E33);
    c.text = hex(0xE5E9ED);
    c.text2 = hex(0xB2BBC5);
    c.text3 = hex(0x929DA9);
    c.accent = hex(0x7DAEF7);
    c.onAccent = hex(0x10151B);
    c.selection = hex(0x26416B);
    c.onSelection = hex(0xF2F5F8);
    c.ok = hex(0x74CE93);
    c.okSoft = hex(0x1D3427);
    c.bad = hex(0xFF938A);
    c.badSoft = hex(0x43221F);
    c.warn = hex(0xE6B765);
    c.warnSoft = hex(0x3D3018);
    c.bar = hex(0x728191);
    c.track = hex(0x2B3036);
    c.nullChip = hex(0x24282D);
    c.jsonKey = hex(0x8CB8F8);
    c.jsonString = hex(0xEDA27A);
    c.jsonNumber = hex(0x7FD1B4);
    c.jsonLiteral = hex(0xC4A1F0);
    const QRgb families[FamilyCount]
        = {0x9AA8B5, 0x78AEEC, 0xBC9AF0, 0x76C7A0, 0x66C2CF, 0xCDB673, 0xECA069, 0xEC93B9};
    std::transform(std::begin(families), std::end(families), std::begin(c.family), hex);
    return c;
}

/// The tokens for somebody who chose black and white: words, icons and places carry the meaning then.
ThemeColors fromPalette(const QPalette& palette)
{
    ThemeColors c;
    c.window = palette.color(QPalette::Window);
    c.base = c.alt = c.button = c.okSoft = c.badSoft = c.warnSoft = palette.color(QPalette::Base);
    c.text = c.text2 = c.text3 = c.line = c.hair = palette.color(QPalette::WindowText);
    c.ok = c.bad = c.warn = c.bar = c.text;
    c.jsonKey = c.jsonString = c.jsonNumber = c.jsonLiteral = c.text;
    c.accent = c.selection = palette.color(QPalette::Highlight);
    c.onAccent = c.onSelection = palette.color(QPalette::HighlightedText);
    c.track = c.nullChip = c.base;
    std::fill(std::begin(c.family), std::end(c.family), c.text);
    return c;
}

QPalette makePalette(const ThemeColors& c)
{
    QPalette p;
    p.setColor(QPalette::Window, c.window);
    p.setColor(QPalette::WindowText, c.text);
    p.setColor(QPalette::Base, c.base);
    p.setColor(QPalette::AlternateBase, c.alt);
    p.setColor(QPalette::Text, c.text);
    p.setColor(QPalette::Button, c.button);
    p.setColor(QPalette::ButtonText, c.text);
    p.setColor(QPalette::BrightText, c.bad);
    p.setColor(QPalette::Highlight, c.accent);
    p.setColor(QPalette::HighlightedText, c.onAccent);
    p.setColor(QPalette::Link, c.accent);
    p.setColor(QPalette::LinkVisited, c.accent);
    p.setColor(QPalette::PlaceholderText, c.text3);
    p.setColor(QPalette::ToolTipBase, c.base);
    p.setColor(QPalette::ToolTipText, c.text);
    p.setColor(QPalette::Light, c.base);
    p.setColor(QPalette::Midlight, c.hair);
    p.setColor(QPalette::Mid, c.line);
    p.setColor(QPalette::Dark, c.bar);
    p.setColor(QPalette::Shadow, c.text3);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::Link}) {
        p.setColor(QPalette::Disabled, role, c.text3);
    }
    p.setColor(QPalette::Disabled, QPalette::Base, c.window);
    p.setColor(QPalette::Disabled, QPalette::Button, c.window);
    p.setColor(QPalette::Disabled, QPalette::Highlight, c.track);
    p.setColor(QPalette::Disabled, QPalette::HighlightedText, c.text3);
    return p;
}

QPalette itemViewPalette(QPalette palette, const ThemeColors& c)
{
    palette.setColor(QPalette::Highlight, c.selection);
    palette.setColor(QPalette::HighlightedText, c.onSelection);
    return palette;
}

QFont semibold(QFont font)
{
    font.setWeight(QFont::DemiBold);
    return font;
}

/// Made once: painting a table asks for them thousands of times.
struct Fonts {
    QFont body, strong, table, caption, header, mono, section, title, firstRun, figure, hash, number;

    static Fonts of(const QFont& platform)
    {
        Fonts f;
        f.body = preferredBodyFont(platform);
        const QFont mono = preferredMonoFont(f.body);
        const auto sized = [&f](const QFont& font, double pixels) { return scaled(font, f.body, pixels); };
        f.strong = semibold(f.body);
        f.table = f.caption = sized(f.body, 12);
        f.header = sized(f.body, 11);
        f.mono = sized(mono, 11);
        f.section = semibold(sized(f.body, 15));
        f.title = semibold(sized(f.body, 18));
        f.firstRun = semibold(sized(f.body, 20));
        f.figure = semibold(sized(f.body, 24));
        f.hash = sized(mono, 28);
        f.number = sized(preferredNumberFont(f.body), 12);
        return f;
    }
};

struct State {
    QPalette platformPalette;
    Fonts fonts;
    Appearance appearance = Appearance::System;
    bool dark = false;
    bool applying = false;
    ThemeColors highContrast;
    const ThemeColors* colors = nullptr;
};

State& state()
{
    static State instance;
    return instance;
}

/// Qt 6.4 has no colour-scheme hint: a changed platform theme reaches top-level windows as ThemeChange,
/// and the platform's palette shows only while the application has set none.
class PlatformThemeWatch final : public QObject {
public:
    using QObject::QObject;

    bool eventFilter(QObject* watched, QEvent* event) override
    {
        if (event->type() == QEvent::ThemeChange && !state().applying && !m_pending) {
            m_pending = true;
            QMetaObject::invokeMethod(
                this, [this] { reread(); }, Qt::QueuedConnection);
        }
        return QObject::eventFilter(watched, event);
    }

private:
    void reread()
    {
        m_pending = false;
        state().applying = true;
        QApplication::setPalette(QPalette());
        state().platformPalette = QApplication::palette();
        state().applying = false;
        Theme::apply(state().appearance);
    }

    bool m_pending = false;
};

} // namespace

const ThemeColors& Theme::lightColors()
{
    static const ThemeColors colors = makeLight();
    return colors;
}

const ThemeColors& Theme::darkColors()
{
    static const ThemeColors colors = makeDark();
    return colors;
}

const ThemeColors& Theme::colors() { return state().colors ? *state().colors : lightColors(); }

bool Theme::isDark() { return state().dark; }

Appearance Theme::appearance() { return state().appearance; }

double Theme::contrast(const QColor& one, const QColor& other)
{
    const auto luminance = [](const QColor& color) {
        const auto linear = [](float channel) {
            const double c = static_cast<double>(channel);
            return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
        };
        return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF())
            + 0.0722 * linear(color.blueF());
    };
    const double a = luminance(one);
    const double b = luminance(other);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

bool Theme::isDarkPalette(const QPalette& palette)
{
    return palette.color(QPalette::Window).lightnessF() < palette.color(QPalette::WindowText).lightnessF();
}

bool Theme::isHighContrast(const QPalette& palette)
{
    constexpr double PureBlackOnWhite = 20.9;
    return contrast(palette.color(QPalette::Window), palette.color(QPalette::WindowText)) > PureBlackOnWhite
        && contrast(palette.color(QPalette::Base), palette.color(QPalette::Text)) > PureBlackOnWhite
        && contrast(palette.color(QPalette::Button), palette.color(QPalette::ButtonText)) > PureBlackOnWhite;
}

void Theme::initialize()
{
    initializeWorkbenchResources();
    state().platformPalette = QApplication::palette();
    state().fonts = Fonts::of(QApplication::font());
    static QPointer<PlatformThemeWatch> watch; // gone with the application
    if (!watch) {
        watch = new PlatformThemeWatch(qApp);
        qApp->installEventFilter(watch);
    }
}

void Theme::apply(Appearance appearance)
{
    State& s = state();
    s.applying = true;
    s.appearance = appearance;
    const bool asPlatform = appearance == Appearance::System;
    const bool highContrast = asPlatform && isHighContrast(s.platformPalette);
    s.dark = asPlatform ? isDarkPalette(s.platformPalette) : appearance == Appearance::Dark;
    if (highContrast) {
        s.highContrast = fromPalette(s.platformPalette);
        s.colors = &s.highContrast;
    } else {
        s.colors = s.dark ? &darkColors() : &lightColors();
    }

    static bool styled = false;
    if (!styled) {
        styled = true;
        QApplication::setStyle(new WorkbenchStyle);
        prepareIcons();
    }
    const QPalette palette = highContrast ? s.platformPalette : makePalette(*s.colors);
    QApplication::setPalette(palette);
    QApplication::setPalette(itemViewPalette(palette, *s.colors), "QAbstractItemView");
    // Each of them asks every widget to lay itself out anew, and an appearance has no fonts of its own.
    const auto setFont = [](const QFont& font, const char* of) {
        if (QApplication::font(of) != font) {
            QApplication::setFont(font, of);
        }
    };
    setFont(bodyFont(), nullptr);
    setFont(tableFont(), "QTableView");
    setFont(tableFont(), "QHeaderView");
    QToolTip::setPalette(palette);
    // Tones are the theme's, not the palette's: labels put theirs on anew.
    for (QWidget* widget : QApplication::allWidgets()) {
        dressSurface(*widget);
        widget->update();
    }
    s.applying = false;
}

const QFont& Theme::bodyFont() { return state().fonts.body; }
const QFont& Theme::strongFont() { return state().fonts.strong; }
const QFont& Theme::tableFont() { return state().fonts.table; }
const QFont& Theme::captionFont() { return state().fonts.caption; }
const QFont& Theme::headerFont() { return state().fonts.header; }
const QFont& Theme::monoFont() { return state().fonts.mono; }
const QFont& Theme::sectionFont() { return state().fonts.section; }
const QFont& Theme::titleFont() { return state().fonts.title; }
const QFont& Theme::firstRunFont() { return state().fonts.firstRun; }
const QFont& Theme::figureFont() { return state().fonts.figure; }
const QFont& Theme::hashFont() { return state().fonts.hash; }
const QFont& Theme::numberFont() { return state().fonts.number; }

int Theme::rowHeight() { return std::max(24, QFontMetrics(tableFont()).lineSpacing() + 8); }

} // namespace workbench
