// SPDX-License-Identifier: GPL-3.0-or-later
// The whole window over a folder of any size, driven as by a person who is in a hurry: how long a frame
// takes, how long the GUI thread stands still, and how long until something is seen. Usage: bench_window
// FOLDER…   (folders of make_examples; needs no screen) Prints a line of JSON for each folder on standard
// output and a table on standard error; with WORKBENCH_TELL_STALLS=8 also each event that took 8 ms or more.
// With QT_QPA_PLATFORM=xcb, wheel and keys come from the X server (hand.h); the window has to lie on top
// there. Times are milliseconds. A stall is the longest time that the GUI thread spent on one event; a frame
// is all it did in 1/60 s while the rows scrolled.
#include "core/schema/builtin_schemas.h"
#include "tests/bench/hand.h"
#include "tests/bench/timed_application.h"
#include "ui/bridge/workbench_state.h"
#include "ui/preview/preview_model.h"
#include "ui/preview/preview_panel.h"
#include "ui/preview/preview_table.h"
#include "ui/theme/theme.h"
#include "ui/window/main_window.h"
#include "ui/window/window_memory.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QScrollBar>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace {

using namespace workbench;

constexpr double FrameMs = 1000.0 / 60;
constexpr double LongestWaitMs = 600'000;

struct Figure {
    std::string name;
    double value;
};

/// Anonymous memory of this process: what the machine cannot take back without writing it somewhere.
double heldBytes()
{
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("RssAnon:")) {
            return std::stod(line.substr(8)) * 1024;
        }
    }
    return 0;
}

double share(std::vector<double> values, double part)
{
    std::sort(values.begin(), values.end());
    const auto last = static_cast<double>(values.size() - 1);
    return values.empty() ? -1 : values[static_cast<std::size_t>(part * last)];
}

/// Notes when the rows in sight have been painted, all of them with what stands in them.
class PaintWatch final : public QObject {
public:
    explicit PaintWatch(const PreviewTable& table) : m_table(table) {}

    /// Since the last paint the first page has been on the screen.
    [[nodiscard]] bool pageSeen() const { return m_pageSeen; }
    void forget() { m_pageSeen = false; }

    bool eventFilter(QObject* /*watched*/, QEvent* event) override
    {
        m_pageSeen = m_pageSeen || (event->type() == QEvent::Paint && pageIsThere());
        return false;
    }

private:
    [[nodiscard]] bool pageIsThere() const
    {
        auto& view = static_cast<RowTable&>(const_cast<PreviewTable&>(m_table).view());
        const auto& model = static_cast<const PreviewModel&>(*view.model());
        const int first = view.topRow();
        const int last = std::min(first + view.rowsInSight(), model.rowCount());
        for (int position = first; position < last; ++position) {
            if (!model.loaded(position)) {
                return false;
            }
        }
        return first < last;
    }

    const PreviewTable& m_table;
    bool m_pageSeen = false;
};

/// Notes that a widget was painted.
class FirstPaint final : public QObject {
public:
    [[nodiscard]] bool seen() const { return m_seen; }
    bool eventFilter(QObject* /*watched*/, QEvent* event) override
    {
        m_seen = m_seen || event->type() == QEvent::Paint;
        return false;
    }

private:
    bool m_seen = false;
};

class WindowBench {
public:
    WindowBench(TimedApplication& program, const QString& folder, const QString& cache)
        : m_program(program)
        , m_folder(folder)
        , m_cache(cache)
    {
    }

    std::vector<Figure> run()
    {
        start("for the first time");
        note("rows", static_cast<double>(m_state->index() ? m_state->index()->rows() : 0));
        if (!m_state->index()) {
            return std::move(m_figures);
        }
        note(
            "bytes held a row", (heldBytes() - m_heldBefore) / static_cast<double>(m_state->index()->rows()));
        note("memory held, MB", heldBytes() / 1e6);
        m_program.count("scrolled");
        scroll("scrolling by the wheel", [this] { m_hand.turnWheel(*m_table->view().viewport(), 3); });
        scroll("scrolling by pages", [this] { m_hand.pressPageDown(m_table->view()); });
        scroll("scrolling by the bar", [this] { drag(); });
        m_program.count("filtered, sorted, searched");
        filter();
        sort();
        search();
        jumpAndSwitch();
        start("again");
        openAgain();
        cancel();
        return std::move(m_figures);
    }

private:
    void note(const std::string& name, double value) { m_figures.push_back({name, value}); }

    /// Until `done`, or much too long; what the time was.
    double waitFor(const std::function<bool()>& done)
    {
        QElapsedTimer timer;
        timer.start();
        while (!done() && msOf(timer) < LongestWaitMs) {
            sleepUntilSomethingHappens();
        }
        return msOf(timer);
    }

    /// Sleeps, and wakes at least once a millisecond, which is too often for who counts. processEvents() with
    /// a time would not sleep but take a core away from the threads that are waited for.
    void sleepUntilSomethingHappens()
    {
        if (!m_tick.isActive()) {
            m_tick.setTimerType(Qt::PreciseTimer);
            m_tick.start(EventCounter::counts() ? 50 : 1);
        }
        QApplication::processEvents(QEventLoop::WaitForMoreEvents);
    }

    /// As the program does: the window first, and the folder is opened before the event loop turns.
    void start(const std::string& how)
    {
        m_watch.reset();
        m_window.reset();
        m_state.reset();
        WorkbenchOptions options;
        options.schema = defaultSchema();
        options.threads = defaultThreads();
        options.config.maxRows.value = 4'000'000'000;
        QElapsedTimer timer;
        timer.start();
        m_heldBefore = heldBytes();
        FirstPaint paint;
        m_program.count("started, before the event loop");
        m_program.during([&] {
            m_state = std::make_unique<WorkbenchState>(std::move(options));
            m_state->reviews().setCacheFolder(m_cache);
            m_window = std::make_unique<MainWindow>(*m_state, m_memory);
            m_window->resize(1440, 900);
            m_table = m_window->findChild<PreviewTable*>();
            m_watch = std::make_unique<PaintWatch>(*m_table);
            m_table->view().viewport()->installEventFilter(m_watch.get());
            m_window->installEventFilter(&paint);
            m_window->show();
        });
        const double shown = msOf(timer);
        m_program.count("folder opened");
        bool noted = false;
        timed(
            "opened " + how + ", first page seen", [&] { m_window->openFolder(m_folder); },
            [&] {
                if (!noted && paint.seen()) {
                    noted = true;
                    note("started " + how + ", window painted", msOf(timer));
                    note("started " + how + ", rows known by then",
                        static_cast<double>(m_state->index() ? m_state->index()->rows() : 0));
                }
                return m_watch->pageSeen();
            });
        note("started " + how + ", before the event loop", shown);
        timed(
            "opened " + how + ", complete", [] {},
            [this] { return m_state->folderState() != FolderState::Reading && m_window->idle(); });
    }

    /// Runs `action`, waits, and notes the time and the longest stall under `name`.
    double timed(
        const std::string& name, const std::function<void()>& action, const std::function<bool()>& done)
    {
        if (!name.empty()) {
            m_program.tell(name.c_str());
        }
        m_watch->forget();
        m_program.takeLongest();
        QElapsedTimer timer;
        timer.start();
        m_program.during(action);
        waitFor(done);
        const double ms = msOf(timer);
        m_stall = m_program.takeLongest();
        if (!name.empty()) {
            note(name, ms);
            note(name + ", longest stall", m_stall);
        }
        return ms;
    }

    void scroll(const std::string& name, const std::function<void()>& step)
    {
        const int frames = EventCounter::counts() ? 40 : 400;
        m_table->goToPosition(0);
        m_hand.reachFor(m_table->view(), *m_table->view().viewport());
        waitFor([this] { return m_window->idle(); });
        std::vector<double> busy;
        m_program.takeLongest();
        for (int frame = 0; frame < frames; ++frame) {
            m_program.takeBusy();
            QElapsedTimer timer;
            timer.start();
            m_program.during(step);
            do {
                sleepUntilSomethingHappens();
            } while (msOf(timer) < FrameMs);
            busy.push_back(m_program.takeBusy());
        }
        const QScrollBar& bar = *m_table->view().verticalScrollBar();
        QElapsedTimer late; // an X server may take its time
        late.start();
        waitFor([&] { return bar.value() != 0 || msOf(late) > 10'000; });
        if (bar.value() == 0) {
            std::fprintf(stderr, "bench_window: %s: nothing moved\n", name.c_str());
            std::exit(1);
        }
        note(name + ", frame p50", share(busy, 0.5));
        note(name + ", frame p95", share(busy, 0.95));
        note(name + ", frame p99", share(busy, 0.99));
        note(name + ", longest stall", m_program.takeLongest());
    }

    /// Anywhere, as a hand does that pulls the scroll bar.
    void drag()
    {
        QScrollBar& bar = *m_table->view().verticalScrollBar();
        m_place = (m_place * 1'103'515'245U + 12'345U) & 0x7fffffffU;
        bar.setValue(static_cast<int>(m_place % static_cast<unsigned>(std::max(bar.maximum(), 1))));
    }

    /// Filters come and go; each time until the first page of what is left stands there.
    void filter()
    {
        const auto& industries = m_state->schema()->industries();
        std::vector<double> times;
        std::vector<double> completes;
        double stall = 0;
        m_program.takeLongestProcessor();
        const std::size_t turns = EventCounter::counts() ? 4 : 10;
        for (std::size_t turn = 0; turn < turns; ++turn) {
            m_program.tell("filter changed");
            ExampleFilter filter = m_state->filter();
            filter.industry
                = turn % 2 == 0 ? std::optional(industries[turn / 2 % industries.size()]) : std::nullopt;
            filter.labelled = turn % 4 == 2;
            const SelectionPtr before = m_state->selection();
            const double seen = timed(
                {}, [&] { m_state->changeFilter(filter, QStringLiteral("filter")); },
                [&] {
                    if (m_state->selection() == before) {
                        m_watch->forget(); // what is painted now are the rows before
                    }
                    return m_watch->pageSeen();
                });
            times.push_back(seen);
            stall = std::max(stall, m_stall);
            completes.push_back(seen
                + timed(
                    {}, [] {}, [this] { return m_window->idle(); }));
            stall = std::max(stall, m_stall);
            // What was shown last is painted after it is idle, and nobody's hand is as fast as that.
            QElapsedTimer rest;
            rest.start();
            timed(
                {}, [] {}, [&] { return msOf(rest) > 3 * FrameMs; });
            stall = std::max(stall, m_stall);
        }
        note("filter change, first page seen", share(times, 0.5));
        note("filter change, first page seen, slowest", share(times, 1));
        note("filter change, figures and charts too", share(completes, 0.5));
        note("filter change, longest stall", stall);
        note("filter change, processor time of the longest event", m_program.takeLongestProcessor());
    }

    void sort()
    {
        const auto& model = static_cast<const PreviewModel&>(*m_table->view().model());
        int column = 0;
        for (int candidate = 0; candidate < model.columnCount(); ++candidate) {
            column = model.headerData(candidate, Qt::Horizontal)
                         .toString()
                         .contains(QStringLiteral("coverage_ratio"))
                ? candidate
                : column;
        }
        const RowList before = model.rows();
        timed(
            "sort by a number, first page seen", [&] { Q_EMIT m_table->sortAsked(column); },
            [&] {
                if (model.rows() == before) {
                    m_watch->forget();
                }
                return m_watch->pageSeen();
            });
        timed(
            "sorted, scrolled anywhere", [this] { drag(); }, [this] { return m_watch->pageSeen(); });
        timed(
            {},
            [&] {
                Q_EMIT m_table->sortAsked(column);
                Q_EMIT m_table->sortAsked(column);
            },
            [this] { return m_window->idle(); }); // down, and back
    }

    void search()
    {
        auto* panel = m_window->findChild<PreviewPanel*>();
        const auto& model = static_cast<const PreviewModel&>(*m_table->view().model());
        const RowList before = model.rows();
        timed(
            "search by id, first hits seen", [&] { panel->setSearchText(QStringLiteral("a7f")); },
            [&] {
                if (model.rows() == before) {
                    m_watch->forget();
                }
                return m_watch->pageSeen() || m_window->idle();
            });
        timed(
            "search by id, all", [] {}, [this] { return m_window->idle(); });
        timed(
            "search cleared", [&] { panel->setSearchText({}); }, [this] { return m_window->idle(); });
    }

    void jumpAndSwitch()
    {
        m_program.count("scrolled");
        m_hand.reachFor(m_table->view(), *m_table->view().viewport());
        const QScrollBar& bar = *m_table->view().verticalScrollBar();
        timed(
            "jump to the end, page seen", [this] { m_hand.pressCtrlEnd(m_table->view()); },
            [&] {
                if (bar.value() != bar.maximum()) {
                    m_watch->forget(); // the key is still on its way
                }
                return m_watch->pageSeen();
            });
        double stall = 0;
        m_program.count("tabs");
        for (const Tab tab : {Tab::Rejections, Tab::Schema, Tab::Insights, Tab::Jobs, Tab::Preview}) {
            timed(
                {},
                [&] {
                    m_window->showTab(tab);
                    QApplication::processEvents();
                },
                [this] { return m_window->idle(); });
            stall = std::max(stall, m_stall);
        }
        note("tabs, longest stall", stall);
        m_program.count("dark, light");
        for (const bool dark : {true, false}) {
            timed(
                dark ? "dark" : "light again",
                [dark] {
                    Theme::apply(dark ? Appearance::Dark : Appearance::Light);
                    QApplication::processEvents();
                },
                [this] { return m_window->idle(); });
        }
    }

    /// In a window that is there already.
    void openAgain()
    {
        timed(
            "opened once more, all rows known", [this] { m_window->openFolder(m_folder); },
            [this] { return m_state->folderState() != FolderState::Reading; });
        timed(
            "opened once more, figures too", [] {}, [this] { return m_window->idle(); });
    }

    /// A reading that somebody stops in its midst; of few rows it may be over by then.
    void cancel()
    {
        m_state->reload();
        QElapsedTimer timer;
        timer.start();
        waitFor([&] { return msOf(timer) > 100; });
        timed(
            "reading stopped", [this] { m_state->reviews().cancelOpen(); },
            [this] { return m_state->folderState() != FolderState::Reading; });
    }

    TimedApplication& m_program;
    Hand m_hand;
    QTimer m_tick;
    QString m_folder;
    QString m_cache;
    WindowMemory m_memory {nullptr};
    std::unique_ptr<WorkbenchState> m_state;
    std::unique_ptr<MainWindow> m_window;
    std::unique_ptr<PaintWatch> m_watch;
    PreviewTable* m_table = nullptr;
    std::vector<Figure> m_figures;
    double m_stall = 0;
    double m_heldBefore = 0;
    unsigned m_place = 1;
};

} // namespace

int main(int count, char** arguments)
{
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM")) {
        qputenv("QT_QPA_PLATFORM", "offscreen");
    }
    TimedApplication program(count, arguments);
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    const QTemporaryDir settings;
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, settings.path());
    Theme::initialize();
    Theme::apply(Appearance::Light);
    int exitCode = count > 1 ? 0 : 2;
    for (int i = 1; i < count; ++i) {
        const QTemporaryDir cache; // a folder for each: the first opening is the first
        const auto figures = WindowBench(
            program, QString::fromLocal8Bit(arguments[i]), cache.path() + QStringLiteral("/index"))
                                 .run();
        std::printf("{\"folder\": %d", i);
        for (const Figure& figure : figures) {
            std::printf(", \"%s\": %.3f", figure.name.c_str(), figure.value);
            std::fprintf(stderr, "%-56s %12.2f\n", figure.name.c_str(), figure.value);
        }
        std::printf("}\n");
        exitCode = figures.size() < 10 ? 1 : exitCode;
    }
    return exitCode;
}
