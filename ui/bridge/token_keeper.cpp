// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/token_keeper.h"

#include "ui/bridge/qt_text.h"

#include <qt6keychain/keychain.h>

#include <QCoreApplication>
#include <QThread>

#include <algorithm>
#include <functional>
#include <mutex>
#include <utility>

namespace workbench {

namespace {

constexpr int PatienceMs = 3000; ///< for a service that hangs while the program ends
const QString Service = QStringLiteral("signals-workbench");
const QString Key = QStringLiteral("hub-token");
constexpr const char* FoundIn = "the desktop's keyring";

/// It becomes a header line: anything but visible ASCII could end that line and begin another.
bool isToken(const QByteArray& text)
{
    return !text.isEmpty()
        && std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7F; });
}

/// The bytes are wiped: what is left of them is in HubToken alone.
HubToken taken(QByteArray& secret)
{
    HubToken token(secret.toStdString(), FoundIn);
    secret.fill('\0');
    return token;
}

/// One for all: the library's own queue belongs to the thread that used it first.
QThread& keyringThread()
{
    static QThread* const thread = [] {
        auto* made = new QThread; // left alone when a service hangs while the program ends
        made->start();
        qAddPostRoutine([] {
            keyringThread().quit();
            keyringThread().wait(PatienceMs);
        });
        return made;
    }();
    return *thread;
}

} // namespace

struct TokenKeeper::Link {
    std::mutex mutex;
    TokenKeeper* keeper = nullptr;
};

class TokenKeeper::Worker final : public QObject {
public:
    using Done = std::function<void(QKeychain::Job&)>;

    explicit Worker(std::shared_ptr<Link> link) : m_link(std::move(link)) {}

    void read()
    {
        auto* job = new QKeychain::ReadPasswordJob(Service);
        start(*job, [this, job](QKeychain::Job&) {
            QByteArray secret = job->binaryData();
            if (job->error() == QKeychain::NoError && isToken(secret)) {
                say(State::Kept, taken(secret), {});
            } else if (job->error() == QKeychain::NoError || job->error() == QKeychain::EntryNotFound) {
                say(State::None, std::nullopt, {});
            } else {
                say(State::NoService, std::nullopt, job->errorString());
            }
        });
    }

    void keep(QByteArray secret)
    {
        auto* job = new QKeychain::WritePasswordJob(Service);
        job->setBinaryData(secret);
        start(*job, [this, job, secret = std::move(secret)](QKeychain::Job&) mutable {
            if (job->error() == QKeychain::NoError) {
                say(State::Kept, taken(secret), {});
            } else {
                secret.fill('\0');
                say(State::NoService, std::nullopt, job->errorString());
            }
        });
    }

    void forget()
    {
        auto* job = new QKeychain::DeletePasswordJob(Service);
        start(*job, [this, job](QKeychain::Job&) {
            const bool gone = job->error() == QKeychain::NoError || job->error() == QKeychain::EntryNotFound;
            say(gone ? State::None : State::NoService, std::nullopt, gone ? QString() : job->errorString());
        });
    }

private:
    /// `job` has no parent and lives until it is answered: the answer comes to its address, whoever is still
    /// there.
    void start(QKeychain::Job& job, Done done)
    {
        job.setKey(Key);
        job.setInsecureFallback(false); // never a plain file instead
        job.setAutoDelete(true);
        connect(&job, &QKeychain::Job::finished, this,
            [done = std::move(done)](QKeychain::Job* finished) mutable { done(*finished); });
        job.start();
    }

    void say(State state, std::optional<HubToken> token, const QString& problem)
    {
        const std::lock_guard lock(m_link->mutex);
        if (TokenKeeper* const keeper = m_link->keeper) {
            QMetaObject::invokeMethod(
                keeper,
                [keeper, state, token = std::move(token), problem] { keeper->answer(state, token, problem); },
                Qt::QueuedConnection);
        }
    }

    std::shared_ptr<Link> m_link;
};

TokenKeeper::TokenKeeper(QObject* parent) : QObject(parent), m_link(std::make_shared<Link>())
{
    m_link->keeper = this;
}

TokenKeeper::~TokenKeeper()
{
    {
        const std::lock_guard lock(m_link->mutex);
        m_link->keeper = nullptr; // answers that come later are nobody's
    }
    if (m_worker != nullptr) {
        m_worker->deleteLater();
    }
}

void TokenKeeper::wake()
{
    if (m_worker == nullptr) {
        m_worker = new Worker(m_link);
        m_worker->moveToThread(&keyringThread());
    }
    m_state = State::Asking;
    Q_EMIT changed();
}

void TokenKeeper::answer(State state, std::optional<HubToken> token, const QString& problem)
{
    m_state = state;
    m_token = std::move(token);
    m_problem = problem;
    Q_EMIT changed();
}

void TokenKeeper::read()
{
    wake();
    QMetaObject::invokeMethod(
        m_worker, [worker = m_worker] { worker->read(); }, Qt::QueuedConnection);
}

bool TokenKeeper::keep(const QString& secret)
{
    QByteArray bytes = secret.trimmed().toUtf8();
    if (!isToken(bytes)) {
        return false;
    }
    wake();
    QMetaObject::invokeMethod(
        m_worker, [worker = m_worker, bytes] { worker->keep(bytes); }, Qt::QueuedConnection);
    return true;
}

void TokenKeeper::forget()
{
    wake();
    QMetaObject::invokeMethod(
        m_worker, [worker = m_worker] { worker->forget(); }, Qt::QueuedConnection);
}

} // namespace workbench
