// SPDX-License-Identifier: GPL-3.0-or-later
/// A folder of a few examples and a state that reads it: what the tests of the window share.
#pragma once

#include "core/schema/builtin_schemas.h"
#include "tests/support/example_builder.h"
#include "tests/support/temporary_folder.h"
#include "ui/bridge/qt_text.h"
#include "ui/bridge/workbench_state.h"
#include "ui/theme/theme.h"

#include <QLocale>
#include <QTest>

#include <memory>
#include <string>

namespace workbench {

/// Call in initTestCase(): numbers as in English, and the light theme.
inline void prepareLook()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    Theme::initialize();
    Theme::apply(Appearance::Light);
}

/// Six examples: real hvac, real cleaning (labelled), real cleaning (a phone number: rejected),
/// mock hvac, mock plumbing, mock cleaning; the first three of March, the others of April 2026.
inline void writeSixExamples(const TemporaryFolder& folder, const std::string& name)
{
    struct Row {
        const char* source;
        const char* industry;
        const char* createdAt;
        bool labelled;
        bool rejected;
    };
    const Row rows[] = {
        {"real", "hvac", "2026-03-01T00:00:00Z", false, false},
        {"real", "cleaning", "2026-03-02T10:00:00Z", true, false},
        {"real", "cleaning", "2026-03-03T10:00:00Z", false, true},
        {"mock", "hvac", "2026-04-01T00:00:00Z", false, false},
        {"mock", "plumbing", "2026-04-02T10:00:00Z", false, false},
        {"mock", "cleaning", "2026-04-03T10:00:00Z", false, false},
    };
    std::string text;
    int number = 0;
    for (const Row& row : rows) {
        ExampleBuilder example;
        example.with("id", "ex_" + std::to_string(++number));
        example.with("source", row.source)
            .with("industry_key", row.industry)
            .with("created_at", row.createdAt);
        if (!row.labelled) {
            example.raw("labels", "null");
        }
        if (row.rejected) {
            example.with("window_days", 5551234567.0);
        }
        text += example.json() + "\n";
    }
    folder.write(name + "/examples.jsonl", text);
}

inline WorkbenchOptions testOptions(const TemporaryFolder& folder)
{
    WorkbenchOptions options;
    options.schema = defaultSchema();
    options.config.outDir.value = folder.path("out");
    options.dataDir = toQt(folder.path("data"));
    return options;
}

/// Opens a folder and waits until all is counted.
inline bool openAndWait(WorkbenchState& state, const std::string& folder)
{
    state.openFolder(toQt(folder));
    return QTest::qWaitFor([&state] { return state.idle(); }, 20000);
}

inline bool waitUntilIdle(const WorkbenchState& state)
{
    return QTest::qWaitFor([&state] { return state.idle(); }, 20000);
}

} // namespace workbench
