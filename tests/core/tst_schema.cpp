// SPDX-License-Identifier: Apache-2.0
/// The allowlist as data: what a schema file may say, and the hashes made of it (contract, section 4).
#include "core/base/file.h"
#include "core/base/sha256.h"
#include "core/schema/builtin_schemas.h"
#include "core/schema/schema.h"

#include <QFile>
#include <QString>
#include <QTemporaryDir>
#include <QtTest>

using namespace workbench;

namespace {

/// A schema file with one feature's text in it.
std::string schemaWith(const std::string& feature)
{
    return R"({"name": "s", "version": "v1", "features": [)" + feature + "]}";
}

std::string number(const std::string& key, const std::string& rest = R"("min": 0, "max": 1)")
{
    return R"({"key": ")" + key + R"(", "kind": "number", "family": "ratio", )" + rest + "}";
}

std::string enumOf(const std::string& values)
{
    return R"({"key": "e", "kind": "enum", "family": "context", "values": )" + values + "}";
}

Feature numberFeature(const std::string& key, double min, double max)
{
    Feature feature;
    feature.key = key;
    feature.min = min;
    feature.max = max;
    return feature;
}

std::string fingerprintOf(const std::string& json)
{
    const auto schema = Schema::parse(json, "test");
    return schema ? (*schema)->fingerprint() : "refused: " + schema.error().message;
}

} // namespace

class tst_Schema : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void the_shipped_schemas_have_the_known_hashes();
    void the_hashes_are_those_of_the_list_in_the_contract();
    void the_shipped_schema_is_the_list_in_the_contract();
    void core48_is_the_first_48_of_signals_v1();
    void a_schema_written_and_read_again_is_the_same();
    void the_fingerprint_sees_what_the_hash_does_not();
    void the_fingerprint_is_over_the_documented_text();
    void the_version_is_part_of_the_hash_and_not_of_the_model_hash();
    void a_schema_without_row_fields_takes_the_lists_of_the_contract();
    void a_schema_with_row_fields_sets_the_closed_sets();
    void a_text_is_refused_and_the_reason_named_data();
    void a_text_is_refused_and_the_reason_named();
    void what_the_guard_strikes_is_refused_by_place_and_not_repeated_data();
    void what_the_guard_strikes_is_refused_by_place_and_not_repeated();
    void a_key_with_a_blocked_prefix_is_refused_by_name_data();
    void a_key_with_a_blocked_prefix_is_refused_by_name();
    void bounds_that_are_no_numbers_are_refused();
    void a_thousand_features_pass_and_one_more_does_not();
    void two_hundred_and_fifty_values_pass_and_one_more_does_not();
    void values_and_a_range_do_not_go_together();
    void a_file_that_is_not_there_is_an_io_error();
    void a_refusal_names_the_file();
    void a_file_of_more_than_four_mebibytes_is_no_schema();
    void every_name_of_a_kind_and_family_reads_back();
};

void tst_Schema::the_shipped_schemas_have_the_known_hashes()
{
    const SchemaPtr full = builtinSchema("signals_v1");
    const SchemaPtr core = builtinSchema("signals_v1_core48");
    QVERIFY(full && core);
    QCOMPARE(full->hash(), "c47f7d39");
    QCOMPARE(full->features().size(), 70U);
    QCOMPARE(core->hash(), "3e09b767");
    QCOMPARE(core->modelHash(), "5cda6ade");
    QCOMPARE(core->version(), "signals_v1");
    QVERIFY(full->fingerprint() != core->fingerprint());
    QCOMPARE(full->fingerprint().size(), 64U);
    QCOMPARE(defaultSchema()->name(), "signals_v1");
    QVERIFY(builtinSchema("signals_v2") == nullptr);
}

void tst_Schema::the_hashes_are_those_of_the_list_in_the_contract()
{
    QFile list(QStringLiteral(WORKBENCH_SHARED_DIR "/signals_v1.tsv"));
    if (!list.open(QIODevice::ReadOnly)) {
        QSKIP("signals_v1.tsv is not there: set WORKBENCH_SHARED_DIR");
    }
    QStringList keys;
    list.readLine(); // the headings
    while (!list.atEnd()) {
        keys += QString::fromUtf8(list.readLine()).split(QLatin1Char('\t')).first();
    }
    const auto hash = [](const QStringList& some, const char* before) {
        return Sha256::of(before + some.join(QLatin1Char(',')).toStdString()).substr(0, 8);
    };
    QCOMPARE(keys.size(), 70);
    QCOMPARE(defaultSchema()->hash(), hash(keys, "signals_v1:"));
    QCOMPARE(defaultSchema()->modelHash(), hash(keys, ""));
    QCOMPARE(builtinSchema("signals_v1_core48")->hash(), hash(keys.mid(0, 48), "signals_v1:"));
    QCOMPARE(builtinSchema("signals_v1_core48")->modelHash(), hash(keys.mid(0, 48), ""));
}

void tst_Schema::the_shipped_schema_is_the_list_in_the_contract()
{
    QFile list(QStringLiteral(WORKBENCH_SHARED_DIR "/signals_v1.tsv"));
    if (!list.open(QIODevice::ReadOnly)) {
        QSKIP("signals_v1.tsv is not there: set WORKBENCH_SHARED_DIR");
    }
    list.readLine(); // key kind min max family unit_or_values
    for (const Feature& feature : defaultSchema()->features()) {
        const QStringList line = QString::fromUtf8(list.readLine()).trimmed().split(QLatin1Char('\t'));
        QCOMPARE(line.size(), 6);
        QCOMPARE(feature.key, line[0].toStdString());
        QCOMPARE(std::string(kindName(feature.kind)), line[1].toStdString());
        QCOMPARE(std::string(familyName(feature.family)), line[4].toStdString());
        if (feature.kind == FeatureKind::Enum) {
            QStringList values;
            for (const std::string& value : feature.values) {
                values += QString::fromStdString(value);
            }
            QCOMPARE(values.join(QLatin1Char('|')), line[5]);
        } else {
            QCOMPARE(feature.min, line[2].toDouble());
            QCOMPARE(feature.max, line[3].toDouble());
            QCOMPARE(feature.unit, line[5].toStdString());
        }
    }
    QVERIFY(list.atEnd());
}

void tst_Schema::core48_is_the_first_48_of_signals_v1()
{
    const std::vector<Feature>& core = builtinSchema("signals_v1_core48")->features();
    const std::vector<Feature>& full = defaultSchema()->features();
    QCOMPARE(core.size(), 48U);
    QVERIFY(std::equal(core.begin(), core.end(), full.begin()));
}

void tst_Schema::a_schema_written_and_read_again_is_the_same()
{
    for (const BuiltinSchema& shipped : builtinSchemas()) {
        const SchemaPtr schema = builtinSchema(shipped.name);
        const auto again = Schema::parse(schema->toJson(), "again");
        QVERIFY(again);
        QCOMPARE((*again)->features(), schema->features());
        QCOMPARE((*again)->name(), schema->name());
        QCOMPARE((*again)->fingerprint(), schema->fingerprint());
    }
}

void tst_Schema::the_fingerprint_sees_what_the_hash_does_not()
{
    const std::string base = fingerprintOf(schemaWith(number("a") + "," + enumOf(R"(["x", "y"])")));
    QCOMPARE(base.size(), 64U);
    const auto other = [&base](const std::string& feature, const std::string& values) {
        return fingerprintOf(schemaWith(feature + "," + enumOf(values))) != base;
    };
    QVERIFY(other(number("a", R"("min": 0, "max": 2)"), R"(["x", "y"])"));
    QVERIFY(other(number("a", R"("min": -1, "max": 1)"), R"(["x", "y"])"));
    QVERIFY(
        other(R"({"key": "a", "kind": "integer", "family": "ratio", "min": 0, "max": 1})", R"(["x", "y"])"));
    QVERIFY(other(number("a"), R"(["x"])"));
    QVERIFY(other(number("a"), R"(["y", "x"])"));
    // How a number is spelled, its unit and its family change no row.
    QVERIFY(
        !other(R"({"key": "a", "kind": "number", "family": "flag", "min": -0.0, "max": 1e0, "unit": "m"})",
            R"(["x", "y"])"));
}

void tst_Schema::the_fingerprint_is_over_the_documented_text()
{
    const std::string text = "signals-workbench schema 1\nv1\na\tnumber\t-0.5\t1\ne\tenum\tx|y\n";
    QCOMPARE(
        fingerprintOf(schemaWith(number("a", R"("min": -0.5, "max": 1)") + "," + enumOf(R"(["x", "y"])"))),
        Sha256::of(text));
}

void tst_Schema::the_version_is_part_of_the_hash_and_not_of_the_model_hash()
{
    const auto one = Schema::make("s", "v1", {numberFeature("a", 0, 1)}, "test");
    const auto two = Schema::make("s", "v2", {numberFeature("a", 0, 1)}, "test");
    QVERIFY(one && two);
    QCOMPARE((*one)->hash(), Sha256::of("v1:a").substr(0, 8));
    QVERIFY((*one)->hash() != (*two)->hash());
    QCOMPARE((*one)->modelHash(), (*two)->modelHash());
}

void tst_Schema::a_schema_without_row_fields_takes_the_lists_of_the_contract()
{
    const auto schema = Schema::parse(schemaWith(number("a")), "test");
    QVERIFY(schema);
    QCOMPARE((*schema)->sources(), (std::vector<std::string> {"mock", "real"}));
    QCOMPARE((*schema)->industries(), defaultSchema()->industries());
    QCOMPARE((*schema)->windowRules(), defaultSchema()->windowRules());
    QVERIFY(!(*schema)->indexOf("source"));
    QCOMPARE((*schema)->indexOf("a").value_or(9), 0U);
}

void tst_Schema::a_schema_with_row_fields_sets_the_closed_sets()
{
    const auto schema = Schema::parse(
        schemaWith(R"({"key": "source", "kind": "enum", "family": "context", "values": ["lab", "field"]})"),
        "test");
    QVERIFY(schema);
    QCOMPARE((*schema)->sources(), (std::vector<std::string> {"lab", "field"}));
}

void tst_Schema::a_text_is_refused_and_the_reason_named_data()
{
    QTest::addColumn<QString>("json");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char* name, const std::string& json, const char* reason) {
        QTest::newRow(name) << QString::fromStdString(json) << QString::fromUtf8(reason);
    };
    row("no text", "", "not JSON");
    row("not JSON", "{\n\n nonsense", "line 3");
    row("two documents", schemaWith(number("a")) + "{}", "not JSON");
    row("not an object", "[]", "not a JSON object");
    row("no name", R"({"version": "v1", "features": []})", "\"name\"");
    row("a version that is a number", R"({"name": "s", "version": 1, "features": []})", "\"version\"");
    row("a version with a slash", R"({"name": "s", "version": "v/1", "features": [)" + number("a") + "]}",
        "version");
    row("a version that is too long",
        R"({"name": "s", "version": ")" + std::string(65, 'v') + R"(", "features": [)" + number("a") + "]}",
        "version");
    row("no features", R"({"name": "s", "version": "v1"})", "\"features\"");
    row("an empty list", schemaWith(""), "no features");
    row("an unknown key above", R"({"name": "s", "version": "v1", "features": [], "more": 1})", "\"more\"");
    row("an unknown key in a feature", schemaWith(number("a", R"("min": 0, "max": 1, "default": 0)")),
        "\"default\"");
    row("a double key in the file", R"({"name": "s", "name": "t", "version": "v1", "features": []})",
        "twice");
    row("a double key in a feature", schemaWith(number("a", R"("min": 0, "min": 0, "max": 1)")), "twice");
    row("a feature that is none", schemaWith("7"), "feature 1");
    row("a feature listed twice", schemaWith(number("a") + "," + number("a")), "listed twice");
    row("a key in capitals", schemaWith(number("Window")), "key");
    row("a key that starts with a digit", schemaWith(number("1st")), "key");
    row("a key that is too long", schemaWith(number(std::string(65, 'k'))), "key");
    row("an empty key", schemaWith(number("")), "key");
    row("an unknown kind", schemaWith(R"({"key": "a", "kind": "text", "family": "ratio"})"),
        "enum, integer, number");
    row("an unknown family",
        schemaWith(R"({"key": "a", "kind": "number", "family": "x", "min": 0, "max": 1})"),
        "context, volume");
    row("the family of labels",
        schemaWith(R"({"key": "a", "kind": "number", "family": "labels", "min": 0, "max": 1})"), "family");
    row("no max", schemaWith(number("a", R"("min": 0)")), "\"max\"");
    row("a min that is text", schemaWith(number("a", R"("min": "0", "max": 1)")), "\"min\"");
    row("min above max", schemaWith(number("a", R"("min": 2, "max": 1)")), "min above its max");
    row("a bound that overflows", schemaWith(number("a", R"("min": 0, "max": 1e999)")), "too large");
    row("an integer with a broken bound",
        schemaWith(R"({"key": "a", "kind": "integer", "family": "ratio", "min": 0, "max": 1.5})"),
        "whole number");
    row("a whole bound of an integer that is too large",
        schemaWith(R"({"key": "a", "kind": "integer", "family": "ratio", "min": 0, "max": 1e17})"),
        "whole number");
    row("the family of targets",
        schemaWith(R"({"key": "a", "kind": "number", "family": "targets", "min": 0, "max": 1})"), "family");
    row("an enum whose values are no list", schemaWith(enumOf(R"("a")")), "lacks an array \"values\"");
    row("an enum without a list", schemaWith(R"({"key": "e", "kind": "enum", "family": "context"})"),
        "lacks an array \"values\"");
    row("no name at all", R"({"name": "", "version": "v1", "features": [)" + number("a") + "]}", "name");
    row("an enum without values", schemaWith(enumOf("[]")), "no values");
    row("an enum with a number", schemaWith(enumOf("[1]")), "not a string");
    row("an enum value with a space", schemaWith(enumOf(R"(["a b"])")), "a-z, 0-9");
    row("an enum value with an at sign", schemaWith(enumOf(R"(["a@b"])")), "a-z, 0-9");
    row("an enum value that climbs", schemaWith(enumOf(R"(["../x"])")), "a-z, 0-9");
    row("an empty enum value", schemaWith(enumOf(R"([""])")), "a-z, 0-9");
    row("an enum value twice", schemaWith(enumOf(R"(["a", "a"])")), "twice");
    row("an enum with a range",
        schemaWith(R"({"key": "e", "kind": "enum", "family": "ratio", "values": ["a"], "min": 0})"),
        "\"min\"");
    row("a source that is a number", schemaWith(number("source")), "enum");
    row("an industry that is a number", schemaWith(number("industry_key")), "enum");
    row("a rule of windows that is a number", schemaWith(number("window_rule")), "enum");
    row("a unit in Markdown", schemaWith(number("a", R"("min": 0, "max": 1, "unit": "|<b>")")), "unit");
}

void tst_Schema::a_text_is_refused_and_the_reason_named()
{
    QFETCH(QString, json);
    QFETCH(QString, reason);
    const auto schema = Schema::parse(json.toStdString(), "where.json");
    QVERIFY(!schema);
    QCOMPARE(schema.error().code, ErrorCode::Usage);
    const QString message = QString::fromStdString(schema.error().message);
    QVERIFY2(message.contains(reason), qPrintable(message));
    QVERIFY2(message.startsWith(QStringLiteral("where.json: ")), qPrintable(message));
}

/// Rows, names of splits and the card are made of a schema's strings: nothing leaves by them either.
void tst_Schema::what_the_guard_strikes_is_refused_by_place_and_not_repeated_data()
{
    QTest::addColumn<QString>("json");
    QTest::addColumn<QString>("reason");
    QTest::addColumn<QString>("secret");
    const auto row = [](const char* name, const std::string& json, const char* reason, const char* secret) {
        QTest::newRow(name) << QString::fromStdString(json) << QString::fromUtf8(reason)
                            << QString::fromUtf8(secret);
    };
    const auto named = [](const std::string& name, const std::string& version) {
        return R"({"name": ")" + name + R"(", "version": ")" + version + R"(", "features": [)" + number("a")
            + "]}";
    };
    row("a unit",
        schemaWith(number("a") + "," + number("b", R"("min": 0, "max": 1, "unit": "(212) 555-0142")")),
        "feature 2, \"b\", has what looks like a phone number (phone) in its unit", "555");
    row("an enum value", schemaWith(enumOf(R"(["x", "call_212_555_0142"])")),
        "feature 1, \"e\", has what looks like a phone number (phone) as value 2", "555");
    row("an enum value that is an address", schemaWith(enumOf(R"(["at_12_example_street"])")), "(address)",
        "example");
    row("a key", schemaWith(number("a") + "," + number("call_212_555_0142")),
        "feature 2, \"xxxx_999_999_9999\", has what looks like a phone number (phone) in its key", "555");
    row("a key that is no key either", schemaWith(number("sam@example.com")),
        "feature 1, \"xxx@xxxxxxx.xxx\", has a key that is not", "example");
    row("a key of a feature without a kind", schemaWith(R"({"key": "sam@example.com"})"), "lacks \"kind\"",
        "example");
    row("an enum value that is none", schemaWith(enumOf(R"(["+1 (212) 555-0142"])")),
        "lists the value \"+9 (999) 999-9999\"", "555");
    row("a token", schemaWith(enumOf(R"(["hf_abcdefghijklmnopqrst"])")), "(unexpected_string)", "abcdef");
    row("an unknown kind", schemaWith(R"({"key": "a", "kind": "sam@example.com", "family": "ratio"})"),
        "enum, integer, number", "example");
    row("an unknown member", schemaWith(number("a", R"("min": 0, "max": 1, "212-555-0142": 0)")),
        "has the unknown key", "555");
    row("a double member", R"({"212-555-0142": 1, "212-555-0142": 2})", "stands twice", "555");
    row("the name", named("call.212.555.0142", "v1"), "its name holds what looks like a phone number (phone)",
        "555");
    row("the version", named("s", "v1-2125550142"),
        "its version holds what looks like a phone number (phone)", "555");
}

void tst_Schema::what_the_guard_strikes_is_refused_by_place_and_not_repeated()
{
    QFETCH(QString, json);
    QFETCH(QString, reason);
    QFETCH(QString, secret);
    const auto schema = Schema::parse(json.toStdString(), "where.json");
    QVERIFY(!schema);
    QCOMPARE(schema.error().code, ErrorCode::Usage);
    const QString message = QString::fromStdString(schema.error().message);
    QVERIFY2(message.contains(reason), qPrintable(message));
    QVERIFY2(!message.contains(secret), qPrintable(message));
}

void tst_Schema::a_key_with_a_blocked_prefix_is_refused_by_name_data()
{
    QTest::addColumn<QString>("key");
    for (const std::string_view prefix : blockedPrefixes()) {
        const std::string key = std::string(prefix) + "x";
        QTest::newRow(key.c_str()) << QString::fromStdString(key);
    }
}

void tst_Schema::a_key_with_a_blocked_prefix_is_refused_by_name()
{
    QFETCH(QString, key);
    const auto schema = Schema::parse(schemaWith(number(key.toStdString())), "test");
    QVERIFY(!schema);
    QVERIFY(schema.error().message.find(key.toStdString()) != std::string::npos);
    QVERIFY(schema.error().message.find("blocked prefix") != std::string::npos);
    // The prefix is what counts: the same word elsewhere in a key is no reason.
    QVERIFY(Schema::parse(schemaWith(number("x_" + key.toStdString())), "test"));
}

void tst_Schema::bounds_that_are_no_numbers_are_refused()
{
    const double infinite = std::numeric_limits<double>::infinity();
    QVERIFY(!Schema::make("s", "v", {numberFeature("a", 0, infinite)}, "test"));
    QVERIFY(!Schema::make("s", "v", {numberFeature("a", -infinite, 0)}, "test"));
    QVERIFY(!Schema::make("s", "v", {numberFeature("a", std::nan(""), 0)}, "test"));
}

void tst_Schema::a_thousand_features_pass_and_one_more_does_not()
{
    std::vector<Feature> features;
    for (int place = 0; place < 1000; ++place) {
        features.push_back(numberFeature("f" + std::to_string(place), 0, 1));
    }
    QVERIFY(Schema::make("s", "v", features, "test"));
    features.push_back(numberFeature("last", 0, 1));
    QVERIFY(!Schema::make("s", "v", features, "test"));
}

void tst_Schema::two_hundred_and_fifty_values_pass_and_one_more_does_not()
{
    std::string values;
    for (int value = 0; value < 250; ++value) {
        values += (value == 0 ? "[\"v" : ", \"v") + std::to_string(value) + '"';
    }
    QVERIFY(Schema::parse(schemaWith(enumOf(values + "]")), "test"));
    const auto more = Schema::parse(schemaWith(enumOf(values + ", \"last\"]")), "test");
    QVERIFY(!more);
    QVERIFY(more.error().message.find("250 values") != std::string::npos);
}

void tst_Schema::values_and_a_range_do_not_go_together()
{
    Feature both = numberFeature("a", 0, 1);
    both.values = {"x"};
    QVERIFY(!Schema::make("s", "v", {both}, "test"));
}

void tst_Schema::a_file_that_is_not_there_is_an_io_error()
{
    QTemporaryDir dir;
    const auto schema = Schema::load(dir.filePath(QStringLiteral("none.json")).toStdString());
    QVERIFY(!schema);
    QCOMPARE(schema.error().code, ErrorCode::Io);
}

void tst_Schema::a_refusal_names_the_file()
{
    QTemporaryDir dir;
    const std::string path = dir.filePath(QStringLiteral("bad.json")).toStdString();
    QVERIFY(writeFileAtomically(path, "{}"));
    const auto schema = Schema::load(path);
    QVERIFY(!schema);
    QCOMPARE(schema.error().code, ErrorCode::Usage);
    QCOMPARE(schema.error().where, path);
}

void tst_Schema::a_file_of_more_than_four_mebibytes_is_no_schema()
{
    QTemporaryDir dir;
    const std::string path = dir.filePath(QStringLiteral("large.json")).toStdString();
    const std::string text = schemaWith(number("a"));
    QVERIFY(writeFileAtomically(path, text + std::string((4U << 20) - text.size(), ' ')));
    QVERIFY(Schema::load(path));
    QVERIFY(writeFileAtomically(path, text + std::string((4U << 20) - text.size() + 1, ' ')));
    const auto larger = Schema::load(path);
    QVERIFY(!larger);
    QCOMPARE(larger.error().code, ErrorCode::Io);
}

void tst_Schema::every_name_of_a_kind_and_family_reads_back()
{
    for (const FeatureKind kind : {FeatureKind::Enum, FeatureKind::Integer, FeatureKind::Number}) {
        QCOMPARE(kindFromName(kindName(kind)).value(), kind);
    }
    for (std::size_t place = 0; place < FamilyCount; ++place) {
        const Family family = static_cast<Family>(place);
        QCOMPARE(familyFromName(familyName(family)).value(), family);
    }
    QVERIFY(!kindFromName("Enum"));
    QVERIFY(!familyFromName(""));
}

QTEST_GUILESS_MAIN(tst_Schema)
#include "tst_schema.moc"
