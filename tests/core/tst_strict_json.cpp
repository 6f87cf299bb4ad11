// SPDX-License-Identifier: Apache-2.0
/// Small documents are read without forgiveness, and go without asking for memory.
#include "core/json/strict_json.h"
#include "tests/support/scarce_memory.h"
#include "tests/support/thoroughness.h"

#include <QtTest>

#include <new>

using namespace workbench;

namespace {

constexpr auto Document = R"({"b": [1, -2, 2.5, "four and more than fifteen characters", [], {}],
    "a": {"nested": {"deeply": [true, false, null]}, "text": "another text of more than fifteen characters"}})";

std::string nested(std::size_t arrays) { return std::string(arrays, '[') + std::string(arrays, ']'); }

QString refusal(std::string_view text)
{
    const auto document = parseStrictJson(text, "here");
    return document ? QStringLiteral("none") : QString::fromStdString(document.error().message);
}

} // namespace

class StrictJsonTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void values_are_what_their_text_says()
    {
        const auto document = parseJson(Document);
        QVERIFY(document);
        const JsonNode::Array& items = document->items("b");
        QCOMPARE(items.size(), std::size_t {6});
        QVERIFY(items[0].count() == 1U && items[0].number() == 1.0);
        QVERIFY(!items[1].count() && items[1].number() == -2.0);
        QVERIFY(!items[2].count() && items[2].number() == 2.5);
        QVERIFY(items[3].text() != nullptr && !items[3].number());
        QVERIFY(items[4].array() != nullptr && items[4].array()->empty());
        QVERIFY(items[5].object() != nullptr && items[5].object()->empty());
        const JsonNode* const inner = document->member("a");
        QVERIFY(inner != nullptr);
        QCOMPARE(inner->textOf("text"), std::string("another text of more than fifteen characters"));
        QCOMPARE(inner->textOf("nested"), std::string());
        QVERIFY(inner->member("nested")->items("deeply")[0].flag() == true);
        QVERIFY(inner->member("nested")->items("deeply")[2].isNull());
        QVERIFY(document->member("c") == nullptr && document->items("c").empty());
        QVERIFY(items[0].member("a") == nullptr);
    }

    void members_are_found_in_whatever_order_they_stand()
    {
        const auto document = parseJson(R"({"z": 1, "aa": 2, "m": 3, "a": 4, "": 5})");
        QVERIFY(document);
        QVERIFY(
            document->countOf("z") == 1U && document->countOf("aa") == 2U && document->countOf("m") == 3U);
        QVERIFY(document->countOf("a") == 4U && document->countOf("") == 5U && !document->countOf("b"));
    }

    void what_is_no_document_is_refused_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("why");
        const auto row = [](const char* name, const QByteArray& text, const char* why) {
            QTest::newRow(name) << text << QString::fromLatin1(why);
        };
        row("nothing", "", "here: it is not JSON (line 1)");
        row("half", "{\"a\":\n1,\n", "here: it is not JSON (line 3)");
        row("two documents", "{}\n{}", "here: it is not JSON (line 2)");
        row("a comment", "// no\n{}", "here: it is not JSON (line 1)");
        row("no UTF-8", "\"\xC3\"", "here: it is not JSON (line 1)");
        row("half a pair", R"("\ud800")", "here: it is not JSON (line 1)");
        row("too large", "[1e999]", "here: it holds a number that is too large");
        row("a key twice", R"({"b": 1, "a": 2, "b": 3})", R"(here: the key "b" stands twice in one object)");
        row("a key twice, escaped", R"({"ab": 1, "\u0061b": 3})",
            R"(here: the key "ab" stands twice in one object)");
        row("65 arrays", QByteArray::fromStdString(nested(65)), "here: it nests deeper than 64");
        row("a million arrays", QByteArray(1'000'000, '['), "here: it nests deeper than 64");
    }
    void what_is_no_document_is_refused()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, why);
        QCOMPARE(refusal(text.toStdString()), why);
    }

    void equal_keys_of_different_objects_are_no_fault()
    {
        QCOMPARE(refusal(R"({"a": {"a": 1}, "b": [{"a": 1}, {"a": 1}]})"), QStringLiteral("none"));
        QCOMPARE(refusal(nested(64)), QStringLiteral("none"));
    }

    void a_document_goes_without_asking_for_memory()
    {
        if (ThreadSanitized) {
            QSKIP("memory is ThreadSanitizer's here");
        }
        std::optional<JsonNode> document;
        countRequestsForMemory(0);
        document = parseJson(Document);
        QVERIFY(requestsForMemory() > 0);
        countRequestsForMemory(0);
        document.reset();
        QCOMPARE(requestsForMemory(), 0);
    }

    void no_memory_at_any_moment_throws()
    {
        if (ThreadSanitized) {
            QSKIP("memory is ThreadSanitizer's here");
        }
        countRequestsForMemory(0);
        (void)parseJson(Document);
        const long all = requestsForMemory();
        for (long failing = 1; failing <= all; ++failing) {
            bool hasThrown = false;
            countRequestsForMemory(failing);
            try {
                (void)parseJson(Document);
            } catch (const std::bad_alloc&) {
                hasThrown = true;
            }
            requestsForMemory();
            QVERIFY2(hasThrown, qPrintable(QStringLiteral("request %1 of %2").arg(failing).arg(all)));
        }
    }
};

QTEST_GUILESS_MAIN(StrictJsonTest)
#include "tst_strict_json.moc"
