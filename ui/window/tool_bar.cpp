// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/tool_bar.h"

#include "ui/bridge/qt_text.h"
#include "ui/bridge/workbench_state.h"
#include "ui/theme/icons.h"
#include "ui/theme/sizes.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/number_text.h"
#include "ui/window/window_actions.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QResizeEvent>
#include <QStringList>

#include <algorithm>

namespace workbench {
namespace {

constexpr int ToolBarHeight = 44;
constexpr int RoomForSchema = 1100; ///< below this width the folder needs the place more
constexpr int RoomForFacts = 860;

QWidget* rule(QWidget* parent)
{
    auto* line = new QFrame(parent);
    line->setProperty("rule", true);
    line->setFixedSize(1, 20);
    return line;
}

/// The button and its action say and may the same.
void bind(QPushButton* button, QAction* action)
{
    QObject::connect(button, &QPushButton::clicked, action, &QAction::trigger);
    const auto follow = [button, action] { button->setEnabled(action->isEnabled()); };
    QObject::connect(action, &QAction::enabledChanged, button, follow);
    follow();
}

} // namespace

ToolBar::ToolBar(WorkbenchState& state, const WindowActions& actions, QWidget* parent)
    : QWidget(parent)
    , m_state(state)
    , m_actions(actions)
{
    setObjectName(QStringLiteral("toolBar"));
    setAccessibleName(tr("Tool bar"));
    m_open = makeFlatButton(tr("Open"), QStringLiteral("open"), this);
    m_open->setToolTip(withKeys(tr("Open a folder of training examples"), *actions.openFolder));
    m_recent = makeFlatButton(QString(), QString(), this);
    m_recent->setIcon(icon(QStringLiteral("chev")));
    m_recent->setIconSize(QSize(sized(14), sized(14)));
    m_recent->setFixedWidth(sized(24));
    m_recent->setProperty("narrow", true);
    m_recent->setAccessibleName(tr("Recent folders"));
    m_recent->setToolTip(tr("Recent folders"));
    m_reload = makeFlatButton(tr("Reload"), QStringLiteral("reload"), this);
    m_reload->setToolTip(withKeys(tr("Read the folder again"), *actions.reload));
    m_folderIcon = new QLabel(this);
    showIcon();
    m_folder = new ElidedLabel(Qt::ElideMiddle, this);
    m_facts = new QLabel(this);
    m_facts->setFont(Theme::captionFont());
    m_facts->setProperty("tone", QStringLiteral("quiet"));
    m_schema = new QLabel(this);
    m_schema->setFont(Theme::monoFont());
    m_schema->setProperty("chip", true);
    m_schema->setText(
        QStringLiteral("%1 · %2").arg(toQt(state.schema()->name()), toQt(state.schema()->hash())));
    m_schema->setToolTip(
        tr("%1: %n features. Fingerprint %2", nullptr, static_cast<int>(state.schema()->features().size()))
            .arg(toQt(state.schema()->name()), toQt(state.schema()->fingerprint())));
    m_schema->setAccessibleName(tr("Schema %1").arg(m_schema->text()));
    m_schemaRule = rule(this);
    m_export = makeButton(tr("Export…"), QStringLiteral("export"), this);
    m_export->setObjectName(QStringLiteral("exportButton"));
    setPrimary(m_export, true);
    m_publish = makeButton(tr("Publish…"), QStringLiteral("publish"), this);
    m_publish->setObjectName(QStringLiteral("pushButton"));
    m_publish->setAccessibleName(tr("Publish"));

    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 8, 12, 8);
    row->setSpacing(8);
    auto* opening = new QHBoxLayout; // one control for the eye
    opening->setSpacing(0);
    opening->addWidget(m_open);
    opening->addWidget(m_recent);
    row->addLayout(opening);
    row->addWidget(m_reload);
    row->addSpacing(4);
    row->addWidget(rule(this));
    row->addSpacing(4);
    row->addWidget(m_folderIcon);
    row->addWidget(m_folder);
    row->addWidget(m_facts);
    row->addStretch(1);
    row->addWidget(m_schema, 0, Qt::AlignVCenter);
    row->addSpacing(4);
    row->addWidget(m_schemaRule);
    row->addSpacing(4);
    row->addWidget(m_export);
    row->addWidget(m_publish);
    setMinimumHeight(ToolBarHeight);

    bind(m_open, actions.openFolder);
    bind(m_reload, actions.reload);
    bind(m_export, actions.exportRows);
    bind(m_publish, actions.publish);
    connect(&m_state, &WorkbenchState::folderStateChanged, this, [this] {
        showFolder();
        showExport();
    });
    connect(&m_state, &WorkbenchState::selectionChanged, this, &ToolBar::showExport);
    connect(&m_state, &WorkbenchState::filterChanged, this, &ToolBar::showExport);
    connect(&m_state, &WorkbenchState::outDirChanged, this, &ToolBar::showExport);
    connect(&m_state.jobs(), &JobRunner::started, this, &ToolBar::showExport);
    connect(&m_state.jobs(), &JobRunner::finished, this, &ToolBar::showExport);
    showFolder();
    showExport();
}

void ToolBar::setRecentMenu(QMenu* menu) { m_recent->setMenu(menu); }

void ToolBar::showFolder()
{
    const bool open = m_state.folderState() != FolderState::None;
    m_actions.reload->setEnabled(open);
    m_folder->setFont(open ? Theme::strongFont() : Theme::bodyFont());
    setLook(m_folder, "tone", open ? QString() : QStringLiteral("quiet"));
    m_folder->setFullText(open ? m_state.folder() : tr("No folder open"));
    QStringList facts;
    const ExampleFiles& files = m_state.files();
    if (!files.files.empty()) {
        facts += tr("%n files", nullptr, static_cast<int>(files.files.size()));
        facts += sizeText(files.totalBytes());
    }
    if (m_state.folderState() == FolderState::Reading) {
        facts += tr("reading");
    } else if (open && m_state.folderState() != FolderState::Unreadable && m_state.readAt().isValid()) {
        facts += tr("read %1", "at a time").arg(timeText(m_state.readAt()));
    }
    m_facts->setText(facts.join(QStringLiteral(" · ")));
}

QString ToolBar::exportObstacle() const
{
    const SelectionPtr& selection = m_state.selection();
    if (m_state.folderState() == FolderState::None) {
        return tr("Open a folder first");
    }
    if (m_state.folderGone()) {
        return tr("%1 is gone. What was read stays visible; it cannot be exported.").arg(m_state.folder());
    }
    if (!m_state.changedFile().isEmpty()) {
        return tr("%1 changed. Exporting waits for a reload.").arg(m_state.changedFile());
    }
    if (m_state.folderState() == FolderState::Reading || (selection && selection->ledger.growing)) {
        return tr("Ready when reading is done");
    }
    if (m_state.folderState() != FolderState::Ready || !selection) {
        return tr("Nothing was read that could be exported");
    }
    if (m_state.jobs().running()) {
        return tr("An export is running. One runs at a time.");
    }
    if (selection->ledger.matched == 0) {
        return tr("No row matches the filters");
    }
    return {};
}

void ToolBar::showExport()
{
    const SelectionPtr& selection = m_state.selection();
    if (selection) {
        const Ledger& ledger = selection->ledger;
        const int plural = static_cast<int>(std::min<quint64>(ledger.toExport, 1'000'000));
        m_export->setText(
            tr("Export %1 rows…", nullptr, plural).arg(countText(ledger.toExport, ledger.growing)));
    } else {
        m_export->setText(tr("Export…"));
    }
    const QString obstacle = exportObstacle();
    m_actions.exportRows->setEnabled(obstacle.isEmpty());
    m_actions.exportRows->setText(m_export->text());
    m_export->setAccessibleName(m_export->text());
    m_export->setToolTip(obstacle.isEmpty()
            ? withKeys(tr("Writes a bundle to %1").arg(m_state.outDir()), *m_actions.exportRows)
            : obstacle);
    showPublish(obstacle);
}

void ToolBar::showPublish(const QString& exportObstacle)
{
    const QString bundle = m_state.currentBundle();
    const bool ready = !bundle.isEmpty();
    // One button is primary: the next step of the two.
    setPrimary(m_export, !ready);
    setPrimary(m_publish, ready);
    const bool possible = (ready && !m_state.jobs().running()) || exportObstacle.isEmpty();
    m_actions.publish->setEnabled(possible);
    const QString what = ready
        ? tr("Shows what publishing this bundle would do; nothing is sent before you have seen it")
        : tr("Exports the selection, then shows what publishing it would do");
    m_publish->setToolTip(possible ? withKeys(what, *m_actions.publish) : exportObstacle);
}

void ToolBar::showIcon() // a picture, and no icon that follows the theme by itself
{
    m_folderIcon->setPixmap(
        iconPixmap(QStringLiteral("folder"), Theme::colors().text2, sized(16), devicePixelRatioF()));
}

void ToolBar::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        showIcon();
    }
}

void ToolBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), Theme::colors().window);
    painter.fillRect(QRect(0, height() - 1, width(), 1), Theme::colors().line);
}

void ToolBar::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    m_schema->setVisible(width() >= sized(RoomForSchema));
    m_schemaRule->setVisible(width() >= sized(RoomForSchema));
    m_facts->setVisible(width() >= sized(RoomForFacts));
}

} // namespace workbench
