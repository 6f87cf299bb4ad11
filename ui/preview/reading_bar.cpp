// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preview/reading_bar.h"

#include "ui/preview/preview_state.h"
#include "ui/theme/theme.h"
#include "ui/widgets/number_text.h"

#include <QGridLayout>
#include <QLabel>
#include <QProgressBar>

#include <algorithm>

namespace workbench {

ReadingBar::ReadingBar(WorkbenchState& state, QWidget* parent)
    : QWidget(parent)
    , m_state(state)
    , m_title(new QLabel(this))
    , m_rows(new QLabel(this))
    , m_progress(new QProgressBar(this))
{
    setProperty("frame", QStringLiteral("bar"));
    setAttribute(Qt::WA_StyledBackground);
    QFont strong = Theme::captionFont();
    strong.setWeight(QFont::DemiBold);
    m_title->setFont(strong);
    m_rows->setFont(Theme::captionFont());
    m_rows->setProperty("tone", QStringLiteral("quiet"));
    m_progress->setRange(0, 1000);
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(6);
    m_progress->setAccessibleName(tr("Reading the folder"));
    auto* hint = new QLabel(tr("Counts grow until the end. Filtering works already."), this);
    hint->setFont(Theme::captionFont());
    hint->setProperty("tone", QStringLiteral("quiet"));
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(12, 8, 12, 8);
    grid->setVerticalSpacing(6);
    grid->addWidget(m_title, 0, 0);
    grid->addWidget(m_rows, 0, 1, Qt::AlignRight);
    grid->addWidget(m_progress, 1, 0, 1, 2);
    grid->addWidget(hint, 2, 0, 1, 2);
    grid->setColumnStretch(0, 1);

    m_delay.setSingleShot(true);
    m_delay.setInterval(150);
    connect(&m_delay, &QTimer::timeout, this, &ReadingBar::update);
    connect(&m_state, &WorkbenchState::folderStateChanged, this, &ReadingBar::update);
    connect(&m_state, &WorkbenchState::scanProgressed, this, &ReadingBar::update);
    hide();
    update();
}

void ReadingBar::update()
{
    if (m_state.folderState() != FolderState::Reading) {
        m_delay.stop();
        hide();
        return;
    }
    if (isHidden() && m_delay.remainingTime() != 0) {
        if (!m_delay.isActive() && sender() != &m_delay) {
            m_delay.start();
        }
        if (sender() != &m_delay) {
            return;
        }
    }
    const ScanProgress& progress = m_state.scanProgress();
    const std::size_t files = std::max(progress.files, m_state.files().files.size());
    m_title->setText(tr("Reading file %1 of %2")
                         .arg(countText(std::min(progress.file + 1, std::max<std::size_t>(files, 1))),
                             countText(std::max<std::size_t>(files, 1))));
    m_rows->setText(tr("%1 so far", "rows").arg(rowsText(progress.read)));
    const double share = progress.bytesTotal == 0
        ? 0
        : static_cast<double>(progress.bytesRead) / static_cast<double>(progress.bytesTotal);
    m_progress->setValue(static_cast<int>(std::clamp(share, 0.0, 1.0) * 1000));
    show();
}

} // namespace workbench
