// SPDX-License-Identifier: Apache-2.0
// The inputs that fuzzing started from or found, replayed; and each of them changed a little, the same every
// time.
#include "tests/fuzz/promise.h"
#include "tests/fuzz/targets.h"
#include "tests/support/thoroughness.h"

#include <QtTest>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>
#include <string>
#include <vector>

using namespace workbench;
using namespace std::string_view_literals;

namespace {

const std::filesystem::path Corpus = WORKBENCH_SOURCE_DIR "/tests/fuzz/corpus";

struct Seed {
    std::string name;
    std::string bytes;
};

std::vector<Seed> seedsOf(const QString& target)
{
    std::vector<Seed> seeds;
    const std::filesystem::path folder = Corpus / target.toStdString();
    if (std::filesystem::is_directory(folder)) {
        for (const auto& entry : std::filesystem::directory_iterator(folder)) {
            std::ostringstream bytes;
            bytes << std::ifstream(entry.path(), std::ios::binary).rdbuf();
            seeds.push_back({entry.path().filename().string(), bytes.str()});
        }
    }
    std::ranges::sort(seeds, {}, &Seed::name);
    return seeds;
}

/// What was promised and broken; empty when all is well. Anything else that is thrown ends the test.
QByteArray brokenBy(const fuzz::Target& target, const std::string& input)
{
    try {
        target.run(input);
        return {};
    } catch (const fuzz::BrokenPromise& broken) {
        return broken.what();
    }
}

/// One to four small changes: a bit, a byte that JSON knows, a piece doubled, moved or taken out.
std::string changed(std::string bytes, std::mt19937& random)
{
    static constexpr std::string_view Telling = "\"\\,:{}[]09.-+eE \t\r\n\0\x1f\x7f\x80\xc3\xff%=#'"sv;
    for (unsigned changes = 1 + random() % 4; changes > 0; --changes) {
        const std::size_t at = bytes.empty() ? 0 : random() % bytes.size();
        const std::size_t length = std::min<std::size_t>(random() % 16, bytes.size() - at);
        switch (random() % 5) {
        case 0:
            if (!bytes.empty()) {
                bytes[at] = static_cast<char>(static_cast<unsigned char>(bytes[at]) ^ (1U << (random() % 8)));
            }
            break;
        case 1:
            bytes.insert(at, 1, Telling[random() % Telling.size()]);
            break;
        case 2:
            bytes.erase(at, length);
            break;
        case 3:
            bytes.insert(random() % (bytes.size() + 1), bytes.substr(at, length));
            break;
        default:
            bytes.resize(at);
        }
    }
    return bytes;
}

} // namespace

class FuzzCorpusTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void what_was_found_once_is_never_broken_again_data() { rows(); }
    void what_was_found_once_is_never_broken_again()
    {
        QFETCH(QString, target);
        const fuzz::Target& tried = *fuzz::findTarget(target.toStdString());
        const std::vector<Seed> seeds = seedsOf(target);
        QVERIFY2(seeds.size() >= 3, "its folder holds no seeds");
        QCOMPARE(brokenBy(tried, {}), QByteArray());
        for (const Seed& seed : seeds) {
            const QByteArray broken = brokenBy(tried, seed.bytes);
            QVERIFY2(broken.isEmpty(), qPrintable(QString::fromStdString(seed.name) + ": " + broken));
        }
    }

    /// More changes of each: WORKBENCH_ROUNDS; others: WORKBENCH_SEED.
    void a_little_change_breaks_nothing_data() { rows(); }
    void a_little_change_breaks_nothing()
    {
        QFETCH(QString, target);
        const fuzz::Target& tried = *fuzz::findTarget(target.toStdString());
        const QByteArray wanted = qgetenv("WORKBENCH_ROUNDS");
        const std::vector<Seed> seeds = seedsOf(target);
        const std::size_t rounds = wanted.isEmpty() ? 2000 / CaseStride : wanted.toULong();
        std::mt19937 random(static_cast<unsigned>(qEnvironmentVariableIntValue("WORKBENCH_SEED")));
        for (std::size_t round = 0; round < rounds; ++round) {
            const Seed& seed = seeds[random() % seeds.size()];
            const std::string input = changed(seed.bytes, random);
            const QByteArray broken = brokenBy(tried, input);
            if (!broken.isEmpty()) {
                const QString kept
                    = QStringLiteral("broken_%1_%2").arg(target).arg(static_cast<qulonglong>(round));
                std::ofstream(kept.toStdString(), std::ios::binary) << input;
                QFAIL(qPrintable(
                    QString::fromStdString(seed.name) + " changed: " + broken + "; the input is " + kept));
            }
        }
    }

private:
    static void rows()
    {
        QTest::addColumn<QString>("target");
        for (const fuzz::Target& target : fuzz::targets()) {
            QTest::newRow(target.name) << QString::fromLatin1(target.name);
        }
    }
};

QTEST_GUILESS_MAIN(FuzzCorpusTest)
#include "tst_fuzz_corpus.moc"
