// SPDX-License-Identifier: Apache-2.0
#include "tests/faults/struck_export.h"

#include "tests/support/example_builder.h"
#include "tests/support/thoroughness.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>

using namespace workbench;

namespace {

const QByteArray RejectedValue = "jane.roe@example.org";
const QByteArray Token = "hf_canary_that_must_sing_nowhere";
const QString Record = QStringLiteral("out_jobs/job.json");
const QString Report = QStringLiteral("out_jobs/job.rejections.jsonl");
const QString Log = QStringLiteral("/struck.log");

std::vector<std::string> examples(int rows, int windowDays)
{
    std::vector<std::string> lines;
    for (int row = 1; row <= rows; ++row) {
        lines.push_back(ExampleBuilder()
                            .with("id", "ex_" + std::to_string(row))
                            .with("source", row % 3 == 0 ? "real" : "mock")
                            .with("industry_key", row % 2 == 0 ? "hvac" : "plumbing")
                            .with("window_days", windowDays)
                            .json());
    }
    const std::string rejected = RejectedValue.toStdString();
    lines.insert(lines.begin() + 1, ExampleBuilder().with("id", rejected).json());
    lines.push_back(ExampleBuilder().with("targets.boundary_class", rejected).json());
    return lines;
}

bool isEveryFault() { return qEnvironmentVariableIsSet("WORKBENCH_EVERY_FAULT"); }

bool isOfExports(const QString& path)
{
    return path.startsWith(QLatin1String("out/")) || path.startsWith(QLatin1String("out_jobs/"));
}

} // namespace

QString Fault::text() const
{
    return kind + QStringLiteral(" at call %1").arg(at)
        + (forEver ? QStringLiteral(" and after") : QString());
}

StruckExport::StruckExport(const QString& options, int rows) : m_options(options)
{
    m_program.setEnvironment(QStringLiteral("SOURCE_DATE_EPOCH"), QStringLiteral("1795000000"));
    m_program.setEnvironment(QStringLiteral("HF_TOKEN"), QString::fromLatin1(Token));
    m_program.writeFile(QStringLiteral("old/labels/ex_1.json"), R"({"reviewer_score":5})");
    m_program.writeFile(QStringLiteral("new/labels/ex_1.json"), R"({"reviewer_score":5})");
    m_program.writeData(QStringLiteral("../old/a.jsonl"), examples(rows, 30));
    m_program.writeData(QStringLiteral("../new/a.jsonl"), examples(rows, 31));
    m_program.writeFile(QStringLiteral("out_of_reach/file"), "not ours");
    m_data = state();
    const auto exported = [this](const QString& line) {
        const ProgramResult result = run(line);
        if (result.exitCode != 0) {
            qFatal("an export that nothing happens to fails: %s", result.err.constData());
        }
    };
    exported(exportLine().replace(QLatin1String("=new"), QLatin1String("=old")));
    m_old = state();
    m_oldBundle = below(QStringLiteral("out/job/"));
    exported(exportLine() + QStringLiteral(" --overwrite"));
    m_newBundle = below(QStringLiteral("out/job/"));
    m_newReport = m_program.readFile(Report);
    if (m_oldBundle == m_newBundle || m_newReport.isEmpty()) {
        qFatal("the two exports have to differ");
    }
}

void StruckExport::startWith(Start start)
{
    m_start = start;
    restore(start == Start::OldBundle ? m_old : m_data);
}

QString StruckExport::exportLine() const
{
    return QStringLiteral("run --quiet --data-dir=new --out-dir=out --job-id=job --on-rejection=skip ")
        + m_options + (m_start == Start::OldBundle ? QStringLiteral(" --overwrite") : QString());
}

ProgramResult StruckExport::run(const QString& line, const Fault& fault)
{
    return runBehind(fault.kind.isEmpty() ? QString() : QStringLiteral(FAULT_SHIM), line, fault);
}

ProgramResult StruckExport::runBehind(const QString& shim, const QString& line, const Fault& fault)
{
    QFile::remove(folder() + Log);
    const auto set = [&](const char* key, const QString& value) {
        m_program.setEnvironment(QString::fromLatin1(key), shim.isEmpty() ? QString() : value);
    };
    set("LD_PRELOAD", shim);
    set("FAULT_FOLDER", folder());
    set("FAULT_KIND", fault.kind);
    set("FAULT_AT", QString::number(fault.at));
    set("FAULT_FOR_EVER", fault.forEver ? QStringLiteral("1") : QString());
    set("FAULT_LOG", folder() + Log);
    return m_program.run(words(line.toUtf8().constData()));
}

QString StruckExport::folder() const { return QDir::cleanPath(m_program.path(QStringLiteral("."))); }

QByteArray StruckExport::journalOf(const QString& line)
{
    const ProgramResult result = runBehind(QStringLiteral(JOURNAL_SHIM), line, {});
    if (result.exitCode != 0) {
        qFatal("it fails although nothing happens: %s", result.err.constData());
    }
    return m_program.readFile(Log.mid(1));
}

int StruckExport::callsOf(const QString& line, const QString& kind)
{
    const Tree before = state();
    const ProgramResult result = run(line, {kind});
    const int calls = static_cast<int>(m_program.readFile(Log.mid(1)).count('\n'));
    if (result.exitCode != 0) {
        qFatal("it fails although nothing happens: %s", result.err.constData());
    }
    restore(before);
    return calls;
}

QString StruckExport::struck() const { return QString::fromUtf8(m_program.readFile(Log.mid(1)).trimmed()); }

Tree StruckExport::state() const
{
    Tree tree;
    for (const QString& path : m_program.tree(QStringLiteral("."))) {
        if (path == Log.mid(1)) {
            continue;
        }
        if (QFileInfo(m_program.path(path)).isDir()) {
            tree.insert(path + QLatin1Char('/'), {});
        } else {
            tree.insert(path, m_program.readFile(path));
        }
    }
    return tree;
}

void StruckExport::restore(const Tree& state)
{
    for (const char* const folder : {"out", "out_jobs"}) {
        QDir(m_program.path(QString::fromLatin1(folder))).removeRecursively();
    }
    for (auto entry = state.begin(); entry != state.end(); ++entry) {
        if (!isOfExports(entry.key())) {
            continue;
        }
        if (entry.key().endsWith(QLatin1Char('/'))) {
            QDir().mkpath(m_program.path(entry.key()));
        } else {
            m_program.writeFile(entry.key(), entry.value());
        }
    }
}

Tree StruckExport::below(const QString& prefix) const
{
    Tree found;
    const Tree all = state();
    for (auto entry = all.begin(); entry != all.end(); ++entry) {
        if (entry.key().startsWith(prefix)) {
            found.insert(entry.key(), entry.value());
        }
    }
    return found;
}

QString StruckExport::leak(const ProgramResult& result) const
{
    const auto holds
        = [](const QByteArray& bytes) { return bytes.contains(RejectedValue) || bytes.contains(Token); };
    if (holds(result.out) || holds(result.err)) {
        return QStringLiteral("a rejected value or the token was printed");
    }
    const Tree all = state();
    for (auto entry = all.begin(); entry != all.end(); ++entry) {
        if (isOfExports(entry.key()) && holds(entry.value())) {
            return QStringLiteral("a rejected value or the token is in ") + entry.key();
        }
    }
    return {};
}

QString StruckExport::problem()
{
    if (!showsNew() && !showsWhatWasThere()) {
        return QStringLiteral("what is there is neither the old bundle nor the new one: ")
            + below(QStringLiteral("out/job/")).keys().join(QLatin1Char(' '));
    }
    const ProgramResult status = run(QStringLiteral("status job --json --out-dir=out"));
    if (const QString leaked = leak(status); !leaked.isEmpty()) {
        return leaked;
    }
    if (const QString record = problemOfRecord(status); !record.isEmpty()) {
        return record;
    }
    const Tree all = state();
    for (auto entry = all.begin(); entry != all.end(); ++entry) {
        const QString& path = entry.key();
        if (!isOfExports(path)) {
            if (!m_data.contains(path) || m_data.value(path) != entry.value()) {
                return path + QStringLiteral(" is none of an export's files and was touched");
            }
        } else if (path != QLatin1String("out/") && path != QLatin1String("out_jobs/") && path != Record
            && path != Report && !path.startsWith(QLatin1String("out/job/"))) {
            return path + QStringLiteral(" was left behind");
        }
    }
    return {};
}

QByteArray StruckExport::record() const { return m_program.readFile(Record); }

QString StruckExport::problemOfRecord(const ProgramResult& status) const
{
    const QByteArray text = record();
    if (text.isEmpty()) {
        const bool isAsBefore = m_start == Start::Empty && showsWhatWasThere();
        return isAsBefore ? QString() : QStringLiteral("there is no record");
    }
    if (status.exitCode != 0) {
        return QStringLiteral("its status cannot be read: ") + QString::fromUtf8(status.err);
    }
    if (m_start == Start::OldBundle && text == m_old.value(Record)) {
        return showsWhatWasThere() ? QString()
                                   : QStringLiteral("the record is the old one, the bundle is not");
    }
    const QJsonObject told = status.json();
    const QString state = told[QStringLiteral("status")].toString();
    if (state == QLatin1String("completed")) {
        if (!showsNew()) {
            return QStringLiteral("the record says completed, and the new bundle is not there");
        }
        if (told[QStringLiteral("bundle_dir")].toString() != QLatin1String("out/job")) {
            return QStringLiteral("the record does not name the bundle");
        }
        return m_program.readFile(Report) == m_newReport
            ? QString()
            : QStringLiteral("the report of rejections is another");
    }
    if (state != QLatin1String("failed")) {
        return QStringLiteral("the record says ") + state;
    }
    if (!showsWhatWasThere()) {
        return QStringLiteral("the record says failed, and the new bundle is there");
    }
    const bool saysWhy = !told[QStringLiteral("error")].toString().isEmpty()
        && told[QStringLiteral("bundle_dir")].isNull()
        && told[QStringLiteral("rows")].toObject()[QStringLiteral("exported")].toInt() == 0;
    return saysWhy ? QString() : QStringLiteral("the failed record does not say why, or tells of a bundle");
}

QString StruckExport::problemNowAndOfNextRun()
{
    if (const QString now = problem(); !now.isEmpty()) {
        return now;
    }
    return isEveryFault() || ++m_judged % 4 == 1 ? problemOfNextRun() : QString();
}

QString StruckExport::problemOfNextRun()
{
    QString line = exportLine();
    if (!line.contains(QLatin1String("--overwrite"))) {
        line += QLatin1String(" --overwrite");
    }
    const ProgramResult next = run(line);
    if (next.exitCode != 0) {
        return QStringLiteral("the next run fails: ") + QString::fromUtf8(next.err);
    }
    if (!showsNew()) {
        return QStringLiteral("the next run did not make the bundle");
    }
    return problem();
}

std::vector<int> chosenPoints(int count, int most, int mostOfAll)
{
    if (isEveryFault()) {
        most = mostOfAll;
    } else if (Sanitized) {
        most = std::max(1, most / CaseStride);
    }
    std::vector<int> points;
    const qint64 chosen = std::min(count, most);
    for (qint64 part = 0; part < chosen; ++part) { // the middle of each part: at the ends little is done
        points.push_back(1 + static_cast<int>((2 * part + 1) * count / (2 * chosen)));
    }
    return points;
}
