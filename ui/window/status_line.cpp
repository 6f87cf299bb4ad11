// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/status_line.h"

#include "ui/bridge/publish_runner.h"
#include "ui/bridge/qt_text.h"
#include "ui/bridge/workbench_state.h"
#include "ui/theme/icons.h"
#include "ui/theme/sizes.h"
#include "ui/widgets/announce.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/number_text.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QProgressBar>
#include <QPushButton>

#include <algorithm>

namespace workbench {
namespace {

constexpr int StatusHeight = 26;
constexpr qint64 QuietMs = 150; ///< reading that is over sooner is not worth a word
constexpr double MeasuredSeconds = 1; ///< no time left is guessed from less

int plural(quint64 count) { return static_cast<int>(std::min<quint64>(count, 1'000'000)); }

QPushButton* countButton(
    const QString& iconName, QColor ThemeColors::*token, const char* tone, QWidget* parent)
{
    QPushButton* button = makeLinkButton(QString(), parent);
    button->setProperty("tone", QLatin1String(tone));
    if (!iconName.isEmpty()) {
        button->setIcon(icon(iconName, token));
        button->setIconSize(QSize(sized(14), sized(14)));
    }
    return button;
}

} // namespace

StatusLine::StatusLine(WorkbenchState& state, QWidget* parent) : QWidget(parent), m_state(state)
{
    m_message = new ElidedLabel(Qt::ElideRight, this);
    m_message->setObjectName(QStringLiteral("statusMessage"));
    m_message->setFont(Theme::captionFont());
    m_message->setProperty("tone", QStringLiteral("quiet"));
    m_progress = new QProgressBar(this);
    m_progress->setObjectName(QStringLiteral("progressBar"));
    m_progress->setAccessibleName(tr("Progress"));
    m_progress->setTextVisible(false);
    m_progress->setFixedSize(160, 6);
    m_progress->setRange(0, 1000);
    m_progress->hide();
    m_matched = countButton(QString(), &ThemeColors::text2, "quiet", this);
    m_kept = countButton(QStringLiteral("check"), &ThemeColors::ok, "ok", this);
    m_rejected = countButton(QStringLiteral("cross"), &ThemeColors::bad, "bad", this);

    m_user = new QLabel(this);
    m_user->setObjectName(QStringLiteral("hubUser"));
    m_user->setFont(Theme::captionFont());
    m_user->setTextFormat(Qt::PlainText);
    m_user->setProperty("tone", QStringLiteral("quiet"));

    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 1, 12, 0);
    row->setSpacing(16);
    row->addWidget(m_message);
    row->addWidget(m_progress);
    row->addStretch(1);
    row->addWidget(m_matched);
    row->addWidget(m_kept);
    row->addWidget(m_rejected);
    row->addWidget(m_user);
    setMinimumHeight(StatusHeight);

    connect(m_matched, &QPushButton::clicked, this,
        [this] { Q_EMIT m_state.showPreviewRequested(PreviewScope::AllMatched); });
    connect(m_kept, &QPushButton::clicked, this,
        [this] { Q_EMIT m_state.showPreviewRequested(PreviewScope::ToExport); });
    connect(m_rejected, &QPushButton::clicked, &m_state, &WorkbenchState::showRejectionsRequested);
    connect(&m_state, &WorkbenchState::said, this, &StatusLine::tell);
    connect(&m_state, &WorkbenchState::scanProgressed, this, &StatusLine::showReading);
    connect(&m_state, &WorkbenchState::folderStateChanged, this, &StatusLine::showFolderState);
    connect(&m_state, &WorkbenchState::selectionChanged, this, &StatusLine::showCounts);
    connect(&m_state.jobs(), &JobRunner::started, this, [this] { m_jobTime.start(); });
    connect(&m_state.jobs(), &JobRunner::progressed, this, &StatusLine::showExporting);
    connect(&m_state.jobs(), &JobRunner::finished, m_progress, &QWidget::hide);
    connect(&m_state.publisher(), &PublishRunner::userKnown, this, &StatusLine::showUser);
    showFolderState();
    showCounts();
    showUser(m_state.publisher().userName());
}

void StatusLine::say(const QString& message) { m_message->setFullText(message); }

void StatusLine::tell(const QString& message)
{
    say(message);
    announce(*m_message);
}

void StatusLine::showProgress(quint64 done, quint64 all)
{
    m_progress->setValue(all > 0 ? static_cast<int>(done * 1000 / all) : 0);
    m_progress->show();
    // Read out at every tenth percent: what runs is heard to go on, and nothing else is drowned.
    const int tenth = m_progress->value() / 100;
    if (tenth != m_toldTenth) {
        m_toldTenth = tenth;
        m_progress->setAccessibleName(tr("Progress: %1 %").arg(tenth * 10));
        if (tenth > 0) {
            announce(*m_progress);
        }
    }
}

void StatusLine::showReading()
{
    if (m_state.folderState() != FolderState::Reading
        || m_state.readAt().msecsTo(QDateTime::currentDateTime()) < QuietMs) {
        return;
    }
    const ScanProgress& progress = m_state.scanProgress();
    m_saidReading = true;
    showProgress(progress.bytesRead, progress.bytesTotal);
    say(tr("Reading file %1 of %2 · %3 rows so far")
            .arg(countText(progress.file + 1), countText(progress.files), countText(progress.read)));
}

void StatusLine::showFolderState()
{
    const FolderState state = m_state.folderState();
    if (state != FolderState::Reading && !m_state.jobs().running()) {
        m_progress->hide();
    }
    const int files = static_cast<int>(m_state.files().files.size());
    switch (state) {
    case FolderState::None:
        tell(tr("Open a folder to begin"));
        break;
    case FolderState::Reading:
        break; // showReading() speaks when there is something to say
    case FolderState::Ready:
        tell(readText(files));
        break;
    case FolderState::NoExamples:
        tell(tr("No training examples here"));
        break;
    case FolderState::Unreadable:
        tell(tr("This folder cannot be read"));
        break;
    case FolderState::Failed:
        tell(m_state.error() ? toQt(m_state.error()->message) : QString());
        break;
    }
}

QString StatusLine::readText(int files) const
{
    const QString scanned
        = tr("Scanned %n files in %1", nullptr, files).arg(durationText(m_state.readSeconds()));
    const LabelSummary& labels = m_state.labels();
    const quint64 useless = labels.withoutExample + labels.refusedNames;
    return useless == 0 ? scanned
                        : tr("%1 · %2 label files belong to no example", nullptr, plural(useless))
                              .arg(scanned, countText(useless));
}

void StatusLine::showExporting(const ScanProgress& progress)
{
    showProgress(progress.bytesRead, progress.bytesTotal);
    const quint64 all = m_state.selection() ? m_state.selection()->ledger.matched : 0;
    const double seconds = static_cast<double>(m_jobTime.elapsed()) / 1000;
    QString text = all >= progress.matched && all > 0
        ? tr("Exporting: %1 of %2 rows").arg(countText(progress.matched), countText(all))
        : tr("Exporting: %1 rows").arg(countText(progress.matched));
    if (seconds >= MeasuredSeconds && progress.bytesRead > 0 && progress.bytesTotal > progress.bytesRead) {
        const double share
            = static_cast<double>(progress.bytesRead) / static_cast<double>(progress.bytesTotal);
        text = tr("%1, %2 left").arg(text, remainingText(seconds * (1 - share) / share));
    }
    say(text);
}

void StatusLine::showCounts()
{
    const SelectionPtr& selection = m_state.selection();
    for (QPushButton* button : {m_matched, m_kept, m_rejected}) {
        button->setVisible(selection != nullptr);
    }
    if (!selection) {
        return;
    }
    const Ledger& ledger = selection->ledger;
    m_matched->setText(
        tr("%1 matched", nullptr, plural(ledger.matched)).arg(countText(ledger.matched, ledger.growing)));
    m_kept->setText(
        tr("%1 kept", nullptr, plural(ledger.toExport)).arg(countText(ledger.toExport, ledger.growing)));
    m_rejected->setText(
        tr("%1 rejected", nullptr, plural(ledger.rejected)).arg(countText(ledger.rejected, ledger.growing)));
    const bool any = ledger.rejected > 0;
    setLook(m_rejected, "tone", any ? QStringLiteral("bad") : QStringLiteral("quiet"));
    m_rejected->setIcon(icon(QStringLiteral("cross"), any ? &ThemeColors::bad : &ThemeColors::text2));
    for (QPushButton* button : {m_matched, m_kept, m_rejected}) {
        button->setAccessibleName(button->text());
    }
}

void StatusLine::showUser(const QString& name)
{
    m_user->setVisible(!name.isEmpty());
    m_user->setText(tr("Hub: signed in as %1").arg(name));
}

void StatusLine::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), Theme::colors().window);
    painter.fillRect(QRect(0, 0, width(), 1), Theme::colors().line);
}

} // namespace workbench
