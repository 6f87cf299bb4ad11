// SPDX-License-Identifier: Apache-2.0
// What the patterns make of each character there is, beside what Qt's tables of Unicode say of it; and what
// its shape shows.
#include "core/guard/mask.h"
#include "core/guard/text_patterns.h"

#include <QChar>
#include <QString>
#include <QTest>

#include <algorithm>
#include <array>

using namespace workbench;

namespace {

constexpr char32_t Last = 0x10FFFF;

std::string utf8(char32_t c) { return QString::fromUcs4(&c, 1).toStdString(); }

QByteArray nameOf(char32_t c) { return "U+" + QByteArray::number(static_cast<uint>(c), 16).toUpper(); }

bool isSurrogate(char32_t c) { return c >= 0xD800 && c <= 0xDFFF; }

/// Each where scripts, signs and tags are; of ideographs and private use one in so many.
char32_t behind(char32_t c)
{
    constexpr char32_t Few = 97;
    const bool isDense = c < 0x20000 || (c >= 0xE0000 - Few && c < 0xE1000);
    return c + (isDense ? 1 : Few);
}

bool isFullWidth(char32_t c) { return c >= 0xFF01 && c <= 0xFF5E; }

/// Formats that do print: signs around or above numbers and syllables.
bool isPrintedFormat(char32_t c)
{
    constexpr std::array<char32_t, 7> Single {0x06DD, 0x0890, 0x0891, 0x08E2, 0x110BD, 0x110CD};
    return (c >= 0x0600 && c <= 0x0605) || (c >= 0x13430 && c <= 0x13438)
        || std::ranges::find(Single, c) != Single.end();
}

/// What a person sees, or does not, by Unicode's own properties.
std::string expected(char32_t c)
{
    const auto category = QChar::category(c);
    const QString decomposed = QChar::decomposition(c);
    if (QChar::isSpace(c)) {
        return " ";
    }
    if (category == QChar::Punctuation_Dash || c == 0x2043 || c == 0x2212) {
        return "-";
    }
    if (c < 0x80) {
        return {static_cast<char>(c)};
    }
    if (category == QChar::Number_DecimalDigit) {
        return {static_cast<char>('0' + QChar::digitValue(c))};
    }
    if (isFullWidth(c) || c == 0xFE6B) { // written out as compatible with ASCII
        return decomposed.toStdString();
    }
    return category == QChar::Other_Format && !isPrintedFormat(c) ? "" : "x";
}

} // namespace

class FoldedTextTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void every_character_becomes_what_a_reader_takes_it_for()
    {
        int compared = 0;
        for (char32_t c = 0; c <= Last; c = behind(c)) {
            const auto category = QChar::category(c);
            // Whether a mark that combines with a letter is dropped is told below; what is no character yet
            // may become anything.
            if (isSurrogate(c) || category == QChar::Mark_NonSpacing
                || category == QChar::Other_NotAssigned) {
                continue;
            }
            if (foldedText(utf8(c)) != expected(c)) {
                QFAIL(nameOf(c) + " becomes " + foldedText(utf8(c)).c_str());
            }
            ++compared;
        }
        QVERIFY(compared > 60'000);
    }

    void accents_variants_and_tags_are_dropped()
    {
        for (const auto& [first, last] : {std::pair {U'\u0300', U'\u036F'}, {U'\uFE00', U'\uFE0F'},
                 {U'\U000E0100', U'\U000E01EF'}, {U'\U000E0020', U'\U000E007F'}}) {
            for (char32_t c = first; c <= last; ++c) {
                QCOMPARE(foldedText("5" + utf8(c) + "5"), std::string("55"));
            }
        }
    }

    void whatever_stands_between_its_digits_a_phone_number_is_found()
    {
        for (char32_t c = 0x80; c <= Last; c = behind(c)) {
            if (isSurrogate(c) || QChar::category(c) == QChar::Number_DecimalDigit) {
                continue; // with more digits it is another number
            }
            const std::string between = foldedText(utf8(c));
            const bool separates
                = between.size() != 1 || std::string(" -._:").find(between) != std::string::npos;
            const std::string mark = utf8(c);
            if (findPatterns("555" + mark + "010" + mark + "4477").phone != separates) {
                QFAIL(nameOf(c));
            }
        }
    }

    void no_letter_and_no_number_of_any_script_shows_in_a_shape()
    {
        for (char32_t c = 0; c <= Last; c = behind(c)) {
            if (isSurrogate(c)) {
                continue;
            }
            const std::string shape = maskShape(utf8(c));
            const bool isDigit = QChar::category(c) == QChar::Number_DecimalDigit;
            // Fractions, circled ones and numerals are numbers, too.
            if ((isDigit && shape != "9") || (QChar::isLetterOrNumber(c) && shape != "9" && shape != "x")) {
                QFAIL(nameOf(c) + " shows as " + shape.c_str());
            }
        }
    }

    void superscripts_and_subscripts_are_digits_in_a_shape()
    {
        for (const char* digits : {"⁰¹²³⁴⁵⁶⁷⁸⁹", "₀₁₂₃₄₅₆₇₈₉"}) {
            QCOMPARE(maskShape(digits), std::string(10, '9'));
        }
    }

    void what_tells_nothing_stays_and_its_neighbours_do_not_data()
    {
        QTest::addColumn<char32_t>("c");
        QTest::addColumn<bool>("stays");
        // Both ends of each run, and what stands outside of them.
        for (const auto& [first, last] : {std::pair<char32_t, char32_t> {0x00A0, 0x00A9}, {0x00AB, 0x00AC},
                 {0x00AE, 0x00B1}, {0x00B4, 0x00B4}, {0x00B6, 0x00B8}, {0x00BB, 0x00BB}, {0x00BF, 0x00BF},
                 {0x00D7, 0x00D7}, {0x00F7, 0x00F7}, {0x2000, 0x200A}, {0x2010, 0x2027}, {0x202F, 0x205F},
                 {0x20A0, 0x20BF}, {0x2190, 0x245F}, {0x2500, 0x2775}, {0x2794, 0x27BF}, {0x3000, 0x3004},
                 {0x3008, 0x3020}, {0xFF01, 0xFF0F}, {0xFF1A, 0xFF20}, {0xFF3B, 0xFF40}, {0xFF5B, 0xFF65}}) {
            for (const auto& [c, stays] : {std::pair {first, true}, {last, true}, {first - 1, false},
                     {static_cast<char32_t>(last + 1), false}}) {
                if (c >= 0x80) {
                    QTest::newRow(nameOf(c)) << c << stays;
                }
            }
        }
    }
    void what_tells_nothing_stays_and_its_neighbours_do_not()
    {
        QFETCH(char32_t, c);
        QFETCH(bool, stays);
        QCOMPARE(maskShape(utf8(c)) == utf8(c), stays);
    }
};

Q_DECLARE_METATYPE(char32_t)

QTEST_APPLESS_MAIN(FoldedTextTest)
#include "tst_folded_text.moc"
