// SPDX-License-Identifier: Apache-2.0
/// The env file, read as dotenv tools read it (contract, section 2).
#include "core/base/file.h"
#include "core/config/export_config.h"

#include <QDir>
#include <QString>
#include <QTemporaryDir>
#include <QtTest>

using namespace workbench;

class tst_EnvFile : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_line_says_data();
    void a_line_says();
    void the_sample_of_the_document_reads_as_meant();
    void lines_that_say_nothing_are_passed_over();
    void the_last_of_a_key_counts();
    void a_line_is_refused_with_its_number_data();
    void a_line_is_refused_with_its_number();
    void a_refusal_never_quotes_the_line();
    void a_file_that_is_not_there_is_empty_unless_it_was_asked_for();
    void a_folder_of_that_name_is_not_an_env_file();
    void a_file_is_read();
};

void tst_EnvFile::a_line_says_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("value");
    const auto row = [](const char* name, const char* text, const char* value) {
        QTest::newRow(name) << QByteArray(text) << QByteArray(value);
    };
    row("plain", "K=value", "value");
    row("blanks around", "  K \t=  value \t", "value");
    row("export", "export K=value", "value");
    row("export with tabs", "\texport\t K=value", "value");
    row("a trailing comment", "K=value   # why", "value");
    row("a comment behind a tab", "K=value\t# why", "value");
    row("a hash inside a value", "K=a#b", "a#b");
    row("a comment instead of a value", "K= # why", "");
    row("nothing", "K=", "");
    row("an equals sign in the value", "K=a=b==", "a=b==");
    row("inner blanks", "K=a b  c", "a b  c");
    row("CRLF", "K=value\r\n", "value");
    row("a BOM", "\xEF\xBB\xBFK=value", "value");
    row("double quotes", "K=\"a # b\"", "a # b");
    row("double quotes and a comment", "K=\"a\" # b", "a");
    row("double quotes keep blanks", "K=\"  a  \"", "  a  ");
    row("escapes in double quotes", R"(K="a\nb\t\"c\"\\d")", "a\nb\t\"c\"\\d");
    row("other escapes stay", R"(K="a\db")", R"(a\db)");
    row("single quotes are literal", R"(K='a\n"b" # c')", R"(a\n"b" # c)");
    row("back quotes are literal", "K=`it's \"so\"`", "it's \"so\"");
    row("over two lines", "K=\"a\nb\"\n", "a\nb");
    row("over two lines with CRLF", "K='a\r\nb'\r\n", "a\nb");
    row("a variable is not expanded", "K=$HOME", "$HOME");
    row("a command is not run", "K=$(id)", "$(id)");
    row("nor in double quotes", "K=\"${HOME} $(id)\"", "${HOME} $(id)");
    row("an empty pair of quotes", "K=\"\"", "");
    row("a quote inside", "K=it's", "it's");
    row("not ASCII", "K=caf\xC3\xA9", "caf\xC3\xA9");
}

void tst_EnvFile::a_line_says()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, value);
    const auto entries = parseEnvFile(text.toStdString(), ".env");
    QVERIFY2(entries, entries ? "" : entries.error().message.c_str());
    QCOMPARE(entries->size(), 1U);
    QCOMPARE(QByteArray::fromStdString(entries->at("K")), value);
}

void tst_EnvFile::the_sample_of_the_document_reads_as_meant()
{
    const auto entries
        = parseEnvFile("# Hugging Face Export\n"
                       "HF_TOKEN=hf_...                                  # HF API token\n"
                       "HF_DATASET_REPO=2ndmynd/signals_v1_private       # Target repo\n"
                       "HF_DATASET_PRIVATE=true                          # Keep dataset private\n"
                       "HF_EXPORT_ENABLED=false                          # Enable/disable export\n"
                       "HF_EXPORT_MAX_ROWS=50000                         # Row limit\n"
                       "HF_EXPORT_SPLIT_STRATEGY=by_source_industry      # Split strategy\n"
                       "HF_EXPORT_OUT_DIR=runs/hf_export                 # Local output directory\n",
            ".env");
    QVERIFY(entries);
    const std::map<std::string, std::string> expected {{"HF_TOKEN", "hf_..."},
        {"HF_DATASET_REPO", "2ndmynd/signals_v1_private"}, {"HF_DATASET_PRIVATE", "true"},
        {"HF_EXPORT_ENABLED", "false"}, {"HF_EXPORT_MAX_ROWS", "50000"},
        {"HF_EXPORT_SPLIT_STRATEGY", "by_source_industry"}, {"HF_EXPORT_OUT_DIR", "runs/hf_export"}};
    QCOMPARE(*entries, expected);
}

void tst_EnvFile::lines_that_say_nothing_are_passed_over()
{
    const auto entries = parseEnvFile("\n  \n# K=1\n   # K=2\n\t\r\nA=1", ".env");
    QVERIFY(entries);
    QCOMPARE(*entries, (std::map<std::string, std::string> {{"A", "1"}}));
    QVERIFY(parseEnvFile("", ".env")->empty());
}

void tst_EnvFile::the_last_of_a_key_counts() { QCOMPARE(parseEnvFile("K=1\nK=2\n", ".env")->at("K"), "2"); }

void tst_EnvFile::a_line_is_refused_with_its_number_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("line");
    QTest::newRow("no equals sign") << QByteArray("A=1\nnonsense\n") << 2;
    QTest::newRow("no key") << QByteArray("=1\n") << 1;
    QTest::newRow("a key that starts with a digit") << QByteArray("A=1\n\n1A=2\n") << 3;
    QTest::newRow("a key with a blank") << QByteArray("A B=2\n") << 1;
    QTest::newRow("an open quote") << QByteArray("A=1\nB=\"two\nthree\n") << 2;
    QTest::newRow("text behind a quote") << QByteArray("A=\"1\" 2\n") << 1;
    QTest::newRow("text behind a quote of two lines") << QByteArray("A=\"1\n2\" 3\n") << 2;
    QTest::newRow("a NUL") << QByteArray("A=1\0002\n", 6) << 1;
}

void tst_EnvFile::a_line_is_refused_with_its_number()
{
    QFETCH(QByteArray, text);
    QFETCH(int, line);
    const auto entries = parseEnvFile(text.toStdString(), "some.env");
    QVERIFY(!entries);
    QCOMPARE(entries.error().code, ErrorCode::Usage);
    const QByteArray place = "some.env:" + QByteArray::number(line) + ":";
    QVERIFY2(QByteArray::fromStdString(entries.error().message).startsWith(place),
        entries.error().message.c_str());
}

void tst_EnvFile::a_refusal_never_quotes_the_line()
{
    for (const char* text :
        {"hf_secret", "HF_TOKEN=\"hf_secret", "HF_TOKEN='hf_secret' x", "HF_TOKEN hf_secret"}) {
        const auto entries = parseEnvFile(text, ".env");
        QVERIFY(!entries);
        QVERIFY(entries.error().message.find("hf_secret") == std::string::npos);
    }
}

void tst_EnvFile::a_file_that_is_not_there_is_empty_unless_it_was_asked_for()
{
    QTemporaryDir dir;
    const std::string path = dir.filePath(QStringLiteral(".env")).toStdString();
    const auto optional = loadEnvFile(path, false);
    QVERIFY(optional);
    QVERIFY(optional->empty());
    const auto required = loadEnvFile(path, true);
    QVERIFY(!required);
    QCOMPARE(required.error().code, ErrorCode::Io);
}

void tst_EnvFile::a_folder_of_that_name_is_not_an_env_file()
{
    QTemporaryDir dir;
    QVERIFY(QDir(dir.path()).mkdir(QStringLiteral(".env")));
    const std::string path = dir.filePath(QStringLiteral(".env")).toStdString();
    QVERIFY(loadEnvFile(path, false));
    QVERIFY(!loadEnvFile(path, true));
}

void tst_EnvFile::a_file_is_read()
{
    QTemporaryDir dir;
    const std::string path = dir.filePath(QStringLiteral("my.env")).toStdString();
    QVERIFY(writeFileAtomically(path, "A=1\r\nB='2'\r\n"));
    const auto entries = loadEnvFile(path, true);
    QVERIFY(entries);
    QCOMPARE(*entries, (std::map<std::string, std::string> {{"A", "1"}, {"B", "2"}}));
}

QTEST_GUILESS_MAIN(tst_EnvFile)
#include "tst_env_file.moc"
