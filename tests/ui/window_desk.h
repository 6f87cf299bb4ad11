// SPDX-License-Identifier: GPL-3.0-or-later
/// A window over six examples, as a test finds its way about in it.
#pragma once

#include "tests/ui/ui_fixture.h"
#include "ui/theme/theme.h"
#include "ui/window/main_window.h"
#include "ui/window/tab_strip.h"
#include "ui/window/window_memory.h"

#include <QAction>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QTest>

#include <memory>

namespace workbench {

class WindowDesk {
protected:
    static void setUpProgram()
    {
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
        Theme::initialize();
        Theme::apply(Appearance::Light);
    }

    void setUp()
    {
        m_folder = std::make_unique<TemporaryFolder>();
        writeSixExamples(*m_folder, "data");
        m_memory = std::make_unique<WindowMemory>(nullptr);
        m_state = std::make_unique<WorkbenchState>(testOptions(*m_folder));
        m_window = std::make_unique<MainWindow>(*m_state, *m_memory);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    }

    void tearDown()
    {
        m_window.reset();
        m_state.reset();
        m_memory.reset();
        m_folder.reset();
    }

    [[nodiscard]] QString data() const { return toQt(m_folder->path("data")); }
    bool wait()
    {
        return QTest::qWaitFor([this] { return m_window->idle(); }, 30000);
    }

    void open()
    {
        m_window->openFolder(data());
        QVERIFY(wait());
        m_window->activateWindow();
    }

    QPushButton* exportButton() { return m_window->findChild<QPushButton*>(QStringLiteral("exportButton")); }
    TabStrip* tabs() { return m_window->findChild<TabStrip*>(); }
    QString statusText() { return m_window->findChild<QLabel*>(QStringLiteral("statusMessage"))->text(); }

    QAction* actionWith(const QString& text)
    {
        for (auto* action : m_window->findChildren<QAction*>()) {
            if (action->text() == text) {
                return action;
            }
        }
        return nullptr;
    }

    QPushButton* buttonWith(const QString& text)
    {
        for (auto* button : m_window->findChildren<QPushButton*>()) {
            if (button->text() == text && button->isVisible()) {
                return button;
            }
        }
        return nullptr;
    }

    std::unique_ptr<TemporaryFolder> m_folder;
    std::unique_ptr<WindowMemory> m_memory;
    std::unique_ptr<WorkbenchState> m_state;
    std::unique_ptr<MainWindow> m_window;
};

} // namespace workbench
