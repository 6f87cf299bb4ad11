// SPDX-License-Identifier: Apache-2.0
/// What the desktop is told of an export and of a publishing, and that it is told nothing of the data.
#include "tests/support/private_bus.h"
#include "tests/ui/ui_fixture.h"
#include "ui/bridge/publish_runner.h"
#include "ui/window/desktop_notice.h"

#include <QDBusVariant>
#include <QTest>

using namespace workbench;

/// Stands in for the desktop: keeps what it is told.
class Desktop final : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")

public:
    QStringList notices;
    QStringList progress;

public Q_SLOTS:
    Q_SCRIPTABLE uint Notify(const QString& /*program*/, uint /*replaces*/, const QString& /*icon*/,
        const QString& title, const QString& text, const QStringList& /*actions*/,
        const QVariantMap& /*hints*/, int /*ms*/)
    {
        notices += title + QLatin1Char('|') + text;
        return 1;
    }
    void update(const QString& app, const QVariantMap& properties)
    {
        progress += QStringLiteral("%1 %2 %3")
                        .arg(app.section(QLatin1Char('/'), 2),
                            properties.value(QStringLiteral("progress")).toString(),
                            properties.value(QStringLiteral("progress-visible")).toString());
    }
};

class TestDesktopNotice final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (m_bus.address().isEmpty()) {
            QSKIP("there is no dbus-daemon here");
        }
        QDBusConnection theirs = m_bus.connectAs(QStringLiteral("desktop"));
        QVERIFY(theirs.isConnected());
        QVERIFY(theirs.registerObject(QStringLiteral("/org/freedesktop/Notifications"), &m_desktop,
            QDBusConnection::ExportScriptableSlots));
        QVERIFY(theirs.registerService(QStringLiteral("org.freedesktop.Notifications")));
        QVERIFY(theirs.connect(QString(), QString(), QStringLiteral("com.canonical.Unity.LauncherEntry"),
            QStringLiteral("Update"), &m_desktop, SLOT(update(QString, QVariantMap))));
        writeSixExamples(m_folder, "data");
    }

    void init()
    {
        m_desktop.notices.clear();
        m_desktop.progress.clear();
        m_state = std::make_unique<WorkbenchState>(testOptions(m_folder));
    }

    void an_export_is_told_by_whole_percents_and_at_its_end()
    {
        const QWidget elsewhere; // not the active window
        const DesktopNotice notice(*m_state, elsewhere, m_bus.connectAs(QStringLiteral("window")));
        JobRunner& jobs = m_state->jobs();
        Q_EMIT jobs.started(QStringLiteral("job"));
        ScanProgress progress;
        progress.bytesTotal = 1'000'000;
        for (const std::uint64_t read : {0U, 1'000U, 9'999U, 10'000U, 10'001U, 640'000U}) {
            progress.bytesRead = read;
            Q_EMIT jobs.progressed(progress);
        }
        ExportResult result;
        result.outcome.scan.accepted = 1214;
        Q_EMIT jobs.finished(result);
        QTRY_COMPARE(
            m_desktop.notices, QStringList {QStringLiteral("Export finished|1,214 rows are in the bundle.")});
        const QString app = QStringLiteral("com.secondmynd.signalsworkbench.desktop ");
        QCOMPARE(m_desktop.progress,
            (QStringList {app + QStringLiteral("0 true"), app + QStringLiteral("0.01 true"),
                app + QStringLiteral("0.64 true"), app + QStringLiteral("0 false")}));
    }

    void how_it_ended_is_told_and_nothing_of_the_rows_data()
    {
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("notice");
        QTest::newRow("failed") << static_cast<int>(ErrorCode::Io)
                                << QStringLiteral("Export ended early|The Jobs tab says why.");
        QTest::newRow("cancelled by the person") << static_cast<int>(ErrorCode::Cancelled) << QString();
    }
    void how_it_ended_is_told_and_nothing_of_the_rows()
    {
        QFETCH(int, code);
        QFETCH(QString, notice);
        const QWidget elsewhere;
        const DesktopNotice told(*m_state, elsewhere, m_bus.connectAs(QStringLiteral("window")));
        ExportResult result;
        result.error = Error {static_cast<ErrorCode>(code), "/home/lena/secret: permission denied", {}};
        Q_EMIT m_state->jobs().finished(result);
        PushResult push;
        push.outcome.error = Error {ErrorCode::PushRefused, "lab/signals is public", {}};
        Q_EMIT m_state->publisher().published(push);
        QStringList expected {QStringLiteral("Publishing ended early|The window says why, and what to do.")};
        if (!notice.isEmpty()) {
            expected.prepend(notice);
        }
        QTRY_COMPARE(m_desktop.notices, expected);
    }

    void who_looks_at_the_window_is_not_notified()
    {
        QWidget window;
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        const DesktopNotice notice(*m_state, window, m_bus.connectAs(QStringLiteral("window")));
        Q_EMIT m_state->jobs().finished({});
        QTRY_COMPARE(m_desktop.progress.size(), 1); // came on the same way, behind any notice
        QVERIFY(m_desktop.notices.isEmpty());
    }

    void without_a_bus_it_is_silent()
    {
        const QWidget elsewhere;
        const DesktopNotice notice(*m_state, elsewhere, QDBusConnection(QStringLiteral("none")));
        Q_EMIT m_state->jobs().finished({});
    }

private:
    PrivateBus m_bus;
    Desktop m_desktop;
    TemporaryFolder m_folder;
    std::unique_ptr<WorkbenchState> m_state;
};

QTEST_MAIN(TestDesktopNotice)
#include "tst_desktop_notice.moc"
