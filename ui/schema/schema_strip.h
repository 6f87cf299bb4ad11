// SPDX-License-Identifier: GPL-3.0-or-later
/// The head of the Schema tab: baseline and current schema, both hashes, and whether a model still fits.
#pragma once

#include "core/job/job_record.h"
#include "core/schema/schema_diff.h"
#include "core/schema/schema_reference.h"

#include <QFrame>

class QComboBox;
class QLabel;
class QLineEdit;

namespace workbench {

class ToneLabel;

class SchemaStrip final : public QFrame {
    Q_OBJECT

public:
    explicit SchemaStrip(QWidget* parent = nullptr);

    void setCurrent(const Schema& schema);
    /// The earlier bundles among `jobs` become choices; the present choice stays.
    void setBundles(const std::vector<JobRecord>& jobs);
    void showNoBaseline(); ///< and chooses "Nothing yet"
    void showDiff(const SchemaDiff& diff, const QString& reference, const QString& title);
    void showLoading();
    void showAsking(); ///< the Hub, for what is published
    /// Goes back to what is being compared with.
    void restoreChoice();
    [[nodiscard]] QString verdictText() const;
    [[nodiscard]] QComboBox* baselineCombo() const { return m_baseline; }

Q_SIGNALS:
    void noBaselineChosen();
    void referenceChosen(const QString& reference); ///< a shipped name or a bundle folder
    void publishedChosen(); ///< what the configured repository holds
    void fileWanted();
    void folderWanted();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    enum class Tone { None, Good, Warn, Bad };
    enum Choice { NoBaseline, Published, Reference, ChooseFile, ChooseFolder };

    void buildLayout();
    void fillChoices();
    void choose(int place);
    void showVerdict(Tone tone, const QString& title, const QString& detail, const QString& remedy);

    QComboBox* m_baseline;
    QLineEdit* m_current;
    ToneLabel* m_baselineHash;
    ToneLabel* m_baselineCaption;
    ToneLabel* m_relation;
    ToneLabel* m_currentHash;
    ToneLabel* m_currentCaption;
    QWidget* m_verdict;
    ToneLabel* m_title;
    ToneLabel* m_detail;
    ToneLabel* m_remedy;
    Tone m_tone = Tone::None;
    QString m_reference; ///< what is compared with; empty for nothing
    QString m_referenceTitle; ///< of a reference that is neither shipped nor a known bundle
    std::vector<std::pair<QString, QString>> m_bundles; ///< folder, title
};

} // namespace workbench
