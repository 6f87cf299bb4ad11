// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/folder_watch.h"

#include "ui/bridge/qt_text.h"

#include <QElapsedTimer>
#include <QFileInfo>
#include <QFileSystemWatcher>
#include <QMetaObject>
#include <QStringList>
#include <QTimer>

#include <algorithm>
#include <memory>
#include <string>

namespace workbench {
namespace {

/// A program that writes a file makes many events; one look after they settle is enough.
constexpr int SettleMs = 200;
/// Not everything is noticed: a renamed folder, disks of other computers. Looking now and then is cheap.
constexpr int LookEveryMs = 3000;
constexpr qint64 RestPerLook = 20; ///< times as long as a look takes
/// Each watched file costs the system something; beyond this the folder alone is watched.
constexpr std::size_t MostFiles = 1000;

struct Change {
    QString file;
    QDateTime when;
};

QDateTime timeOf(const ExampleFile& file)
{
    return QDateTime::fromMSecsSinceEpoch(std::max(file.modifiedNs, file.logModifiedNs) / 1'000'000);
}

/// The first difference in order of name.
std::optional<Change> firstChange(const ExampleFiles& before, const ExampleFiles& now)
{
    for (const ExampleFile& file : before.files) {
        const auto same = std::find_if(now.files.begin(), now.files.end(),
            [&file](const ExampleFile& other) { return other.name == file.name; });
        if (same == now.files.end()) {
            return Change {toQt(file.name), QDateTime::currentDateTime()};
        }
        if (*same != file) {
            return Change {toQt(file.name), timeOf(*same)};
        }
    }
    for (const ExampleFile& file : now.files) {
        const bool known = std::any_of(before.files.begin(), before.files.end(),
            [&file](const ExampleFile& other) { return other.name == file.name; });
        if (!known) {
            return Change {toQt(file.name), timeOf(file)};
        }
    }
    return std::nullopt;
}

} // namespace

/// Lives in the watching thread.
class FolderWatch::Worker final : public QObject {
public:
    explicit Worker(FolderWatch* owner) : m_owner(owner) {}

    void watch(quint64 run, const ExampleFiles& asRead)
    {
        m_run = run;
        m_asRead = asRead;
        m_awaits = false;
        begin();
    }

    void await(quint64 run, const std::string& folder, const std::optional<std::string>& labelsDir)
    {
        m_run = run;
        m_asRead = {};
        m_asRead.folder = folder;
        m_asRead.labelsDir = labelsDir;
        m_awaits = true;
        begin();
    }

    void begin()
    {
        m_watcher = std::make_unique<QFileSystemWatcher>();
        m_timer = std::make_unique<QTimer>();
        m_timer->setSingleShot(true);
        connect(m_timer.get(), &QTimer::timeout, this, &Worker::look);
        const auto settle = [this] {
            if (!m_timer->isActive() || m_timer->remainingTime() > SettleMs) {
                m_timer->start(SettleMs);
            }
        };
        connect(m_watcher.get(), &QFileSystemWatcher::directoryChanged, this, settle);
        connect(m_watcher.get(), &QFileSystemWatcher::fileChanged, this, settle);
        addPaths();
        look(); // something may have happened between the listing and now
    }

    void stop()
    {
        m_timer.reset();
        m_watcher.reset();
    }

    void look()
    {
        if (!m_watcher) {
            return;
        }
        if (m_awaits) {
            lookWhetherReadable();
            return;
        }
        QElapsedTimer took;
        took.start();
        const Result<ExampleFiles> now = listExampleFiles(m_asRead.folder);
        const auto labels = findLabelFiles(m_asRead.folder, m_asRead.labelsDir);
        const quint64 run = m_run;
        // A folder of very many labels is looked at less often.
        m_timer->start(std::max(LookEveryMs, static_cast<int>(RestPerLook * took.elapsed())));
        if (!now) {
            post(run, [](FolderWatch* owner) { Q_EMIT owner->gone(); }); // it may come back
            return;
        }
        addPaths(); // a file that was replaced has to be watched anew
        if (const auto change = firstChange(m_asRead, *now)) {
            post(run, [file = change->file, when = change->when](FolderWatch* owner) {
                Q_EMIT owner->changed(file, when);
            });
        } else if (!labels || !sameLabelFiles(m_asRead.labels, *labels)) {
            const QString folder = toQt(labelsFolder());
            post(run,
                [name = QFileInfo(folder).fileName(), when = QDateTime::currentDateTime()](
                    FolderWatch* owner) { Q_EMIT owner->changed(name, when); });
        } else {
            post(run, [](FolderWatch* owner) { Q_EMIT owner->unchanged(); });
        }
    }

private:
    void lookWhetherReadable()
    {
        if (listExamples(m_asRead.folder, m_asRead.labelsDir)) {
            m_timer->stop(); // once is enough; who reads it says what to watch from then on
            post(m_run, [](FolderWatch* owner) { Q_EMIT owner->readable(); });
        } else {
            m_timer->start(LookEveryMs);
        }
    }

    [[nodiscard]] std::string labelsFolder() const
    {
        return m_asRead.labelsDir.value_or(defaultLabelsFolder(m_asRead.folder));
    }

    void addPaths()
    {
        QStringList paths {toQt(m_asRead.folder)};
        if (m_asRead.labels) {
            paths += toQt(m_asRead.labels->folder());
        }
        for (std::size_t i = 0; i < std::min(MostFiles, m_asRead.files.size()); ++i) {
            paths += toQt(m_asRead.files[i].path);
        }
        const QStringList watched = m_watcher->files() + m_watcher->directories();
        paths.removeIf([&watched](const QString& path) { return watched.contains(path); });
        if (!paths.isEmpty()) {
            m_watcher->addPaths(paths);
        }
    }

    template <class Report> void post(quint64 run, Report report)
    {
        QMetaObject::invokeMethod(
            m_owner,
            [owner = m_owner, run, report] {
                if (owner->m_run == run) {
                    report(owner);
                }
            },
            Qt::QueuedConnection);
    }

    FolderWatch* m_owner;
    quint64 m_run = 0;
    ExampleFiles m_asRead;
    bool m_awaits = false; ///< nothing was read: to be told when it can be
    std::unique_ptr<QFileSystemWatcher> m_watcher;
    std::unique_ptr<QTimer> m_timer;
};

FolderWatch::FolderWatch(QObject* parent) : QObject(parent), m_worker(new Worker(this))
{
    m_worker->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    m_thread.setObjectName(QStringLiteral("folder watch"));
    m_thread.start(QThread::LowPriority);
}

FolderWatch::~FolderWatch()
{
    m_thread.quit();
    m_thread.wait();
}

void FolderWatch::watch(const ExampleFiles& asRead)
{
    QMetaObject::invokeMethod(
        m_worker, [worker = m_worker, run = ++m_run, asRead] { worker->watch(run, asRead); },
        Qt::QueuedConnection);
}

void FolderWatch::await(const std::string& folder, const std::optional<std::string>& labelsDir)
{
    QMetaObject::invokeMethod(
        m_worker,
        [worker = m_worker, run = ++m_run, folder, labelsDir] { worker->await(run, folder, labelsDir); },
        Qt::QueuedConnection);
}

void FolderWatch::stop()
{
    ++m_run;
    QMetaObject::invokeMethod(
        m_worker, [worker = m_worker] { worker->stop(); }, Qt::QueuedConnection);
}

void FolderWatch::check()
{
    QMetaObject::invokeMethod(
        m_worker, [worker = m_worker] { worker->look(); }, Qt::QueuedConnection);
}

} // namespace workbench
