// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/publish/publish_sheet.h"

#include "core/guard/text_problem.h"
#include "ui/bridge/qt_text.h"
#include "ui/bridge/token_keeper.h"
#include "ui/bridge/whole_path.h"
#include "ui/bridge/workbench_state.h"
#include "ui/publish/planned_files_model.h"
#include "ui/publish/planned_files_view.h"
#include "ui/publish/publish_facts.h"
#include "ui/publish/publish_foot.h"
#include "ui/publish/publish_target.h"
#include "ui/publish/refusal_banner.h"
#include "ui/theme/theme.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/focus_ring.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/tone_label.h"

#include <QAccessible>
#include <QClipboard>
#include <QDesktopServices>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>

namespace workbench {

namespace {

constexpr QSize Wanted(952, 684);
constexpr int FactsWidth = 376;
constexpr int TickMs = 250; ///< of what is told in seconds

} // namespace

PublishSheet::PublishSheet(WorkbenchState& state, const QString& bundleDir, quint64 rows, QWidget* parent)
    : QDialog(parent)
    , m_state(state)
    , m_bundleDir(bundleDir)
    , m_rows(rows)
{
    setObjectName(QStringLiteral("publishSheet"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowModality(Qt::WindowModal);
    setWindowTitle(tr("Publish"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(buildHead());
    column->addWidget(buildMiddle(), 1);
    m_foot = new PublishFoot(this);
    column->addWidget(m_foot);
    connect(m_foot, &PublishFoot::cancelClicked, this, &PublishSheet::reject);
    connect(m_foot, &PublishFoot::publishClicked, this, &PublishSheet::publish);
    connect(m_foot, &PublishFoot::messageEdited, this, &PublishSheet::judgeMessage);
    new FocusRing(this);
    m_clock.start();
    m_tick.setInterval(TickMs);
    connect(&m_tick, &QTimer::timeout, this, &PublishSheet::sayPatience);
    connectRunner();
    checkAgain();
    m_foot->cancelButton()->setFocus();
}

PublishSheet::~PublishSheet()
{
    if (m_stage == Stage::Looking) {
        m_state.publisher().cancel();
    }
}

QWidget* PublishSheet::buildHead()
{
    auto* head = new QWidget(this);
    m_title = new ToneLabel(TextSize::Title, TextTone::Plain, head);
    m_title->setText(m_rows > 0 ? publishText(m_rows) : tr("Publish"));
    m_target = new PublishTarget(head);
    m_target->setRepo(toQt(m_state.config().repo.value));
    connect(m_target, &PublishTarget::repoChosen, this, [this](const QString& repo) {
        m_otherRepo = repo;
        m_allowSchema = false; // was said of the other one
        checkAgain();
    });
    m_banner = new RefusalBanner(head);

    auto* column = new QVBoxLayout(head);
    column->setContentsMargins(SheetMargin, 16, SheetMargin, 12);
    column->setSpacing(6);
    column->addWidget(m_title);
    column->addWidget(m_target);
    column->addWidget(m_banner);
    return head;
}

QWidget* PublishSheet::buildMiddle()
{
    auto* middle = new QFrame(this);
    m_files = new PlannedFilesView(middle);

    m_facts = new PublishFacts(middle);
    auto* scroll = new QScrollArea(middle);
    scroll->setAccessibleName(m_facts->accessibleName());
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(m_facts);
    scroll->setFixedWidth(FactsWidth);
    auto* rule = new QFrame(middle);
    rule->setProperty("rule", true);
    rule->setFixedWidth(1);

    auto* columns = new QHBoxLayout;
    columns->setContentsMargins(0, 0, 0, 0);
    columns->setSpacing(0);
    columns->addWidget(m_files, 1);
    columns->addWidget(rule);
    columns->addWidget(scroll);
    auto* top = new QFrame(middle);
    top->setProperty("rule", true);
    top->setFixedHeight(1);
    auto* column = new QVBoxLayout(middle);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(top);
    column->addLayout(columns, 1);
    return middle;
}

void PublishSheet::connectRunner()
{
    PublishRunner& runner = m_state.publisher();
    connect(&runner, &PublishRunner::lookStepped, this, [this](PublishPhase phase) {
        if (m_stage == Stage::Looking) {
            PublishProgress progress;
            progress.phase = phase;
            m_patience.heard(progress, m_clock.elapsed());
            sayPatience();
        }
    });
    connect(&runner, &PublishRunner::lookBegun, this, &PublishSheet::takeBegun);
    connect(&runner, &PublishRunner::looked, this, &PublishSheet::takeLook);
    connect(&runner, &PublishRunner::lookFailed, this, [this](const Error& error) {
        m_look.reset(); // of what was looked at before nothing may be published either
        showStage(Stage::Shown);
        m_foot->say(QString());
        showMessage(lookFailedMessage(error));
    });
    connect(&runner.tokens(), &TokenKeeper::changed, this, [this] {
        const PublishCheck* refusal = m_stage == Stage::Shown && m_look ? m_look->plan.refusal() : nullptr;
        const bool helps = refusal != nullptr
            && (refusal->kind == PublishCheckKind::Token || refusal->kind == PublishCheckKind::MayWrite);
        if (helps && m_state.publisher().tokens().state() == TokenKeeper::State::Kept) {
            checkAgain(); // the token that was missing is here
        }
    });
    connect(&runner, &PublishRunner::stepped, this, &PublishSheet::takeStep);
    connect(&runner, &PublishRunner::waited, this, &PublishSheet::takeWait);
    connect(&runner, &PublishRunner::published, this, &PublishSheet::takeEnd);
    connect(m_banner->againButton(), &QPushButton::clicked, this, &PublishSheet::checkAgain);
    connect(m_banner->helpButton(), &QPushButton::clicked, this, &PublishSheet::help);
    connect(m_banner->openButton(), &QPushButton::clicked, this,
        [this] { QDesktopServices::openUrl(QUrl(m_url)); });
    connect(m_banner->copyButton(), &QPushButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(m_revision);
        m_foot->say(tr("Revision copied."));
        m_state.say(tr("Revision copied"));
    });
}

PublishOrder PublishSheet::order() const
{
    PublishOrder order;
    order.bundleDir = m_bundleDir;
    order.repo = m_otherRepo;
    order.commitMessage = m_foot->ownMessage();
    order.allowSchemaChange = m_allowSchema;
    return order;
}

QString PublishSheet::envFile() const
{
    const QString given = m_state.options().envFile;
    return wholePath(given.isEmpty() ? QStringLiteral(".env") : given);
}

void PublishSheet::checkAgain()
{
    m_cancelling = false;
    if (QWidget* now = focusWidget(); now && m_banner->isAncestorOf(now)) {
        m_foot->cancelButton()->setFocus(); // the button goes away
    }
    m_banner->hide();
    showStage(Stage::Looking);
    m_patience.begin(PublishPhase::Verifying, m_clock.elapsed());
    sayPatience();
    m_state.publisher().look(order());
}

void PublishSheet::takeBegun(const PublishLook& look)
{
    if (m_stage != Stage::Looking) {
        return;
    }
    showBundle(look.plan);
    // What is shown of this repository stays until its new state replaces it.
    if (!m_look || m_look->plan.repo != look.plan.repo) {
        m_look.reset();
        m_files->files().clear();
        m_facts->setPlan(look.plan);
        m_target->setLook(look);
    }
    showStage(Stage::Looking);
}

void PublishSheet::showBundle(const PublishPlan& plan)
{
    if (plan.verification.info.totalRows > 0) {
        m_rows = plan.verification.info.totalRows;
    }
    m_title->setText(publishText(m_rows));
    m_foot->offerMessage(toQt(plan.commitMessage));
}

void PublishSheet::takeWait(const QString& why, double seconds)
{
    m_patience.wait(why, seconds, m_clock.elapsed());
    sayPatience();
}

void PublishSheet::sayPatience()
{
    if (m_stage == Stage::Looking || (m_stage == Stage::Publishing && !m_cancelling)) {
        m_foot->say(m_patience.text(m_clock.elapsed()));
    }
}

void PublishSheet::takeLook(const PublishLook& look)
{
    if (m_stage != Stage::Looking) {
        return;
    }
    m_look = look;
    const PublishPlan& plan = look.plan;
    showBundle(plan);
    m_files->files().setPlan(plan);
    m_facts->setPlan(plan);
    m_target->setLook(*m_look);
    showStage(Stage::Shown);
    showSummary();
    if (const PublishCheck* refusal = plan.refusal()) {
        m_foot->say(tr("Nothing has been sent."));
        showMessage(refusalMessage(*refusal, plan, envFile()));
    } else if (plan.changesNothing()) {
        m_revision = toQt(plan.head);
        m_url = look.repoUrl;
        m_foot->say(QString());
        m_banner->showPublished(nothingToDoMessage(plan));
        m_banner->copyButton()->setFocus();
        showStage(Stage::Over);
    } else {
        judgeMessage();
    }
    fit();
}

void PublishSheet::tellWhatIsSent()
{
    const std::size_t files
        = m_files->files().count(FileChange::Added) + m_files->files().count(FileChange::Replaced);
    m_foot->say(tr("Uploads %1 in %2. Every size and hash is read back afterwards.")
                    .arg(sizeText(m_look->plan.bytesToSend),
                        files == 1 ? tr("1 file") : tr("%1 files").arg(countText(files))));
}

void PublishSheet::judgeMessage()
{
    if (m_stage != Stage::Shown || !m_look || m_look->plan.refusal() != nullptr) {
        return; // nothing can be sent now; the next look judges it
    }
    const auto problem = problemOfCommitMessage(fromQt(order().commitMessage));
    m_foot->allowPublish(!problem);
    if (problem) {
        m_foot->say(toQt(*problem));
    } else {
        tellWhatIsSent();
    }
}

void PublishSheet::showSummary()
{
    const bool listed = m_files->files().rowCount() > 0;
    const bool refused = m_look && m_look->plan.refusal() != nullptr;
    m_files->showSums(m_stage == Stage::Over ? tr("What one commit did")
            : refused                        ? tr("What one commit would do")
                                             : tr("What one commit does"),
        listed                          ? tr("nothing else is touched")
            : m_stage == Stage::Looking ? tr("known when the Hub has answered")
            : refused                   ? (m_look->plan.files.empty() ? tr("not known before the checks pass")
                                                                      : tr("nothing would change"))
                                        : tr("nothing changes"));
}

void PublishSheet::showMessage(const PublishMessage& message)
{
    m_banner->show(message);
    if (message.again) {
        m_banner->againButton()->setFocus();
    }
    QAccessibleEvent heard(m_banner, QAccessible::Alert);
    QAccessible::updateAccessibility(&heard);
    fit();
}

void PublishSheet::showStage(Stage stage)
{
    m_stage = stage;
    if (stage == Stage::Looking || stage == Stage::Publishing) {
        m_tick.start();
    } else {
        m_tick.stop();
    }
    m_foot->showStage(stage, m_rows > 0 ? publishText(m_rows) : tr("Publish"));
    m_foot->allowPublish(stage == Stage::Shown && m_look && m_look->plan.refusal() == nullptr);
    m_target->setChangeable(stage == Stage::Looking || stage == Stage::Shown);
    showSummary();
}

void PublishSheet::publish()
{
    if (m_stage != Stage::Shown || !m_look || m_look->plan.refusal() != nullptr) {
        return;
    }
    m_cancelling = false;
    m_banner->hide();
    m_files->files().begin();
    m_foot->setSent(0);
    PublishOrder order = this->order();
    order.expectedHead = m_look->plan.head;
    order.expectedDigest = m_look->plan.bundleDigest;
    showStage(Stage::Publishing);
    m_foot->cancelButton()->setFocus();
    m_patience.begin(PublishPhase::Verifying, m_clock.elapsed());
    sayPatience();
    m_state.publisher().publish(order);
}

void PublishSheet::takeStep(const PublishStep& step)
{
    if (m_stage != Stage::Publishing) {
        return;
    }
    const PublishProgress& progress = step.progress;
    m_files->files().setStep(step);
    if (progress.phase == PublishPhase::ReadingBack) {
        m_files->files().setAllSent();
        m_foot->setSent(1);
    } else if (progress.bytes > 0) {
        m_foot->setSent(static_cast<double>(progress.sent) / static_cast<double>(progress.bytes));
    }
    m_patience.heard(progress, m_clock.elapsed());
    sayPatience();
}

void PublishSheet::takeEnd(const PushResult& result)
{
    if (m_stage != Stage::Publishing) {
        return;
    }
    const PublishOutcome& outcome = result.outcome;
    const PublishMessage message = outcomeMessage(outcome, envFile());
    if (m_look && !outcome.plan.checks.empty()) {
        m_look->plan = outcome.plan;
        m_facts->setOutcome(outcome);
        m_target->setLook(*m_look);
    }
    m_files->files().end(outcome.committed && outcome.published);
    m_state.say(message.title);
    if (outcome.published) {
        m_revision = toQt(outcome.revision);
        m_url = toQt(outcome.url);
        showStage(Stage::Over);
        m_foot->say(outcome.error ? QString() : tr("The job's record holds the receipt."));
        m_banner->showPublished(message);
        (outcome.error ? m_banner->againButton() : m_banner->copyButton())->setFocus();
        fit();
        return;
    }
    // Another try begins with another look: what was shown may be true no longer.
    m_look.reset();
    showStage(Stage::Shown);
    m_foot->say(QString());
    showMessage(message);
}

void PublishSheet::help()
{
    switch (m_banner->message().help) {
    case PublishHelp::None:
        break;
    case PublishHelp::Settings:
        Q_EMIT settingsRequested();
        break;
    case PublishHelp::RepoSettings:
        if (m_look) {
            QDesktopServices::openUrl(QUrl(m_look->repoUrl + QStringLiteral("/settings")));
        }
        m_banner->againButton()->setFocus();
        break;
    case PublishHelp::AllowSchema:
        m_allowSchema = true;
        checkAgain();
        break;
    case PublishHelp::ExportAgain:
        Q_EMIT exportRequested();
        close();
        break;
    }
}

void PublishSheet::reject()
{
    if (m_stage == Stage::Publishing) {
        m_cancelling = true;
        m_foot->cancelButton()->setEnabled(false);
        m_foot->say(tr("Cancelling…"));
        m_state.publisher().cancel();
        return;
    }
    if (m_stage == Stage::Looking) {
        m_state.publisher().cancel();
        m_stage = Stage::Over;
    }
    QDialog::reject();
}

void PublishSheet::fit()
{
    const QWidget* window = parentWidget() ? parentWidget()->window() : nullptr;
    const QSize room = window ? QSize(window->width() * 9 / 10, window->height() * 9 / 10) : Wanted;
    const QSize wanted(Wanted.width(), Wanted.height() + (m_banner->isHidden() ? 0 : 40));
    const QSize size = wanted.boundedTo(room);
    if (size != this->size()) {
        resize(size);
    }
}

void PublishSheet::showEvent(QShowEvent* event)
{
    fit();
    QDialog::showEvent(event);
}

void PublishSheet::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        // No default button: Return means the one that has the keyboard, and nothing else.
        if (auto* button = qobject_cast<QPushButton*>(focusWidget()); button && button->isEnabled()) {
            button->click();
        }
        event->accept();
        return;
    }
    QDialog::keyPressEvent(event);
}

void PublishSheet::changeEvent(QEvent* event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        // What is painted once, in the theme's colours; not now: Qt walks through the labels that this
        // replaces.
        QMetaObject::invokeMethod(this, &PublishSheet::paintAnew, Qt::QueuedConnection);
    }
}

void PublishSheet::paintAnew()
{
    if (m_look) {
        m_target->setLook(*m_look);
    }
    m_facts->paintAnew();
}

void PublishSheet::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), Theme::colors().window);
}

} // namespace workbench
