// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preview/preview_bars.h"

#include "ui/bridge/qt_text.h"
#include "ui/preview/preview_listing.h"
#include "ui/preview/preview_state.h"
#include "ui/preview/reading_bar.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/number_text.h"

#include <QVBoxLayout>

namespace workbench {

PreviewBars::PreviewBars(WorkbenchState& state, const PreviewListing& listing, QWidget* parent)
    : QWidget(parent)
    , m_state(state)
    , m_listing(listing)
    , m_folder(new MessageBar(this))
    , m_problems(new MessageBar(this))
    , m_search(new MessageBar(this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(new ReadingBar(state, this));
    column->addWidget(m_folder);
    column->addWidget(m_problems);
    column->addWidget(m_search);
    connect(m_folder, &MessageBar::buttonClicked, &m_state, &WorkbenchState::reload);
    connect(m_search, &MessageBar::buttonClicked, this, &PreviewBars::clearSearchAsked);
    connect(&m_state, &WorkbenchState::folderStateChanged, this, &PreviewBars::showFolder);
    connect(&m_listing, &PreviewListing::changed, this, &PreviewBars::showSearch);
    connect(&m_listing, &PreviewListing::busyChanged, this, &PreviewBars::showSearch);
    showFolder();
    showSearch();
}

void PreviewBars::showFolder()
{
    if (m_state.folderGone()) {
        m_folder->setMessage(MessageTone::Warning, tr("%1 is gone.").arg(m_state.folder()),
            tr("What was read stays visible; it cannot be exported."), tr("Reload"));
    } else if (!m_state.changedFile().isEmpty()) {
        m_folder->setMessage(MessageTone::Warning,
            tr("%1 changed at %2.").arg(m_state.changedFile(), timeText(m_state.changedAt())),
            tr("You see it as it was at %1. Exporting waits for a reload.").arg(timeText(m_state.readAt())),
            tr("Reload"));
    } else if (m_state.folderState() == FolderState::Failed && m_state.error()) {
        m_folder->setMessage(MessageTone::Bad, toQt(m_state.error()->message),
            tr("What was read until then stays visible; it cannot be exported."), tr("Reload"));
    } else {
        m_folder->clear();
    }

    const std::vector<ExampleFileProblem>& problems = m_state.files().problems;
    if (problems.empty() || m_state.folderState() == FolderState::Unreadable) {
        m_problems->clear();
        return;
    }
    const std::size_t good = m_state.files().files.size();
    const QString title = problems.size() == 1
        ? tr("%1 cannot be read (%2).").arg(toQt(problems.front().name), toQt(problems.front().reason))
        : tr("%1 files cannot be read, among them %2 (%3).", nullptr, static_cast<int>(problems.size()))
              .arg(countText(problems.size()), toQt(problems.front().name), toQt(problems.front().reason));
    QString rest;
    if (good == 1) {
        rest = tr("The other file is shown.");
    } else if (good > 1) {
        rest = tr("The other %1 files are shown.", nullptr, static_cast<int>(good)).arg(countText(good));
    }
    m_problems->setMessage(MessageTone::Warning, title, rest);
}

void PreviewBars::showSearch()
{
    const QString& search = m_listing.search();
    if (search.isEmpty() || !m_listing.rows()) {
        m_search->clear();
        return;
    }
    const QString title = tr("%1 of %2 have an id with “%3”.")
                              .arg(countText(m_listing.rows()->size(), m_listing.searching()),
                                  rowsText(m_listing.scopeCount()), search);
    m_search->setMessage(
        MessageTone::Note, title, tr("An export is not narrowed by this."), tr("Clear search"));
}

} // namespace workbench
