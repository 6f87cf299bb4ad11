// SPDX-License-Identifier: Apache-2.0
// The digests of another implementation, Qt's.
#include "core/base/sha256.h"
#include "tests/support/noise.h"

#include <QCryptographicHash>
#include <QtTest>

#include <array>
#include <string>

using namespace workbench;

namespace {

std::string digest(std::string_view bytes)
{
    const QByteArray view = QByteArray::fromRawData(bytes.data(), static_cast<qsizetype>(bytes.size()));
    return QCryptographicHash::hash(view, QCryptographicHash::Sha256).toHex().toStdString();
}

} // namespace

class Sha256Test : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void the_published_example_comes_out()
    {
        QCOMPARE(Sha256::of("abc"),
            std::string("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
        QCOMPARE(Sha256::of({}), digest({}));
    }

    void large_pieces_are_hashed_to_their_last_byte_wherever_they_begin()
    {
        const std::string whole = noise(3 * 4096 + 100);
        for (const std::size_t begin : {0U, 1U, 63U, 64U, 4095U}) {
            for (const std::size_t size :
                {1U, 63U, 64U, 511U, 4095U, 4096U, 4097U, 4608U, 8191U, 8192U, 8193U}) {
                const std::string_view piece = std::string_view(whole).substr(begin, size);
                QVERIFY2(Sha256::of(piece) == digest(piece),
                    qPrintable(QStringLiteral("%1 bytes from %2").arg(size).arg(begin)));
            }
        }
    }

    void pieces_come_to_the_digest_of_the_whole()
    {
        const std::string whole = noise(50'000);
        for (const std::size_t step : {1U, 64U, 1733U, 4096U, 4097U, 10'000U}) {
            Sha256 hash;
            for (std::size_t at = 0; at < whole.size(); at += step) {
                hash.update(std::string_view(whole).substr(at, step));
            }
            QCOMPARE(hash.finish(), digest(whole));
            hash.update("abc"); // it begins anew
            QCOMPARE(hash.finish(), digest("abc"));
        }
    }

    void two_that_are_fed_together_keep_their_own_digests()
    {
        const std::string whole = noise(20'000);
        constexpr std::array<std::size_t, 10> Sizes {0, 1, 63, 64, 127, 128, 129, 1000, 4096, 10'001};
        for (const std::size_t before : {0U, 1U, 63U, 64U}) { // where in a block it begins
            for (const std::size_t sizeOfA : Sizes) {
                for (const std::size_t sizeOfB : Sizes) {
                    const std::string_view ofA = std::string_view(whole).substr(0, before + sizeOfA);
                    const std::string_view ofB = std::string_view(whole).substr(777, sizeOfB);
                    Sha256 a;
                    Sha256 b;
                    a.update(ofA.substr(0, before));
                    Sha256::updateBoth(a, ofA.substr(before), b, ofB);
                    b.update("and more");
                    const bool same
                        = a.finish() == digest(ofA) && b.finish() == digest(std::string(ofB) + "and more");
                    QVERIFY2(same,
                        qPrintable(
                            QStringLiteral("%1 bytes from %2, %3").arg(sizeOfA).arg(before).arg(sizeOfB)));
                }
            }
        }
    }
};

QTEST_GUILESS_MAIN(Sha256Test)
#include "tst_sha256.moc"
