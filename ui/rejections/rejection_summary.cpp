// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rejections/rejection_summary.h"

#include "core/guard/withheld.h"
#include "ui/bridge/qt_text.h"
#include "ui/preview/preview_state.h"
#include "ui/rejections/group_delegate.h"
#include "ui/theme/sizes.h"
#include "ui/theme/theme.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/segmented_control.h"

#include <QGridLayout>
#include <QLabel>
#include <QListWidget>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>

namespace workbench {

namespace {

QLabel* caption(const QString& text, const QString& tone, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    label->setFont(Theme::captionFont());
    label->setWordWrap(true);
    setLook(label, "tone", tone);
    return label;
}

/// Groups of one kind, the most rows first, those without rows left out.
RejectionSummary::Groups groupsOf(const Selection& selection, FindingGroup group)
{
    RejectionSummary::Groups groups;
    const RejectionCounts& counts = selection.rejections;
    switch (group) {
    case FindingGroup::Rule:
        for (std::size_t rule = 0; rule < RuleCount; ++rule) {
            groups.push_back({FindingFilter {group, rule, {}}, counts.rowsByRule[rule]});
        }
        break;
    case FindingGroup::Field:
        for (const auto& [field, rows] : counts.rowsByField) {
            groups.push_back({FindingFilter {group, 0, field}, rows});
        }
        break;
    case FindingGroup::File:
        for (std::size_t file = 0; file < counts.rowsByFile.size(); ++file) {
            groups.push_back({FindingFilter {group, file, {}}, counts.rowsByFile[file]});
        }
        break;
    }
    groups.erase(
        std::remove_if(groups.begin(), groups.end(), [](const auto& entry) { return entry.second == 0; }),
        groups.end());
    std::stable_sort(
        groups.begin(), groups.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
    return groups;
}

QString groupName(const Selection& selection, const FindingFilter& filter)
{
    switch (filter.group) {
    case FindingGroup::Rule:
        return toQt(ruleName(static_cast<Rule>(filter.number)));
    case FindingGroup::Field:
        return filter.field.empty() ? RejectionSummary::tr("the whole line") : toQt(filter.field);
    case FindingGroup::File:
        return toQt(selection.index->files().files[filter.number].name);
    }
    return {};
}

/// A field that is kept back, and how often.
std::vector<std::pair<QString, std::uint64_t>> withheldOf(const Selection& selection)
{
    std::vector<std::pair<QString, std::uint64_t>> fields;
    const WithheldCounts& counts = selection.rejections.withheld;
    for (std::size_t reason = 0; reason < WithheldReasonCount; ++reason) {
        QString name = toQt(withheldName(reason));
        if (name.startsWith(QLatin1String("labels."))) {
            name.remove(0, 7);
        }
        if (counts[reason] > 0) {
            fields.emplace_back(name, counts[reason]);
        }
    }
    return fields;
}

} // namespace

QString findingCounts(const Selection& selection)
{
    const RejectionCounts& counts = selection.rejections;
    const auto some = [](std::uint64_t rows) { return rows > 0; };
    const auto rules
        = static_cast<quint64>(std::count_if(counts.rowsByRule.begin(), counts.rowsByRule.end(), some));
    const auto files
        = static_cast<quint64>(std::count_if(counts.rowsByFile.begin(), counts.rowsByFile.end(), some));
    const auto findings = static_cast<quint64>(selection.findings.size());
    const QString byRules = rules == 1
        ? RejectionSummary::tr("1 rule")
        : RejectionSummary::tr("%1 rules", nullptr, static_cast<int>(rules)).arg(countText(rules));
    const QString inFiles = files == 1
        ? RejectionSummary::tr("1 file")
        : RejectionSummary::tr("%1 files", nullptr, static_cast<int>(files)).arg(countText(files));
    const QString what = findings == 1
        ? RejectionSummary::tr("1 finding")
        : RejectionSummary::tr("%1 findings", nullptr, static_cast<int>(findings)).arg(countText(findings));
    return RejectionSummary::tr("%1 by %2, in %3", "findings, rules, files").arg(what, byRules, inFiles);
}

RejectionSummary::RejectionSummary(QWidget* parent)
    : QWidget(parent)
    , m_rows(new QLabel(this))
    , m_counts(caption({}, QStringLiteral("quiet"), this))
    , m_by(new SegmentedControl(tr("Group by"), this))
    , m_groupTitle(caption({}, QStringLiteral("faint"), this))
    , m_list(new QListWidget(this))
    , m_several(caption({}, QStringLiteral("faint"), this))
    , m_withheld(new QWidget(this))
{
    setAccessibleName(tr("Rejected rows in short"));
    setMinimumWidth(sized(200));
    m_rows->setFont(Theme::figureFont());
    setLook(m_rows, "tone", QStringLiteral("bad"));
    m_by->addSegment(static_cast<int>(FindingGroup::Rule), tr("Rule"));
    m_by->addSegment(static_cast<int>(FindingGroup::Field), tr("Field"));
    m_by->addSegment(static_cast<int>(FindingGroup::File), tr("File"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setItemDelegate(new GroupDelegate(m_list));
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setAccessibleName(tr("Narrow the findings"));
    m_list->viewport()->setAutoFillBackground(false);
    auto* rowsTitle = caption(tr("Rows"), QStringLiteral("faint"), this);
    rowsTitle->setWordWrap(false);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(6, 0, 8, 0);
    head->addWidget(m_groupTitle, 1);
    head->addWidget(rowsTitle);

    auto* withheldTitle = new QLabel(tr("Withheld, row stays"), m_withheld);
    QFont strong = Theme::captionFont();
    strong.setWeight(QFont::DemiBold);
    withheldTitle->setFont(strong);
    setLook(withheldTitle, "tone", QStringLiteral("quiet"));
    auto* line = new QWidget(m_withheld);
    line->setFixedHeight(1);
    setLook(line, "frame", QStringLiteral("foot"));
    line->setAttribute(Qt::WA_StyledBackground);
    m_withheldRows = new QGridLayout;
    m_withheldRows->setVerticalSpacing(3);
    m_withheldRows->setColumnStretch(0, 1);
    auto* withheldColumn = new QVBoxLayout(m_withheld);
    withheldColumn->setContentsMargins(0, 0, 0, 0);
    withheldColumn->setSpacing(6);
    withheldColumn->addWidget(line);
    withheldColumn->addWidget(withheldTitle);
    withheldColumn->addLayout(m_withheldRows);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 12, 12, 12);
    column->setSpacing(8);
    column->addWidget(m_rows);
    column->addWidget(m_counts);
    column->addSpacing(4);
    column->addWidget(m_by, 0, Qt::AlignLeft);
    column->addSpacing(4);
    column->addLayout(head);
    column->addWidget(m_list, 1000);
    column->addWidget(m_several);
    column->addWidget(m_withheld);
    column->addStretch(1);

    connect(m_by, &SegmentedControl::chosen, this, [this] {
        m_filter.reset();
        fillGroups();
        Q_EMIT narrowed(m_filter);
    });
    connect(m_list, &QListWidget::currentRowChanged, this, [this](int row) {
        m_filter = filterAt(row);
        Q_EMIT narrowed(m_filter);
    });
}

std::optional<FindingFilter> RejectionSummary::filterAt(int row) const
{
    return row < 1 || row > static_cast<int>(m_groups.size())
        ? std::nullopt
        : std::optional(m_groups[static_cast<std::size_t>(row - 1)]);
}

void RejectionSummary::showSelection(SelectionPtr selection)
{
    m_selection = std::move(selection);
    if (!m_selection) {
        return;
    }
    m_rows->setText(m_selection->ledger.growing
            ? tr("%1 rows", "rejected so far").arg(countText(m_selection->ledger.rejected, true))
            : rowsText(m_selection->ledger.rejected));
    m_counts->setText(findingCounts(*m_selection));
    fillGroups();
    fillWithheld();
}

void RejectionSummary::choose(const std::optional<FindingFilter>& filter)
{
    if (filter) {
        m_by->setCurrent(static_cast<int>(filter->group));
    }
    m_filter = filter;
    fillGroups();
    Q_EMIT narrowed(m_filter);
}

RejectionSummary::Groups RejectionSummary::groups(FindingGroup group) const
{
    return m_selection ? groupsOf(*m_selection, group) : Groups();
}

QString RejectionSummary::nameOf(const FindingFilter& filter) const
{
    return m_selection ? groupName(*m_selection, filter) : QString();
}

QString RejectionSummary::rowsTold() const { return m_rows->text(); }

QString RejectionSummary::countsTold() const { return m_counts->text(); }

QStringList RejectionSummary::withheldTold() const
{
    QStringList told;
    if (m_selection) {
        for (const auto& [name, rows] : withheldOf(*m_selection)) {
            told << tr("%1: %2", "a field that is withheld, how often").arg(name, countText(rows));
        }
    }
    return told;
}

void RejectionSummary::fillGroups()
{
    if (!m_selection) {
        return;
    }
    const QSignalBlocker quiet(m_list);
    const auto group = static_cast<FindingGroup>(m_by->current());
    const auto groups = groupsOf(*m_selection, group);
    m_groups.clear();
    m_list->clear();
    QString all;
    switch (group) {
    case FindingGroup::Rule:
        m_groupTitle->setText(tr("Rule"));
        all = tr("All rules");
        break;
    case FindingGroup::Field:
        m_groupTitle->setText(tr("Field"));
        all = tr("All fields");
        break;
    case FindingGroup::File:
        m_groupTitle->setText(tr("File"));
        all = tr("All files");
        break;
    }
    const auto add = [this](const QString& name, std::uint64_t rows, double share) {
        auto* item = new QListWidgetItem(name, m_list);
        item->setData(GroupDelegate::CountRole, static_cast<qulonglong>(rows));
        item->setData(GroupDelegate::ShareRole, share);
        item->setToolTip(name);
        item->setData(Qt::AccessibleTextRole,
            tr("%1, %2", "a rule, field or file and its rows").arg(name, rowsText(rows)));
    };
    add(all, m_selection->ledger.rejected, -1);
    int current = 0;
    for (const auto& [filter, rows] : groups) {
        const double share = static_cast<double>(rows) / static_cast<double>(groups.front().second);
        add(groupName(*m_selection, filter), rows, share);
        m_groups.push_back(filter);
        if (m_filter == filter) {
            current = static_cast<int>(m_groups.size());
        }
    }
    m_list->setMaximumHeight(m_list->count() * Theme::rowHeight() + 2); // what follows stands right below
    m_list->setCurrentRow(current);
    if (m_filter && current == 0) { // what was chosen has no rows any more
        m_filter.reset();
        Q_EMIT narrowed(m_filter);
    }
    const std::uint64_t several = m_selection->rejections.rowsWithSeveralRules;
    m_several->setVisible(several > 0 && group == FindingGroup::Rule);
    m_several->setText(several == 1
            ? tr("1 row breaks several rules and counts under each.")
            : tr("%1 rows break several rules and count under each.", nullptr, static_cast<int>(several))
                  .arg(countText(several)));
}

void RejectionSummary::fillWithheld()
{
    while (QLayoutItem* item = m_withheldRows->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    int row = 0;
    for (const auto& [name, rows] : withheldOf(*m_selection)) {
        auto* figure = caption(countText(rows), QString(), m_withheld);
        figure->setFont(Theme::numberFont());
        figure->setAlignment(Qt::AlignRight);
        m_withheldRows->addWidget(caption(name, QStringLiteral("quiet"), m_withheld), row, 0);
        m_withheldRows->addWidget(figure, row, 1);
        ++row;
    }
    m_withheld->setVisible(row > 0);
}

} // namespace workbench
