// SPDX-License-Identifier: Apache-2.0
#include "core/base/quoted.h"
#include "core/hub/hub_settings.h"
#include "tests/support/temporary_folder.h"

#include <QtTest>

#include <sys/stat.h>

#include <filesystem>

using namespace workbench;

namespace {

using Map = std::map<std::string, std::string>;

Environment environmentOf(Map variables)
{
    return [variables = std::move(variables)](const char* name) {
        const auto found = variables.find(name);
        return found == variables.end() ? std::nullopt : std::optional<std::string>(found->second);
    };
}

/// Where it was found and whether it is the one; the secret itself cannot be asked for.
bool isToken(const Result<std::optional<HubToken>>& found, const char* secret, const char* place)
{
    return found && *found && (*found)->foundIn() == place && (*found)->redacted(secret) == "[token]";
}

} // namespace

class HubTokenTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void the_environment_wins_over_the_env_file();
    void the_old_variable_comes_behind_both();
    void a_token_file_is_looked_for_in_the_documented_order();
    void home_and_variables_in_paths_are_expanded();
    void the_env_file_may_name_the_token_file();
    void blanks_around_a_token_are_dropped_and_an_empty_one_is_none();
    void what_could_end_a_header_line_is_refused_and_not_repeated_data();
    void what_could_end_a_header_line_is_refused_and_not_repeated();
    void a_missing_file_is_no_token();
    void a_file_that_cannot_be_read_is_an_error_that_names_it();
    void a_token_file_that_others_may_read_gets_a_caution_and_is_used_data();
    void a_token_file_that_others_may_read_gets_a_caution_and_is_used();
    void a_server_that_sends_the_token_back_does_not_get_it_shown();
    void however_a_server_spells_the_token_it_is_not_shown_data();
    void however_a_server_spells_the_token_it_is_not_shown();
    void a_token_that_the_replacement_holds_is_replaced_once();
    void a_token_full_of_backslashes_is_looked_for_no_longer_than_others();
    void what_looks_like_a_token_is_not_shown_either();
    void offline_is_what_the_hubs_programs_call_so_data();
    void offline_is_what_the_hubs_programs_call_so();
    void no_token_is_looked_for_when_that_is_switched_off();
    void other_certificates_to_trust_are_named_by_a_setting();
    void the_endpoint_is_read_from_environment_over_env_file();
};

void HubTokenTest::the_environment_wins_over_the_env_file()
{
    QVERIFY(isToken(
        findToken(environmentOf({{"HF_TOKEN", "hf_a"}}), {{"HF_TOKEN", "hf_b"}}), "hf_a", "HF_TOKEN"));
    QVERIFY(isToken(findToken(environmentOf({}), {{"HF_TOKEN", "hf_b"}}), "hf_b", "the env file"));
    QVERIFY(isToken(
        findToken(environmentOf({{"HF_TOKEN", " "}}), {{"HF_TOKEN", "hf_b"}}), "hf_b", "the env file"));
}

void HubTokenTest::the_old_variable_comes_behind_both()
{
    const Environment old = environmentOf({{"HUGGING_FACE_HUB_TOKEN", "hf_old"}});
    QVERIFY(isToken(findToken(old, {}), "hf_old", "HUGGING_FACE_HUB_TOKEN"));
    QVERIFY(isToken(findToken(old, {{"HF_TOKEN", "hf_b"}}), "hf_b", "the env file"));
}

void HubTokenTest::a_token_file_is_looked_for_in_the_documented_order()
{
    const TemporaryFolder folder;
    Map variables {{"HF_TOKEN_PATH", folder.write("mine", "hf_1\n")}};
    folder.write("hf/token", "hf_2");
    variables["HF_HOME"] = folder.path("hf");
    folder.write("cache/huggingface/token", "hf_3\r\n");
    variables["XDG_CACHE_HOME"] = folder.path("cache");
    folder.write("home/.cache/huggingface/token", "hf_4");
    variables["HOME"] = folder.path("home");
    const char* const place = "the token file";
    QVERIFY(isToken(findToken(environmentOf(variables), {}), "hf_1", place));
    variables.erase("HF_TOKEN_PATH");
    QVERIFY(isToken(findToken(environmentOf(variables), {}), "hf_2", place));
    variables.erase("HF_HOME");
    QVERIFY(isToken(findToken(environmentOf(variables), {}), "hf_3", place));
    variables.erase("XDG_CACHE_HOME");
    QVERIFY(isToken(findToken(environmentOf(variables), {}), "hf_4", place));
    variables.erase("HOME");
    const auto none = findToken(environmentOf(variables), {});
    QVERIFY(none && !*none);
}

void HubTokenTest::home_and_variables_in_paths_are_expanded()
{
    const TemporaryFolder folder;
    folder.write("keys/token", "hf_1");
    const auto with = [&](const char* path) {
        return findToken(
            environmentOf({{"HOME", folder.path()}, {"WHERE", "keys"}, {"HF_TOKEN_PATH", path}}), {});
    };
    QVERIFY(isToken(with("~/keys/token"), "hf_1", "the token file"));
    QVERIFY(isToken(with("$HOME/keys/token"), "hf_1", "the token file"));
    QVERIFY(isToken(with("~/${WHERE}/token"), "hf_1", "the token file"));
}

void HubTokenTest::the_env_file_may_name_the_token_file()
{
    const TemporaryFolder folder;
    const std::string path = folder.write("mine", "hf_1");
    folder.write("hf/token", "hf_2");
    QVERIFY(isToken(findToken(environmentOf({}), {{"HF_TOKEN_PATH", path}}), "hf_1", "the token file"));
    QVERIFY(
        isToken(findToken(environmentOf({}), {{"HF_HOME", folder.path("hf")}}), "hf_2", "the token file"));
}

void HubTokenTest::blanks_around_a_token_are_dropped_and_an_empty_one_is_none()
{
    QVERIFY(isToken(findToken(environmentOf({{"HF_TOKEN", " \thf_a\r\n"}}), {}), "hf_a", "HF_TOKEN"));
    const auto none = findToken(environmentOf({{"HF_TOKEN", "\r\n "}}), {});
    QVERIFY(none && !*none);
}

void HubTokenTest::what_could_end_a_header_line_is_refused_and_not_repeated_data()
{
    QTest::addColumn<QByteArray>("token");
    QTest::newRow("line feed") << QByteArray("hf_a\nX-Evil: 1");
    QTest::newRow("carriage return") << QByteArray("hf_a\rX-Evil: 1");
    QTest::newRow("blank") << QByteArray("hf_a b");
    QTest::newRow("NUL") << QByteArray("hf_a\0b", 6);
    QTest::newRow("delete") << QByteArray("hf_a\x7F");
    QTest::newRow("beyond ASCII") << QByteArray("hf_\xC3\xA4");
}

void HubTokenTest::what_could_end_a_header_line_is_refused_and_not_repeated()
{
    QFETCH(QByteArray, token);
    const auto found = findToken(environmentOf({{"HF_TOKEN", token.toStdString()}}), {});
    QVERIFY(!found);
    QCOMPARE(found.error().code, ErrorCode::Usage);
    QVERIFY(found.error().message.find("hf_") == std::string::npos);
    QVERIFY(found.error().message.find("HF_TOKEN") != std::string::npos);
}

void HubTokenTest::a_missing_file_is_no_token()
{
    const TemporaryFolder folder;
    const std::string file = folder.write("file", "");
    for (const std::string& path :
        {folder.path("nothing"), folder.path("no/folder"), file + "/in a file", file}) {
        const auto found = findToken(environmentOf({{"HF_TOKEN_PATH", path}}), {});
        QVERIFY(found && !*found);
    }
}

/// "No token was found" would send its owner to look for what is there.
void HubTokenTest::a_file_that_cannot_be_read_is_an_error_that_names_it()
{
    const TemporaryFolder folder;
    const std::string loop = folder.path("loop");
    std::filesystem::create_symlink(loop, loop);
    const std::string secret = "hf_a_secret_of_somebody";
    for (const std::string& path :
        {folder.path(), folder.write("large", secret + std::string(5000, 'x')), loop}) {
        const auto found = findToken(environmentOf({{"HF_TOKEN_PATH", path}}), {});
        QVERIFY(!found);
        QCOMPARE(found.error().code, ErrorCode::Usage);
        QCOMPARE(found.error().where, path);
        QVERIFY(found.error().message.find(path) != std::string::npos);
        QVERIFY(found.error().message.find(secret) == std::string::npos);
        QVERIFY(isToken(findToken(environmentOf({{"HF_TOKEN_PATH", path}, {"HF_TOKEN", "hf_b"}}), {}), "hf_b",
            "HF_TOKEN")); // then nobody asks for the file
    }
}

void HubTokenTest::a_token_file_that_others_may_read_gets_a_caution_and_is_used_data()
{
    QTest::addColumn<int>("mode");
    QTest::addColumn<bool>("caution");
    QTest::newRow("for its owner alone") << 0600 << false;
    QTest::newRow("for its owner to read") << 0400 << false;
    QTest::newRow("for a group") << 0640 << true;
    QTest::newRow("for all, as the Hub's own client leaves it") << 0644 << true;
}

void HubTokenTest::a_token_file_that_others_may_read_gets_a_caution_and_is_used()
{
    QFETCH(int, mode);
    QFETCH(bool, caution);
    const TemporaryFolder folder;
    const std::string path = folder.write("token", "hf_1");
    QCOMPARE(::chmod(path.c_str(), static_cast<mode_t>(mode)), 0);
    const auto found = findToken(environmentOf({{"HF_TOKEN_PATH", path}}), {});
    QVERIFY(isToken(found, "hf_1", "the token file"));
    QCOMPARE((*found)->caution().find("chmod 600 \"" + path + '"') != std::string::npos, caution);
    QCOMPARE((*found)->caution().empty(), !caution);
    QVERIFY(findToken(environmentOf({{"HF_TOKEN", "hf_a"}}), {}).operator*()->caution().empty());
}

void HubTokenTest::a_server_that_sends_the_token_back_does_not_get_it_shown()
{
    const HubToken token("hf_secret", "HF_TOKEN");
    QCOMPARE(token.redacted("bad token hf_secret, hf_secret"), std::string("bad token [token], [token]"));
    QCOMPARE(token.redacted("nothing here"), std::string("nothing here"));
}

void HubTokenTest::however_a_server_spells_the_token_it_is_not_shown_data()
{
    QTest::addColumn<QByteArray>("spelled");
    QTest::newRow("as it is") << QByteArray("a/b+c%\"");
    QTest::newRow("a slash escaped, as PHP does") << QByteArray("a\\/b+c%\\\"");
    QTest::newRow("by number, as .NET does") << QByteArray("a/b\\u002Bc%\\u0022");
    QTest::newRow("by number in lower case") << QByteArray("a/b\\u002bc%\"");
    QTest::newRow("a letter by number") << QByteArray("\\u0061/b+c%\"");
    QTest::newRow("in a URL") << QByteArray("a%2Fb%2Bc%25%22");
    QTest::newRow("in a URL in lower case") << QByteArray("a%2fb+c%25%22");
}

void HubTokenTest::however_a_server_spells_the_token_it_is_not_shown()
{
    QFETCH(QByteArray, spelled);
    const HubToken token("a/b+c%\"", "HF_TOKEN");
    QCOMPARE(token.redacted("no: " + spelled.toStdString() + "!"), std::string("no: [token]!"));
}

void HubTokenTest::a_token_that_the_replacement_holds_is_replaced_once()
{
    QCOMPARE(HubToken("token", "HF_TOKEN").redacted("Invalid token"), std::string("Invalid [token]"));
    QCOMPARE(HubToken("e", "HF_TOKEN").redacted("see"), std::string("s[token][token]"));
}

/// Each of them may be spelled in two ways: all combinations, one after the other, would never be through.
void HubTokenTest::a_token_full_of_backslashes_is_looked_for_no_longer_than_others()
{
    const std::string backslashes(200, '\\');
    QCOMPARE(HubToken(backslashes.substr(100) + "x", "HF_TOKEN").redacted(backslashes), backslashes);
}

void HubTokenTest::what_looks_like_a_token_is_not_shown_either()
{
    QCOMPARE(
        withoutTokenShapes("not with hf_abcdefghij0123, please"), std::string("not with [token], please"));
    QCOMPARE(
        withoutTokenShapes("hf_export and lena/hf_datasets"), std::string("hf_export and lena/hf_datasets"));
}

void HubTokenTest::offline_is_what_the_hubs_programs_call_so_data()
{
    QTest::addColumn<QString>("value");
    QTest::addColumn<bool>("offline");
    const auto row
        = [](const char* value, bool offline) { QTest::newRow(value) << QString(value) << offline; };
    row("1", true);
    row("on", true);
    row("Yes", true);
    row("TRUE", true);
    row("0", false);
    row("false", false);
    row("", false);
    row("2", false);
}

void HubTokenTest::offline_is_what_the_hubs_programs_call_so()
{
    QFETCH(QString, value);
    QFETCH(bool, offline);
    for (const char* const key : {"HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE"}) {
        const auto settings = resolveHubSettings(environmentOf({{key, value.toStdString()}}), {});
        QVERIFY(settings);
        QCOMPARE(settings->offline, offline);
    }
}

void HubTokenTest::no_token_is_looked_for_when_that_is_switched_off()
{
    const TemporaryFolder folder;
    const std::string file = folder.write("token", "hf_in_the_file");
    for (const char* const value : {"1", "true", "YES", "0", ""}) {
        const bool off = *value != '0' && *value != '\0';
        for (const Map& places :
            {Map {{"HF_TOKEN", "hf_of_the_environment"}}, Map {{"HF_TOKEN_PATH", file}}}) {
            Map environment = places;
            environment["HF_HUB_DISABLE_IMPLICIT_TOKEN"] = value;
            const auto settings
                = resolveHubSettings(environmentOf(environment), {{"HF_TOKEN", "hf_env_file"}});
            QVERIFY(settings);
            QCOMPARE(settings->token.has_value(), !off);
            QCOMPARE(settings->tokenSwitchedOff, off);
        }
    }
}

void HubTokenTest::other_certificates_to_trust_are_named_by_a_setting()
{
    QVERIFY(resolveHubSettings(environmentOf({}), {})->trustFile.empty());
    QCOMPARE(resolveHubSettings(environmentOf({{"SSL_CERT_FILE", "/etc/ours.pem"}}), {})->trustFile,
        std::string("/etc/ours.pem"));
}

void HubTokenTest::the_endpoint_is_read_from_environment_over_env_file()
{
    const Map file {{"HF_ENDPOINT", "https://file.example"}};
    const auto fromFile = resolveHubSettings(environmentOf({}), file);
    QVERIFY(fromFile);
    QCOMPARE(fromFile->endpoint.host(), std::string("file.example"));
    const auto fromEnvironment
        = resolveHubSettings(environmentOf({{"HF_ENDPOINT", "https://env.example"}}), file);
    QVERIFY(fromEnvironment);
    QCOMPARE(fromEnvironment->endpoint.host(), std::string("env.example"));
    const auto wrong = resolveHubSettings(environmentOf({{"HF_ENDPOINT", "http://env.example"}}), file);
    QVERIFY(!wrong);
    QCOMPARE(wrong.error().code, ErrorCode::Usage);
}

QTEST_GUILESS_MAIN(HubTokenTest)
#include "tst_hub_token.moc"
