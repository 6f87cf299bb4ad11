// SPDX-License-Identifier: Apache-2.0
/// Two programs that export into one folder at the same moment: by the same id one of them runs and the other
/// is refused by name or comes second; by different ids they do not meet. 20 rounds each, WORKBENCH_ROUNDS
/// for more.
#include "tests/app/export_program.h"
#include "tests/support/example_builder.h"
#include "tests/support/thoroughness.h"

#include <QDir>
#include <QJsonObject>
#include <QtTest>

using namespace workbench;

namespace {

int rounds()
{
    const int asked = qEnvironmentVariableIntValue("WORKBENCH_ROUNDS");
    return asked > 0 ? asked : Sanitized ? 2 : 20;
}

/// Two data folders whose rows differ in one value, and the bundles that come of them.
class Rivals {
public:
    Rivals()
    {
        m_program.setEnvironment(QStringLiteral("SOURCE_DATE_EPOCH"), QStringLiteral("1795000000"));
        for (const QString& data : {QStringLiteral("one"), QStringLiteral("two")}) {
            std::vector<std::string> lines;
            for (int row = 0; row < 40; ++row) {
                lines.push_back(ExampleBuilder()
                                    .with("id", "ex_" + std::to_string(row))
                                    .with("window_days", data == QLatin1String("one") ? 30 : 31)
                                    .json());
            }
            m_program.writeData(QStringLiteral("../") + data + QStringLiteral("/a.jsonl"), lines);
            const ProgramResult alone
                = m_program.run(words("run --quiet --out-dir=alone --overwrite --job-id=job")
                    << QStringLiteral("--data-dir=") + data);
            if (alone.exitCode != 0) {
                qFatal("an export alone fails: %s", alone.err.constData());
            }
            m_expected[data] = bundle(QStringLiteral("alone/job"));
        }
    }

    struct Ended {
        int exitCode;
        QByteArray err;
    };

    /// Both start as nearly at once as two processes can.
    std::pair<Ended, Ended> race(const QString& first, const QString& second)
    {
        const auto one = m_program.start(words(first.toUtf8().constData()));
        const auto two = m_program.start(words(second.toUtf8().constData()));
        return {ended(*one), ended(*two)};
    }
    ProgramResult run(const QString& line) { return m_program.run(words(line.toUtf8().constData())); }
    void clear()
    {
        for (const char* const folder : {"out", "out_jobs"}) {
            QDir(m_program.path(QString::fromLatin1(folder))).removeRecursively();
        }
    }

    /// Of which data the bundle is, whole and to the last byte; empty when of none.
    [[nodiscard]] QString dataOf(const QString& jobId) const
    {
        const auto found = bundle(QStringLiteral("out/") + jobId);
        for (auto entry = m_expected.begin(); entry != m_expected.end(); ++entry) {
            if (found == entry.value()) {
                return entry.key();
            }
        }
        return {};
    }
    [[nodiscard]] QJsonObject record(const QString& jobId) const
    {
        const QString path = QStringLiteral("out_jobs/%1.json").arg(jobId);
        return QJsonDocument::fromJson(m_program.readFile(path)).object();
    }
    [[nodiscard]] QStringList names(const QString& folder) const
    {
        return QDir(m_program.path(folder)).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    }

private:
    using Bundle = QMap<QString, QByteArray>;

    [[nodiscard]] static Ended ended(QProcess& process)
    {
        const bool byItself
            = process.waitForFinished(120'000) && process.exitStatus() == QProcess::NormalExit;
        return {byItself ? process.exitCode() : -1, process.readAllStandardError()};
    }
    /// The id is in two files of a bundle and no more than a name here.
    [[nodiscard]] Bundle bundle(const QString& folder) const
    {
        Bundle files;
        for (const QString& path : m_program.tree(folder)) {
            if (path.endsWith(QLatin1String(".jsonl"))) {
                files[path] = m_program.readFile(folder + QLatin1Char('/') + path);
            }
        }
        return files;
    }

    ExportProgram m_program;
    QMap<QString, Bundle> m_expected;
};

QString exportOf(const char* data, const char* jobId, const char* options = "")
{
    return QStringLiteral("run --quiet --out-dir=out --data-dir=%1 --job-id=%2 %3")
        .arg(QString::fromLatin1(data), QString::fromLatin1(jobId), QString::fromLatin1(options));
}

} // namespace

class RacingProgramsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void by_the_same_id_one_wins_and_the_other_is_refused()
    {
        for (int round = 0; round < rounds(); ++round) {
            m_rivals.clear();
            const auto [one, two] = m_rivals.race(exportOf("one", "job"), exportOf("two", "job"));
            QVERIFY2((one.exitCode == 0) != (two.exitCode == 0), (one.err + two.err).constData());
            const auto& refused = one.exitCode == 0 ? two : one;
            QCOMPARE(refused.exitCode, 2);
            QVERIFY2(
                refused.err.contains("job job is running") || refused.err.contains("out/job exists already"),
                refused.err.constData());
            checkTheOne(one.exitCode == 0 ? "one" : "two");
        }
    }

    void when_both_may_overwrite_the_bundle_is_whole_and_its_record_its_own()
    {
        for (int round = 0; round < rounds(); ++round) {
            const auto [one, two]
                = m_rivals.race(exportOf("one", "job", "--overwrite"), exportOf("two", "job", "--overwrite"));
            QVERIFY2(one.exitCode == 0 || two.exitCode == 0, (one.err + two.err).constData());
            for (const auto& [exitCode, err] : {one, two}) {
                QVERIFY2(
                    exitCode == 0 || (exitCode == 2 && err.contains("job job is running")), err.constData());
            }
            const QString data = m_rivals.dataOf(QStringLiteral("job"));
            QVERIFY(!data.isEmpty());
            QVERIFY(one.exitCode == 0 || data == QLatin1String("two"));
            QVERIFY(two.exitCode == 0 || data == QLatin1String("one"));
            checkTheOne(data);
        }
    }

    void by_different_ids_both_succeed_whoever_looks_on()
    {
        for (int round = 0; round < rounds(); ++round) {
            m_rivals.clear();
            const auto [one, two] = m_rivals.race(exportOf("one", "a"), exportOf("two", "b"));
            QVERIFY2(one.exitCode == 0 && two.exitCode == 0, (one.err + two.err).constData());
            QCOMPARE(m_rivals.dataOf(QStringLiteral("a")), QStringLiteral("one"));
            QCOMPARE(m_rivals.dataOf(QStringLiteral("b")), QStringLiteral("two"));
            // Who lists jobs clears up after the dead, and must not take the living for such.
            const auto [again, listed]
                = m_rivals.race(exportOf("two", "a", "--overwrite"), QStringLiteral("jobs --out-dir=out"));
            QVERIFY2(again.exitCode == 0 && listed.exitCode == 0, (again.err + listed.err).constData());
            QCOMPARE(m_rivals.dataOf(QStringLiteral("a")), QStringLiteral("two"));
            for (const char* const jobId : {"a", "b"}) {
                QCOMPARE(m_rivals.record(QString::fromLatin1(jobId))[QStringLiteral("status")].toString(),
                    QStringLiteral("completed"));
            }
            QCOMPARE(m_rivals.names(QStringLiteral("out")), words("a b"));
            QCOMPARE(m_rivals.names(QStringLiteral("out_jobs")), words("a.json b.json"));
        }
    }

private:
    void checkTheOne(const QString& data)
    {
        QCOMPARE(m_rivals.dataOf(QStringLiteral("job")), data);
        const ProgramResult verified = m_rivals.run(QStringLiteral("verify out/job"));
        QVERIFY2(verified.exitCode == 0, verified.err.constData());
        const QJsonObject record = m_rivals.record(QStringLiteral("job"));
        QCOMPARE(record[QStringLiteral("status")].toString(), QStringLiteral("completed"));
        QCOMPARE(record[QStringLiteral("data_dir")].toString(), data);
        QCOMPARE(m_rivals.names(QStringLiteral("out")), words("job"));
        QCOMPARE(m_rivals.names(QStringLiteral("out_jobs")), words("job.json"));
    }

    Rivals m_rivals;
};

QTEST_GUILESS_MAIN(RacingProgramsTest)
#include "tst_racing_programs.moc"
