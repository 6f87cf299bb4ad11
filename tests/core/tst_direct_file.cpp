// SPDX-License-Identifier: Apache-2.0
// What is written past the page cache has to be there, to the byte, whatever the sizes of the pieces.
#include "core/base/direct_file.h"

#include "tests/support/failing_disk.h"
#include "tests/support/temporary_folder.h"

#include <QTest>

#include <cerrno>
#include <string>
#include <utility>

using namespace workbench;

namespace {

std::string invented(std::size_t size)
{
    std::string text(size, '\0');
    for (std::size_t at = 0; at < size; ++at) {
        text[at] = static_cast<char>('!' + at % 89); // no two blocks are alike: 4096 is no multiple of 89
    }
    return text;
}

/// All of `text` in full buffers of `piece` bytes, and what is left.
int writeInPieces(DirectFile& file, std::string_view text, std::size_t piece)
{
    WriteBuffers buffers(piece);
    WriteBuffer buffer = buffers.take();
    while (!text.empty()) {
        text.remove_prefix(buffer.append(text));
        if (buffer.isFull() || text.empty()) {
            if (const int error = file.write(buffer.bytes()); error != 0) {
                return error;
            }
            buffers.giveBack(std::exchange(buffer, buffers.take()));
        }
    }
    return 0;
}

} // namespace

class DirectFileTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void all_bytes_arrive_in_order_data()
    {
        QTest::addColumn<int>("piece");
        QTest::addColumn<int>("size");
        QTest::newRow("nothing") << 4096 << 0;
        QTest::newRow("less than a block") << 4096 << 17;
        QTest::newRow("whole blocks") << 8192 << 8192 * 3;
        QTest::newRow("whole blocks and a rest") << 65536 << 65536 * 2 + 4096 + 5;
        QTest::newRow("pieces that are no blocks") << 5000 << 44444;
    }
    void all_bytes_arrive_in_order()
    {
        QFETCH(int, piece);
        QFETCH(int, size);
        const TemporaryFolder folder;
        const std::string text = invented(static_cast<std::size_t>(size));
        DirectFile file;
        QCOMPARE(file.create(folder.path("file")), 0);
        QCOMPARE(writeInPieces(file, text, static_cast<std::size_t>(piece)), 0);
        QCOMPARE(file.finish(), 0);
        const auto read = readFile(folder.path("file"));
        QVERIFY(read);
        QVERIFY(*read == text);
    }

    void a_file_that_is_there_is_not_written_over()
    {
        const TemporaryFolder folder;
        folder.write("file", "before");
        DirectFile file;
        QCOMPARE(file.create(folder.path("file")), EEXIST);
        QVERIFY(!file);
        QCOMPARE(*readFile(folder.path("file")), std::string("before"));
    }

    void a_disk_that_is_full_is_told()
    {
        const TemporaryFolder folder;
        for (const std::uint64_t room : {0U, 4096U, 5000U, 20480U}) {
            const std::string name = folder.path("file" + std::to_string(room));
            DirectFile file;
            QCOMPARE(file.create(name), 0);
            const FailingDisk full(room);
            QCOMPARE(writeInPieces(file, invented(65536), 8192), EFBIG);
        }
    }
};

QTEST_GUILESS_MAIN(DirectFileTest)
#include "tst_direct_file.moc"
