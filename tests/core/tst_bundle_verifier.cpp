// SPDX-License-Identifier: Apache-2.0
#include "core/base/sha256.h"
#include "core/base/version.h"
#include "core/bundle/bundle_verifier.h"
#include "core/bundle/compared_file.h"
#include "core/job/export_job.h"
#include "tests/support/example_builder.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/thoroughness.h"

#include <QtTest>

#include <algorithm>
#include <array>
#include <filesystem>
#include <functional>

using namespace workbench;

namespace {

/// Few features, so that every single byte of a bundle can be changed in a test.
SchemaPtr smallSchema()
{
    Feature source {"source", FeatureKind::Enum, Family::Context, 0, 0, "", {"mock", "real"}};
    Feature industry {"industry_key", FeatureKind::Enum, Family::Context, 0, 0, "", {"hvac", "plumbing"}};
    Feature days {"window_days", FeatureKind::Integer, Family::Context, 0, 36600, "days", {}};
    const auto schema = Schema::make("small", "small_v1", {source, industry, days}, "a test");
    return *schema;
}

std::string example(const char* id, const char* source, const char* industry)
{
    return ExampleBuilder(*smallSchema())
               .with("id", id)
               .with("source", source)
               .with("industry_key", industry)
               .json()
        + '\n';
}

class Bundle {
public:
    /// Three rows and one that the guard refuses, and so many `more`.
    explicit Bundle(SplitStrategy split = SplitStrategy::BySource, int more = 0)
    {
        std::string examples = example("ex_1", "mock", "hvac") + example("ex_2", "real", "plumbing")
            + example("ex_3", "mock", "plumbing")
            + ExampleBuilder(*smallSchema()).with("id", "bad").with("window_days", -1).json() + '\n';
        for (int row = 0; row < more; ++row) {
            examples += example(("more_" + std::to_string(row)).c_str(), "mock", "hvac");
        }
        folder.write("data/a.jsonl", examples);
        ExportRequest request;
        request.schema = smallSchema();
        request.dataDir = folder.path("data");
        request.outDir = folder.path("out");
        request.jobId = "job";
        request.split = split;
        request.onRejection = OnRejection::Skip;
        request.clock = [] { return UtcTime {}; };
        made = !runExport(request, {}, {}).error;
    }

    [[nodiscard]] std::string path() const { return folder.path("out/job"); }
    [[nodiscard]] std::string read(const std::string& name) const { return folder.read("out/job/" + name); }
    void write(const std::string& name, std::string_view bytes) const
    {
        static_cast<void>(folder.write("out/job/" + name, bytes));
    }

    [[nodiscard]] Verification verify() const
    {
        auto verified = verifyBundle(path(), smallSchema(), 1, {}, {});
        if (!verified) {
            Verification none;
            none.problemCount = 1;
            none.problems.push_back({"error", verified.error().message});
            return none;
        }
        return std::move(*verified);
    }

    /// What somebody who knows the format would do: change it and make all the sums right again.
    void forge(const std::function<void(DatasetInfo&)>& change) const
    {
        DatasetInfo info = *parseDatasetInfo(read("dataset_info.json"), "test");
        change(info);
        for (auto& [name, file] : info.files) {
            if (name != "README.md" && std::filesystem::is_regular_file(path() + '/' + name)) {
                sum(name, file);
            }
        }
        write("README.md", datasetCard(info, *smallSchema()));
        sum("README.md", info.files["README.md"]);
        info.files["README.md"].rows = 0;
        write("dataset_info.json", toJson(info));
    }

    TemporaryFolder folder;
    bool made = false;

private:
    void sum(const std::string& name, BundleFile& file) const
    {
        const std::string bytes = read(name);
        file = {bytes.size(), static_cast<std::uint64_t>(std::ranges::count(bytes, '\n')), Sha256::of(bytes)};
    }
};

bool blames(const Verification& verification, std::string_view file)
{
    return std::ranges::any_of(
        verification.problems, [&](const auto& problem) { return problem.file == file; });
}

QByteArray told(const Verification& verification)
{
    QByteArray text;
    for (const VerificationProblem& problem : verification.problems) {
        text += QByteArray::fromStdString(problem.file + ": " + problem.what + '\n');
    }
    return text;
}

std::string replaced(std::string text, std::string_view what, std::string_view by)
{
    const std::size_t at = text.find(what);
    return at == std::string::npos ? text : text.replace(at, what.size(), by);
}

} // namespace

class BundleVerifierTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void an_untouched_bundle_passes_data()
    {
        QTest::addColumn<int>("split");
        for (int split = 0; split < 4; ++split) {
            const std::string name(splitStrategyName(static_cast<SplitStrategy>(split)));
            QTest::newRow(name.c_str()) << split;
        }
    }

    void an_untouched_bundle_passes()
    {
        QFETCH(int, split);
        const Bundle bundle(static_cast<SplitStrategy>(split));
        QVERIFY(bundle.made);
        const Verification verification = bundle.verify();
        QVERIFY2(verification.passed(), told(verification));
        QCOMPARE(verification.rowsGuarded, 3U);
        QVERIFY(std::ranges::all_of(verification.files, &VerifiedFile::intact));
        QCOMPARE(verification.info.jobId, std::string("job"));
    }

    void a_forgery_that_changes_nothing_passes()
    {
        const Bundle bundle;
        bundle.forge([](DatasetInfo&) {}); // or the tests with forgeries would show nothing
        const Verification verification = bundle.verify();
        QVERIFY2(verification.passed(), told(verification));
    }

    void every_changed_byte_is_found_data()
    {
        QTest::addColumn<QString>("file");
        for (const char* const file :
            {"dataset.jsonl", "dataset_info.json", "README.md", "splits/mock.jsonl", "splits/real.jsonl"}) {
            QTest::newRow(file) << QString::fromLatin1(file);
        }
    }

    void every_changed_byte_is_found()
    {
        QFETCH(QString, file);
        const std::string name = file.toStdString();
        const Bundle bundle;
        const std::string before = bundle.read(name);
        std::string bytes = before;
        // 0x20 turns letters into the other case, which is JSON still: worth its time where nothing is
        // hashed.
        const std::vector<unsigned> flips
            = name == "dataset_info.json" ? std::vector {0x01U, 0x20U} : std::vector {0x01U};
        for (std::size_t at = 0; at < bytes.size(); at += CaseStride) {
            for (const unsigned flip : flips) {
                bytes[at] = static_cast<char>(static_cast<unsigned char>(before[at]) ^ flip);
                bundle.write(name, bytes);
                const Verification verification = bundle.verify();
                QVERIFY2(!verification.passed(), qPrintable(QStringLiteral("byte %1").arg(at)));
                // What a changed dataset_info.json says is often found to be wrong in what it speaks of.
                QVERIFY(name == "dataset_info.json" || blames(verification, name));
            }
            bytes[at] = before[at];
        }
        bundle.write(name, before);
        QVERIFY(bundle.verify().passed());
    }

    void every_cut_and_every_doubled_line_is_found()
    {
        const Bundle bundle;
        for (const char* const name :
            {"dataset.jsonl", "dataset_info.json", "README.md", "splits/mock.jsonl"}) {
            const std::string before = bundle.read(name);
            const std::string firstLine = before.substr(0, before.find('\n') + 1);
            for (const std::string& after :
                {before.substr(0, before.size() - 1), before.substr(0, before.size() / 2), std::string(),
                    before + firstLine, before + '\n', before + "\r\n", "\xef\xbb\xbf" + before}) {
                bundle.write(name, after);
                QVERIFY2(!bundle.verify().passed(), name);
            }
            bundle.write(name, before);
        }
        QVERIFY(bundle.verify().passed());
    }

    void files_that_are_missing_renamed_or_added_are_named()
    {
        for (const char* const name : {"dataset.jsonl", "README.md", "splits/mock.jsonl"}) {
            const Bundle bundle;
            std::filesystem::remove(bundle.path() + '/' + name);
            QVERIFY2(blames(bundle.verify(), name), name);
        }
        const Bundle bundle;
        for (const char* const name :
            {"notes.txt", ".hidden", "splits/other.jsonl", "splits/.hidden", "deep/file"}) {
            bundle.write(name, "1");
            const Verification verification = bundle.verify();
            QVERIFY2(blames(verification, std::string_view(name).starts_with("deep") ? "deep/" : name), name);
            std::filesystem::remove(bundle.path() + '/' + name);
        }
        std::filesystem::remove(bundle.path() + "/deep");
        QVERIFY(bundle.verify().passed());
        std::filesystem::rename(bundle.path() + "/splits/mock.jsonl", bundle.path() + "/splits/real2.jsonl");
        QVERIFY(blames(bundle.verify(), "splits/mock.jsonl"));
        QVERIFY(blames(bundle.verify(), "splits/real2.jsonl"));
    }

    void swapped_splits_are_found_although_all_sums_are_right()
    {
        const Bundle bundle;
        const std::string mock = bundle.read("splits/mock.jsonl");
        bundle.write("splits/mock.jsonl", bundle.read("splits/real.jsonl"));
        bundle.write("splits/real.jsonl", mock);
        bundle.forge([](DatasetInfo& info) { std::swap(info.splits["mock"], info.splits["real"]); });
        const Verification verification = bundle.verify();
        QVERIFY(blames(verification, "splits/mock.jsonl"));
        QVERIFY(blames(verification, "splits/real.jsonl"));
    }

    /// Its rows were not guarded again: they stand in no other file.
    void a_split_whose_rows_are_not_in_the_dataset_is_found_although_all_sums_are_right()
    {
        const Bundle bundle;
        bundle.write("dataset.jsonl", bundle.read("splits/mock.jsonl"));
        bundle.forge([](DatasetInfo&) {});
        const QByteArray words = told(bundle.verify());
        QVERIFY2(words.contains("splits/real.jsonl: no row of dataset.jsonl belongs in it"), words);
    }

    void splits_in_another_order_are_found_although_all_sums_are_right()
    {
        const Bundle bundle;
        const std::string mock = bundle.read("splits/mock.jsonl");
        const std::size_t end = mock.find('\n') + 1;
        bundle.write("splits/mock.jsonl", mock.substr(end) + mock.substr(0, end));
        bundle.forge([](DatasetInfo&) {});
        QVERIFY(blames(bundle.verify(), "splits/mock.jsonl"));
    }

    void a_split_that_lacks_a_row_or_has_one_twice_is_found_although_all_sums_are_right()
    {
        const Bundle bundle;
        const std::string mock = bundle.read("splits/mock.jsonl");
        const std::size_t end = mock.find('\n') + 1;
        bundle.write("splits/mock.jsonl", mock.substr(end));
        bundle.forge([](DatasetInfo& info) { info.splits["mock"] = 1; });
        QVERIFY(blames(bundle.verify(), "splits/mock.jsonl"));
        bundle.write("splits/mock.jsonl", mock + mock.substr(0, end));
        bundle.forge([](DatasetInfo& info) { info.splits["mock"] = 3; });
        QVERIFY(blames(bundle.verify(), "splits/mock.jsonl"));
    }

    void a_row_that_the_guard_refuses_is_found_although_all_sums_are_right_data()
    {
        QTest::addColumn<QByteArray>("what");
        QTest::addColumn<QByteArray>("by");
        QTest::addColumn<QByteArray>("why");
        QTest::newRow("a phone number")
            << QByteArray("\"ex_1\"") << QByteArray("\"555-123-4567\"") << QByteArray("example_id: phone");
        QTest::newRow("a field more")
            << QByteArray("{\"example_id\"") << QByteArray("{\"note\":\"x\",\"example_id\"")
            << QByteArray("line 1 is not written as the guard writes rows");
        QTest::newRow("a feature more")
            << QByteArray("\"features\":{") << QByteArray("\"features\":{\"rag_x\":1,")
            << QByteArray("line 1 is not written as the guard writes rows");
        QTest::newRow("a space") << QByteArray("\",\"") << QByteArray("\", \"")
                                 << QByteArray("line 1 is not written as the guard writes rows");
        QTest::newRow("no JSON") << QByteArray("{\"example_id\"") << QByteArray("\"example_id\"")
                                 << QByteArray("malformed");
        QTest::newRow("another schema")
            << QByteArray("\"small_v1\"") << QByteArray("\"small_v2\"") << QByteArray("schema_mismatch");
        QTest::newRow("another schema hash, as long")
            << QByteArray::fromStdString('"' + smallSchema()->hash() + '"') << QByteArray("\"00000000\"")
            << QByteArray("line 1 ");
    }

    void a_row_that_the_guard_refuses_is_found_although_all_sums_are_right()
    {
        QFETCH(QByteArray, what);
        QFETCH(QByteArray, by);
        QFETCH(QByteArray, why);
        const Bundle bundle(SplitStrategy::None);
        const std::string before = bundle.read("dataset.jsonl");
        const std::string after = replaced(before, what.toStdString(), by.toStdString());
        QVERIFY(after != before);
        bundle.write("dataset.jsonl", after);
        bundle.forge([](DatasetInfo&) {});
        const Verification verification = bundle.verify();
        QVERIFY(blames(verification, "dataset.jsonl"));
        QVERIFY2(told(verification).contains(why), told(verification));
        QVERIFY(!told(verification).contains("555-123-4567"));
    }

    void counts_that_are_wrong_are_found_although_all_sums_are_right_data()
    {
        QTest::addColumn<int>("which");
        for (int which = 0; which < 14; ++which) {
            QTest::addRow("forgery %d", which) << which;
        }
    }

    void counts_that_are_wrong_are_found_although_all_sums_are_right()
    {
        QFETCH(int, which);
        const std::array<std::function<void(DatasetInfo&)>, 14> forgeries {
            [](DatasetInfo& info) { ++info.totalRows; },
            [](DatasetInfo& info) { info.bySource["mock"] = 3; },
            [](DatasetInfo& info) { info.byIndustry["hvac"] = 0; },
            [](DatasetInfo& info) { info.splits["mock"] = 1; },
            [](DatasetInfo& info) { info.splitStrategy = SplitStrategy::ByIndustry; },
            [](DatasetInfo& info) { info.schemaHash = "00000000"; },
            [](DatasetInfo& info) { info.schemaFingerprint = std::string(64, '0'); },
            [](DatasetInfo& info) { info.features[2].max = 1e9; },
            [](DatasetInfo& info) { info.rejectedRows = 0; },
            [](DatasetInfo& info) { info.rejectionsByRule["no_such_rule"] = 1; },
            [](DatasetInfo& info) { ++info.withheldFields; },
            [](DatasetInfo& info) { info.filters.source = "real"; },
            [](DatasetInfo& info) { info.filters.maxRows = 2; },
            [](DatasetInfo& info) { info.generatedAt = "yesterday"; },
        };
        const Bundle bundle;
        bundle.forge(forgeries[static_cast<std::size_t>(which)]);
        QVERIFY(blames(bundle.verify(), "dataset_info.json"));
    }

    void only_this_program_in_some_version_made_a_bundle_data()
    {
        QTest::addColumn<QString>("generator");
        QTest::addColumn<bool>("known");
        for (const char* const known : {Generator, "signals-workbench 0.0.9", "signals-workbench 1.0.0",
                 "signals-workbench 100.20.30"}) {
            QTest::newRow(known) << QString(known) << true;
        }
        for (const char* const unknown :
            {"made by jane.doe@example.com 212-555-0123", "signals-workbench", "signals-workbench ",
                "signals-workbench 1.0", "signals-workbench 1.0.0.0", "signals-workbench 1.0.",
                "signals-workbench 1..0", "signals-workbench 1.0.0 ", "signals-workbench  1.0.0",
                "signals-workbench 01.0.0", "signals-workbench 212.555.0123", "signals-workbench 1.0.0-jane",
                "Signals-Workbench 1.0.0", "signals-export 1.0.0", "x signals-workbench 1.0.0", ""}) {
            QTest::newRow(unknown) << QString(unknown) << false;
        }
    }

    void only_this_program_in_some_version_made_a_bundle()
    {
        QFETCH(QString, generator);
        QFETCH(bool, known);
        const Bundle bundle;
        bundle.forge([&](DatasetInfo& info) { info.generator = generator.toStdString(); });
        const Verification verification = bundle.verify();
        QCOMPARE(verification.passed(), known);
        QCOMPARE(blames(verification, "dataset_info.json"), !known);
        QVERIFY(generator.isEmpty() || !told(verification).contains(generator.toUtf8()));
        QVERIFY(verification.cardIsKnown);
    }

    /// A release verifies the bundles of those before it, whose card may have had other words.
    void the_words_of_another_versions_card_are_not_judged_but_told_apart()
    {
        const Bundle bundle;
        bundle.forge([](DatasetInfo& info) { info.generator = "signals-workbench 0.0.9"; });
        const auto withWords = [&bundle](const std::string& words) {
            DatasetInfo info = *parseDatasetInfo(bundle.read("dataset_info.json"), "test");
            const std::string card = datasetCard(info, *smallSchema()) + words;
            bundle.write("README.md", card);
            info.files["README.md"] = {card.size(), 0, Sha256::of(card)};
            bundle.write("dataset_info.json", toJson(info));
            return bundle.verify();
        };
        QVERIFY(withWords("").cardIsKnown);
        const Verification other = withWords("Other words.\n");
        QVERIFY2(other.passed(), told(other));
        QVERIFY(!other.cardIsKnown);
    }

    void paths_in_a_bundle_are_never_followed_data()
    {
        QTest::addColumn<QString>("path");
        for (const char* const path : {"../data/a.jsonl", "/etc/passwd", "splits/../../data/a.jsonl",
                 "splits/none.jsonl", "dataset_info.json", "", "splits/"}) {
            QTest::newRow(path) << QString::fromLatin1(path);
        }
    }

    void paths_in_a_bundle_are_never_followed()
    {
        QFETCH(QString, path);
        const Bundle bundle;
        bundle.forge([&](DatasetInfo& info) { info.files[path.toStdString()] = {}; });
        const Verification verification = bundle.verify();
        QVERIFY(told(verification).contains("no bundle has such a file"));
        QVERIFY(std::ranges::none_of(
            verification.files, [&](const VerifiedFile& file) { return file.path == path.toStdString(); }));
    }

    /// Splits are compared with the dataset's rows piece by piece, and need not be hashed.
    void a_split_longer_than_what_is_read_at_a_time_is_compared_to_its_end()
    {
        const Bundle bundle(SplitStrategy::BySource, 400);
        QVERIFY(bundle.made);
        QVERIFY2(bundle.verify().passed(), told(bundle.verify()));
        const std::string before = bundle.read("splits/mock.jsonl");
        constexpr std::size_t Piece = ComparedFile::PieceBytes;
        QVERIFY(before.size() > Piece + 2);
        for (const std::size_t at : {Piece - 1, Piece, Piece + 1, before.size() - 1}) {
            std::string after = before;
            after[at] = static_cast<char>(after[at] ^ 1);
            bundle.write("splits/mock.jsonl", after);
            QVERIFY2(blames(bundle.verify(), "splits/mock.jsonl"), qPrintable(QString::number(at)));
        }
    }

    void links_are_not_followed()
    {
        const Bundle bundle;
        for (const char* const name :
            {"dataset.jsonl", "README.md", "splits/mock.jsonl", "dataset_info.json"}) {
            const std::string real = bundle.path() + '/' + name;
            const std::string away = bundle.folder.path("away");
            std::filesystem::rename(real, away);
            std::filesystem::create_symlink(away, real); // the very same bytes, but elsewhere
            QVERIFY2(blames(bundle.verify(), name), name);
            std::filesystem::remove(real);
            std::filesystem::rename(away, real);
        }
        QVERIFY(bundle.verify().passed());
        std::filesystem::rename(bundle.path() + "/splits", bundle.folder.path("splits"));
        std::filesystem::create_directory_symlink(bundle.folder.path("splits"), bundle.path() + "/splits");
        QVERIFY(blames(bundle.verify(), "splits/mock.jsonl"));
        std::filesystem::remove(bundle.path() + "/splits");
        bundle.write("splits", "a file");
        QVERIFY(blames(bundle.verify(), "splits/mock.jsonl"));
    }

    void where_there_is_no_bundle_that_is_an_error()
    {
        const TemporaryFolder folder;
        for (const std::string& path : {folder.path(), folder.path("nowhere")}) {
            const auto verified = verifyBundle(path, nullptr, 1, {}, {});
            QVERIFY(!verified);
            QCOMPARE(verified.error().code, ErrorCode::Io);
        }
    }

    void a_schema_that_nobody_knows_is_an_error()
    {
        const Bundle bundle;
        const auto verified = verifyBundle(bundle.path(), nullptr, 1, {}, {});
        QVERIFY(!verified);
        QCOMPARE(verified.error().code, ErrorCode::Usage);
    }

    void verifying_can_be_cancelled_and_tells_its_progress()
    {
        const Bundle bundle;
        std::stop_source stop;
        stop.request_stop();
        const auto verified = verifyBundle(bundle.path(), smallSchema(), 1, stop.get_token(), {});
        QVERIFY(!verified);
        QCOMPARE(verified.error().code, ErrorCode::Cancelled);
        VerifyProgress last;
        QVERIFY(verifyBundle(
            bundle.path(), smallSchema(), 1, {}, [&](const VerifyProgress& progress) { last = progress; }));
        QVERIFY(last.bytesTotal > 0);
        QCOMPARE(last.bytesDone, last.bytesTotal);
    }
};

QTEST_GUILESS_MAIN(BundleVerifierTest)
#include "tst_bundle_verifier.moc"
