// SPDX-License-Identifier: Apache-2.0
/// signals-export over everything examples may come from besides plain files.
#include "tests/app/export_program.h"
#include "tests/support/example_builder.h"
#include "tests/support/packed.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QtTest>

using namespace workbench;

namespace {

QByteArray bytesOf(const std::string& text) { return QByteArray::fromStdString(text); }

std::string lines(int first, int count)
{
    std::string text;
    for (int i = first; i < first + count; ++i) {
        text += ExampleBuilder().with("id", "ex_" + std::to_string(i)).json() + '\n';
    }
    return text;
}

} // namespace

class tst_export_sources : public QObject { // NOLINT: named as its file
    Q_OBJECT

private Q_SLOTS:
    void packed_files_give_the_bundle_that_plain_ones_give()
    {
        ExportProgram packed;
        packed.writeFile(QStringLiteral("data/a.jsonl.gz"), bytesOf(gzipped(lines(1, 20))));
        packed.writeFile(QStringLiteral("data/b.jsonl"), bytesOf(lines(21, 20)));
        packed.writeFile(QStringLiteral("data/c.jsonl.zst"), bytesOf(zstdPacked(lines(41, 20))));
        ExportProgram plain;
        plain.writeFile(QStringLiteral("data/a.jsonl"), bytesOf(lines(1, 60)));
        for (ExportProgram* const program : {&packed, &plain}) {
            program->setEnvironment(QStringLiteral("SOURCE_DATE_EPOCH"), QStringLiteral("1700000000"));
            const auto result = program->run(words("run --json --job-id=j --out-dir=out"));
            QVERIFY2(result.exitCode == 0, result.err);
            QCOMPARE(result.json()["rows"].toObject()["exported"].toInt(), 60);
        }
        QCOMPARE(packed.tree(QStringLiteral("out")), plain.tree(QStringLiteral("out")));
        for (const char* const name : {"dataset.jsonl", "dataset_info.json", "README.md"}) {
            const QString path = QStringLiteral("out/j/") + QLatin1String(name);
            QVERIFY(packed.readFile(path) == plain.readFile(path));
        }
    }

    void a_packed_file_that_is_cut_short_leaves_nothing_behind()
    {
        ExportProgram program;
        program.writeFile(QStringLiteral("data/a.jsonl"), bytesOf(lines(1, 3)));
        program.writeFile(QStringLiteral("data/b.jsonl.gz"), bytesOf(gzipped(lines(4, 300))).chopped(9));
        const auto result = program.run(words("run --out-dir=out"));
        QCOMPARE(result.exitCode, 1);
        QVERIFY2(result.err.contains("b.jsonl.gz cannot be unpacked: it is cut short"), result.err);
        QVERIFY(program.tree(QStringLiteral("out")).isEmpty());
    }
};

QTEST_GUILESS_MAIN(tst_export_sources)
#include "tst_export_sources.moc"
