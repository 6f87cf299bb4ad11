// SPDX-License-Identifier: Apache-2.0
/// The same examples give the same bundle, whoever exports them, where, and with what settings of the system.
#include "tests/app/export_program.h"
#include "tests/support/thoroughness.h"

#include <QCryptographicHash>
#include <QFile>
#include <QProcess>
#include <QScopeGuard>
#include <QtTest>

#include <algorithm>
#include <array>
#include <random>
#include <vector>

#include <sys/stat.h>

using namespace workbench;

namespace {

constexpr int Patience = 60'000; // milliseconds

QByteArray digest(const QByteArray& bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex();
}

/// Locales that write numbers, capitals, digits, dates or their bytes in another way, made on the spot: test
/// machines rarely have them. None where the sources of locales are missing.
class Locales {
public:
    Locales()
    {
        using Source = std::array<const char*, 3>; // language and country, bytes, name
        for (const auto& [source, bytes, name] :
            {Source {"de_DE", "UTF-8", "de_DE.UTF-8"}, Source {"tr_TR", "UTF-8", "tr_TR.UTF-8"},
                Source {"fa_IR", "UTF-8", "fa_IR.UTF-8"}, Source {"ja_JP", "EUC-JP", "ja_JP.EUC-JP"},
                Source {"fr_FR", "ISO-8859-1", "fr_FR.ISO-8859-1"}}) {
            QProcess localedef;
            const QString path = m_folder.filePath(QLatin1String(name));
            localedef.start(QStringLiteral("localedef"),
                {QStringLiteral("--no-archive"), QStringLiteral("-i"), QLatin1String(source),
                    QStringLiteral("-f"), QLatin1String(bytes), path});
            localedef.waitForFinished(Patience);
            if (QFile::exists(path + QStringLiteral("/LC_NUMERIC"))) {
                m_names += QLatin1String(name);
            }
        }
    }

    [[nodiscard]] QString folder() const { return m_folder.path(); }
    [[nodiscard]] const QStringList& names() const { return m_names; }

private:
    QTemporaryDir m_folder;
    QStringList m_names;
};

const Locales& madeLocales()
{
    static const Locales made; // half a second each
    return made;
}

constexpr int Files = 5;

QString nameOf(int file) { return QStringLiteral("data/%1.jsonl").arg(file); }

std::vector<QByteArray> madeFiles()
{
    ExportProgram program;
    std::vector<QByteArray> made;
    for (int file = 0; file < Files; ++file) {
        program.writeValid(QStringLiteral("%1.jsonl").arg(file), 100 + 40 * file);
        made.push_back(program.readFile(nameOf(file)));
    }
    return made;
}

/// The same examples in files that come into their folder in another order each time.
void fill(ExportProgram& program, unsigned seed)
{
    static const std::vector<QByteArray> made = madeFiles();
    std::array<int, Files> order {0, 1, 2, 3, 4};
    std::shuffle(order.begin(), order.end(), std::mt19937(seed));
    for (const int file : order) {
        program.writeFile(nameOf(file), made.at(static_cast<std::size_t>(file)));
    }
    program.setEnvironment(QStringLiteral("SOURCE_DATE_EPOCH"), QStringLiteral("1700000000"));
}

/// Names and digests of all files of a new bundle.
QByteArray exported(ExportProgram& program, const QString& options)
{
    const QString line = QStringLiteral("run --out-dir=out --job-id=same --overwrite ") + options;
    if (const ProgramResult result = program.run(line.split(QLatin1Char(' '), Qt::SkipEmptyParts));
        result.exitCode != 0) {
        return result.err;
    }
    QByteArray all;
    for (const QString& name : program.tree(QStringLiteral("out/same"))) {
        all += name.toUtf8() + ' ' + digest(program.readFile(QStringLiteral("out/same/") + name)) + '\n';
    }
    return all;
}

} // namespace

class ReproducibleTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_bundle_is_the_same_whatever_the_circumstances()
    {
        constexpr std::array Zones {"UTC", "Asia/Kathmandu", "America/St_Johns", "Pacific/Kiritimati"};
        constexpr std::array Umasks {mode_t {0022}, mode_t {0077}, mode_t {0002}};
        const Locales& locales = madeLocales();
        const mode_t before = ::umask(0022);
        const auto restored = qScopeGuard([before] { ::umask(before); });
        ExportProgram plain;
        fill(plain, 0);
        const QByteArray one = exported(plain, QStringLiteral("--threads=1"));
        QVERIFY2(one.contains("dataset.jsonl") && one.contains("splits/"), one.constData());

        const int rounds = qEnvironmentVariableIntValue("WORKBENCH_ROUNDS") > 0
            ? qEnvironmentVariableIntValue("WORKBENCH_ROUNDS")
            : (Sanitized ? 6 : 16);
        std::mt19937 dice(17); // each setting meets each other one some time
        const auto any = [&dice](std::size_t count) { return static_cast<int>(dice() % count); };
        for (int round = 0; round < rounds; ++round) {
            ExportProgram program;
            fill(program, static_cast<unsigned>(round));
            const QString zone = QLatin1String(Zones.at(dice() % Zones.size()));
            ::umask(Umasks.at(dice() % Umasks.size()));
            program.setEnvironment(QStringLiteral("TZ"), zone);
            program.setEnvironment(QStringLiteral("LOCPATH"), locales.folder());
            const int locale = any(static_cast<std::size_t>(locales.names().size()) + 1);
            const QString language = locales.names().value(locale, QStringLiteral("C"));
            program.setEnvironment(QStringLiteral("LC_ALL"), language);
            program.setEnvironment(QStringLiteral("HOME"), program.path(QStringLiteral("home")));
            const int threads = 1 + any(16);
            const QByteArray other = exported(program, QStringLiteral("--threads=%1").arg(threads));
            QVERIFY2(other == one,
                qPrintable(QStringLiteral("round %1: %2, %3, %4 threads\n%5")
                               .arg(QString::number(round), zone, language, QString::number(threads),
                                   QString::fromUtf8(other))));
        }
    }

    void where_the_bundle_is_named_from_makes_no_difference()
    {
        ExportProgram program;
        fill(program, 0);
        const QByteArray one = exported(program, {});
        QCOMPARE(program
                     .run({QStringLiteral("run"), QStringLiteral("--out-dir=./out/"),
                         QStringLiteral("--job-id=same"), QStringLiteral("--overwrite"),
                         QStringLiteral("--data-dir"), program.path(QStringLiteral("data/"))})
                     .exitCode,
            0);
        QByteArray all;
        for (const QString& name : program.tree(QStringLiteral("out/same"))) {
            all += name.toUtf8() + ' ' + digest(program.readFile(QStringLiteral("out/same/") + name)) + '\n';
        }
        QCOMPARE(all, one);
    }

    void a_locale_changes_neither_rows_nor_tables()
    {
        const Locales& locales = madeLocales();
        if (locales.names().isEmpty()) {
            QSKIP("localedef can make no locale: is the package 'locales' installed?");
        }
        ExportProgram program;
        program.writeValid(QStringLiteral("a.jsonl"), 200);
        const QByteArray input = program.readFile(QStringLiteral("data/a.jsonl"));
        const ProgramResult plain = program.run(words("guard"), input);
        QVERIFY(!plain.out.isEmpty());
        const QByteArray table = program.run(words("schema show")).out;
        QVERIFY(table.contains("-999999999 to 999999999"));
        program.setEnvironment(QStringLiteral("LOCPATH"), locales.folder());
        for (const QString& name : locales.names()) {
            program.setEnvironment(QStringLiteral("LC_ALL"), name);
            QCOMPARE(digest(program.run(words("guard"), input).out), digest(plain.out));
            QCOMPARE(program.run(words("schema show")).out, table);
        }
    }
};

QTEST_GUILESS_MAIN(ReproducibleTest)
#include "tst_reproducible.moc"
