// SPDX-License-Identifier: Apache-2.0
/// More than a thousand files gone wrong, through the real command line: every line is accounted for, judged
/// as the second guard of the tests judges it, and nothing of what is refused or withheld is written or said.
#include "core/schema/builtin_schemas.h"
#include "tests/app/export_program.h"
#include "tests/support/bad_files.h"
#include "tests/support/oracle.h"
#include "tests/support/plain_lines.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QtTest>

#include <map>
#include <set>

using namespace workbench;

namespace {

/// What a check has to say of some files.
struct Expected {
    int read = 0;
    int rejected = 0;
    std::map<QString, int> byRule; ///< rows that broke it
    QStringList findings; ///< "FILE LINE RULE PATH SHAPE", in order
};

Expected judgedApart(const std::vector<BadFile>& files)
{
    Expected expected;
    for (const BadFile& file : files) {
        for (const PlainLine& line : plainLines(file.bytes)) {
            const oracle::Answer answer = oracle::judge(line.text, *defaultSchema());
            ++expected.read;
            expected.rejected += answer.accepted() ? 0 : 1;
            std::set<QString> rules;
            for (const Finding& finding : answer.findings) {
                const QString rule = QString::fromStdString(std::string(ruleName(finding.rule)));
                rules.insert(rule);
                expected.findings += QStringLiteral("%1 %2 %3 %4 %5")
                                         .arg(QString::fromStdString(file.name))
                                         .arg(line.number)
                                         .arg(rule, QString::fromStdString(finding.path),
                                             QString::fromStdString(finding.masked));
            }
            for (const QString& rule : rules) {
                ++expected.byRule[rule];
            }
        }
    }
    return expected;
}

QStringList findingsOf(const QJsonObject& report)
{
    QStringList findings;
    for (const auto& entry : report[QStringLiteral("rejections")].toArray()) {
        const QJsonObject finding = entry.toObject();
        findings += QStringLiteral("%1 %2 %3 %4 %5")
                        .arg(finding[QStringLiteral("file")].toString())
                        .arg(finding[QStringLiteral("line")].toInt())
                        .arg(finding[QStringLiteral("rule")].toString(),
                            finding[QStringLiteral("path")].toString(),
                            finding[QStringLiteral("masked")].toString());
    }
    return findings;
}

std::map<QString, int> countsOf(const QJsonObject& counts)
{
    std::map<QString, int> all;
    for (auto count = counts.begin(); count != counts.end(); ++count) {
        all[count.key()] = count.value().toInt();
    }
    return all;
}

QByteArray everythingBelow(const ExportProgram& program, const QString& folder)
{
    QByteArray all;
    for (const QString& name : program.tree(folder)) {
        all += name.toUtf8() + program.readFile(folder + QLatin1Char('/') + name);
    }
    return all;
}

using Make = std::vector<BadFile> (*)();

} // namespace

Q_DECLARE_METATYPE(Make)

class BadInputTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void every_line_is_accounted_for_and_nothing_of_it_is_told_data()
    {
        QTest::addColumn<Make>("make");
        QTest::newRow("encoding") << Make(filesOfBadEncoding);
        QTest::newRow("lines") << Make(filesOfBadLines);
        QTest::newRow("structure") << Make(filesOfBadStructure);
        QTest::newRow("numbers") << Make(filesOfBadNumbers);
        QTest::newRow("types") << Make(filesOfBadTypes);
        QTest::newRow("fields") << Make(filesOfBadFields);
    }

    void every_line_is_accounted_for_and_nothing_of_it_is_told()
    {
        QFETCH(Make, make);
        const std::vector<BadFile> files = make();
        const Expected expected = judgedApart(files);
        ExportProgram program;
        for (const BadFile& file : files) {
            program.writeFile(QStringLiteral("data/") + QString::fromStdString(file.name),
                QByteArray::fromStdString(file.bytes));
        }
        const ProgramResult checked = program.run(words("check --json --max-rows=1000000"));
        QCOMPARE(checked.exitCode, 3);
        const QJsonObject report = checked.json();
        QCOMPARE(report[QStringLiteral("rows")].toObject(),
            (QJsonObject {{QStringLiteral("read"), expected.read}, {QStringLiteral("matched"), expected.read},
                {QStringLiteral("exported"), expected.read - expected.rejected},
                {QStringLiteral("rejected"), expected.rejected}}));
        QVERIFY(expected.findings.size() < 1000); // more are not listed
        QCOMPARE(findingsOf(report), expected.findings);
        QVERIFY(countsOf(report[QStringLiteral("rejections_by_rule")].toObject()) == expected.byRule);

        const ProgramResult exported
            = program.run(words("run --job-id=one --on-rejection=skip --max-rows=1000000 --threads=2"));
        QCOMPARE(exported.exitCode, 0);
        QCOMPARE(program.readFile(QStringLiteral("runs/hf_export/one/dataset.jsonl")).count('\n'),
            expected.read - expected.rejected);
        QCOMPARE(program.run(words("verify runs/hf_export/one")).exitCode, 0);
        const QByteArray told = checked.out + checked.err + exported.out + exported.err;
        QVERIFY(!told.contains(BadCanary));
        QVERIFY(!everythingBelow(program, QStringLiteral("runs")).contains(BadCanary));
    }

    void these_are_more_than_nine_hundred_files()
    {
        std::size_t files = 0;
        for (const Make make : {filesOfBadEncoding, filesOfBadLines, filesOfBadStructure, filesOfBadNumbers,
                 filesOfBadTypes, filesOfBadFields}) {
            files += make().size();
        }
        QVERIFY2(files >= 900, qPrintable(QString::number(files)));
    }
};

QTEST_GUILESS_MAIN(BadInputTest)
#include "tst_bad_input.moc"
