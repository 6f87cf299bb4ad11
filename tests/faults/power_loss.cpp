// SPDX-License-Identifier: Apache-2.0
#include "tests/faults/power_loss.h"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <memory>
#include <random>
#include <utility>

namespace {

constexpr qsizetype PageBytes = 4096; ///< what a disk writes at once

struct Node;
using NodePtr = std::shared_ptr<Node>;
using Names = std::map<QString, NodePtr>;

/// A file or a folder: as the program sees it, as it is on the disk for certain, and what stands in between.
struct Node {
    bool isFolder = false;
    QByteArray bytes;
    QByteArray flushedBytes;
    std::vector<std::function<void(QByteArray&)>> writes; ///< since the last flush; each there or not
    Names names;
    Names flushedNames;
    std::vector<Names> renames; ///< the same of names; nobody: the name is gone

    void write(std::function<void(QByteArray&)> change)
    {
        change(bytes);
        writes.push_back(std::move(change));
    }
    /// All together or none.
    void rename(const Names& changed)
    {
        apply(changed, names);
        renames.push_back(changed);
    }
    void flush()
    {
        flushedBytes = bytes;
        flushedNames = names;
        writes.clear();
        renames.clear();
    }
    static void apply(const Names& changed, Names& to)
    {
        for (const auto& [name, node] : changed) {
            if (node) {
                to[name] = node;
            } else {
                to.erase(name);
            }
        }
    }
};

/// Whether something that was not flushed is there nevertheless.
class Chance {
public:
    explicit Chance(quint32 seed) : m_draws(seed), m_share(Shares[seed % Shares.size()]) {}
    bool keeps() { return std::uniform_int_distribution<int>(1, 8)(m_draws) <= m_share; }

private:
    /// Of eight: nothing at all, hardly anything, half, nearly everything.
    static constexpr std::array<int, 4> Shares {4, 1, 7, 0};

    std::mt19937 m_draws;
    int m_share;
};

void writeAt(QByteArray& bytes, qsizetype offset, const QByteArray& piece)
{
    if (bytes.size() < offset + piece.size()) {
        bytes.resize(offset + piece.size(), '\0');
    }
    bytes.replace(offset, piece.size(), piece);
}

class Disk {
public:
    explicit Disk(const Tree& tree) : m_top(std::make_shared<Node>())
    {
        m_top->isFolder = true;
        for (auto entry = tree.begin(); entry != tree.end(); ++entry) {
            const QStringList parts = entry.key().split(QLatin1Char('/'), Qt::SkipEmptyParts);
            NodePtr folder = m_top;
            for (qsizetype part = 0; part < parts.size(); ++part) {
                NodePtr& node = folder->names[parts[part]];
                if (!node) {
                    node = std::make_shared<Node>();
                    node->isFolder = part + 1 < parts.size() || entry.key().endsWith(QLatin1Char('/'));
                }
                folder->flushedNames[parts[part]] = node;
                folder = node;
            }
            folder->bytes = folder->flushedBytes = entry.value();
        }
    }

    void open(int descriptor, const NodePtr& node) { m_open[descriptor] = node; }
    void close(int descriptor) { m_open.erase(descriptor); }
    [[nodiscard]] NodePtr opened(int descriptor) const
    {
        const auto found = m_open.find(descriptor);
        if (found == m_open.end()) {
            qFatal("the journal tells of a file that nobody opened");
        }
        return found->second;
    }

    /// The folder a path is in, and the name there.
    [[nodiscard]] std::pair<NodePtr, QString> placeOf(int folder, const QString& path) const
    {
        const QStringList parts = path.split(QLatin1Char('/'), Qt::SkipEmptyParts);
        NodePtr node = folder < 0 ? m_top : opened(folder);
        for (qsizetype part = 0; part + 1 < parts.size(); ++part) {
            node = parts[part] == QLatin1String(".") ? node : at(node, parts[part]);
        }
        return {node, parts.isEmpty() ? QString() : parts.last()};
    }
    [[nodiscard]] static NodePtr at(const NodePtr& folder, const QString& name)
    {
        if (name.isEmpty() || name == QLatin1String(".")) {
            return folder;
        }
        const auto found = folder->names.find(name);
        if (found == folder->names.end()) {
            qFatal("the journal tells of %s, which nobody made", qPrintable(name));
        }
        return found->second;
    }

    /// What is there now, or, with a chance, after the power went away.
    [[nodiscard]] Tree tree(Chance* chance) const
    {
        Tree found;
        collect(m_top, QString(), chance, found);
        return found;
    }

private:
    static void collect(const NodePtr& folder, const QString& prefix, Chance* chance, Tree& found)
    {
        Names names = chance == nullptr ? folder->names : folder->flushedNames;
        for (const Names& renamed : folder->renames) {
            if (chance != nullptr && chance->keeps()) {
                Node::apply(renamed, names);
            }
        }
        for (const auto& [name, node] : names) {
            if (node->isFolder) {
                found.insert(prefix + name + QLatin1Char('/'), {});
                collect(node, prefix + name + QLatin1Char('/'), chance, found);
                continue;
            }
            QByteArray bytes = chance == nullptr ? node->bytes : node->flushedBytes;
            for (const auto& write : node->writes) {
                if (chance != nullptr && chance->keeps()) {
                    write(bytes);
                }
            }
            found.insert(prefix + name, bytes);
        }
    }

    NodePtr m_top;
    std::map<int, NodePtr> m_open;
};

} // namespace

struct PowerLoss::Call {
    QString does;
    int descriptor = -1;
    QString how;
    int folder = -1;
    QString path;
    int toFolder = -1;
    QString to;
    qsizetype number = 0; ///< an offset or a size
    QByteArray bytes;

    void replay(Disk& disk) const
    {
        if (does == QLatin1String("open")) {
            const auto [parent, name] = disk.placeOf(folder, path);
            if (how.contains(QLatin1Char('c')) && parent->names.count(name) == 0) {
                parent->rename({{name, std::make_shared<Node>()}});
            }
            const NodePtr node = Disk::at(parent, name);
            if (how.contains(QLatin1Char('t')) && !node->bytes.isEmpty()) {
                node->write([](QByteArray& all) { all.clear(); });
            }
            disk.open(descriptor, node);
        } else if (does == QLatin1String("close")) {
            disk.close(descriptor);
        } else if (does == QLatin1String("flush")) {
            disk.opened(descriptor)->flush();
        } else if (does == QLatin1String("write")) {
            const NodePtr node = disk.opened(descriptor);
            for (qsizetype begin = 0; begin < bytes.size();) {
                const qsizetype place = number + begin;
                const qsizetype size = std::min(bytes.size() - begin, PageBytes - place % PageBytes);
                node->write(
                    [place, piece = bytes.mid(begin, size)](QByteArray& all) { writeAt(all, place, piece); });
                begin += size;
            }
        } else if (does == QLatin1String("resize")) {
            disk.opened(descriptor)->write([size = number](QByteArray& all) { all.resize(size, '\0'); });
        } else if (does == QLatin1String("mkdir")) {
            const auto [parent, name] = disk.placeOf(folder, path);
            const auto made = std::make_shared<Node>();
            made->isFolder = true;
            parent->rename({{name, made}});
        } else if (does == QLatin1String("remove")) {
            const auto [parent, name] = disk.placeOf(folder, path);
            parent->rename({{name, nullptr}});
        } else if (does == QLatin1String("rename")) {
            const auto [parent, name] = disk.placeOf(folder, path);
            const auto [newParent, newName] = disk.placeOf(toFolder, to);
            if (parent != newParent) {
                qFatal("the model knows no renaming from one folder to another");
            }
            const bool exchanges = how == QLatin1String("x");
            parent->rename({{newName, Disk::at(parent, name)},
                {name, exchanges ? Disk::at(parent, newName) : NodePtr()}});
        } else {
            qFatal("the journal has a line that is none: %s", qPrintable(does));
        }
    }
};

PowerLoss::PowerLoss(const QByteArray& journal, const QString& folder, Tree before)
    : m_before(std::move(before))
{
    qsizetype next = 0;
    const auto line = [&] {
        const qsizetype end = journal.indexOf('\n', next);
        if (end < 0) {
            qFatal("the journal breaks off");
        }
        QString text = QString::fromUtf8(journal.mid(next, end - next));
        next = end + 1;
        return text;
    };
    const auto place = [&](const QString& text, int& descriptor, QString& path) {
        const qsizetype space = text.indexOf(QLatin1Char(' '));
        descriptor = text.left(space).toInt();
        path = text.mid(space + 1);
        if (descriptor < 0) {
            path = path.mid(folder.size());
        }
    };
    while (next < journal.size()) {
        const QString text = line();
        Call call;
        call.does = text.section(QLatin1Char(' '), 0, 0);
        if (call.does == QLatin1String("mkdir") || call.does == QLatin1String("remove")) {
            place(text.section(QLatin1Char(' '), 1), call.folder, call.path);
        } else if (call.does == QLatin1String("rename")) {
            call.how = text.section(QLatin1Char(' '), 1);
            place(line(), call.folder, call.path);
            place(line(), call.toFolder, call.to);
        } else {
            call.descriptor = text.section(QLatin1Char(' '), 1, 1).toInt();
            if (call.does == QLatin1String("open")) {
                call.how = text.section(QLatin1Char(' '), 2, 2);
                place(text.section(QLatin1Char(' '), 3), call.folder, call.path);
            } else {
                call.number = text.section(QLatin1Char(' '), 2, 2).toLongLong();
            }
            if (call.does == QLatin1String("write")) {
                const qsizetype size = text.section(QLatin1Char(' '), 3, 3).toLongLong();
                call.bytes = journal.mid(next, size);
                next += size + 1;
            }
        }
        m_calls.push_back(std::move(call));
    }
}

PowerLoss::~PowerLoss() = default;

int PowerLoss::calls() const { return static_cast<int>(m_calls.size()); }

void PowerLoss::forgetFlushes()
{
    std::erase_if(m_calls, [](const Call& call) { return call.does == QLatin1String("flush"); });
}

Tree PowerLoss::after(int calls, quint32 seed) const { return replayed(calls, seed, false); }

Tree PowerLoss::unhurt() const { return replayed(calls(), 0, true); }

Tree PowerLoss::replayed(int calls, quint32 seed, bool lossless) const
{
    Disk disk(m_before);
    for (int call = 0; call < calls; ++call) {
        m_calls[static_cast<std::size_t>(call)].replay(disk);
    }
    Chance chance(seed);
    return disk.tree(lossless ? nullptr : &chance);
}
