// SPDX-License-Identifier: GPL-3.0-or-later
// What the window costs to paint in instructions, thing by thing, for tests/bench/instructions. Only the GUI
// thread is counted, and only from something that was asked for until it is painted, with everything at hand:
// what comes when, and so what is painted twice, differs from run to run.
// Usage: count_frames EXAMPLES FOLDER   (FOLDER, empty, gets index and settings) Prints the divisor: counts
// are told by the thousand.
#include "core/schema/builtin_schemas.h"
#include "ui/bridge/workbench_state.h"
#include "ui/preview/preview_model.h"
#include "ui/preview/preview_table.h"
#include "ui/theme/theme.h"
#include "ui/window/main_window.h"
#include "ui/window/window_memory.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QImage>
#include <QLocale>
#include <QSettings>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <valgrind/callgrind.h>

namespace {

using namespace workbench;

constexpr qint64 LongestWaitMs = 600'000;

void waitFor(const char* what, const std::function<bool()>& done)
{
    QElapsedTimer timer;
    timer.start();
    while (!done()) {
        if (timer.hasExpired(LongestWaitMs)) {
            std::fprintf(stderr, "count_frames: waited in vain: %s\n", what);
            std::exit(1);
        }
        QApplication::processEvents(QEventLoop::AllEvents, 20);
    }
}

/// Begins at nothing; each of its paints adds to the same count.
class Counter {
public:
    explicit Counter(std::string name) : m_name(std::move(name)) { CALLGRIND_ZERO_STATS; }
    ~Counter() { CALLGRIND_DUMP_STATS_AT(m_name.c_str()); }
    Counter(const Counter&) = delete;
    Counter& operator=(const Counter&) = delete;

    void add(const std::function<void()>& work) const
    {
        CALLGRIND_TOGGLE_COLLECT;
        work();
        CALLGRIND_TOGGLE_COLLECT;
    }

private:
    std::string m_name;
};

class Frames {
public:
    Frames(const QString& examples, const QString& folder)
        : m_picture(1440, 900, QImage::Format_ARGB32_Premultiplied)
    {
        WorkbenchOptions options;
        options.schema = defaultSchema();
        options.threads = 1;
        options.config.maxRows.value = 4'000'000'000;
        m_state = std::make_unique<WorkbenchState>(std::move(options));
        m_state->reviews().setCacheFolder(folder + QStringLiteral("/index"));
        m_window = std::make_unique<MainWindow>(*m_state, m_memory);
        m_window->resize(1440, 900);
        m_table = m_window->findChild<PreviewTable*>();
        m_window->show();
        m_window->openFolder(examples);
        waitFor("the folder is read", [this] { return m_state->folderState() == FolderState::Ready; });
        waitUntilIdle();
    }

    void count()
    {
        pages();
        for (const auto& [tab, name] : {std::pair {Tab::Rejections, "Rejections"}, {Tab::Schema, "Schema"},
                 {Tab::Insights, "Insights"}, {Tab::Jobs, "Jobs"}, {Tab::Preview, "Preview"}}) {
            Counter counter(std::string("window painted, tab ") + name);
            m_window->showTab(tab);
            waitUntilIdle();
            counter.add([this] { paint(*m_window); });
        }
        Counter counter("dark, light");
        for (const Appearance appearance : {Appearance::Dark, Appearance::Light}) {
            counter.add([this, appearance] {
                Theme::apply(appearance);
                paint(*m_window);
            });
            waitUntilIdle();
        }
    }

private:
    void waitUntilIdle()
    {
        waitFor("the window is idle", [this] { return m_window->idle() && rowsAreThere(); });
        QApplication::processEvents();
    }

    [[nodiscard]] bool rowsAreThere() const
    {
        auto& view = static_cast<RowTable&>(m_table->view());
        const auto& model = static_cast<const PreviewModel&>(*view.model());
        const int last = std::min(view.topRow() + view.rowsInSight(), model.rowCount());
        for (int position = view.topRow(); position < last; ++position) {
            if (!model.loaded(position)) {
                return false;
            }
        }
        return true;
    }

    void pages()
    {
        Counter counter("10 pages of rows turned and painted");
        for (int page = 1; page <= 10; ++page) {
            m_table->goToPosition(page * 40);
            waitUntilIdle(); // their values are there now
            m_table->goToPosition(0);
            QApplication::processEvents();
            counter.add([this, page] {
                m_table->goToPosition(page * 40);
                paint(*m_table);
            });
        }
    }

    void paint(QWidget& widget)
    {
        m_picture.fill(Qt::transparent);
        widget.render(&m_picture);
    }

    QImage m_picture;
    WindowMemory m_memory {nullptr};
    std::unique_ptr<WorkbenchState> m_state;
    std::unique_ptr<MainWindow> m_window;
    PreviewTable* m_table = nullptr;
};

} // namespace

int main(int count, char** arguments)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication program(count, arguments);
    if (count != 3) {
        std::fputs("Usage: count_frames EXAMPLES FOLDER\n", stderr);
        return 2;
    }
    const QString folder = QString::fromLocal8Bit(arguments[2]);
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, folder + QStringLiteral("/settings"));
    Theme::initialize();
    Theme::apply(Appearance::Light);
    Frames(QString::fromLocal8Bit(arguments[1]), folder).count();
    std::puts("1000");
    return 0;
}
