// SPDX-License-Identifier: Apache-2.0
/// signals-export as a process that is killed, or told of a fault, at one of its calls; and what its folders
/// have to look like whatever happened.
#pragma once

#include "tests/app/export_program.h"

#include <QByteArray>
#include <QMap>
#include <QString>
#include <QStringList>

#include <limits>
#include <vector>

/// See fault_shim.cpp.
struct Fault {
    QString kind; ///< empty: nothing happens
    int at = 0;
    bool forEver = false;

    [[nodiscard]] QString text() const;
};

/// A folder's files and their bytes, by path; folders end in a slash.
using Tree = QMap<QString, QByteArray>;

/// Two folders of examples, `old` and `new`: the same rows, of which some are rejected, with other values in
/// them. Exports of either go to out/job: counts alone do not tell one bundle from the other.
class StruckExport {
public:
    enum class Start : quint8 { Empty, OldBundle };

    /// `options` are added to every export. More rows than a few make files of several pieces.
    explicit StruckExport(const QString& options, int rows = 4);

    void setEnvironment(const QString& key, const QString& value) { m_program.setEnvironment(key, value); }
    /// What is there before the program is struck.
    void startWith(Start start);
    /// The export of `new`, over what is there.
    [[nodiscard]] QString exportLine() const;
    ProgramResult run(const QString& line, const Fault& fault = {});
    /// How many calls of a run such a thing can happen to; what is there is as it was before.
    [[nodiscard]] int callsOf(const QString& line, const QString& kind);
    /// What journal_shim.cpp writes down of a run that nothing happens to; what it did is there afterwards.
    [[nodiscard]] QByteArray journalOf(const QString& line);
    /// Of all paths, absolute.
    [[nodiscard]] QString folder() const;
    /// The call that was struck by the last run, empty when none was.
    [[nodiscard]] QString struck() const;

    /// Asks for the job, which clears up what a killed run left. What is wrong with the answer or with what
    /// is there now; empty when nothing is.
    [[nodiscard]] QString problem();
    /// The same, and after one in four, or with WORKBENCH_EVERY_FAULT each, the export is run once more,
    /// unhurt.
    [[nodiscard]] QString problemNowAndOfNextRun();
    [[nodiscard]] QByteArray record() const;
    /// What is there is kept, and brought back.
    [[nodiscard]] Tree state() const;
    void restore(const Tree& state);

    /// The bundle that is there now is the old one from here on: of a run after one that was killed.
    void takeAsOld() { m_oldBundle = below(QStringLiteral("out/job/")); }
    [[nodiscard]] bool showsNew() const { return below(QStringLiteral("out/job/")) == m_newBundle; }
    [[nodiscard]] bool showsWhatWasThere() const
    {
        return below(QStringLiteral("out/job/")) == (m_start == Start::OldBundle ? m_oldBundle : Tree());
    }

private:
    ProgramResult runBehind(const QString& shim, const QString& line, const Fault& fault);
    [[nodiscard]] Tree below(const QString& prefix) const;
    [[nodiscard]] QString problemOfRecord(const ProgramResult& status) const;
    [[nodiscard]] QString leak(const ProgramResult& result) const;
    [[nodiscard]] QString problemOfNextRun();

    ExportProgram m_program;
    QString m_options;
    Start m_start = Start::Empty;
    int m_judged = 0;
    Tree m_data; ///< all but out and out_jobs
    Tree m_old; ///< out and out_jobs after `old` was exported
    Tree m_oldBundle;
    Tree m_newBundle;
    QByteArray m_newReport; ///< of rejections
};

/// Of `count` points, from 1 on: so many, evenly, fewer under a sanitizer; with WORKBENCH_EVERY_FAULT all, or
/// as many as `mostOfAll`.
[[nodiscard]] std::vector<int> chosenPoints(
    int count, int most, int mostOfAll = std::numeric_limits<int>::max());
