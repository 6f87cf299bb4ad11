// SPDX-License-Identifier: Apache-2.0
/// What changed between two schemas, and where a baseline can be read from.
#include "core/base/file.h"
#include "core/schema/builtin_schemas.h"
#include "core/schema/schema_diff.h"
#include "core/schema/schema_reference.h"

#include <algorithm>
#include <iterator>
#include <set>

#include <QFile>
#include <QString>
#include <QTemporaryDir>
#include <QtTest>

using namespace workbench;

namespace {

/// One feature a letter: "a b c". A letter in capitals has another range.
SchemaPtr drawn(const QString& letters, const std::string& version = "v1")
{
    std::vector<Feature> features;
    for (const QString& letter : letters.split(QLatin1Char(' '))) {
        Feature feature;
        feature.key = letter.toLower().toStdString();
        feature.max = letter == letter.toLower() ? 1 : 2;
        features.push_back(feature);
    }
    const auto schema = Schema::make("drawn", version, std::move(features), "test");
    return schema ? *schema : nullptr;
}

/// The side-by-side view as text: "=a -b +c ~d" (moved) "!e" (changed) "~!f" (both).
QString picture(const SchemaDiff& diff)
{
    QStringList out;
    for (const FeatureDiff& line : diff.features) {
        QString mark;
        switch (line.change) {
        case FeatureChange::Same:
            mark = QStringLiteral("=");
            break;
        case FeatureChange::Added:
            mark = QStringLiteral("+");
            break;
        case FeatureChange::Removed:
            mark = QStringLiteral("-");
            break;
        case FeatureChange::Moved:
            mark = line.attributesChanged ? QStringLiteral("~!") : QStringLiteral("~");
            break;
        case FeatureChange::Changed:
            mark = QStringLiteral("!");
            break;
        }
        const Feature& feature
            = line.after ? diff.after->features()[*line.after] : diff.before->features()[line.before.value()];
        out += mark + QString::fromStdString(feature.key);
    }
    return out.join(QLatin1Char(' '));
}

std::string info(const std::string& rest, const std::string& keys = R"(["a", "b"])")
{
    return R"({"schema_version": "v1", "feature_keys": )" + keys + rest + "}";
}

} // namespace

class tst_SchemaDiff : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void features_are_marked_side_by_side_data();
    void features_are_marked_side_by_side();
    void counts_and_places_agree_with_the_marks();
    void the_same_schema_fits();
    void another_range_is_the_third_verdict();
    void what_a_row_may_hold_is_what_is_compared_data();
    void what_a_row_may_hold_is_what_is_compared();
    void another_order_does_not_fit();
    void columns_added_behind_are_not_read_wrongly();
    void ranges_are_not_compared_with_a_baseline_of_keys();
    void every_change_has_a_name();

    void a_shipped_name_is_a_reference();
    void a_schema_file_is_a_reference();
    void a_bundle_folder_and_its_info_are_references();
    void an_info_with_a_known_fingerprint_tells_ranges();
    void an_info_with_its_own_features_tells_ranges();
    void an_info_of_keys_alone_does_not_tell_ranges();
    void an_info_whose_keys_were_sorted_is_the_shipped_schema_that_its_hash_names();
    void an_info_is_refused_data();
    void an_info_is_refused();
    void what_is_not_there_is_an_io_error();
};

void tst_SchemaDiff::features_are_marked_side_by_side_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* name, const char* before, const char* after, const char* expected) {
        QTest::newRow(name) << QString::fromLatin1(before) << QString::fromLatin1(after)
                            << QString::fromLatin1(expected);
    };
    row("nothing changed", "a b c", "a b c", "=a =b =c");
    row("added in front moves nothing", "a b c", "x a b c", "+x =a =b =c");
    row("added in the middle", "a b c", "a x b c", "=a +x =b =c");
    row("removed stands where it stood", "a b c", "a c", "=a -b =c");
    row("removed in front", "a b c", "b c", "-a =b =c");
    row("removed at the end", "a b c", "a b", "=a =b -c");
    row("replaced", "a b c", "a x c", "=a -b +x =c");
    row("one moved to the front", "a b c d", "d a b c", "~d =a =b =c");
    row("one moved to the end", "a b c d", "b c d a", "=b =c =d ~a");
    row("removed behind one that moved", "a m r b c", "a b c m", "=a -r =b =c ~m");
    row("all four", "a b c d e", "a C d x b", "=a !c =d -e +x ~b");
    row("moved and changed", "a b c", "C a b", "~!c =a =b");
    row("nothing in common", "a b", "x y", "-a -b +x +y");
}

void tst_SchemaDiff::features_are_marked_side_by_side()
{
    QFETCH(QString, before);
    QFETCH(QString, after);
    QFETCH(QString, expected);
    QCOMPARE(picture(diffSchemas(drawn(before), drawn(after))), expected);
}

void tst_SchemaDiff::counts_and_places_agree_with_the_marks()
{
    const SchemaDiff diff
        = diffSchemas(drawn(QStringLiteral("a b c d e")), drawn(QStringLiteral("x a E b c")));
    // a, b, c keep their order; e moved and changed; d went; x came.
    QCOMPARE(diff.added, 1U);
    QCOMPARE(diff.removed, 1U);
    QCOMPARE(diff.moved, 1U);
    QCOMPARE(diff.changed, 1U);
    QCOMPARE(diff.features.size(), 6U);
    for (const FeatureDiff& line : diff.features) {
        QCOMPARE(line.before.has_value(), line.change != FeatureChange::Added);
        QCOMPARE(line.after.has_value(), line.change != FeatureChange::Removed);
        if (line.before && line.after) {
            QCOMPARE(diff.before->features()[*line.before].key, diff.after->features()[*line.after].key);
        }
    }
    QCOMPARE(diff.firstWrongPosition.value(), 0U);
}

void tst_SchemaDiff::the_same_schema_fits()
{
    const SchemaDiff diff = diffSchemas(defaultSchema(), defaultSchema());
    QCOMPARE(diff.fit, ModelFit::Identical);
    QVERIFY(!diff.firstWrongPosition);
    QCOMPARE(diff.added + diff.removed + diff.moved + diff.changed, 0U);
}

void tst_SchemaDiff::another_range_is_the_third_verdict()
{
    const SchemaDiff diff = diffSchemas(drawn(QStringLiteral("a b")), drawn(QStringLiteral("a B")));
    QCOMPARE(diff.fit, ModelFit::OtherRanges);
    QCOMPARE(diff.changed, 1U);
    QVERIFY(!diff.firstWrongPosition);
}

void tst_SchemaDiff::what_a_row_may_hold_is_what_is_compared_data()
{
    QTest::addColumn<QString>("after");
    QTest::addColumn<bool>("changes");
    const auto row = [](const char* name, const char* feature, bool changes) {
        QTest::newRow(name) << QString::fromLatin1(feature) << changes;
    };
    row("nothing", R"("kind":"enum","family":"context","values":["a","b"])", false);
    row("another value", R"("kind":"enum","family":"context","values":["a","c"])", true);
    row("another order of values", R"("kind":"enum","family":"context","values":["b","a"])", true);
    row("one value less", R"("kind":"enum","family":"context","values":["a"])", true);
    row("another kind", R"("kind":"number","family":"context","min":0,"max":1)", true);
    row("another family", R"("kind":"enum","family":"volume","values":["a","b"])", false);
}
void tst_SchemaDiff::what_a_row_may_hold_is_what_is_compared()
{
    QFETCH(QString, after);
    QFETCH(bool, changes);
    const auto schema = [](const std::string& feature) {
        const auto read = Schema::parse(
            R"({"name":"s","version":"v1","features":[{"key":"e",)" + feature + "}]}", "test");
        return read ? *read : nullptr;
    };
    const SchemaPtr before = schema(R"("kind":"enum","family":"context","values":["a","b"])");
    const SchemaPtr now = schema(after.toStdString());
    QVERIFY(before && now);
    const SchemaDiff diff = diffSchemas(before, now);
    QCOMPARE(diff.changed, changes ? 1U : 0U);
    QVERIFY(!changes || diff.fit == ModelFit::OtherRanges);
    // The lowest of a range as well as the highest, and whether it is whole.
    const auto range = [&](const char* kind, const char* from) {
        return schema(
            R"("kind":")" + std::string(kind) + R"(","family":"ratio","min":)" + from + R"(,"max":1)");
    };
    QCOMPARE(diffSchemas(range("number", "0"), range("number", "-1")).changed, 1U);
    QCOMPARE(diffSchemas(range("number", "0"), range("integer", "0")).changed, 1U);
    QCOMPARE(diffSchemas(range("number", "0"), range("number", "0")).changed, 0U);
}

void tst_SchemaDiff::another_order_does_not_fit()
{
    const SchemaDiff diff = diffSchemas(drawn(QStringLiteral("a b c")), drawn(QStringLiteral("a c b")));
    QCOMPARE(diff.fit, ModelFit::DoesNotFit);
    QCOMPARE(diff.firstWrongPosition.value(), 1U);
    QCOMPARE(diff.moved, 1U);
    const SchemaDiff version
        = diffSchemas(drawn(QStringLiteral("a b"), "v1"), drawn(QStringLiteral("a b"), "v2"));
    QCOMPARE(version.fit, ModelFit::DoesNotFit);
    QVERIFY(!version.firstWrongPosition);
}

void tst_SchemaDiff::columns_added_behind_are_not_read_wrongly()
{
    const SchemaDiff longer = diffSchemas(builtinSchema("signals_v1_core48"), defaultSchema());
    QCOMPARE(longer.fit, ModelFit::DoesNotFit);
    QCOMPARE(longer.added, 22U);
    QVERIFY(!longer.firstWrongPosition);
    const SchemaDiff shorter = diffSchemas(defaultSchema(), builtinSchema("signals_v1_core48"));
    QCOMPARE(shorter.removed, 22U);
    QCOMPARE(shorter.firstWrongPosition.value(), 48U);
}

void tst_SchemaDiff::ranges_are_not_compared_with_a_baseline_of_keys()
{
    const SchemaDiff diff = diffSchemas(drawn(QStringLiteral("a b")), drawn(QStringLiteral("a B")), false);
    QVERIFY(!diff.attributesKnown);
    QCOMPARE(diff.changed, 0U);
    QCOMPARE(diff.fit, ModelFit::Identical);
}

void tst_SchemaDiff::every_change_has_a_name()
{
    QCOMPARE(std::string(changeName(FeatureChange::Same)), std::string("same"));
    QCOMPARE(std::string(changeName(FeatureChange::Added)), std::string("added"));
    QCOMPARE(std::string(changeName(FeatureChange::Removed)), std::string("removed"));
    QCOMPARE(std::string(changeName(FeatureChange::Moved)), std::string("moved"));
    QCOMPARE(std::string(changeName(FeatureChange::Changed)), std::string("changed"));
}

void tst_SchemaDiff::a_shipped_name_is_a_reference()
{
    const auto reference = loadSchemaReference("signals_v1_core48");
    QVERIFY(reference);
    QCOMPARE(reference->schema->hash(), std::string("3e09b767"));
    QVERIFY(reference->attributesKnown);
}

void tst_SchemaDiff::a_schema_file_is_a_reference()
{
    QTemporaryDir dir;
    const std::string path = dir.filePath(QStringLiteral("schema.json")).toStdString();
    QVERIFY(writeFileAtomically(path, drawn(QStringLiteral("a b"))->toJson()));
    const auto reference = loadSchemaReference(path);
    QVERIFY(reference);
    QCOMPARE(reference->schema->fingerprint(), drawn(QStringLiteral("a b"))->fingerprint());
}

void tst_SchemaDiff::a_bundle_folder_and_its_info_are_references()
{
    QTemporaryDir dir;
    const std::string path = dir.filePath(QStringLiteral("dataset_info.json")).toStdString();
    QVERIFY(
        writeFileAtomically(path, info(R"(, "generated_at": "2026-11-08T10:00:00Z", "total_rows": 1098)")));
    for (const std::string& reference : {dir.path().toStdString(), path}) {
        const auto found = loadSchemaReference(reference);
        QVERIFY(found);
        QCOMPARE(found->schema->features().size(), 2U);
        QCOMPARE(found->description, std::string("bundle of 8 Nov 2026, 1,098 rows"));
        QCOMPARE(found->totalRows, 1098U);
    }
}

void tst_SchemaDiff::an_info_with_a_known_fingerprint_tells_ranges()
{
    const SchemaPtr core = builtinSchema("signals_v1_core48");
    std::string keys;
    for (const Feature& feature : core->features()) {
        keys += (keys.empty() ? "[\"" : ", \"") + feature.key + '"';
    }
    const std::string text
        = R"({"schema_version": "signals_v1", "schema_hash": "3e09b767", "schema_fingerprint": ")"
        + core->fingerprint() + R"(", "feature_keys": )" + keys + "]}";
    const auto found = schemaFromDatasetInfo(text, "info");
    QVERIFY(found);
    QVERIFY(found->attributesKnown);
    QCOMPARE(found->schema->fingerprint(), core->fingerprint());
}

void tst_SchemaDiff::an_info_with_its_own_features_tells_ranges()
{
    const std::string list = R"(, "features": [)"
                             R"({"key": "a", "kind": "number", "family": "ratio", "min": 0, "max": 1},)"
                             R"({"key": "b", "kind": "number", "family": "ratio", "min": 0, "max": 2}])";
    const auto found = schemaFromDatasetInfo(info(list), "info");
    QVERIFY(found);
    QVERIFY(found->attributesKnown);
    QCOMPARE(found->schema->features()[1].max, 2.0);
    const auto other = schemaFromDatasetInfo(info(list, R"(["b", "a"])"), "info");
    QVERIFY(!other);
}

void tst_SchemaDiff::an_info_of_keys_alone_does_not_tell_ranges()
{
    const auto found = schemaFromDatasetInfo(info("", R"(["source", "a"])"), "info");
    QVERIFY(found);
    QVERIFY(!found->attributesKnown);
    QCOMPARE(found->schema->features()[0].kind, FeatureKind::Enum);
}

void tst_SchemaDiff::an_info_whose_keys_were_sorted_is_the_shipped_schema_that_its_hash_names()
{
    const SchemaPtr core48 = builtinSchema("signals_v1_core48");
    std::set<std::string> sorted;
    std::ranges::transform(core48->features(), std::inserter(sorted, sorted.end()), &Feature::key);
    std::string keys;
    for (const std::string& key : sorted) {
        keys += (keys.empty() ? "[\"" : ", \"") + key + '"';
    }
    const std::string stated = R"({"schema_version": ")" + core48->version() + R"(", "feature_keys": )" + keys
        + R"(], "schema_hash": ")";
    const auto found = schemaFromDatasetInfo(stated + core48->hash() + "\"}", "info");
    QVERIFY(found);
    QCOMPARE(found->schema->hash(), core48->hash());
    QVERIFY(!found->attributesKnown);
    QVERIFY(!schemaFromDatasetInfo(stated + "00000000\"}", "info"));
}

void tst_SchemaDiff::an_info_is_refused_data()
{
    QTest::addColumn<QString>("json");
    const auto row = [](const char* name, const std::string& json) {
        QTest::newRow(name) << QString::fromStdString(json);
    };
    row("not JSON", "{");
    row("a list", "[]");
    row("no keys", R"({"schema_version": "v1"})");
    row("no version", R"({"feature_keys": ["a"]})");
    row("a key that is a number", info("", "[1]"));
    row("a key twice", info("", R"(["a", "a"])"));
    row("a blocked key", info("", R"(["rag_text"])"));
    row("another hash", info(R"(, "schema_hash": "00000000")"));
    row("features that are none", info(R"(, "features": 7)"));
}

void tst_SchemaDiff::an_info_is_refused()
{
    QFETCH(QString, json);
    const auto found = schemaFromDatasetInfo(json.toStdString(), "info");
    QVERIFY(!found);
    QCOMPARE(found.error().code, ErrorCode::Usage);
}

void tst_SchemaDiff::what_is_not_there_is_an_io_error()
{
    QTemporaryDir dir;
    const auto none = loadSchemaReference(dir.filePath(QStringLiteral("none")).toStdString());
    QVERIFY(!none);
    QCOMPARE(none.error().code, ErrorCode::Io);
    const auto folder = loadSchemaReference(dir.path().toStdString()); // a folder without a bundle
    QVERIFY(!folder);
    QCOMPARE(folder.error().code, ErrorCode::Io);
    const auto nothing = loadSchemaReference("");
    QVERIFY(!nothing);
    QCOMPARE(nothing.error().code, ErrorCode::Usage);
    QFile file(dir.filePath(QStringLiteral("schema.json")));
    for (const char* text : {"{", R"({"name":"s","version":"v1","features":[]})"}) {
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) > 0);
        file.close();
        const auto broken = loadSchemaReference(file.fileName().toStdString());
        QVERIFY(!broken);
        QCOMPARE(broken.error().code, ErrorCode::Usage);
    }
    const auto hub = loadSchemaReference("hub:2ndmynd/signals_v1_private");
    QVERIFY(!hub);
    QCOMPARE(hub.error().code, ErrorCode::Usage);
}

QTEST_GUILESS_MAIN(tst_SchemaDiff)
#include "tst_schema_diff.moc"
