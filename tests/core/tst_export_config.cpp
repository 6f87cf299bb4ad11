// SPDX-License-Identifier: Apache-2.0
/// Option over environment over env file over default; never a silent default (contract, section 2).
#include "core/config/export_config.h"

#include <QString>
#include <QtTest>

using namespace workbench;

namespace {

using Values = std::map<std::string, std::string>;

Environment environmentOf(Values values)
{
    return [values = std::move(values)](const char* name) -> std::optional<std::string> {
        const auto found = values.find(name);
        return found == values.end() ? std::nullopt : std::optional(found->second);
    };
}

} // namespace

class tst_ExportConfig : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void the_defaults_are_those_of_the_contract();
    void the_stronger_place_wins_data();
    void the_stronger_place_wins();
    void a_bad_value_that_is_overridden_does_no_harm();
    void booleans_are_read_data();
    void booleans_are_read();
    void a_value_is_refused_with_key_value_and_choices_data();
    void a_value_is_refused_with_key_value_and_choices();
    void an_option_is_refused_under_its_own_name();
    void a_repository_is_owner_and_name_data();
    void a_repository_is_owner_and_name();
    void a_token_is_not_looked_at();
    void counts_are_whole_and_positive();
};

void tst_ExportConfig::the_defaults_are_those_of_the_contract()
{
    const auto config = resolveConfig({}, environmentOf({}), {});
    QVERIFY(config);
    QCOMPARE(config->repo.value, "2ndmynd/signals_v1_private");
    QCOMPARE(config->isPrivate.value, true);
    QCOMPARE(config->pushEnabled.value, false);
    QCOMPARE(config->maxRows.value, 50000U);
    QCOMPARE(config->split.value, SplitStrategy::BySourceIndustry);
    QCOMPARE(config->outDir.value, "runs/hf_export");
    QCOMPARE(config->maxRows.origin, Origin::Default);
}

void tst_ExportConfig::the_stronger_place_wins_data()
{
    QTest::addColumn<QString>("option");
    QTest::addColumn<QString>("environment");
    QTest::addColumn<QString>("envFile");
    QTest::addColumn<quint64>("rows");
    QTest::addColumn<QString>("origin");
    const auto row
        = [](const char* option, const char* environment, const char* file, quint64 rows, const char* from) {
              QTest::addRow("%s/%s/%s", option, environment, file)
                  << QString::fromLatin1(option) << QString::fromLatin1(environment)
                  << QString::fromLatin1(file) << rows << QString::fromLatin1(from);
          };
    row("1", "2", "3", 1, "option");
    row("1", "", "3", 1, "option");
    row("1", "", "", 1, "option");
    row("", "2", "3", 2, "environment");
    row("", "2", "", 2, "environment");
    row("", "", "3", 3, "env file");
    row("", "", "", 50000, "default");
}

void tst_ExportConfig::the_stronger_place_wins()
{
    QFETCH(QString, option);
    QFETCH(QString, environment);
    QFETCH(QString, envFile);
    QFETCH(quint64, rows);
    QFETCH(QString, origin);
    ConfigOptions options;
    if (!option.isEmpty()) {
        options.maxRows = option.toStdString();
    }
    const auto valuesOf = [](const QString& text) {
        return text.isEmpty() ? Values {} : Values {{"HF_EXPORT_MAX_ROWS", text.toStdString()}};
    };
    const auto config = resolveConfig(options, environmentOf(valuesOf(environment)), valuesOf(envFile));
    QVERIFY(config);
    QCOMPARE(config->maxRows.value, rows);
    QCOMPARE(std::string(originName(config->maxRows.origin)), origin.toStdString());
}

void tst_ExportConfig::a_bad_value_that_is_overridden_does_no_harm()
{
    const Values bad {{"HF_EXPORT_MAX_ROWS", "many"}, {"HF_EXPORT_SPLIT_STRATEGY", "by_moon"}};
    ConfigOptions options;
    options.maxRows = "7";
    const auto config = resolveConfig(options, environmentOf({{"HF_EXPORT_SPLIT_STRATEGY", "none"}}), bad);
    QVERIFY(config);
    QCOMPARE(config->maxRows.value, 7U);
    QCOMPARE(config->split.value, SplitStrategy::None);
}

void tst_ExportConfig::booleans_are_read_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("value");
    for (const char* yes : {"true", "TRUE", "True", "1", "yes", "YES", "on"}) {
        QTest::newRow(yes) << QString::fromLatin1(yes) << true;
    }
    for (const char* no : {"false", "FALSE", "False", "0", "no", "No", "off"}) {
        QTest::newRow(no) << QString::fromLatin1(no) << false;
    }
}

void tst_ExportConfig::booleans_are_read()
{
    QFETCH(QString, text);
    QFETCH(bool, value);
    const auto config = resolveConfig({},
        environmentOf(
            {{"HF_DATASET_PRIVATE", text.toStdString()}, {"HF_EXPORT_ENABLED", text.toStdString()}}),
        {});
    QVERIFY(config);
    QCOMPARE(config->isPrivate.value, value);
    QCOMPARE(config->pushEnabled.value, value);
}

void tst_ExportConfig::a_value_is_refused_with_key_value_and_choices_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("allowed");
    const auto row = [](const char* key, const char* value, const char* allowed) {
        QTest::addRow("%s=%s", key, value)
            << QString::fromLatin1(key) << QString::fromLatin1(value) << QString::fromLatin1(allowed);
    };
    for (const char* value : {"", "maybe", "2", "truee", " true", "t"}) {
        row("HF_DATASET_PRIVATE", value, "true, false");
        row("HF_EXPORT_ENABLED", value, "true, false");
    }
    for (const char* value : {"", "abc", "0", "-1", "+1", "1.5", "1e3", "50 000", "50,000", "0x10", " 1",
             "1 ", "18446744073709551616"}) {
        row("HF_EXPORT_MAX_ROWS", value, "a whole number, at least 1");
    }
    for (const char* value : {"", "by_moon", "None", "by_source,by_industry"}) {
        row("HF_EXPORT_SPLIT_STRATEGY", value, "none, by_source, by_industry, by_source_industry");
    }
    row("HF_EXPORT_OUT_DIR", "", "folder");
    row("HF_DATASET_REPO", "", "OWNER/NAME");
}

void tst_ExportConfig::a_value_is_refused_with_key_value_and_choices()
{
    QFETCH(QString, key);
    QFETCH(QString, value);
    QFETCH(QString, allowed);
    const Values values {{key.toStdString(), value.toStdString()}};
    for (const auto& config :
        {resolveConfig({}, environmentOf(values), {}), resolveConfig({}, environmentOf({}), values)}) {
        QVERIFY(!config);
        QCOMPARE(config.error().code, ErrorCode::Usage);
        const QString message = QString::fromStdString(config.error().message);
        QVERIFY2(
            message.startsWith(key + QStringLiteral(": \"") + value + QLatin1Char('"')), qPrintable(message));
        QVERIFY2(message.contains(allowed), qPrintable(message));
        QCOMPARE(QString::fromStdString(config.error().where), key);
    }
}

void tst_ExportConfig::an_option_is_refused_under_its_own_name()
{
    ConfigOptions options;
    options.split = "by_moon";
    const auto config = resolveConfig(options, environmentOf({{"HF_EXPORT_SPLIT_STRATEGY", "none"}}), {});
    QVERIFY(!config);
    QCOMPARE(config.error().where, "--split");
}

void tst_ExportConfig::a_repository_is_owner_and_name_data()
{
    QTest::addColumn<QString>("repo");
    QTest::addColumn<bool>("allowed");
    const auto row = [](const QString& repo, bool allowed) {
        QTest::addRow("%s", qPrintable(repo.left(40))) << repo << allowed;
    };
    for (const char* repo : {"2ndmynd/signals_v1_private", "a/b", "A.b/c-d_e"}) {
        row(QString::fromLatin1(repo), true);
    }
    for (const char* repo : {"signals", "a/b/c", "/b", "a/", "a b/c", "a/b--c", "a/b..c", "-a/b", "a/b.",
             "a/b.git", "../b", "a/b?x", "https://huggingface.co/a/b"}) {
        row(QString::fromLatin1(repo), false);
    }
    row(QStringLiteral("a/") + QString(96, QLatin1Char('n')), true);
    row(QStringLiteral("a/") + QString(97, QLatin1Char('n')), false);
}

void tst_ExportConfig::a_repository_is_owner_and_name()
{
    QFETCH(QString, repo);
    QFETCH(bool, allowed);
    ConfigOptions options;
    options.repo = repo.toStdString();
    QCOMPARE(bool(resolveConfig(options, environmentOf({}), {})), allowed);
}

void tst_ExportConfig::a_token_is_not_looked_at()
{
    // Whatever it holds: nothing here reads it, so no message here can show it.
    const Values token {{"HF_TOKEN", "hf_\nsecret\x01"}};
    QVERIFY(resolveConfig({}, environmentOf(token), token));
}

void tst_ExportConfig::counts_are_whole_and_positive()
{
    QCOMPARE(*parseCount("1", "n"), 1U);
    QCOMPARE(*parseCount("007", "n"), 7U);
    QCOMPARE(*parseCount("18446744073709551615", "n"), std::numeric_limits<std::uint64_t>::max());
    const auto none = parseCount("", "--threads");
    QVERIFY(!none);
    QVERIFY(none.error().message.find("--threads") == 0);
}

QTEST_GUILESS_MAIN(tst_ExportConfig)
#include "tst_export_config.moc"
