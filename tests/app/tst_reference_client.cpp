// SPDX-License-Identifier: Apache-2.0
/// Proofs by programs that nobody here wrote: the Hub's own JavaScript client finds the fake Hub to be a Hub;
/// what signals-export pushed there it lists and downloads; and DuckDB finds every row exactly once.
#include "tests/app/export_program.h"
#include "tests/support/card_yaml.h"
#include "tests/support/fake_hub/fake_hub.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonObject>
#include <QProcess>
#include <QSet>
#include <QStandardPaths>
#include <QTest>

#include <algorithm>

using namespace workbench::fakehub;

namespace {

const QString Scripts = QStringLiteral(WORKBENCH_SOURCE_DIR "/tests/app/reference_client/");
const QString Modules = QStringLiteral(WORKBENCH_NODE_DIR);
constexpr int InstallTimeout = 300'000;
constexpr int PushTimeout = 120'000;

QByteArray readAll(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// Installs what package.json pins, once per build folder. Returns why that did not work, or nothing.
QString installModules(const QString& npm)
{
    const QByteArray wanted = readAll(Scripts + QStringLiteral("package.json"));
    const QString installed = Modules + QStringLiteral("/installed.json");
    if (!wanted.isEmpty() && readAll(installed) == wanted) {
        return {};
    }
    QDir().mkpath(Modules);
    QFile::remove(Modules + QStringLiteral("/package.json"));
    QFile::copy(Scripts + QStringLiteral("package.json"), Modules + QStringLiteral("/package.json"));
    QProcess install;
    install.setProcessChannelMode(QProcess::MergedChannels);
    install.start(npm,
        {QStringLiteral("install"), QStringLiteral("--prefix"), Modules, QStringLiteral("--ignore-scripts"),
            QStringLiteral("--no-audit"), QStringLiteral("--no-fund"), QStringLiteral("--no-package-lock"),
            QStringLiteral("--fetch-retries=1"), QStringLiteral("--cache"),
            Modules + QStringLiteral("/.npm")});
    if (!install.waitForFinished(InstallTimeout) || install.exitCode() != 0) {
        return QStringLiteral("npm cannot install the reference client: ")
            + QString::fromUtf8(install.readAll().right(600)).simplified();
    }
    QFile::copy(Scripts + QStringLiteral("package.json"), installed);
    return {};
}

std::size_t countStored(const FakeHub& hub, const char* method, const char* pattern, bool token)
{
    const auto log = hub.requests();
    return static_cast<std::size_t>(std::count_if(log.begin(), log.end(), [&](const LoggedRequest& request) {
        return request.method == method && matchesPattern(pattern, request.path) && request.hadToken == token
            && request.status == 200;
    }));
}

} // namespace

class TestReferenceClient : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void the_hubs_own_client_pushes_and_duckdb_counts_every_row_once();
    void what_we_pushed_the_hubs_own_client_reads_and_duckdb_counts_every_row_once();

private:
    [[nodiscard]] QJsonObject node(const QString& script, const QStringList& arguments) const;

    QString m_node;
};

void TestReferenceClient::initTestCase()
{
    m_node = QStandardPaths::findExecutable(QStringLiteral("node"));
    const QString npm = QStandardPaths::findExecutable(QStringLiteral("npm"));
    if (m_node.isEmpty() || npm.isEmpty()) {
        QSKIP("Node.js or npm is missing, so the Hub's own client cannot run");
    }
    const QString fault = installModules(npm);
    if (!fault.isEmpty()) {
        QSKIP(qPrintable(fault));
    }
}

void TestReferenceClient::the_hubs_own_client_pushes_and_duckdb_counts_every_row_once()
{
    ExportProgram program;
    const ProgramResult exported = program.run({QStringLiteral("run"), QStringLiteral("--json"),
        QStringLiteral("--data-dir"), QStringLiteral(WORKBENCH_SOURCE_DIR "/resources/sample"),
        QStringLiteral("--on-rejection=skip"), QStringLiteral("--job-id=reference")});
    QCOMPARE(exported.exitCode, 0);
    const int rows = exported.json()[QStringLiteral("rows")].toObject()[QStringLiteral("exported")].toInt();
    QVERIFY(rows > 100);
    const QString bundle = program.path(exported.json()[QStringLiteral("bundle_dir")].toString());
    program.writeFile(QDir(program.path({})).relativeFilePath(bundle + QStringLiteral("/splits/stale.jsonl")),
        "{\"example_id\":\"stale\"}\n"); // for the client to delete again

    // Limits that send this bundle all three ways: inside the commit, in one piece and in parts.
    FakeHub hub({.lfsAbove = 30'000, .multipartFrom = 100'000, .chunkSize = 40'000});
    QProcess client;
    client.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    client.start(m_node,
        {Scripts + QStringLiteral("push_and_load.mjs"), QString::fromStdString(hub.url()),
            QString::fromLatin1(FakeHub::WriteToken), QStringLiteral("lab/reference"), bundle,
            program.path(QStringLiteral("downloads")), Modules});
    QVERIFY(client.waitForFinished(PushTimeout));
    QCOMPARE(client.exitCode(), 0);
    const QJsonObject seen = QJsonDocument::fromJson(client.readAllStandardOutput()).object();

    // What the client says it saw …
    QCOMPARE(seen[QStringLiteral("user")].toString(), QStringLiteral("lena"));
    QVERIFY(seen[QStringLiteral("missing")].isNull());
    QCOMPARE(seen[QStringLiteral("rows")].toInt(), rows);
    QCOMPARE(seen[QStringLiteral("distinct")].toInt(), rows);
    QCOMPARE(seen[QStringLiteral("splitRows")].toInt(), rows);
    QCOMPARE(seen[QStringLiteral("splitDistinct")].toInt(), rows);

    // … is what the Hub holds: two commits, private, the same bytes by three ways.
    const std::string revision = seen[QStringLiteral("revision")].toString().toStdString();
    const Snapshot pushed = hub.snapshot("lab/reference", revision);
    const Snapshot left = hub.snapshot("lab/reference");
    QVERIFY(pushed.isPrivate);
    QCOMPARE(hub.commits("lab/reference").size(), std::size_t(3)); // the first came with the repository
    const QJsonObject listed = seen[QStringLiteral("listed")].toObject();
    QCOMPARE(static_cast<std::size_t>(listed.size()), pushed.files.size());
    const QJsonObject downloaded = seen[QStringLiteral("downloaded")].toObject();
    QCOMPARE(downloaded.size() + 1, listed.size()); // .gitattributes
    for (const QString& path : downloaded.keys()) {
        const FileState& file = pushed.files.at(path.toStdString());
        const QJsonObject got = downloaded[path].toObject();
        QCOMPARE(got[QStringLiteral("sha256")].toString().toStdString(), file.sha256);
        QCOMPARE(got[QStringLiteral("size")].toInteger(), static_cast<qint64>(file.size));
        const QJsonValue lfs = listed[path].toObject()[QStringLiteral("lfs")];
        QCOMPARE(lfs.toString().toStdString(), file.lfs ? file.sha256 : std::string());
    }
    QVERIFY(!left.files.contains("splits/stale.jsonl"));
    QCOMPARE(left.files.size() + 1, pushed.files.size());

    // All three ways were taken, and no token went to the storage.
    QVERIFY(std::any_of(
        pushed.files.begin(), pushed.files.end(), [](const auto& file) { return !file.second.lfs; }));
    const std::size_t completions = countStored(hub, "POST", "/api/complete_multipart", false);
    const std::size_t large = static_cast<std::size_t>(std::count_if(
        pushed.files.begin(), pushed.files.end(), [](const auto& file) { return file.second.lfs; }));
    QVERIFY(completions > 0 && completions < large); // the others went in one piece
    QVERIFY(countStored(hub, "PUT", "/fake-storage/*", false) > large);
    QCOMPARE(hub.leaks(), std::size_t(0));
}

/// Runs a script and returns what it prints; empty when it fails.
QJsonObject TestReferenceClient::node(const QString& script, const QStringList& arguments) const
{
    QProcess client;
    client.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("HF_TOKEN"), QString::fromLatin1(FakeHub::WriteToken));
    client.setProcessEnvironment(environment);
    client.start(m_node, QStringList {Scripts + script} + arguments);
    if (!client.waitForFinished(PushTimeout) || client.exitCode() != 0) {
        return {};
    }
    return QJsonDocument::fromJson(client.readAllStandardOutput()).object();
}

void TestReferenceClient::what_we_pushed_the_hubs_own_client_reads_and_duckdb_counts_every_row_once()
{
    // Limits that send this bundle all three ways: inside the commit, in one piece and in parts.
    FakeHub hub({.lfsAbove = 30'000, .multipartFrom = 100'000, .chunkSize = 40'000});
    hub.createRepository("lab/pushed");
    hub.commitFiles("lab/pushed", {{"splits/stale.jsonl", "{\"example_id\":\"stale\"}\n"}});
    ExportProgram program;
    program.setEnvironment(QStringLiteral("HF_ENDPOINT"), QString::fromStdString(hub.url()));
    program.setEnvironment(QStringLiteral("HF_TOKEN"), QString::fromLatin1(FakeHub::WriteToken));
    program.setEnvironment(QStringLiteral("HF_EXPORT_ENABLED"), QStringLiteral("true"));
    program.setEnvironment(QStringLiteral("HF_DATASET_REPO"), QStringLiteral("lab/pushed"));
    const ProgramResult ran
        = program.run({QStringLiteral("run"), QStringLiteral("--push"), QStringLiteral("--json"),
            QStringLiteral("--data-dir"), QStringLiteral(WORKBENCH_SOURCE_DIR "/resources/sample"),
            QStringLiteral("--on-rejection=skip"), QStringLiteral("--job-id=pushed")});
    QVERIFY2(ran.exitCode == 0, ran.err.constData());
    const int rows = ran.json()[QStringLiteral("rows")].toObject()[QStringLiteral("exported")].toInt();
    QVERIFY(rows > 100);
    const QString revision
        = ran.json()[QStringLiteral("push")].toObject()[QStringLiteral("revision")].toString();
    const Snapshot pushed = hub.snapshot("lab/pushed", revision.toStdString());

    // The client lists and downloads just the bundle, byte for byte.
    const QString downloads = program.path(QStringLiteral("downloads"));
    const QJsonObject seen = node(QStringLiteral("download.mjs"),
        {QString::fromStdString(hub.url()), QStringLiteral("lab/pushed"), revision, downloads, Modules});
    QCOMPARE(seen[QStringLiteral("private")].toBool(), true);
    const QJsonObject files = seen[QStringLiteral("files")].toObject();
    QCOMPARE(static_cast<std::size_t>(files.size()), pushed.files.size());
    int large = 0;
    for (const QString& path : files.keys()) {
        const QJsonObject file = files[path].toObject();
        QCOMPARE(file[QStringLiteral("sha256")].toString().toStdString(),
            pushed.files.at(path.toStdString()).sha256);
        large += file[QStringLiteral("lfs")].toBool() ? 1 : 0;
        if (path != QStringLiteral(".gitattributes")) {
            QCOMPARE(readAll(downloads + QStringLiteral("/") + path),
                program.readFile(QStringLiteral("runs/hf_export/pushed/") + path));
        }
    }
    QVERIFY(large > 1 && large < files.size());
    QVERIFY(!files.contains(QStringLiteral("splits/stale.jsonl")));

    // By the configurations of the card that was downloaded, each row comes once a configuration.
    const QByteArray card = readAll(downloads + QStringLiteral("/README.md"));
    QJsonObject configs;
    for (const auto& [name, data] : workbench::cardConfigs(workbench::cardMetadata(card.toStdString()))) {
        QJsonArray paths;
        for (const auto& [split, path] : data) {
            paths.append(QString::fromStdString(path));
        }
        configs[QString::fromStdString(name)] = paths;
    }
    QCOMPARE(configs.keys(), (QStringList {QStringLiteral("by_split"), QStringLiteral("default")}));
    const QJsonObject counted = node(QStringLiteral("count_rows.mjs"),
        {downloads, Modules, QString::fromUtf8(QJsonDocument(configs).toJson(QJsonDocument::Compact))});
    for (const QString& name : configs.keys()) {
        const QJsonObject config = counted[name].toObject();
        QCOMPARE(config[QStringLiteral("rows")].toInt(), rows);
        QCOMPARE(config[QStringLiteral("distinct")].toInt(), rows);
        QCOMPARE(config[QStringLiteral("columns")].toInt(), 10);
    }
    QCOMPARE(hub.leaks(), std::size_t(0));
}

QTEST_GUILESS_MAIN(TestReferenceClient)
#include "tst_reference_client.moc"
