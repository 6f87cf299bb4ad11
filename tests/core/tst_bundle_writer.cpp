// SPDX-License-Identifier: Apache-2.0
#include "core/base/sha256.h"
#include "core/bundle/bundle_writer.h"
#include "core/guard/pii_guard.h"
#include "core/input/example_parser.h"
#include "core/schema/builtin_schemas.h"
#include "tests/support/example_builder.h"
#include "tests/support/failing_disk.h"
#include "tests/support/temporary_folder.h"

#include <QtTest>

#include <algorithm>
#include <chrono>
#include <optional>
#include <thread>

using namespace workbench;

namespace {

/// Rows that went through the guard: there is no other way to come by one.
class Rows {
public:
    explicit Rows(SchemaPtr schema = defaultSchema()) : m_guard(schema), m_parser(schema, LineShape::Example)
    {
    }

    Rows& add(const char* id, const char* source, const char* industry)
    {
        std::string line = ExampleBuilder(*m_guard.schema())
                               .with("id", id)
                               .with("source", source)
                               .with("industry_key", industry)
                               .json();
        const std::size_t length = line.size();
        line.append(LinePadding, ' ');
        PiiGuard::Workspace workspace;
        m_good = m_guard.inspect(m_parser.parse(std::string_view(line).substr(0, length)), batch, workspace)
            && m_good;
        return *this;
    }

    [[nodiscard]] bool good() const { return m_good; }

    GuardedBatch batch;

private:
    PiiGuard m_guard;
    ExampleParser m_parser;
    bool m_good = true;
};

struct Written {
    DatasetInfo info;
    std::optional<Error> error;
};

Written write(const std::string& folder, const GuardedBatch& rows, SplitStrategy split, int times = 1,
    unsigned threads = 1)
{
    Written written;
    auto writer = BundleWriter::create(folder, "out/job", defaultSchema(), split, threads);
    if (!writer) {
        written.error = writer.error();
        return written;
    }
    written.info.generatedAt = "2026-11-22T17:00:00Z";
    written.info.generator = "test";
    written.info.jobId = "job";
    for (int time = 0; time < times; ++time) {
        for (std::size_t place = 0; place < rows.size(); ++place) {
            if (auto added = writer->add(rows[place]); !added) {
                written.error = added.error();
                return written;
            }
        }
    }
    if (auto finished = writer->finish(written.info); !finished) {
        written.error = finished.error();
    }
    return written;
}

SchemaPtr schemaWith(std::vector<std::string> sources, std::vector<std::string> industries)
{
    Feature source {"source", FeatureKind::Enum, Family::Context, 0, 0, "", std::move(sources)};
    Feature industry {"industry_key", FeatureKind::Enum, Family::Context, 0, 0, "", std::move(industries)};
    const auto schema = Schema::make("test", "test_v1", {source, industry}, "a test");
    return schema ? *schema : nullptr;
}

} // namespace

class BundleWriterTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void rows_are_written_as_the_guard_made_them_and_in_their_order()
    {
        Rows rows;
        rows.add("ex_1", "mock", "hvac").add("ex_2", "real", "cleaning").add("ex_3", "mock", "hvac");
        QVERIFY(rows.good());
        const TemporaryFolder folder;
        QVERIFY(!write(folder.path(), rows.batch, SplitStrategy::BySource).error);
        std::string all;
        for (std::size_t place = 0; place < rows.batch.size(); ++place) {
            all += rows.batch[place].bytes();
        }
        QCOMPARE(folder.read("dataset.jsonl"), all);
        QCOMPARE(folder.read("splits/mock.jsonl"),
            std::string(rows.batch[0].bytes()) + std::string(rows.batch[2].bytes()));
        QCOMPARE(folder.read("splits/real.jsonl"), std::string(rows.batch[1].bytes()));
    }

    void only_splits_that_have_rows_become_files_data()
    {
        QTest::addColumn<int>("split");
        QTest::addColumn<QStringList>("files");
        const QStringList always {QStringLiteral("README.md"), QStringLiteral("dataset.jsonl"),
            QStringLiteral("dataset_info.json")};
        const QString splits = QStringLiteral("splits/");
        QTest::newRow("none") << static_cast<int>(SplitStrategy::None) << always;
        QTest::newRow("by_source") << static_cast<int>(SplitStrategy::BySource)
                                   << always + QStringList {splits, splits + QStringLiteral("mock.jsonl")};
        QTest::newRow("by_industry") << static_cast<int>(SplitStrategy::ByIndustry)
                                     << always
                + QStringList {
                    splits, splits + QStringLiteral("hvac.jsonl"), splits + QStringLiteral("unknown.jsonl")};
        QTest::newRow("by_source_industry") << static_cast<int>(SplitStrategy::BySourceIndustry)
                                            << always
                + QStringList {splits, splits + QStringLiteral("mock_hvac.jsonl"),
                    splits + QStringLiteral("mock_unknown.jsonl")};
    }

    void only_splits_that_have_rows_become_files()
    {
        QFETCH(int, split);
        QFETCH(QStringList, files);
        Rows rows;
        rows.add("ex_1", "mock", "hvac").add("ex_2", "mock", "unknown");
        const TemporaryFolder folder;
        const Written written = write(folder.path(), rows.batch, static_cast<SplitStrategy>(split));
        QVERIFY(!written.error);
        QStringList found;
        for (const std::string& name : folder.entries()) {
            found << QString::fromStdString(name);
        }
        QCOMPARE(found, files);
        QCOMPARE(written.info.files.size(),
            static_cast<std::size_t>(std::ranges::count_if(found, [](const QString& name) {
                return !name.endsWith(QLatin1Char('/'));
            }) - 1)); // all but dataset_info.json itself
    }

    void what_is_stated_of_a_file_is_what_it_holds()
    {
        Rows rows;
        rows.add("ex_1", "mock", "hvac").add("ex_2", "real", "cleaning");
        const TemporaryFolder folder;
        // Some megabytes, so that buffers are written many times.
        const Written written = write(folder.path(), rows.batch, SplitStrategy::BySourceIndustry, 1000);
        QVERIFY(!written.error);
        QCOMPARE(written.info.totalRows, 2000U);
        QCOMPARE(written.info.bySource.at("mock"), 1000U);
        QCOMPARE(written.info.byIndustry.at("cleaning"), 1000U);
        QCOMPARE(written.info.splits.at("real_cleaning"), 1000U);
        for (const auto& [name, stated] : written.info.files) {
            const std::string bytes = folder.read(name);
            QCOMPARE(stated.bytes, bytes.size());
            QCOMPARE(stated.sha256, Sha256::of(bytes));
            const auto lines = static_cast<std::uint64_t>(std::ranges::count(bytes, '\n'));
            QCOMPARE(stated.rows, name == "README.md" ? 0U : lines);
        }
        QCOMPARE(folder.read("dataset_info.json"), toJson(written.info));
        QCOMPARE(folder.read("README.md"), datasetCard(written.info, *defaultSchema()));
    }

    void closed_sets_that_give_no_file_names_are_refused_unless_nothing_is_split()
    {
        const TemporaryFolder folder;
        // "a" + "b_c" and "a_b" + "c" would be the same file.
        const SchemaPtr schema = schemaWith({"a", "a_b"}, {"b_c", "c"});
        QVERIFY(schema);
        const auto refused
            = BundleWriter::create(folder.path(), "out/job", schema, SplitStrategy::BySourceIndustry);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::Usage);
        QVERIFY(BundleWriter::create(folder.path(), "out/job", schema, SplitStrategy::BySource));
        QVERIFY(BundleWriter::create(folder.path(), "out/job", schema, SplitStrategy::None));
    }

    void a_value_of_a_closed_set_cannot_leave_the_folder()
    {
        const TemporaryFolder folder;
        const SchemaPtr schema = schemaWith({"mock"}, {"../../x"});
        // Whoever notices first: a schema that cannot be made, or splits that cannot be named.
        QVERIFY(
            !schema || !BundleWriter::create(folder.path(), "out/job", schema, SplitStrategy::ByIndustry));
    }

    void files_that_are_there_already_are_never_written_over()
    {
        Rows rows;
        rows.add("ex_1", "mock", "hvac");
        const TemporaryFolder folder;
        folder.write("dataset.jsonl", "mine");
        const Written written = write(folder.path(), rows.batch, SplitStrategy::None);
        QVERIFY(written.error);
        QCOMPARE(written.error->message, std::string("out/job/dataset.jsonl: file exists: nothing was kept"));
        QCOMPARE(folder.read("dataset.jsonl"), std::string("mine"));
    }

    void a_full_disk_is_told_by_the_name_of_the_out_dir_data()
    {
        QTest::addColumn<unsigned>("threads");
        QTest::newRow("one thread") << 1U;
        QTest::newRow("several") << 4U;
    }

    void a_full_disk_is_told_by_the_name_of_the_out_dir()
    {
        QFETCH(unsigned, threads);
        Rows rows;
        rows.add("ex_1", "mock", "hvac");
        const TemporaryFolder folder;
        Written written;
        {
            const FailingDisk full(300'000);
            written = write(folder.path(), rows.batch, SplitStrategy::BySource, 1000, threads);
        }
        QVERIFY(written.error);
        QCOMPARE(written.error->code, ErrorCode::Io);
        QCOMPARE(written.error->message, std::string("file too large in out: nothing was kept"));
    }

    void lanes_write_the_same_bytes_and_tell_failures()
    {
        const TemporaryFolder folder;
        WriteLane alsoHashed;
        WriteLane writing;
        HashLane hashing;
        const std::jthread helper([&](const std::stop_token& stop) {
            while (!stop.stop_requested()) {
                hashing.help();
            }
        });
        const auto file = [&](const std::string& name, FileLanes lanes) {
            return HashedFile(folder.path(), "bundle", name, std::make_shared<WriteBuffers>(64), lanes);
        };
        HashedFile alone = file("alone", {});
        HashedFile written = file("written beside", {.writing = &writing});
        HashedFile both = file("hashed and written beside", {.hashing = &hashing, .writing = &alsoHashed});
        for (int i = 0; i < 5000; ++i) {
            const std::string row = "row " + std::to_string(i) + '\n';
            for (HashedFile* each : {&alone, &written, &both}) {
                QVERIFY(each->append(row));
            }
        }
        for (HashedFile* each : {&alone, &written, &both}) {
            QVERIFY(each->finish());
            QCOMPARE(each->stated().sha256, alone.stated().sha256);
            QCOMPARE(each->stated().bytes, alone.stated().bytes);
        }
        const std::string expected = folder.read("alone");
        QCOMPARE(expected.size(), alone.stated().bytes);
        QCOMPARE(folder.read("written beside"), expected);
        QCOMPARE(folder.read("hashed and written beside"), expected);
        for (const FileLanes lanes : {FileLanes {nullptr, &writing}, FileLanes {&hashing, &alsoHashed}}) {
            HashedFile nowhere = file("missing/file", lanes);
            static_cast<void>(static_cast<bool>(nowhere.append(std::string(1000, 'x'))));
            QVERIFY(!nowhere.finish());
        }
    }

    void what_the_lanes_still_have_is_waited_for_before_the_end_is_written()
    {
        using namespace std::chrono_literals;
        const TemporaryFolder folder;
        WriteLane writing;
        HashLane hashing;
        HashedFile file(folder.path(), "bundle", "late", std::make_shared<WriteBuffers>(8),
            {.hashing = &hashing, .writing = &writing});
        // Both lanes are late, the second only once the first is through.
        hashing.hand({std::make_shared<Sha256>(), "other", [&writing] {
                          std::this_thread::sleep_for(50ms);
                          writing.hand([] { std::this_thread::sleep_for(50ms); });
                      }});
        QVERIFY(file.append("first 8,then 8, end"));
        QVERIFY(file.finish());
        QCOMPARE(folder.read("late"), std::string("first 8,then 8, end"));
        QCOMPARE(file.stated().sha256, Sha256::of("first 8,then 8, end"));
    }
};

QTEST_GUILESS_MAIN(BundleWriterTest)
#include "tst_bundle_writer.moc"
