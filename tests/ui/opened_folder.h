// SPDX-License-Identifier: GPL-3.0-or-later
/// For tests of panels: a folder of examples, opened, and nothing of the person's own settings touched.
#pragma once

#include "core/schema/builtin_schemas.h"
#include "tests/support/example_builder.h"
#include "tests/support/temporary_folder.h"
#include "ui/bridge/qt_text.h"
#include "ui/bridge/workbench_state.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QSettings>
#include <QStandardPaths>
#include <QTest>

#include <functional>
#include <string>
#include <vector>

namespace workbench {

/// Call in initTestCase(): theme, and settings that belong to this test alone.
inline void prepareWorkbenchTest(const QString& name)
{
    QStandardPaths::setTestModeEnabled(true);
    QCoreApplication::setOrganizationName(QStringLiteral("signals-workbench-tests"));
    QCoreApplication::setApplicationName(name);
    QSettings().clear();
    Theme::initialize();
    Theme::apply(Appearance::Light);
}

inline WorkbenchOptions testOptions()
{
    WorkbenchOptions options;
    options.schema = defaultSchema();
    options.threads = 2;
    return options;
}

inline std::string lines(const std::vector<ExampleBuilder>& examples)
{
    std::string text;
    for (const ExampleBuilder& example : examples) {
        text += example.json() + '\n';
    }
    return text;
}

/// Opens the folder and waits until all of it is read, selected and counted, and `idle` says so too.
inline bool openAndWait(
    WorkbenchState& state, const std::string& folder, const std::function<bool()>& idle = {})
{
    state.openFolder(toQt(folder));
    return QTest::qWaitFor(
        [&] { return state.folderState() != FolderState::Reading && state.idle() && (!idle || idle()); },
        20'000);
}

} // namespace workbench
