// SPDX-License-Identifier: Apache-2.0
// Random bits of a bundle of some megabytes, flipped in one file or in many at once: each is found, by the
// name of its file, and no other file is blamed for its bytes.
#include "tests/core/export_world.h"
#include "tests/support/thoroughness.h"

#include <algorithm>
#include <fstream>
#include <memory>
#include <random>
#include <set>

using namespace workbench;

namespace {

constexpr int RowsOfEach = 50;

/// Of both sources and all industries, so that there are twelve splits.
std::string examplesOfAll()
{
    std::string text;
    int kind = 0;
    for (const std::string& source : defaultSchema()->sources()) {
        for (const std::string& industry : defaultSchema()->industries()) {
            const std::string id = "ex_" + std::to_string(++kind) + '_';
            const std::string line
                = ExampleBuilder().with("id", id).with("source", source).with("industry_key", industry).json()
                + '\n';
            text += repeated(line, id, RowsOfEach);
        }
    }
    return text;
}

/// One bit of a file, and back again.
class Flip {
public:
    Flip(std::string path, std::uint64_t bytes, std::mt19937_64& random)
        : m_path(std::move(path))
        , m_at(static_cast<std::streamoff>(random() % bytes))
        , m_bit(static_cast<char>(1U << (random() % 8)))
    {
        change();
    }
    ~Flip() { change(); }
    Flip(const Flip&) = delete;
    Flip& operator=(const Flip&) = delete;
    Flip(Flip&&) = delete;
    Flip& operator=(Flip&&) = delete;

private:
    void change() const
    {
        std::fstream file(m_path, std::ios::in | std::ios::out | std::ios::binary);
        char byte = 0;
        file.seekg(m_at).get(byte);
        file.seekp(m_at).put(static_cast<char>(byte ^ m_bit));
        if (!file.flush()) {
            qFatal("cannot change a file of the bundle");
        }
    }

    std::string m_path;
    std::streamoff m_at;
    char m_bit;
};

} // namespace

class BundleTamperTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        ExportRequest request = m_world.request();
        request.split = SplitStrategy::BySourceIndustry;
        QVERIFY(!run(request).error);
        const auto verified = verifyBundle(m_bundle, nullptr, 2, {}, {});
        QVERIFY(verified && verified->passed());
        m_files = verified->files;
        QCOMPARE(m_files.size(), std::size_t {14});
    }

    /// More of them: WORKBENCH_FLIPS; others: WORKBENCH_SEED.
    void a_flipped_bit_is_found_in_the_file_it_is_in()
    {
        const int wanted = qEnvironmentVariableIsSet("WORKBENCH_FLIPS")
            ? qEnvironmentVariableIntValue("WORKBENCH_FLIPS")
            : 1000 / CaseStride;
        std::mt19937_64 random(static_cast<unsigned>(qEnvironmentVariableIntValue("WORKBENCH_SEED")));
        for (int flips = 0; flips < wanted;) {
            std::vector<std::unique_ptr<Flip>> made;
            std::set<std::string> where;
            // From one file alone to all of them: some are hashed, some compared row by row, and which
            // depends.
            const std::uint64_t share = 1 + random() % m_files.size();
            for (const VerifiedFile& file : m_files) {
                if (random() % m_files.size() < share) {
                    where.insert(file.path);
                    made.push_back(
                        std::make_unique<Flip>(m_bundle + '/' + file.path, file.stated.bytes, random));
                }
            }
            flips += static_cast<int>(made.size());
            const auto threads = static_cast<unsigned>(2 + random() % 3);
            const auto verified = verifyBundle(m_bundle, nullptr, threads, {}, {});
            QVERIFY(static_cast<bool>(verified));
            for (const VerifiedFile& file : verified->files) {
                const bool flipped = where.contains(file.path);
                QVERIFY2(file.intact != flipped, file.path.c_str());
                const bool blamed = std::ranges::any_of(
                    verified->problems, [&](const auto& problem) { return problem.file == file.path; });
                QVERIFY2(blamed || !flipped, file.path.c_str());
            }
        }
    }

    void a_flipped_bit_of_what_a_bundle_says_of_itself_is_found()
    {
        const std::string path = m_bundle + "/dataset_info.json";
        const std::uint64_t bytes = m_world.folder.read("out/job/dataset_info.json").size();
        std::mt19937_64 random(static_cast<unsigned>(qEnvironmentVariableIntValue("WORKBENCH_SEED")));
        for (int flip = 0; flip < 60; flip += CaseStride) {
            const Flip made(path, bytes, random);
            const auto verified = verifyBundle(m_bundle, nullptr, 3, {}, {});
            QVERIFY(!verified || !verified->passed());
        }
    }

    void cleanupTestCase() { QVERIFY(verifies(m_bundle)); }

private:
    ExportWorld m_world {examplesOfAll()};
    std::string m_bundle = m_world.folder.path("out/job");
    std::vector<VerifiedFile> m_files;
};

QTEST_GUILESS_MAIN(BundleTamperTest)
#include "tst_bundle_tamper.moc"
