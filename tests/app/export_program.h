// SPDX-License-Identifier: Apache-2.0
/// Runs signals-export as a user does: as a process, in a folder of its own, in an environment of its own.
#pragma once

#include <QByteArray>
#include <QJsonDocument>
#include <QMap>
#include <QProcess>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

#include <memory>
#include <string>
#include <vector>

struct ProgramResult {
    int exitCode = -1; ///< -1: it did not end by itself
    QByteArray out;
    QByteArray err;

    [[nodiscard]] QJsonObject json() const; ///< what stands on stdout; empty when that is no JSON object
};

/// A folder with `data/` to put examples in, and the program to run there.
class ExportProgram {
public:
    ExportProgram();

    /// Writes `data/{name}` with these lines.
    void writeData(const QString& name, const std::vector<std::string>& lines);
    /// `count` valid examples with the ids ex_1, ex_2, ….
    void writeValid(const QString& name, int count);
    /// Makes the folders on the way.
    void writeFile(const QString& path, const QByteArray& bytes);
    [[nodiscard]] QByteArray readFile(const QString& path) const;
    [[nodiscard]] QString path(const QString& name) const { return m_dir.filePath(name); }
    /// All files and folders below, hidden ones too, relative and sorted.
    [[nodiscard]] QStringList tree(const QString& below) const;

    /// The environment is PATH and these alone.
    void setEnvironment(const QString& key, const QString& value) { m_environment[key] = value; }

    /// Waits for the end. `--data-dir data` is in front unless the arguments name another.
    ProgramResult run(const QStringList& arguments, const QByteArray& input = {});
    /// Starts and does not wait.
    std::unique_ptr<QProcess> start(const QStringList& arguments);

private:
    [[nodiscard]] std::unique_ptr<QProcess> prepared() const;

    QTemporaryDir m_dir;
    QMap<QString, QString> m_environment;
};

/// Keys of an object in the order they stand in the text; QJsonObject would sort them.
[[nodiscard]] QStringList keysInOrder(const QByteArray& json);

/// The arguments of a line without quotes: "run --json".
[[nodiscard]] QStringList words(const char* line);
