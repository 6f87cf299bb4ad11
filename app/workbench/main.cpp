// SPDX-License-Identifier: GPL-3.0-or-later
/// signals-workbench: reads the arguments, wires the objects, chooses the exit code.
#include "app/workbench/arguments.h"
#include "app/workbench/screenshot.h"
#include "app/workbench/single_instance.h"
#include "app/workbench/start.h"
#include "app/workbench/termination.h"
#include "core/base/no_core_file.h"
#include "core/base/version.h"
#include "core/config/kept_variables.h"
#include "ui/bridge/publish_runner.h"
#include "ui/bridge/qt_text.h"
#include "ui/bridge/token_keeper.h"
#include "ui/bridge/whole_path.h"
#include "ui/widgets/number_text.h"
#include "ui/window/desktop_notice.h"
#include "ui/window/main_window.h"
#include "ui/window/session_keeper.h"
#include "ui/window/tab_names.h"
#include "ui/window/window_memory.h"

#include <QApplication>
#include <QDBusConnection>
#include <QFileInfo>
#include <QIcon>
#include <QLocale>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTranslator>

#include <cstdio>
#include <memory>

using namespace workbench;

namespace {

constexpr int ExitDone = 0;
constexpr int ExitFailed = 1;
constexpr int ExitUsage = 2;

int refuse(const Error& error)
{
    const bool isUsage = error.code == ErrorCode::Usage;
    std::fprintf(stderr, "signals-workbench: %s\n%s", error.message.c_str(), isUsage ? UsageLine : "");
    return isUsage ? ExitUsage : ExitFailed;
}

/// A picture needs no screen: without one it is drawn in memory.
void choosePlatform(const Arguments& arguments)
{
    const bool hasScreen
        = qEnvironmentVariableIsSet("DISPLAY") || qEnvironmentVariableIsSet("WAYLAND_DISPLAY");
    if (!arguments.screenshot.empty() && !hasScreen && !qEnvironmentVariableIsSet("QT_QPA_PLATFORM")) {
        qputenv("QT_QPA_PLATFORM", "offscreen");
    }
}

/// Nothing when it cannot be read, or its folder is gone: then the program begins as it did for the first
/// time.
std::optional<Session> lastSession()
{
    auto session = loadSession(fromQt(SessionKeeper::usualPath()));
    return session && *session && QFileInfo::exists(toQt((*session)->folder)) ? std::move(*session)
                                                                              : std::nullopt;
}

/// Another start asked for a folder. Nothing that is under way or asked is disturbed for it.
void take(const HandOver& order, MainWindow& window, WorkbenchState& state)
{
    const bool busy = state.jobs().running() || state.publisher().publishing()
        || QApplication::activeModalWidget() != nullptr;
    if (!busy) {
        if (!order.folder.isEmpty() && order.folder != wholePath(state.folder())) {
            window.openFolder(order.folder);
        }
        if (const auto tab = tabFromOption(fromQt(order.tab))) {
            window.showTab(*tab);
        }
    }
    if (!order.activationToken.isEmpty()) {
        qputenv("XDG_ACTIVATION_TOKEN", order.activationToken.toUtf8()); // Qt hands it to the desktop
    }
    window.setWindowState((window.windowState() & ~Qt::WindowMinimized) | Qt::WindowActive);
    window.show();
    window.raise();
    window.activateWindow();
}

int run(QApplication& program, const Arguments& arguments, WorkbenchOptions options)
{
    const bool picture = !arguments.screenshot.empty();
    const QString folder = options.dataDir;
    const bool given = options.dataDirGiven;
    const bool opens = given || QFileInfo::exists(folder);
    const QDBusConnection bus = picture ? QDBusConnection(QStringLiteral("none"))
                                        : SingleInstance::sessionBus(QGuiApplication::platformName());
    SingleInstance instance(bus, settingsDigest(options));
    if (instance.handOver({{}, opens ? wholePath(folder) : QString(),
            arguments.tab ? toQt(std::string(tabOption(*arguments.tab))) : QString(),
            qEnvironmentVariable("XDG_ACTIVATION_TOKEN")})) {
        return ExitDone;
    }
    const QTemporaryDir settingsOfPicture; // what panels remember of themselves ends with the picture
    if (picture) {
        QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, settingsOfPicture.path());
    }
    WindowMemory memory(picture ? nullptr : std::make_unique<QSettings>());
    Theme::initialize();
    // A picture is the same on every machine unless asked otherwise.
    Theme::apply(arguments.appearance.value_or(picture ? Appearance::Light : memory.appearance()));
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/icons/signals-workbench.svg")));

    options.sampleDir = findSample(QCoreApplication::applicationDirPath());
    WorkbenchState state(std::move(options));
    if (!picture) {
        state.reviews().setCacheFolder(QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation)
            + QLatin1String("/signals-workbench"));
    }
    MainWindow window(state, memory);
    if (picture) {
        window.setMinimumSize(0, 0);
        window.setFixedSize(arguments.width, arguments.height);
    }
    if (!picture) {
        state.publisher().tokens().read(); // answers when the desktop does; nothing waits for it
    }
    QObject::connect(&instance, &SingleInstance::asked, &window,
        [&window, &state](const HandOver& order) { take(order, window, state); });
    const DesktopNotice notice(state, window, bus);
    std::unique_ptr<SessionKeeper> keeper;
    if (!picture) {
        keeper = std::make_unique<SessionKeeper>(state, window, SessionKeeper::usualPath());
    }
    const auto session = picture || given ? std::nullopt : lastSession();
    if (session && (!opens || toQt(session->folder) == wholePath(folder))) {
        keeper->restore(*session);
    } else if (opens) {
        window.openFolder(folder);
    }
    if (arguments.tab) {
        window.showTab(*arguments.tab);
    }
    window.show();

    const Termination termination;
    QObject::connect(&termination, &Termination::requested, &program,
        [] { QCoreApplication::exit(ExitDone); }); // unlike quit() it asks nobody
    int exitCode = ExitDone;
    std::unique_ptr<Screenshot> screenshot;
    if (picture) {
        screenshot = std::make_unique<Screenshot>(window, toQt(arguments.screenshot));
        QObject::connect(screenshot.get(), &Screenshot::saved, &program, &QCoreApplication::quit);
        QObject::connect(
            screenshot.get(), &Screenshot::failed, &program, [&exitCode](const QString& message) {
                std::fprintf(stderr, "signals-workbench: %s\n", qPrintable(message));
                exitCode = ExitFailed;
                QCoreApplication::quit();
            });
        screenshot->begin();
    }
    QApplication::exec();
    return exitCode;
}

} // namespace

int main(int argc, char* argv[])
{
    leaveNoCoreFile();
    keepTokensFromPrograms(); // a browser that is opened from here inherits the environment
    const auto parsed = parseArguments(std::vector<std::string>(argv + (argc > 0 ? 1 : 0), argv + argc));
    if (const auto* information = std::get_if<Information>(&parsed)) {
        std::fputs(information->text.c_str(), stdout);
        return ExitDone;
    }
    if (const auto* error = std::get_if<Error>(&parsed)) {
        return refuse(*error);
    }
    const auto& arguments = std::get<Arguments>(parsed);
    auto options = workbenchOptions(arguments);
    if (!options) {
        return refuse(options.error());
    }

    choosePlatform(arguments);
    QApplication program(argc, argv);
    QApplication::setOrganizationName(QStringLiteral("signals-workbench"));
    QApplication::setApplicationName(QStringLiteral("signals-workbench"));
    QApplication::setApplicationDisplayName(QStringLiteral("Signals Workbench"));
    QApplication::setApplicationVersion(QLatin1String(Version));
    QApplication::setDesktopFileName(QStringLiteral("com.secondmynd.signalsworkbench"));
    QLocale::setDefault(displayLocale());
    QTranslator words;
    if (words.load(
            QLocale(), QStringLiteral("signals-workbench"), QStringLiteral("_"), QStringLiteral(":/i18n"))
        || words.load(QStringLiteral(":/i18n/signals-workbench_en"))) {
        QApplication::installTranslator(&words);
    }
    return run(program, arguments, std::move(*options));
}
