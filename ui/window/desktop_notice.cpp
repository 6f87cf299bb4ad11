// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/desktop_notice.h"

#include "ui/bridge/publish_runner.h"
#include "ui/bridge/workbench_state.h"
#include "ui/widgets/number_text.h"

#include <QDBusMessage>
#include <QWidget>

#include <algorithm>

namespace workbench {
namespace {

const QString AppUri = QStringLiteral("application://com.secondmynd.signalsworkbench.desktop");
constexpr int AsTheDesktopLikes = -1; ///< how long a notification stays

} // namespace

DesktopNotice::DesktopNotice(WorkbenchState& state, const QWidget& window, const QDBusConnection& bus)
    : m_window(window)
    , m_bus(bus)
{
    if (!m_bus.isConnected()) {
        return;
    }
    const JobRunner& jobs = state.jobs();
    connect(&jobs, &JobRunner::started, this, [this] { showProgress(0); });
    connect(&jobs, &JobRunner::progressed, this, [this](const ScanProgress& progress) {
        showProgress(share(progress.bytesRead, progress.bytesTotal));
    });
    connect(&jobs, &JobRunner::finished, this, [this](const ExportResult& result) {
        hideProgress();
        if (!result.error) {
            const quint64 rows = result.outcome.scan.accepted;
            notify(tr("Export finished"),
                tr("%1 rows are in the bundle.", nullptr, pluralOf(rows)).arg(countText(rows)));
        } else if (result.error->code != ErrorCode::Cancelled) { // who cancelled knows
            notify(tr("Export ended early"), tr("The Jobs tab says why."));
        }
    });
    const PublishRunner& publisher = state.publisher();
    connect(&publisher, &PublishRunner::stepped, this,
        [this](const PublishStep& step) { showProgress(share(step.progress.sent, step.progress.bytes)); });
    connect(&publisher, &PublishRunner::published, this, [this](const PushResult& result) {
        hideProgress();
        const PublishOutcome& outcome = result.outcome;
        if (!outcome.error) {
            notify(tr("Published"), tr("Every size and hash was read back."));
        } else if (outcome.error->code != ErrorCode::Cancelled) {
            notify(tr("Publishing ended early"), tr("The window says why, and what to do."));
        }
    });
}

void DesktopNotice::showProgress(double done)
{
    const int percent = static_cast<int>(std::clamp(done, 0.0, 1.0) * 100);
    if (percent != m_percent) { // a bar of some dozen pixels needs no more
        sendProgress(percent);
    }
}

void DesktopNotice::hideProgress() { sendProgress(-1); }

void DesktopNotice::sendProgress(int percent)
{
    m_percent = percent;
    QDBusMessage update = QDBusMessage::createSignal(QStringLiteral("/com/canonical/unity/launcherentry/1"),
        QStringLiteral("com.canonical.Unity.LauncherEntry"), QStringLiteral("Update"));
    const QVariantMap properties {{QStringLiteral("progress"), std::max(percent, 0) / 100.0},
        {QStringLiteral("progress-visible"), percent >= 0}};
    update << AppUri << properties;
    m_bus.send(update);
}

void DesktopNotice::notify(const QString& title, const QString& text)
{
    if (m_window.isActiveWindow()) {
        return; // the person sees it
    }
    QDBusMessage call = QDBusMessage::createMethodCall(QStringLiteral("org.freedesktop.Notifications"),
        QStringLiteral("/org/freedesktop/Notifications"), QStringLiteral("org.freedesktop.Notifications"),
        QStringLiteral("Notify"));
    const QVariantMap hints {
        {QStringLiteral("desktop-entry"), QStringLiteral("com.secondmynd.signalsworkbench")}};
    call << QStringLiteral("Signals Workbench") << quint32 {0} << QStringLiteral("signals-workbench") << title
         << text << QStringList() << hints << qint32 {AsTheDesktopLikes};
    m_bus.send(call); // nobody waits for what it is called
}

} // namespace workbench
