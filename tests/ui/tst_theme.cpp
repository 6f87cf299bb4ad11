// SPDX-License-Identifier: GPL-3.0-or-later
/// The promises of the tokens: everything can be read in both themes, and nobody paints past them.
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"
#include "ui/theme/theme_fonts.h"

#include <QApplication>
#include <QDirIterator>
#include <QFile>
#include <QFontMetrics>
#include <QHeaderView>
#include <QRegularExpression>
#include <QTableWidget>
#include <QTest>

using namespace workbench;

namespace {

using Token = QColor ThemeColors::*;

struct Pair {
    const char* name;
    Token text;
    Token ground;
};

const Pair TextPairs[] = {
    {"text on window", &ThemeColors::text, &ThemeColors::window},
    {"text on base", &ThemeColors::text, &ThemeColors::base},
    {"text on alt", &ThemeColors::text, &ThemeColors::alt},
    {"text on button", &ThemeColors::text, &ThemeColors::button},
    {"text2 on window", &ThemeColors::text2, &ThemeColors::window},
    {"text2 on base", &ThemeColors::text2, &ThemeColors::base},
    {"text2 on track", &ThemeColors::text2, &ThemeColors::track},
    {"text3 on window", &ThemeColors::text3, &ThemeColors::window},
    {"text3 on base", &ThemeColors::text3, &ThemeColors::base},
    {"text3 on null chip", &ThemeColors::text3, &ThemeColors::nullChip},
    {"accent on window", &ThemeColors::accent, &ThemeColors::window},
    {"accent on base", &ThemeColors::accent, &ThemeColors::base},
    {"text on accent", &ThemeColors::onAccent, &ThemeColors::accent},
    {"text on selection", &ThemeColors::onSelection, &ThemeColors::selection},
    {"ok on window", &ThemeColors::ok, &ThemeColors::window},
    {"ok on base", &ThemeColors::ok, &ThemeColors::base},
    {"ok on its soft", &ThemeColors::ok, &ThemeColors::okSoft},
    {"ok on selection", &ThemeColors::ok, &ThemeColors::selection},
    {"bad on window", &ThemeColors::bad, &ThemeColors::window},
    {"bad on base", &ThemeColors::bad, &ThemeColors::base},
    {"bad on its soft", &ThemeColors::bad, &ThemeColors::badSoft},
    {"bad on selection", &ThemeColors::bad, &ThemeColors::selection},
    {"warn on window", &ThemeColors::warn, &ThemeColors::window},
    {"warn on base", &ThemeColors::warn, &ThemeColors::base},
    {"warn on its soft", &ThemeColors::warn, &ThemeColors::warnSoft},
    {"warn on selection", &ThemeColors::warn, &ThemeColors::selection},
    {"JSON key", &ThemeColors::jsonKey, &ThemeColors::base},
    {"JSON string", &ThemeColors::jsonString, &ThemeColors::base},
    {"JSON number", &ThemeColors::jsonNumber, &ThemeColors::base},
    {"JSON literal", &ThemeColors::jsonLiteral, &ThemeColors::base},
};

// Hex digits, numbers in a QColor, or Qt's named colours.
const char* const WrittenColor
    = "#[0-9A-Fa-f]{6}\\b|#[0-9A-Fa-f]{3}\"|\\b0x[0-9A-Fa-f]{6}\\b|QColor\\(\\s*[0-9]"
      "|Qt::(red|green|blue|gray|darkGray|lightGray|yellow|black|white)\\b";

QPalette twoColors(const QColor& ground, const QColor& ink)
{
    QPalette palette;
    for (const auto role : {QPalette::Window, QPalette::Base, QPalette::Button}) {
        palette.setColor(role, ground);
    }
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
        palette.setColor(role, ink);
    }
    return palette;
}

} // namespace

class TestTheme : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { Theme::initialize(); }

    void letters_in_a_header_are_whole()
    {
        Theme::apply(Appearance::Light);
        const QString letters = QStringLiteral("Égypq");
        QTableWidget table(1, 1);
        table.setHorizontalHeaderLabels({letters});
        table.horizontalHeader()->setFont(Theme::tableFont());
        table.horizontalHeader()->setFixedHeight(Theme::rowHeight() + 4);
        const QImage picture = table.horizontalHeader()->viewport()->grab().toImage();
        int first = picture.height();
        int last = -1;
        for (int y = 0; y + 2 < picture.height(); ++y) { // but for the line below
            for (int x = 0; x < picture.width(); ++x) {
                if (qGray(picture.pixel(x, y)) < 150) {
                    first = std::min(first, y);
                    last = y;
                }
            }
        }
        const int height = QFontMetrics(Theme::tableFont()).tightBoundingRect(letters).height();
        QVERIFY2(last - first + 1 >= height - 1, qPrintable(QStringLiteral("%1 to %2").arg(first).arg(last)));
    }

    void contrast_is_the_one_of_wcag()
    {
        QCOMPARE(qRound(Theme::contrast(Qt::black, Qt::white) * 100), 2100);
        QCOMPARE(qRound(Theme::contrast(Qt::red, Qt::white) * 100), 400); // the published figure: 3.998
        QCOMPARE(Theme::contrast(Qt::blue, Qt::blue), 1.0);
    }

    void every_text_can_be_read_data()
    {
        QTest::addColumn<QColor>("text");
        QTest::addColumn<QColor>("ground");
        for (const bool dark : {false, true}) {
            const ThemeColors& c = dark ? Theme::darkColors() : Theme::lightColors();
            const QByteArray theme = dark ? " (dark)" : " (light)";
            for (const Pair& pair : TextPairs) {
                QTest::newRow((pair.name + theme).constData()) << c.*pair.text << c.*pair.ground;
            }
            for (std::size_t i = 0; i < FamilyCount; ++i) {
                const QByteArray name = QByteArray("family ") + familyName(static_cast<Family>(i)).data();
                QTest::newRow((name + " on window" + theme).constData()) << c.family[i] << c.window;
                QTest::newRow((name + " on base" + theme).constData()) << c.family[i] << c.base;
            }
        }
    }

    void every_text_can_be_read()
    {
        QFETCH(QColor, text);
        QFETCH(QColor, ground);
        const double contrast = Theme::contrast(text, ground);
        QVERIFY2(contrast >= 4.5, qPrintable(QString::number(contrast)));
    }

    void bars_can_be_told_from_their_ground()
    {
        for (const ThemeColors* c : {&Theme::lightColors(), &Theme::darkColors()}) {
            QVERIFY(Theme::contrast(c->bar, c->base) >= 3.0);
        }
    }

    void appearance_sets_palette_and_tokens_together()
    {
        Theme::apply(Appearance::Dark);
        QVERIFY(Theme::isDark());
        QCOMPARE(QApplication::palette().color(QPalette::Window), Theme::darkColors().window);
        QCOMPARE(QApplication::palette("QAbstractItemView").color(QPalette::Highlight),
            Theme::darkColors().selection);
        Theme::apply(Appearance::Light);
        QVERIFY(!Theme::isDark());
        QCOMPARE(Theme::colors().text, Theme::lightColors().text);
        QCOMPARE(QApplication::palette().color(QPalette::Window), Theme::lightColors().window);
        QCOMPARE(QApplication::palette("QAbstractItemView").color(QPalette::Highlight),
            Theme::lightColors().selection);
    }

    void dark_is_judged_by_the_window()
    {
        QVERIFY(Theme::isDarkPalette(twoColors(QColor(40, 40, 40), QColor(230, 230, 230))));
        QVERIFY(!Theme::isDarkPalette(twoColors(QColor(240, 240, 240), QColor(20, 20, 20))));
    }

    void only_black_and_white_is_high_contrast()
    {
        QVERIFY(Theme::isHighContrast(twoColors(Qt::black, Qt::white)));
        QVERIFY(Theme::isHighContrast(twoColors(Qt::white, Qt::black)));
        QVERIFY(!Theme::isHighContrast(twoColors(QColor(0xef, 0xf0, 0xf1), QColor(0x23, 0x26, 0x29))));
        QVERIFY(!Theme::isHighContrast(twoColors(QColor(0xef, 0xef, 0xef), Qt::black)));
    }

    void digits_in_columns_are_equally_wide()
    {
        Theme::apply(Appearance::Light);
        QVERIFY(digitsAreEquallyWide(Theme::numberFont()));
    }

    void sizes_keep_their_order()
    {
        Theme::apply(Appearance::Light);
        const auto size = [](const QFont& font) { return font.pointSizeF(); };
        QVERIFY(size(Theme::headerFont()) < size(Theme::tableFont()));
        QVERIFY(size(Theme::tableFont()) < size(Theme::bodyFont()));
        QVERIFY(size(Theme::bodyFont()) < size(Theme::sectionFont()));
        QVERIFY(size(Theme::sectionFont()) < size(Theme::titleFont()));
        QVERIFY(size(Theme::titleFont()) < size(Theme::figureFont()));
        QVERIFY(Theme::rowHeight() >= 24);
    }

    void icons_take_the_colour_of_the_theme()
    {
        Theme::apply(Appearance::Light);
        const QIcon icon = workbench::icon(QStringLiteral("stop"));
        const QColor light = darkest(icon, QIcon::Normal);
        Theme::apply(Appearance::Dark);
        const QColor dark = darkest(icon, QIcon::Normal);
        QVERIFY(light != dark);
        QCOMPARE(dark, Theme::darkColors().text);
        QCOMPARE(darkest(icon, QIcon::Disabled), Theme::darkColors().text3);
        QCOMPARE(darkest(workbench::icon(QStringLiteral("stop"), &ThemeColors::bad), QIcon::Normal),
            Theme::darkColors().bad);
    }

    void every_icon_has_a_picture()
    {
        QDirIterator icons(QStringLiteral(":/icons"), {QStringLiteral("*.svg")}, QDir::Files);
        int count = 0;
        while (icons.hasNext()) {
            const QString name = QFileInfo(icons.next()).completeBaseName();
            QVERIFY2(darkest(workbench::icon(name), QIcon::Normal).isValid(), qPrintable(name));
            ++count;
        }
        QVERIFY(count >= 34);
    }

    void no_colour_is_written_outside_of_the_tokens()
    {
        const QRegularExpression color(QString::fromLatin1(WrittenColor));
        int files = 0;
        for (const char* room : {"/ui", "/app/workbench"}) {
            QDirIterator sources(QStringLiteral(WORKBENCH_SOURCE_DIR) + QLatin1String(room),
                {QStringLiteral("*.cpp"), QStringLiteral("*.h")}, QDir::Files, QDirIterator::Subdirectories);
            while (sources.hasNext()) {
                QFile file(sources.next());
                if (file.fileName().endsWith(QLatin1String("/theme/theme.cpp"))) {
                    continue;
                }
                QVERIFY(file.open(QIODevice::ReadOnly));
                const auto match = color.match(QString::fromUtf8(file.readAll()));
                QVERIFY2(
                    !match.hasMatch(), qPrintable(file.fileName() + QLatin1String(": ") + match.captured()));
                ++files;
            }
        }
        QVERIFY(files > 5);
    }

private:
    /// The most opaque pixel's colour; invalid for an empty picture.
    static QColor darkest(const QIcon& icon, QIcon::Mode mode)
    {
        const QImage image = icon.pixmap(QSize(32, 32), 1.0, mode).toImage();
        QColor best;
        int alpha = 0;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                const QColor pixel = image.pixelColor(x, y);
                if (pixel.alpha() > alpha) {
                    alpha = pixel.alpha();
                    best = pixel;
                }
            }
        }
        return best;
    }
};

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
