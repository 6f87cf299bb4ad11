// SPDX-License-Identifier: Apache-2.0
#include "tests/app/export_program.h"

#include "tests/support/example_builder.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QJsonObject>
#include <QProcessEnvironment>
#include <QRegularExpression>

using namespace workbench;

namespace {

constexpr int Patience = 120'000; // milliseconds; a program that hangs fails the test, not the machine

} // namespace

QJsonObject ProgramResult::json() const { return QJsonDocument::fromJson(out).object(); }

ExportProgram::ExportProgram()
{
    QDir(m_dir.path()).mkdir(QStringLiteral("data"));
    m_environment[QStringLiteral("PATH")] = QString::fromLocal8Bit(qgetenv("PATH"));
    if (qEnvironmentVariableIsSet(
            "LSAN_OPTIONS")) { // what others leave behind, beside this program as in the test
        m_environment[QStringLiteral("LSAN_OPTIONS")] = qEnvironmentVariable("LSAN_OPTIONS");
    }
}

void ExportProgram::writeData(const QString& name, const std::vector<std::string>& lines)
{
    QByteArray bytes;
    for (const std::string& line : lines) {
        bytes += QByteArray::fromStdString(line) + '\n';
    }
    writeFile(QStringLiteral("data/") + name, bytes);
}

void ExportProgram::writeValid(const QString& name, int count)
{
    std::vector<std::string> lines;
    for (int i = 1; i <= count; ++i) {
        lines.push_back(ExampleBuilder().with("id", "ex_" + std::to_string(i)).json());
    }
    writeData(name, lines);
}

void ExportProgram::writeFile(const QString& name, const QByteArray& bytes)
{
    QFile file(path(name));
    QDir().mkpath(QFileInfo(file).path());
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size()) {
        qFatal("cannot write %s", qPrintable(file.fileName()));
    }
}

QByteArray ExportProgram::readFile(const QString& name) const
{
    QFile file(path(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QStringList ExportProgram::tree(const QString& below) const
{
    QStringList found;
    const QDir top(path(below));
    QDirIterator walk(top.path(), QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot,
        QDirIterator::Subdirectories);
    while (walk.hasNext()) {
        found += top.relativeFilePath(walk.next());
    }
    found.sort();
    return found;
}

std::unique_ptr<QProcess> ExportProgram::prepared() const
{
    auto process = std::make_unique<QProcess>();
    QProcessEnvironment environment;
    for (auto entry = m_environment.begin(); entry != m_environment.end(); ++entry) {
        environment.insert(entry.key(), entry.value());
    }
    process->setProcessEnvironment(environment);
    process->setWorkingDirectory(m_dir.path());
    process->setProgram(QStringLiteral(SIGNALS_EXPORT_PROGRAM));
    return process;
}

ProgramResult ExportProgram::run(const QStringList& arguments, const QByteArray& input)
{
    const auto process = start(arguments);
    process->write(input);
    process->closeWriteChannel();
    ProgramResult result;
    if (process->waitForFinished(Patience) && process->exitStatus() == QProcess::NormalExit) {
        result.exitCode = process->exitCode();
    }
    result.out = process->readAllStandardOutput();
    result.err = process->readAllStandardError();
    return result;
}

std::unique_ptr<QProcess> ExportProgram::start(const QStringList& arguments)
{
    auto process = prepared();
    QStringList all = arguments;
    if (arguments.filter(QRegularExpression(QStringLiteral("^--data-dir"))).isEmpty()) {
        all = QStringList {QStringLiteral("--data-dir"), QStringLiteral("data")} + arguments;
    }
    process->setArguments(all);
    process->start();
    process->waitForStarted();
    return process;
}

QStringList keysInOrder(const QByteArray& json)
{
    QStringList keys;
    static const QRegularExpression topLevel(
        QStringLiteral("^  \"([a-z_]+)\": "), QRegularExpression::MultilineOption);
    auto match = topLevel.globalMatch(QString::fromUtf8(json));
    while (match.hasNext()) {
        keys += match.next().captured(1);
    }
    return keys;
}

QStringList words(const char* line)
{
    return QString::fromUtf8(line).split(QLatin1Char(' '), Qt::SkipEmptyParts);
}
