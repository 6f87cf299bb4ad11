// SPDX-License-Identifier: Apache-2.0
// The shape of a value: enough to know what kind of thing it was, nothing of what it said.
#include "core/guard/mask.h"
#include "tests/support/oracle.h"
#include "tests/support/random_examples.h"

#include <QTest>

using namespace workbench;

class tst_mask : public QObject { // NOLINT: named as its file
    Q_OBJECT

private Q_SLOTS:
    void shapes_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QByteArray>("shape");
        const auto row = [](const char* value, const char* shape) {
            QTest::newRow(*value == '\0' ? "nothing" : value) << QByteArray(value) << QByteArray(shape);
        };
        row("", "");
        row("sam.field@example.com", "xxx.xxxxx@xxxxxxx.xxx");
        row("(212) 555-0142", "(999) 999-9999");
        row("12 Example St", "99 Xxxxxxx Xx");
        row("-1.5e+10", "-9.9x+99");
        row("naïve", "xxxxx");
        row("中文 ok", "xx xx");
        row("２１２–５５５", "999–999");
        row("๕๕๕ ৫৫৫ ٥٥٥ x²", "999 999 999 x9"); // digits of other scripts, as the phone pattern knows them
        row("a\u200bb", "xxx"); // an invisible character must not hide in the shape
    }

    void shapes()
    {
        QFETCH(QByteArray, value);
        QFETCH(QByteArray, shape);
        QCOMPARE(QByteArray::fromStdString(maskShape(value.toStdString())), shape.toLower());
    }

    void forty_characters_are_shown_at_most_and_never_half_of_one()
    {
        QCOMPARE(maskShape(std::string(41, 'a')), std::string(40, 'x'));
        std::string dashes;
        for (int i = 0; i < 50; ++i) {
            dashes += "–";
        }
        QCOMPARE(maskShape(dashes).size(), std::size_t {40 * 3});
        QCOMPARE(maskShape("abcdef", 3), std::string("xxx"));
    }

    void bytes_that_are_no_text_become_letters()
    {
        QCOMPARE(maskShape("a\xff\xc3z"), std::string("xxxx"));
        QCOMPARE(maskShape("\xed\xa0\x80"), std::string("xxx")); // half a surrogate pair
        QCOMPARE(maskShape("\xc0\xaf"), std::string("xx")); // overlong
    }

    void a_shape_of_a_shape_is_the_same_shape_and_holds_no_other_letter_or_digit()
    {
        RandomExamples random(40);
        for (int i = 0; i < 20000; ++i) {
            const std::string shape = maskShape(random.text());
            QCOMPARE(maskShape(shape), shape);
            for (const char c : shape) {
                const bool letter = (c >= 'a' && c <= 'z' && c != 'x') || (c >= 'A' && c <= 'Z');
                QVERIFY(!letter && (c < '0' || c > '8'));
            }
        }
    }

    void both_maskers_agree()
    {
        RandomExamples random(41);
        for (int i = 0; i < 20000; ++i) {
            const std::string value = random.text();
            QCOMPARE(maskShape(value), oracle::mask(value));
        }
    }
};

QTEST_GUILESS_MAIN(tst_mask)
#include "tst_mask.moc"
