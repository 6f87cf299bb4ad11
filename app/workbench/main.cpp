// SPDX-License-Identifier: GPL-3.0-or-later
/// signals-workbench: reads the arguments, wires the objects, chooses the exit code.
#include "app/workbench/arguments.h"
#include "app/workbench/screenshot.h"
#include "app/workbench/start.h"
#include "app/workbench/termination.h"
#include "core/base/no_core_file.h"
#include "core/base/version.h"
#include "core/config/kept_variables.h"
#include "ui/bridge/publish_runner.h"
#include "ui/bridge/qt_text.h"
#include "ui/bridge/token_keeper.h"
#include "ui/widgets/number_text.h"
#include "ui/window/main_window.h"
#include "ui/window/window_memory.h"

#include <QApplication>
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

int run(QApplication& program, const Arguments& arguments, WorkbenchOptions options)
{
    const bool picture = !arguments.screenshot.empty();
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
    const QString folder = options.dataDir;
    const bool opens = options.dataDirGiven || QFileInfo::exists(folder);
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
    window.showTab(arguments.tab);
    window.show();
    if (opens) {
        window.openFolder(folder);
    }

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
