// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/publish_runner.h"

#include "core/job/scan.h"
#include "ui/bridge/lane.h"
#include "ui/bridge/latest.h"
#include "ui/bridge/qt_text.h"
#include "ui/bridge/token_keeper.h"

#include <QTimer>

#include <algorithm>
#include <chrono>
#include <utility>

namespace workbench {

namespace {

/// After so much silence a person is told that the Hub does not answer.
constexpr std::chrono::milliseconds LookPatience {10'000};

constexpr std::chrono::milliseconds StepEvery {50};

/// For a question that a person waits for, and can ask again.
void hurry(PushJob& job)
{
    job.stall = std::min(job.stall.value_or(LookPatience), LookPatience);
    job.patience = job.stall;
}

QString repoUrlOf(const PushJob& job)
{
    return toQt(job.hub.endpoint.base() + "/datasets/" + job.publish.repo);
}

Result<PushJob> jobOf(
    const PublishSettingsFn& read, const std::optional<HubToken>& kept, const PublishOrder& order)
{
    auto settings = read();
    if (!settings) {
        return settings.error();
    }
    PublishRequest request;
    request.bundleDir = fromQt(order.bundleDir);
    request.repo = order.repo.isEmpty() ? settings->config.repo.value : fromQt(order.repo);
    request.wantPrivate = settings->config.isPrivate.value;
    request.enabled = settings->config.pushEnabled.value;
    request.commitMessage = fromQt(order.commitMessage);
    request.allowSchemaChange = order.allowSchemaChange;
    request.askWhoseToken = true;
    request.threads = defaultThreads();
    request.expectedHead = order.expectedHead;
    request.expectedDigest = order.expectedDigest;
    PushJob job {std::move(request), std::move(settings->hub), settings->waiter, {}, settings->stall};
    if (!job.hub.token) {
        job.hub.token = kept;
    }
    return job;
}

} // namespace

struct PublishRunner::State {
    State(PublishSettingsFn source, PublishRunner* runner)
        : settings(std::move(source))
        , publishing(runner)
        , asking(runner)
        , reading(runner)
        , finding(runner)
    {
    }

    PublishSettingsFn settings;
    TokenKeeper tokens;
    QString user;
    bool runs = false;
    bool looks = false;
    std::shared_ptr<Latest<PublishStep>> steps; ///< of the publishing that runs
    QTimer stepClock; ///< a step is shown soon after it was made, though no other follows for minutes
    Lane publishing;
    Lane asking;
    Lane reading;
    Lane finding;
};

PublishRunner::PublishRunner(PublishSettingsFn settings, QObject* parent)
    : QObject(parent)
    , m_state(std::make_unique<State>(std::move(settings), this))
{
    m_state->stepClock.setInterval(StepEvery);
    connect(&m_state->stepClock, &QTimer::timeout, this, &PublishRunner::deliverStep);
}

PublishRunner::~PublishRunner()
{
    m_state->publishing.cancel();
    m_state->asking.cancel();
    m_state->reading.cancel();
    m_state->finding.cancel();
}

TokenKeeper& PublishRunner::tokens() { return m_state->tokens; }

bool PublishRunner::publishing() const { return m_state->runs; }

bool PublishRunner::looking() const { return m_state->looks; }

QString PublishRunner::userName() const { return m_state->user; }

void PublishRunner::know(const HubUser& user)
{
    m_state->user = toQt(user.name);
    Q_EMIT userKnown(m_state->user);
}

void PublishRunner::deliverStep()
{
    if (const auto step = m_state->steps->take()) {
        Q_EMIT stepped(*step);
    }
}

WaitNotice PublishRunner::waitNotice(const Lane::Report& report)
{
    return [this, &report](const std::string& why, std::chrono::milliseconds howLong) {
        report([this, text = toQt(why), seconds = static_cast<double>(howLong.count()) / 1000] {
            if (m_state->runs) {
                deliverStep(); // made before, and no sign that the wait is over
            }
            Q_EMIT waited(text, seconds);
        });
    };
}

void PublishRunner::look(const PublishOrder& order)
{
    if (m_state->runs) {
        return;
    }
    m_state->looks = true;
    m_state->publishing.start([this, order, read = m_state->settings, kept = m_state->tokens.token()](
                                  const std::stop_token& stop, const Lane::Report& report) {
        const auto fail = [this, &report](const Error& error) {
            report([this, error] {
                m_state->looks = false;
                Q_EMIT lookFailed(error);
            });
        };
        auto job = jobOf(read, kept, order);
        if (!job) {
            fail(job.error());
            return;
        }
        hurry(*job);
        job->onWait = waitNotice(report);
        auto plan = planPush(
            *job, stop,
            [this, &report](const PublishProgress& progress) {
                report([this, phase = progress.phase] { Q_EMIT lookStepped(phase); });
            },
            [this, &report, &job](const PublishPlan& soFar) {
                report([this, look = PublishLook {soFar, repoUrlOf(*job), job->publish.wantPrivate}] {
                    Q_EMIT lookBegun(look);
                });
            });
        if (!plan) {
            fail(plan.error());
            return;
        }
        PublishLook look {std::move(*plan), repoUrlOf(*job), job->publish.wantPrivate};
        report([this, look = std::move(look)] {
            m_state->looks = false;
            if (look.plan.user) {
                know(*look.plan.user);
            }
            Q_EMIT looked(look);
        });
    });
}

void PublishRunner::publish(const PublishOrder& order)
{
    if (m_state->runs) {
        return;
    }
    m_state->runs = true;
    m_state->looks = false;
    m_state->steps = std::make_shared<Latest<PublishStep>>();
    m_state->stepClock.start();
    m_state->publishing.start([this, order, read = m_state->settings, kept = m_state->tokens.token()](
                                  const std::stop_token& stop, const Lane::Report& report) {
        const auto steps = m_state->steps; // of this publishing; the next one has its own
        const auto finish = [this, &report](const PushResult& result) {
            report([this, result] {
                deliverStep();
                m_state->stepClock.stop();
                m_state->runs = false;
                if (result.outcome.plan.user) {
                    know(*result.outcome.plan.user);
                }
                Q_EMIT published(result);
            });
        };
        auto job = jobOf(read, kept, order);
        if (!job) {
            PushResult refused;
            refused.outcome.error = job.error();
            finish(refused);
            return;
        }
        job->onWait = waitNotice(report);
        PublishStep step;
        finish(runPush(*job, stop, [&](const PublishProgress& progress) {
            const bool another = progress.phase != step.progress.phase;
            step.progress = progress;
            if (progress.phase == PublishPhase::Uploading && !progress.file.empty()) {
                step.sentByFile[progress.file] = progress.fileSent;
            }
            steps->put(step);
            if (another) {
                report([this] { deliverStep(); });
            }
        }));
    });
}

void PublishRunner::cancel()
{
    if (m_state->runs) {
        m_state->publishing.cancel();
    } else {
        m_state->publishing.forget();
        m_state->looks = false;
    }
}

void PublishRunner::askAccess()
{
    m_state->asking.start([this, read = m_state->settings, kept = m_state->tokens.token()](
                              const std::stop_token& stop, const Lane::Report& report) {
        auto job = jobOf(read, kept, {});
        if (job) {
            hurry(*job);
        }
        const auto access = job ? askHubAccess(*job, stop) : Result<HubAccess>(job.error());
        if (!access) {
            report([this, error = access.error()] { Q_EMIT accessFailed(error); });
            return;
        }
        AccessAnswer answer {*access, toQt(job->publish.repo), toQt(job->hub.endpoint.host()),
            job->hub.token ? toQt(job->hub.token->foundIn()) : QString()};
        report([this, answer = std::move(answer)] {
            know(answer.access.user);
            Q_EMIT accessTold(answer);
        });
    });
}

void PublishRunner::loadPublishedSchema()
{
    m_state->reading.start([this, read = m_state->settings, kept = m_state->tokens.token()](
                               const std::stop_token& stop, const Lane::Report& report) {
        const auto job = jobOf(read, kept, {});
        const auto schema
            = job ? loadHubSchema(*job, job->publish.repo, stop) : Result<SchemaReference>(job.error());
        if (!schema) {
            report([this, error = schema.error()] { Q_EMIT publishedSchemaFailed(error); });
            return;
        }
        report([this, reference = toQt("hub:" + job->publish.repo), schema = *schema] {
            Q_EMIT publishedSchemaLoaded(reference, schema);
        });
    });
}

void PublishRunner::findToken()
{
    m_state->finding.start([this, read = m_state->settings, kept = m_state->tokens.token()](
                               const std::stop_token&, const Lane::Report& report) {
        const auto settings = read();
        const std::optional<HubToken> token = settings && settings->hub.token ? settings->hub.token : kept;
        report([this, foundIn = token ? toQt(token->foundIn()) : QString(),
                   problem = settings ? QString() : toQt(settings.error().message)] {
            Q_EMIT tokenFound(foundIn, problem);
        });
    });
}

} // namespace workbench
