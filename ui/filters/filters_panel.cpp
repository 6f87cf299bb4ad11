// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/filters/filters_panel.h"

#include "ui/bridge/qt_text.h"
#include "ui/bridge/workbench_state.h"
#include "ui/filters/choice_delegate.h"
#include "ui/filters/choice_list.h"
#include "ui/filters/day_edit.h"
#include "ui/filters/filter_text.h"
#include "ui/filters/share_bar.h"
#include "ui/theme/icons.h"
#include "ui/theme/sizes.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/column_scroll.h"
#include "ui/widgets/ledger_widget.h"
#include "ui/widgets/number_text.h"

#include <QCheckBox>
#include <QEvent>
#include <QFontMetrics>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QScrollBar>
#include <QSpinBox>
#include <QStyle>
#include <QVBoxLayout>

#include <algorithm>
#include <limits>

namespace workbench {
namespace {

constexpr int Margin = 12;
constexpr int TypingPauseMs = 120;

QLabel* sectionLabel(const QString& text, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    QFont font = Theme::captionFont();
    font.setWeight(QFont::DemiBold);
    label->setFont(font);
    label->setProperty("tone", QStringLiteral("quiet"));
    return label;
}

QLabel* smallLabel(const QString& text, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    label->setFont(Theme::headerFont());
    label->setProperty("tone", QStringLiteral("faint"));
    return label;
}

QStringList toQt(const std::vector<std::string>& values)
{
    QStringList list;
    for (const std::string& value : values) {
        list += workbench::toQt(value);
    }
    return list;
}

std::optional<std::string> fromQt(const std::optional<QString>& value)
{
    return value ? std::optional(workbench::fromQt(*value)) : std::nullopt;
}

std::optional<QString> toQt(const std::optional<std::string>& value)
{
    return value ? std::optional(workbench::toQt(*value)) : std::nullopt;
}

std::vector<quint64> counts(quint64 any, const std::vector<std::uint64_t>& each)
{
    std::vector<quint64> all {any};
    all.insert(all.end(), each.begin(), each.end());
    return all;
}

} // namespace

FiltersPanel::FiltersPanel(WorkbenchState& state, QWidget* parent) : QWidget(parent), m_state(state)
{
    setObjectName(QStringLiteral("filtersPanel"));
    setAccessibleName(tr("Filters"));

    auto* all = new QVBoxLayout(this); // in the order of the focus
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    buildHeader(all);
    auto* content = new QWidget(this);
    auto* column = new QVBoxLayout(content);
    m_column = column;
    column->setContentsMargins(Margin, 0, Margin, Margin);
    column->setSpacing(4);
    buildChoices(column);
    buildDates(column);
    buildRest(column);
    column->addStretch();

    auto* scroll = new ColumnScroll(content, this);
    scroll->verticalScrollBar()->installEventFilter(this);

    m_ledger = new LedgerWidget(LedgerPart::Whole, this);
    auto* foot = new QFrame(this);
    foot->setProperty("frame", QStringLiteral("window"));
    auto* rule = new QFrame(foot);
    rule->setFixedHeight(1);
    rule->setProperty("rule", true);
    auto* footColumn = new QVBoxLayout(foot);
    footColumn->setContentsMargins(Margin, 0, Margin, Margin - 2);
    footColumn->setSpacing(8);
    footColumn->addWidget(rule);
    footColumn->addWidget(m_ledger);

    all->addWidget(scroll, 1);
    all->addWidget(foot);

    for (QLineEdit* line : findChildren<QLineEdit*>()) {
        line->setAcceptDrops(false); // what is dropped on them is to be opened; its path is no text of theirs
    }
    connectControls();
    connect(&m_state, &WorkbenchState::filterChanged, this, [this] {
        showFilter();
        sayFilter();
    });
    connect(&m_state, &WorkbenchState::selectionChanged, this, &FiltersPanel::showCounts);
    connect(&m_state, &WorkbenchState::folderStateChanged, this, &FiltersPanel::showEnabled);
    showFilter();
    showCounts();
    showEnabled();
}

/// The row limit is counted among the filters above, so that it is told among them, too.
void FiltersPanel::sayFilter()
{
    const ExampleFilter& filter = m_state.filter();
    QString sentence = filterSentence(filter);
    if (filter.maxRows && filter.maxRows != m_state.config().maxRows.value) {
        const int plural = static_cast<int>(std::min<quint64>(*filter.maxRows, 1'000'000));
        const QString limit = tr("at most %1 rows", nullptr, plural).arg(countText(*filter.maxRows));
        sentence = sentence.isEmpty() ? limit : tr("%1, %2", "filters, row limit").arg(sentence, limit);
    }
    m_state.say(sentence.isEmpty() ? tr("No filter is on") : tr("Filter: %1").arg(sentence));
}

bool FiltersPanel::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_search) {
        // What runs is stopped by the window's own key before this one is heard; then the search is given up.
        if (event->type() == QEvent::KeyPress && !m_search->text().isEmpty()
            && static_cast<QKeyEvent*>(event)->matches(QKeySequence::Cancel)) {
            m_search->clear();
            return true;
        }
        return QWidget::eventFilter(watched, event);
    }
    if (event->type() == QEvent::Show || event->type() == QEvent::Hide) {
        // The scroll bar stands in the margin: what is beside it keeps its width.
        const bool shown = event->type() == QEvent::Show;
        const int bar = style()->pixelMetric(QStyle::PM_ScrollBarExtent);
        const int beside = shown ? std::max(0, Margin - bar) : Margin;
        const bool barIsLeft = isRightToLeft(); // margins are not mirrored
        m_column->setContentsMargins(barIsLeft ? beside : Margin, 0, barIsLeft ? Margin : beside, Margin);
    }
    return QWidget::eventFilter(watched, event);
}

void FiltersPanel::buildHeader(QVBoxLayout* column)
{
    m_title = new QLabel(this);
    m_title->setFont(Theme::strongFont());
    m_search = new QLineEdit(this);
    m_search->setObjectName(QStringLiteral("searchEdit"));
    m_search->setAccessibleName(tr("Find by example id"));
    m_search->setPlaceholderText(tr("Find by example id"));
    m_search->setProperty("panelInput", true);
    m_search->setProperty("search", true);
    m_search->setClearButtonEnabled(true);
    m_search->installEventFilter(this);
    m_search->addAction(icon(QStringLiteral("search"), &ThemeColors::text2), QLineEdit::LeadingPosition);
    m_clear = makeLinkButton(tr("Clear"), this);
    m_clear->setAccessibleName(tr("Clear filters"));

    auto* row = new QHBoxLayout;
    row->addWidget(m_title, 1);
    row->addWidget(m_clear);
    auto* head = new QVBoxLayout;
    head->setContentsMargins(Margin, 8, Margin, 8);
    head->setSpacing(8);
    head->addLayout(row);
    head->addWidget(m_search);
    column->addLayout(head);
}

void FiltersPanel::buildChoices(QVBoxLayout* column)
{
    m_source = new ChoiceList(tr("Source"), this);
    m_source->setObjectName(QStringLiteral("sourceFilter"));
    m_source->setChoices(toQt(m_state.schema()->sources()));
    m_industry = new ChoiceList(tr("Industry"), this);
    m_industry->setObjectName(QStringLiteral("industryFilter"));
    m_industry->setChoices(toQt(m_state.schema()->industries()));

    column->addSpacing(4);
    column->addWidget(sectionLabel(tr("Source"), this));
    column->addWidget(m_source);
    column->addSpacing(8);
    column->addWidget(sectionLabel(tr("Industry"), this));
    column->addWidget(m_industry);
    column->addSpacing(8);
}

void FiltersPanel::buildDates(QVBoxLayout* column)
{
    m_since = new DayEdit(tr("Created since, included, UTC"), this);
    m_since->setObjectName(QStringLiteral("sinceFilter"));
    m_until = new DayEdit(tr("Created until, not included, UTC"), this);
    m_until->setObjectName(QStringLiteral("untilFilter"));

    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(2);
    grid->addWidget(smallLabel(tr("Since, included"), this), 0, 0);
    grid->addWidget(m_since, 1, 0);
    grid->setColumnStretch(0, 1);
    const bool below = lettersAreLarge();
    grid->addWidget(smallLabel(tr("Until, not included"), this), below ? 2 : 0, below ? 0 : 1);
    grid->addWidget(m_until, below ? 3 : 1, below ? 0 : 1);
    grid->setColumnStretch(1, below ? 0 : 1);
    column->addWidget(sectionLabel(tr("Created (UTC)"), this));
    column->addLayout(grid);
    column->addSpacing(8);
}

void FiltersPanel::buildRest(QVBoxLayout* column)
{
    m_labelled = new QCheckBox(tr("Labelled only"), this);
    m_labelled->setObjectName(QStringLiteral("labelledFilter"));
    m_labelled->setAccessibleName(tr("Labelled only"));
    m_labelledBar = new ShareBar(ChoiceDelegate::BarWidth, this);
    m_labelledCount = new QLabel(this);
    m_labelledCount->setFont(Theme::numberFont());
    m_labelledCount->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_labelledCount->setMinimumWidth(ChoiceDelegate::leastCountWidth());
    auto* labelled = new QHBoxLayout;
    labelled->setContentsMargins(6, 0, 6, 0);
    labelled->setSpacing(8);
    labelled->addWidget(m_labelled, 1);
    labelled->addWidget(m_labelledBar);
    labelled->addSpacing(ChoiceDelegate::AfterBar - labelled->spacing());
    labelled->addWidget(m_labelledCount);

    m_maxRows = new QSpinBox(this);
    m_maxRows->setObjectName(QStringLiteral("maxRowsSpin"));
    m_maxRows->setAccessibleName(tr("Row limit"));
    m_maxRows->setProperty("panelInput", true);
    m_maxRows->setLocale(displayLocale());
    m_maxRows->setGroupSeparatorShown(true);
    m_maxRows->setAlignment(Qt::AlignRight);
    m_maxRows->setRange(1, std::numeric_limits<int>::max());
    m_maxRows->setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
    m_maxRows->setMinimumWidth(m_maxRows->fontMetrics().horizontalAdvance(QStringLiteral("10,000,000")) + 32);
    m_maxRows->setFocusPolicy(Qt::StrongFocus); // the wheel scrolls the panel
    auto* limitLabel = new QLabel(tr("Row limit"), this);
    limitLabel->setBuddy(m_maxRows);
    auto* limit = new QHBoxLayout;
    limit->setContentsMargins(6, 0, 6, 0);
    limit->addWidget(limitLabel, 1);
    limit->addWidget(m_maxRows, 1);

    column->addLayout(labelled);
    column->addSpacing(6);
    column->addLayout(limit);
}

void FiltersPanel::connectControls()
{
    connect(m_clear, &QPushButton::clicked, &m_state, &WorkbenchState::clearFilters);
    connect(m_source, &ChoiceList::chosen, this, &FiltersPanel::applySource);
    connect(m_industry, &ChoiceList::chosen, this, &FiltersPanel::applyIndustry);
    connect(m_since, &DayEdit::dayChosen, this, &FiltersPanel::applySince);
    connect(m_until, &DayEdit::dayChosen, this, &FiltersPanel::applyUntil);
    connect(m_labelled, &QCheckBox::toggled, this, &FiltersPanel::applyLabelled);

    m_searchPause.setSingleShot(true);
    m_searchPause.setInterval(TypingPauseMs);
    m_limitPause.setSingleShot(true);
    m_limitPause.setInterval(TypingPauseMs);
    connect(m_search, &QLineEdit::textChanged, &m_searchPause, qOverload<>(&QTimer::start));
    connect(
        &m_searchPause, &QTimer::timeout, this, [this] { Q_EMIT searchChanged(m_search->text().trimmed()); });
    connect(m_search, &QLineEdit::returnPressed, this, &FiltersPanel::searchNextRequested);
    connect(m_maxRows, &QSpinBox::valueChanged, &m_limitPause, qOverload<>(&QTimer::start));
    connect(&m_limitPause, &QTimer::timeout, this, &FiltersPanel::applyMaxRows);
}

void FiltersPanel::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

QString FiltersPanel::searchText() const { return m_search->text().trimmed(); }

void FiltersPanel::clearSearch() { m_search->clear(); }

void FiltersPanel::showFilter()
{
    const ExampleFilter& filter = m_state.filter();
    m_source->setValue(toQt(filter.source));
    m_industry->setValue(toQt(filter.industry));
    m_since->setDay(filter.since ? std::optional(utcDay(*filter.since)) : std::nullopt);
    m_until->setDay(filter.until ? std::optional(utcDay(*filter.until)) : std::nullopt);
    if (m_labelled->isChecked() != filter.labelled) {
        const QSignalBlocker quiet(m_labelled);
        m_labelled->setChecked(filter.labelled);
    }
    if (!m_limitPause.isActive()) { // do not take the figure away from somebody who is typing one
        const QSignalBlocker quiet(m_maxRows);
        const quint64 most = std::numeric_limits<int>::max();
        m_maxRows->setValue(static_cast<int>(std::min<quint64>(filter.maxRows.value_or(most), most)));
    }
    const int on = m_state.activeFilters();
    m_title->setText(on == 0 ? tr("Filters") : tr("Filters · %n on", nullptr, on));
    m_clear->setEnabled(on > 0);
}

void FiltersPanel::showCounts()
{
    const SelectionPtr& selection = m_state.selection();
    if (!selection) {
        m_source->setCounts(std::nullopt, false);
        m_industry->setCounts(std::nullopt, false);
        m_labelledBar->setShare(0, false);
        m_labelledCount->setText(QStringLiteral("–"));
        m_ledger->setLedger(std::nullopt);
        return;
    }
    const FacetCounts& facets = selection->facets;
    const bool growing = selection->ledger.growing;
    m_source->setCounts(counts(facets.anySource, facets.bySource), growing);
    m_industry->setCounts(counts(facets.anyIndustry, facets.byIndustry), growing);
    // They pass every filter, so the choices come to more than "Any".
    const quint64 unreadable = selection->rejections.rowsByRule[static_cast<std::size_t>(Rule::Malformed)];
    const QString more = unreadable == 0
        ? QString()
        : tr("Counted with each choice, too: lines that cannot be read (%1).").arg(countText(unreadable));
    m_source->setToolTip(more);
    m_industry->setToolTip(more);
    m_labelled->setToolTip(more);
    // Of the rows that the other filters keep: with "labelled" on that is not the number of matched rows.
    const quint64 all = std::max<quint64>(1, std::max(facets.anyIndustry, facets.anySource));
    m_labelledBar->setShare(
        static_cast<double>(facets.labelled) / static_cast<double>(all), m_labelled->isChecked());
    m_labelledCount->setText(countText(facets.labelled, growing));
    m_labelledCount->setAccessibleName(tr("%n labelled rows", nullptr, static_cast<int>(facets.labelled)));
    // As wide as for all rows there are: a panel that grew and shrank with the counts would push the preview
    // to and fro, and all of it would have to be painted anew.
    const QString longest = countText(selection->index->rows(), growing);
    m_source->setLongestCount(longest);
    m_industry->setLongestCount(longest);
    m_labelledCount->setMinimumWidth(std::max(
        ChoiceDelegate::leastCountWidth(), QFontMetrics(Theme::numberFont()).horizontalAdvance(longest)));
    m_ledger->setLedger(selection->ledger);
    if (facets.earliestMs != LineFacts::NoTime) {
        m_since->setSuggestion(utcDay(UtcTime(std::chrono::milliseconds(facets.earliestMs))));
        m_until->setSuggestion(utcDay(UtcTime(std::chrono::milliseconds(facets.latestMs))));
    }
}

void FiltersPanel::showEnabled()
{
    const bool open = m_state.folderState() != FolderState::None;
    for (QWidget* control : std::initializer_list<QWidget*> {
             m_search, m_source, m_industry, m_since, m_until, m_labelled, m_maxRows}) {
        control->setEnabled(open);
    }
}

void FiltersPanel::applySource()
{
    ExampleFilter filter = m_state.filter();
    filter.source = fromQt(m_source->value());
    m_state.changeFilter(filter, tr("Source: %1").arg(m_source->value().value_or(tr("any"))));
}

void FiltersPanel::applyIndustry()
{
    ExampleFilter filter = m_state.filter();
    filter.industry = fromQt(m_industry->value());
    m_state.changeFilter(filter, tr("Industry: %1").arg(m_industry->value().value_or(tr("any"))));
}

void FiltersPanel::applySince()
{
    ExampleFilter filter = m_state.filter();
    const auto day = m_since->day();
    filter.since = day ? std::optional(startOfUtcDay(*day)) : std::nullopt;
    m_state.changeFilter(filter, tr("Created since"));
}

void FiltersPanel::applyUntil()
{
    ExampleFilter filter = m_state.filter();
    const auto day = m_until->day();
    filter.until = day ? std::optional(startOfUtcDay(*day)) : std::nullopt;
    m_state.changeFilter(filter, tr("Created until"));
}

void FiltersPanel::applyLabelled(bool on)
{
    ExampleFilter filter = m_state.filter();
    filter.labelled = on;
    m_state.changeFilter(filter, tr("Labelled only"));
}

void FiltersPanel::applyMaxRows()
{
    ExampleFilter filter = m_state.filter();
    filter.maxRows = static_cast<std::uint64_t>(m_maxRows->value());
    m_state.changeFilter(filter, tr("Row limit"));
}

} // namespace workbench
