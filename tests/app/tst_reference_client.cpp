// SPDX-License-Identifier: Apache-2.0
/// Two proofs by programs that nobody here wrote: the Hub's own JavaScript client finds the fake Hub to be a
/// Hub, and DuckDB finds every row of one of our bundles in it exactly once.
#include "tests/app/export_program.h"
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

private:
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

QTEST_GUILESS_MAIN(TestReferenceClient)
#include "tst_reference_client.moc"
