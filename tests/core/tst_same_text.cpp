// SPDX-License-Identifier: Apache-2.0
// Short texts are compared as == compares them, and no byte beside them is read.
#include "core/base/same_text.h"

#include <QTest>

#include <array>
#include <string>
#include <vector>

using namespace workbench;

class tst_same_text : public QObject { // NOLINT: named as its file
    Q_OBJECT

private Q_SLOTS:
    void a_difference_anywhere_is_seen()
    {
        for (std::size_t length = 0; length <= 40; ++length) {
            // Memory of just this size, so that a sanitizer sees any other byte being read.
            std::vector<char> one(length, 'a');
            std::vector<char> other(length, 'a');
            const std::string_view a(one.data(), length);
            const std::string_view b(other.data(), length);
            QVERIFY(sameText(a, b));
            for (std::size_t place = 0; place < length; ++place) {
                for (const char changed : {'b', '\0', static_cast<char>(0xe1)}) {
                    other[place] = changed;
                    QVERIFY2(!sameText(a, b), qPrintable(QString::number(length)));
                }
                other[place] = 'a';
            }
            QVERIFY(!sameText(a, std::string(length + 1, 'a')));
        }
        QVERIFY(sameText({}, ""));
    }

    void the_place_in_a_set_is_the_first_one()
    {
        constexpr std::array<std::string_view, 4> Set {"hvac", "plumbing", "hvac", ""};
        QCOMPARE(placeIn(Set, "hvac"), std::size_t {0});
        QCOMPARE(placeIn(Set, "plumbing"), std::size_t {1});
        QCOMPARE(placeIn(Set, ""), std::size_t {3});
        QCOMPARE(placeIn(Set, "hvacs"), Set.size());
        QCOMPARE(placeIn(std::vector<std::string>(), "hvac"), std::size_t {0});
    }
};

QTEST_GUILESS_MAIN(tst_same_text)
#include "tst_same_text.moc"
