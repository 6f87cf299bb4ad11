// SPDX-License-Identifier: Apache-2.0
#include "core/base/sha256.h"
#include "core/bundle/compared_file.h"
#include "tests/support/noise.h"
#include "tests/support/temporary_folder.h"

#include <QtTest>

#include <algorithm>
#include <string>
#include <thread>
#include <vector>

using namespace workbench;

namespace {

constexpr std::size_t Piece = ComparedFile::PieceBytes;

/// Three pieces and some: steps of a row's length meet the ends of pieces nowhere.
std::string text() { return noise(3 * Piece + 777); }

/// The SHA-256 of a file of `is` when it holds just `should`, which is told in steps; else nothing.
std::string hashIfEqual(const std::string& is, std::string_view should, std::size_t step = 1733)
{
    const TemporaryFolder folder;
    HashLane hashing;
    auto opened = openForReading(folder.write("file", is));
    ComparedFile file(std::move(*opened), hashing);
    for (; !should.empty(); should.remove_prefix(std::min(step, should.size()))) {
        file.expect(should.substr(0, step));
    }
    return file.holdsJustThat() ? file.sha256() : std::string();
}

bool holdsJust(const std::string& is, std::string_view should, std::size_t step = 1733)
{
    return !hashIfEqual(is, should, step).empty();
}

} // namespace

class ComparedFileTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void what_is_equal_is_found_equal_in_steps_of_any_length()
    {
        const std::string whole = text();
        for (const std::size_t step :
            {std::size_t {1}, std::size_t {1733}, Piece - 1, Piece, Piece + 1, 3 * Piece, whole.size()}) {
            QVERIFY2(hashIfEqual(whole, whole, step) == Sha256::of(whole), qPrintable(QString::number(step)));
        }
        for (const std::size_t size : {std::size_t {0}, Piece - 1, Piece, 2 * Piece}) {
            const std::string part = whole.substr(0, size);
            QVERIFY2(hashIfEqual(part, part) == Sha256::of(part), qPrintable(QString::number(size)));
        }
    }

    void files_that_share_who_hashes_keep_their_own_hashes()
    {
        const std::string first = text();
        const std::string second(5 * Piece, 'x');
        const TemporaryFolder folder;
        HashLane hashing;
        std::vector<ComparedFile> files;
        for (const std::string& bytes : {first, second}) {
            files.emplace_back(
                std::move(*openForReading(folder.write(std::to_string(bytes.size()), bytes))), hashing);
        }
        const std::jthread helper([&hashing](const std::stop_token& stop) {
            while (!stop.stop_requested()) {
                hashing.help();
            }
        });
        for (std::size_t at = 0; at < second.size(); at += 1000) {
            files[0].expect(std::string_view(first).substr(std::min(at, first.size()), 1000));
            files[1].expect(std::string_view(second).substr(at, 1000));
        }
        QVERIFY(files[0].holdsJustThat() && files[1].holdsJustThat());
        QCOMPARE(files[0].sha256(), Sha256::of(first));
        QCOMPARE(files[1].sha256(), Sha256::of(second));
    }

    void one_other_byte_is_found_wherever_it_stands()
    {
        const std::string whole = text();
        for (const std::size_t at :
            {std::size_t {0}, Piece - 1, Piece, Piece + 1, 2 * Piece, whole.size() - 1}) {
            std::string other = whole;
            other[at] = static_cast<char>(other[at] ^ 1);
            QVERIFY2(!holdsJust(other, whole), qPrintable(QString::number(at)));
        }
    }

    void a_file_that_ends_sooner_or_later_is_found()
    {
        const std::string whole = text();
        for (const std::size_t size :
            {std::size_t {0}, std::size_t {1}, Piece - 1, Piece, whole.size() - 1}) {
            const std::string_view part = std::string_view(whole).substr(0, size);
            QVERIFY2(!holdsJust(std::string(part), whole), qPrintable(QString::number(size)));
            QVERIFY2(!holdsJust(whole, part), qPrintable(QString::number(size)));
        }
    }

    void what_comes_after_a_difference_does_not_mend_it()
    {
        QVERIFY(!holdsJust("abcabc", "abdabc", 3));
        QVERIFY(!holdsJust("ab", "abx", 2)); // the file was at its end when more was expected
    }

    void what_cannot_be_read_is_not_equal()
    {
        const TemporaryFolder folder;
        auto opened = openForReading(folder.path()); // a folder opens, but does not read
        QVERIFY(opened);
        HashLane hashing;
        ComparedFile file(std::move(*opened), hashing);
        QVERIFY(!file.holdsJustThat());
        file.expect("x");
        QVERIFY(!file.holdsJustThat());
    }
};

QTEST_GUILESS_MAIN(ComparedFileTest)
#include "tst_compared_file.moc"
