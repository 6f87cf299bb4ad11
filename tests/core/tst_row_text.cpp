// SPDX-License-Identifier: Apache-2.0
// A row that turns out as the line it was read from is that line; any other is written, whole.
#include "core/guard/row_text.h"

#include <QTest>

#include <string>
#include <vector>

using namespace workbench;

namespace {

const std::string Line = R"({"id":"a","features":{"x":0.25,"y":null},"targets":[]})";

/// `row` in pieces of one size, into `out`. True: it was `like`.
bool write(std::string& out, const std::string& row, const std::string& like, std::size_t size)
{
    RowText text(out, like);
    for (std::size_t at = 0; at < row.size(); at += size) {
        text.append(std::string_view(row).substr(at, size));
    }
    return text.finishLike();
}

} // namespace

class RowTextTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void the_line_itself_is_written_nowhere()
    {
        for (std::size_t size = 1; size <= Line.size(); ++size) {
            std::string out = "before";
            QVERIFY(write(out, Line, Line, size));
            QCOMPARE(out, std::string("before"));
        }
    }

    void another_byte_anywhere_has_the_row_written_whole()
    {
        for (std::size_t size = 1; size <= Line.size(); ++size) {
            for (std::size_t place = 0; place < Line.size(); ++place) {
                std::string row = Line;
                row[place] = '~';
                std::string out = "before";
                QVERIFY(!write(out, row, Line, size));
                QCOMPARE(out, "before" + row);
            }
        }
    }

    void a_shorter_or_a_longer_row_is_not_the_line()
    {
        for (const std::string& row :
            {std::string(), Line.substr(0, 1), Line.substr(0, Line.size() - 1), Line + '\n', Line + Line}) {
            for (std::size_t size = 1; size <= 9; ++size) {
                std::string out = "before";
                QVERIFY(!write(out, row, Line, size));
                QCOMPARE(out, "before" + row);
            }
        }
    }

    void without_a_line_to_be_all_is_written()
    {
        std::string out;
        QVERIFY(!write(out, Line, {}, 5));
        QCOMPARE(out, Line);
    }

    void pieces_of_the_line_itself_count_where_they_stand_alone()
    {
        // The same memory, but not the place that comes next.
        const std::string like = "abcabc";
        std::string out;
        RowText text(out, like);
        text.append(std::string_view(like).substr(0, 3)).append(std::string_view(like).substr(0, 3));
        QVERIFY(text.finishLike());
        RowText other(out, like);
        other.append(std::string_view(like).substr(0, 3)).append(std::string_view(like).substr(1, 2));
        QVERIFY(!other.finishLike());
        QCOMPARE(out, std::string("abcbc"));
    }

    void what_was_written_can_be_read_back_either_way()
    {
        for (const std::string& like : {Line, std::string("{\"id\":\"b"), std::string()}) {
            std::string out = "before";
            RowText text(out, like);
            text.append("{\"id\":\"");
            const std::size_t begin = text.size();
            QCOMPARE(begin, std::size_t {7});
            text.push_back('a');
            QCOMPARE(std::string(text.from(begin)), std::string("a"));
            text.append("\",").append("\"features\"");
            QCOMPARE(std::string(text.from(begin)), std::string("a\",\"features\""));
            QCOMPARE(text.size(), std::size_t {20});
        }
    }
};

QTEST_APPLESS_MAIN(RowTextTest)
#include "tst_row_text.moc"
