// SPDX-License-Identifier: Apache-2.0
// The card of an exported bundle, its metadata read by a YAML library, held against the files beside it.
#include "core/schema/builtin_schemas.h"
#include "tests/support/card_yaml.h"
#include "tests/support/hub_world.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

#include <algorithm>
#include <regex>
#include <set>

using namespace workbench;

namespace {

/// A plain scalar that YAML 1.1 takes for something else than a string.
bool isAmbiguous(const YAML::Node& scalar)
{
    static const std::regex other(
        R"(|~|null|y|n|yes|no|on|off|true|false|[-+.0-9].*)", std::regex::icase | std::regex::ECMAScript);
    return scalar.Tag() != "!" && std::regex_match(scalar.Scalar(), other); // "!" is a quoted one
}

std::vector<std::string> lines(const std::string& text)
{
    std::vector<std::string> all;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        all.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return all;
}

std::set<std::string> keysOf(const YAML::Node& map)
{
    std::set<std::string> keys;
    for (const auto& entry : map) {
        keys.insert(entry.first.as<std::string>());
    }
    return keys;
}

std::string dtypeOf(FeatureKind kind)
{
    return kind == FeatureKind::Enum ? "string" : kind == FeatureKind::Integer ? "int64" : "float64";
}

/// The entry of a list of mappings whose `key` is `value`.
YAML::Node entryWith(const YAML::Node& list, const char* key, const std::string& value)
{
    for (const YAML::Node& entry : list) {
        if (entry[key].as<std::string>() == value) {
            return entry;
        }
    }
    return YAML::Node(YAML::NodeType::Undefined);
}

} // namespace

class DatasetCardTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void the_configurations_name_each_file_once_data() { bundles(); }
    void the_configurations_name_each_file_once();
    void the_features_are_the_columns_with_their_kinds_data() { bundles(); }
    void the_features_are_the_columns_with_their_kinds();
    void the_stated_sizes_are_the_files_data() { bundles(); }
    void the_stated_sizes_are_the_files();
    void the_rest_of_the_metadata_is_what_the_hub_takes_data() { bundles(); }
    void the_rest_of_the_metadata_is_what_the_hub_takes();
    void a_stranger_reads_what_it_is_how_it_was_guarded_and_how_to_load_it_data() { bundles(); }
    void a_stranger_reads_what_it_is_how_it_was_guarded_and_how_to_load_it();

private:
    static void bundles()
    {
        QTest::addColumn<QString>("job");
        QTest::addColumn<QString>("schemaName");
        QTest::newRow("three splits") << "first"
                                      << "signals_v1";
        QTest::newRow("48 features") << "core48"
                                     << "signals_v1_core48";
    }
    [[nodiscard]] std::string read(const QString& job, const std::string& path) const
    {
        return m_world.folder.read("out/" + job.toStdString() + "/" + path);
    }
    [[nodiscard]] YAML::Node metadata(const QString& job) const
    {
        return cardMetadata(read(job, "README.md"));
    }

    HubWorld m_world;
};

void DatasetCardTest::initTestCase() { m_world.exportWith("core48", "signals_v1_core48"); }

void DatasetCardTest::the_configurations_name_each_file_once()
{
    QFETCH(QString, job);
    const YAML::Node card = metadata(job);
    QVERIFY(card["configs"].IsSequence());
    int defaults = 0;
    for (const YAML::Node& config : card["configs"]) {
        QVERIFY(!isAmbiguous(config["config_name"]));
        defaults += config["config_name"].as<std::string>() == "default" ? 1 : 0;
        std::set<std::string> splits;
        for (const YAML::Node& file : config["data_files"]) {
            QCOMPARE(keysOf(file), (std::set<std::string> {"split", "path"})); // these and no others
            QVERIFY(!isAmbiguous(file["split"]) && !isAmbiguous(file["path"]));
            QVERIFY(std::regex_match(file["split"].as<std::string>(), std::regex(R"(\w+(\.\w+)*)")));
            QVERIFY2(splits.insert(file["split"].as<std::string>()).second, "a split named twice");
        }
    }
    QCOMPARE(defaults, 1);
    // Every data file stands in just one configuration, and what is named is there.
    std::multiset<std::string> named;
    for (const auto& [name, files] : cardConfigs(card)) {
        for (const auto& [split, path] : files) {
            named.insert(path);
        }
    }
    std::multiset<std::string> there;
    const std::string prefix = "out/" + job.toStdString() + "/";
    for (const std::string& entry : m_world.folder.entries()) {
        if (entry.starts_with(prefix) && entry.ends_with(".jsonl")) {
            there.insert(entry.substr(prefix.size()));
        }
    }
    QVERIFY(there.size() > 1);
    QVERIFY(named == there);
    QCOMPARE(cardConfigs(card).at("default").size(), std::size_t(1));
    QCOMPARE(cardConfigs(card).at("default").front().second, std::string("dataset.jsonl"));
}

void DatasetCardTest::the_features_are_the_columns_with_their_kinds()
{
    QFETCH(QString, job);
    QFETCH(QString, schemaName);
    const SchemaPtr schema = builtinSchema(schemaName.toStdString());
    QVERIFY(schema);
    const YAML::Node card = metadata(job);
    const QJsonObject row
        = QJsonDocument::fromJson(QByteArray::fromStdString(lines(read(job, "dataset.jsonl")).front()))
              .object();
    QVERIFY(!row.isEmpty());
    QCOMPARE(card["dataset_info"].size(), card["configs"].size());
    for (const YAML::Node& info : card["dataset_info"]) {
        std::set<QString> names;
        for (const YAML::Node& field : info["features"]) {
            names.insert(QString::fromStdString(field["name"].as<std::string>()));
            // One type each: a dtype, or a struct.
            QCOMPARE(keysOf(field).size(), std::size_t(2));
        }
        const QStringList columns = row.keys();
        QVERIFY(names == std::set<QString>(columns.begin(), columns.end()));
        const YAML::Node features = entryWith(info["features"], "name", "features")["struct"];
        QCOMPARE(features.size(), schema->features().size());
        for (std::size_t i = 0; i < features.size(); ++i) {
            const Feature& feature = schema->features()[i];
            QCOMPARE(features[i]["name"].as<std::string>(), std::string(feature.key));
            QCOMPARE(features[i]["dtype"].as<std::string>(), dtypeOf(feature.kind));
        }
        for (const char* const part : {"features", "targets", "labels"}) {
            const YAML::Node fields = entryWith(info["features"], "name", part)["struct"];
            QCOMPARE(static_cast<int>(fields.size()), row[QString(part)].toObject().size());
        }
    }
}

void DatasetCardTest::the_stated_sizes_are_the_files()
{
    QFETCH(QString, job);
    const YAML::Node card = metadata(job);
    std::map<std::string, std::uint64_t> rowsOf;
    for (const auto& [config, files] : cardConfigs(card)) {
        const YAML::Node info = entryWith(card["dataset_info"], "config_name", config);
        QCOMPARE(info["splits"].size(), files.size()); // a split that is missing or more fails the loader
        for (const auto& [split, path] : files) {
            const std::string bytes = read(job, path);
            const YAML::Node stated = entryWith(info["splits"], "name", split);
            QCOMPARE(stated["num_bytes"].as<std::uint64_t>(), std::uint64_t(bytes.size()));
            QCOMPARE(stated["num_examples"].as<std::uint64_t>(), std::uint64_t(lines(bytes).size()));
            rowsOf[config] += lines(bytes).size();
        }
    }
    QVERIFY(rowsOf.at("default") > 0);
    for (const auto& [config, rows] : rowsOf) {
        QCOMPARE(rows, rowsOf.at("default")); // each row once a configuration
    }
}

void DatasetCardTest::the_rest_of_the_metadata_is_what_the_hub_takes()
{
    QFETCH(QString, job);
    const YAML::Node card = metadata(job);
    QCOMPARE(card["size_categories"].size(), std::size_t(1));
    QCOMPARE(card["size_categories"][0].as<std::string>(), std::string("n<1K"));
    std::set<std::string> tags;
    for (const YAML::Node& tag : card["tags"]) {
        QVERIFY(tag.IsScalar() && !isAmbiguous(tag));
        QVERIFY(tags.insert(tag.as<std::string>()).second);
    }
    QVERIFY(tags.contains("tabular") && tags.contains("signals_v1"));
    QVERIFY(!card["pretty_name"].as<std::string>().empty());
    // "other" would need a name and a link; nobody has said under which licence the rows are.
    QVERIFY(!card["license"]);
}

void DatasetCardTest::a_stranger_reads_what_it_is_how_it_was_guarded_and_how_to_load_it()
{
    QFETCH(QString, job);
    QFETCH(QString, schemaName);
    const SchemaPtr schema = builtinSchema(schemaName.toStdString());
    const QString text = QString::fromStdString(read(job, "README.md")).section("\n---\n", 1);
    for (const char* const heading :
        {"# ", "## What is in it", "## How it was guarded", "## Schema", "## How to load it"}) {
        QVERIFY2(text.contains(QString("\n") + heading), heading);
    }
    for (const Feature& feature : schema->features()) {
        const QString begin = "\n| `" + QString::fromStdString(std::string(feature.key)) + "` | ";
        QCOMPARE(text.count(begin), 1);
        const QString cells = text.section(begin, 1).section('\n', 0, 0);
        QVERIFY2(cells.contains(feature.kind == FeatureKind::Enum ? "`" : " to "), qPrintable(begin));
    }
    QVERIFY(text.contains(QString::fromStdString(std::string(schema->hash()))));
    QVERIFY(text.contains("load_dataset(") && text.contains("by_split"));
    QVERIFY(text.contains("| `mock` | "));
}

QTEST_GUILESS_MAIN(DatasetCardTest)
#include "tst_dataset_card.moc"
