// SPDX-License-Identifier: Apache-2.0
#include "core/base/rfc3339.h"
#include "core/bundle/dataset_info.h"
#include "core/schema/builtin_schemas.h"

#include <QtTest>

using namespace workbench;

namespace {

DatasetInfo fullInfo()
{
    const SchemaPtr schema = defaultSchema();
    DatasetInfo info;
    info.generatedAt = "2026-11-22T17:00:00Z";
    info.generator = "signals-workbench 0.1.0";
    info.jobId = "job";
    info.schemaName = schema->name();
    info.schemaVersion = schema->version();
    info.schemaHash = schema->hash();
    info.schemaFingerprint = schema->fingerprint();
    info.features = schema->features();
    info.totalRows = 1234567;
    info.rejectedRows = 2;
    info.rejectionsByRule = {{"email", 1}, {"phone", 2}};
    info.withheldFields = 5;
    info.withheldByReason = {{"features.rag_*", 4}, {"labels.reviewer_notes", 1}};
    info.bySource = {{"mock", 1000000}, {"real", 234567}};
    info.byIndustry = {{"hvac", 1234567}};
    info.splits = {{"mock_hvac", 1000000}, {"real_hvac", 234567}};
    info.splitStrategy = SplitStrategy::BySourceIndustry;
    info.filters.industry = "hvac";
    info.filters.since = parseDateOrTime("2026-01-01");
    info.filters.until = parseDateOrTime("2026-02-01T10:00:00.250Z");
    info.filters.labelled = true;
    info.filters.maxRows = 2000000;
    info.files = {{"dataset.jsonl", {999, 1234567, std::string(64, 'a')}},
        {"README.md", {11, 0, std::string(64, 'b')}},
        {"splits/mock_hvac.jsonl", {800, 1000000, std::string(64, 'c')}},
        {"splits/real_hvac.jsonl", {199, 234567, std::string(64, 'd')}}};
    return info;
}

QStringList topKeys(const std::string& json)
{
    QStringList keys;
    for (const QString& line : QString::fromStdString(json).split(QLatin1Char('\n'))) {
        if (line.startsWith(QStringLiteral("  \""))) {
            keys << line.section(QLatin1Char('"'), 1, 1);
        }
    }
    return keys;
}

QString card(const DatasetInfo& info) { return QString::fromStdString(datasetCard(info, *defaultSchema())); }

QString frontMatter(const DatasetInfo& info) { return card(info).section(QStringLiteral("---\n"), 1, 1); }

} // namespace

class DatasetInfoTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keys_stand_in_the_order_of_the_contract_and_ours_follow()
    {
        const QString wanted = QStringLiteral("generated_at generator job_id schema_version schema_hash "
                                              "schema_fingerprint feature_keys total_rows "
                                              "rejected_rows rejections_by_rule withheld_fields by_source "
                                              "by_industry splits filters files schema_name "
                                              "features withheld_by_reason split_strategy");
        QCOMPARE(topKeys(toJson(fullInfo())).join(QLatin1Char(' ')), wanted);
    }

    void it_reads_back_to_the_same_bytes()
    {
        const std::string text = toJson(fullInfo());
        const auto info = parseDatasetInfo(text, "test");
        QVERIFY2(info, info ? "" : info.error().message.c_str());
        QCOMPARE(toJson(*info), text);
        QCOMPARE(info->features, fullInfo().features);
        QCOMPARE(info->filters, fullInfo().filters);
        QVERIFY(text.ends_with("}\n"));
    }

    void filters_that_are_not_set_are_null()
    {
        DatasetInfo info = fullInfo();
        info.filters = {};
        QVERIFY(QString::fromStdString(toJson(info)).contains(QStringLiteral(R"(  "filters": {
    "source": null,
    "industry": null,
    "since": null,
    "until": null,
    "labelled": false,
    "max_rows": null
  },)")));
    }

    void a_document_of_another_maker_needs_its_feature_keys_only()
    {
        const auto info = parseDatasetInfo(
            R"({"schema_version":"signals_v1","schema_hash":"3e09b767","feature_keys":["a","b"],"else":1})",
            "test");
        QVERIFY(info);
        QVERIFY(!info->featureDetailsKnown);
        QCOMPARE(info->features.size(), 2U);
        QCOMPARE(info->features[1].key, std::string("b"));
    }

    void what_describes_no_bundle_is_refused_data()
    {
        QTest::addColumn<QByteArray>("text");
        const QByteArray keys = R"("feature_keys":["a"])";
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("no JSON") << QByteArray("{\"feature_keys\":");
        QTest::newRow("two documents") << "{" + keys + "}{" + keys + "}";
        QTest::newRow("an array") << QByteArray("[]");
        QTest::newRow("no keys") << QByteArray("{}");
        QTest::newRow("keys that are no texts") << QByteArray(R"({"feature_keys":[1]})");
        QTest::newRow("a count as text") << "{" + keys + R"(,"total_rows":"1"})";
        QTest::newRow("a negative count") << "{" + keys + R"(,"total_rows":-1})";
        QTest::newRow("a broken count") << "{" + keys + R"(,"total_rows":1.5})";
        QTest::newRow("splits as an array") << "{" + keys + R"(,"splits":[]})";
        QTest::newRow("a strategy that there is not") << "{" + keys + R"(,"split_strategy":"by_moon"})";
        QTest::newRow("a filter that is no time") << "{" + keys + R"(,"filters":{"since":"yesterday"}})";
        QTest::newRow("other features than keys") << "{" + keys + R"(,"features":[]})";
        QTest::newRow("a feature without a kind")
            << "{" + keys + R"(,"features":[{"key":"a","family":"volume","min":0,"max":1}]})";
        QTest::newRow("a file that is a text") << "{" + keys + R"(,"files":{"a":"b"}})";
    }

    void what_describes_no_bundle_is_refused()
    {
        QFETCH(QByteArray, text);
        const auto info = parseDatasetInfo(text.toStdString(), "some/file");
        QVERIFY(!info);
        QCOMPARE(info.error().code, ErrorCode::Usage);
        QVERIFY(info.error().message.starts_with("some/file describes no bundle: "));
    }

    void deep_nesting_does_no_harm() { QVERIFY(!parseDatasetInfo(std::string(1'000'000, '['), "test")); }

    void the_card_gives_every_row_once_and_the_splits_as_a_second_configuration()
    {
        const QString yaml = frontMatter(fullInfo());
        QVERIFY(yaml.contains(QStringLiteral(R"(configs:
- config_name: default
  default: true
  data_files:
  - split: train
    path: dataset.jsonl
- config_name: by_split
  data_files:
  - split: mock_hvac
    path: splits/mock_hvac.jsonl
  - split: real_hvac
    path: splits/real_hvac.jsonl
)")));
        QCOMPARE(yaml.count(QStringLiteral("path: dataset.jsonl\n")), 1);
        QCOMPARE(yaml.count(QStringLiteral("  features:\n")), 2); // typed in both
    }

    void without_splits_there_is_one_configuration()
    {
        DatasetInfo info = fullInfo();
        info.splits.clear();
        info.splitStrategy = SplitStrategy::None;
        QVERIFY(!card(info).contains(QStringLiteral("by_split")));
        QCOMPARE(frontMatter(info).count(QStringLiteral("config_name")), 2); // once for files, once for types
    }

    void the_card_types_every_column()
    {
        const QString yaml = frontMatter(fullInfo());
        for (const Feature& feature : defaultSchema()->features()) {
            const char* const type = feature.kind == FeatureKind::Enum ? "string"
                : feature.kind == FeatureKind::Integer                 ? "int64"
                                                                       : "float64";
            const QString wanted = QStringLiteral("    - name: %1\n      dtype: %2\n")
                                       .arg(QString::fromStdString(feature.key), QLatin1String(type));
            QVERIFY2(yaml.contains(wanted), feature.key.c_str());
        }
        QVERIFY(yaml.contains(QStringLiteral("    - name: pressure_keys\n      sequence: string\n")));
        QVERIFY(yaml.contains(QStringLiteral("    - name: mapping_was_wrong\n      dtype: bool\n")));
        QVERIFY(yaml.contains(QStringLiteral("    num_examples: 1234567\n")));
    }

    void a_name_that_yaml_takes_for_something_else_is_quoted()
    {
        std::vector<Feature> features;
        for (const char* const key : {"on", "one"}) {
            features.emplace_back().key = key;
        }
        const auto schema = Schema::make("words", "v1", features, "test");
        QVERIFY(schema);
        DatasetInfo info = fullInfo();
        info.splits = {{"1", 1}, {"No", 1}, {"mock", 1}};
        const QString yaml = QString::fromStdString(datasetCard(info, **schema));
        for (const char* const line :
            {"  - split: \"1\"\n    path: splits/1.jsonl\n", "  - split: \"No\"\n", "  - split: mock\n",
                "  - name: \"1\"\n    num_bytes", "    - name: \"on\"\n      dtype", "    - name: one\n"}) {
            QVERIFY2(yaml.contains(QLatin1String(line)), line);
        }
    }

    void size_categories_are_those_of_the_hub_data()
    {
        QTest::addColumn<quint64>("rows");
        QTest::addColumn<QString>("category");
        QTest::newRow("1") << quint64 {1} << QStringLiteral("n<1K");
        QTest::newRow("999") << quint64 {999} << QStringLiteral("n<1K");
        QTest::newRow("1000") << quint64 {1000} << QStringLiteral("1K<n<10K");
        QTest::newRow("99,999") << quint64 {99'999} << QStringLiteral("10K<n<100K");
        QTest::newRow("a million") << quint64 {1'000'000} << QStringLiteral("1M<n<10M");
        QTest::newRow("far more") << quint64 {1'000'000'000'000} << QStringLiteral("100B<n<1T");
    }

    void size_categories_are_those_of_the_hub()
    {
        QFETCH(quint64, rows);
        QFETCH(QString, category);
        DatasetInfo info = fullInfo();
        info.totalRows = rows;
        QVERIFY(frontMatter(info).contains(QStringLiteral("size_categories:\n- %1\n").arg(category)));
    }

    void the_card_tells_a_stranger_what_was_done()
    {
        const QString text = card(fullInfo());
        for (const char* const part : {"1,234,567 rows", "`c47f7d39`", "2 rows were rejected",
                 "| `phone` | 2 |", "5 in all", "| `features.rag_*` | 4 |", "industry `hvac`",
                 "created at or after 2026-01-01T00:00:00.000Z", "load_dataset(",
                 "| `window_days` | integer | 0 to 36600 | days |", "| `mock_hvac` | 1,000,000 |"}) {
            QVERIFY2(text.contains(QLatin1String(part)), part);
        }
        QVERIFY(text.contains(QString::fromStdString(provenanceLine(fullInfo()))));
    }

    void the_card_is_the_same_whenever_it_is_written()
    {
        QCOMPARE(card(fullInfo()), card(fullInfo()));
        DatasetInfo other = fullInfo();
        other.jobId = "other";
        QVERIFY(card(other) != card(fullInfo()));
    }
};

QTEST_GUILESS_MAIN(DatasetInfoTest)
#include "tst_dataset_info.moc"
