// SPDX-License-Identifier: Apache-2.0
// The digests of another implementation, Qt's.
#include "core/base/sha256.h"
#include "tests/support/noise.h"

#include <QCryptographicHash>
#include <QtTest>

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
};

QTEST_GUILESS_MAIN(Sha256Test)
#include "tst_sha256.moc"
