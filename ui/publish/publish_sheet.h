// SPDX-License-Identifier: GPL-3.0-or-later
/// What publishing a bundle will do, then how far it is, then what became of it. Nothing is sent before a
/// person has seen it.
#pragma once

#include "ui/bridge/publish_runner.h"
#include "ui/publish/publish_foot.h"
#include "ui/publish/publish_patience.h"
#include "ui/publish/publish_words.h"

#include <QDialog>
#include <QElapsedTimer>
#include <QTimer>

#include <optional>

namespace workbench {

class PlannedFilesView;
class PublishFacts;
class PublishTarget;
class RefusalBanner;
class ToneLabel;
class WorkbenchState;

/// Window-modal; no button is the default one.
class PublishSheet final : public QDialog {
    Q_OBJECT

public:
    using Stage = PublishStage;

    /// `rows` as far as it is known before the bundle was read; 0: not known. Looks at once.
    PublishSheet(WorkbenchState& state, const QString& bundleDir, quint64 rows, QWidget* parent);
    ~PublishSheet() override;

    [[nodiscard]] Stage stage() const { return m_stage; }
    [[nodiscard]] const QString& bundleDir() const { return m_bundleDir; }
    [[nodiscard]] RefusalBanner* banner() const { return m_banner; }
    [[nodiscard]] PublishFacts* facts() const { return m_facts; }
    void checkAgain();

    /// Closing while something is sent cancels it; the sheet then says how it ended.
    void reject() override;

Q_SIGNALS:
    void settingsRequested();
    void exportRequested(); ///< the sheet is closed

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    QWidget* buildHead();
    QWidget* buildMiddle();
    void connectRunner();
    void takeBegun(const PublishLook& look);
    void takeLook(const PublishLook& look);
    void takeWait(const QString& why, double seconds);
    void takeStep(const PublishStep& step);
    void takeEnd(const PushResult& result);
    void publish();
    void help();
    void showBundle(const PublishPlan& plan); ///< what does not depend on the Hub
    void showSummary();
    void tellWhatIsSent();
    void judgeMessage(); ///< as it is typed; whether it may leave is core's to say
    void paintAnew();
    void showMessage(const PublishMessage& message);
    void showStage(Stage stage);
    void sayPatience();
    void fit(); ///< at most 90 % of the window
    [[nodiscard]] PublishOrder order() const;
    [[nodiscard]] QString envFile() const; ///< absolute

    WorkbenchState& m_state;
    QString m_bundleDir;
    quint64 m_rows;
    Stage m_stage = Stage::Looking;
    QString m_otherRepo; ///< chosen here and for this once; empty: the configured one
    bool m_allowSchema = false;
    bool m_cancelling = false;
    std::optional<PublishLook> m_look;
    PublishPatience m_patience;
    QElapsedTimer m_clock;
    QTimer m_tick; ///< runs while somebody else is waited for
    QString m_revision; ///< what Copy revision copies
    QString m_url;

    ToneLabel* m_title = nullptr;
    PublishTarget* m_target = nullptr;
    RefusalBanner* m_banner = nullptr;
    PlannedFilesView* m_files = nullptr;
    PublishFacts* m_facts = nullptr;
    PublishFoot* m_foot = nullptr;
};

} // namespace workbench
