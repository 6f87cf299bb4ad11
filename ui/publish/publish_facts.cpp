// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/publish/publish_facts.h"

#include "ui/bridge/qt_text.h"
#include "ui/publish/publish_words.h"
#include "ui/theme/icons.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/tone_label.h"

#include <QFrame>
#include <QGridLayout>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>
#include <set>

namespace workbench {

namespace {

constexpr int FactIconSize = 16;

ToneLabel* label(TextSize size, TextTone tone, const QString& text, QWidget* parent)
{
    auto* made = new ToneLabel(size, tone, parent);
    made->setText(text);
    return made;
}

ToneLabel* figure(const QString& text, TextTone tone, bool strong, QWidget* parent)
{
    auto* made = label(strong ? TextSize::NumberStrong : TextSize::Caption, tone, text, parent);
    if (!strong) {
        made->setFont(Theme::numberFont());
    }
    made->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    return made;
}

/// Two hashes beside each other in a narrow column: 20 instead of 28.
QFont smaller(QFont font)
{
    if (font.pixelSize() > 0) {
        font.setPixelSize(font.pixelSize() * 5 / 7);
    } else {
        font.setPointSizeF(font.pointSizeF() * 5 / 7);
    }
    return font;
}

struct CheckLook {
    QString icon;
    QColor ThemeColors::*color;
    TextTone tone;
    QString spoken;
};

CheckLook lookOf(CheckState state)
{
    switch (state) {
    case CheckState::Passed:
        return {QStringLiteral("check"), &ThemeColors::ok, TextTone::Plain, PublishFacts::tr("passed")};
    case CheckState::Warning:
        return {QStringLiteral("warning"), &ThemeColors::warn, TextTone::Warn, PublishFacts::tr("warning")};
    case CheckState::Failed:
        return {QStringLiteral("cross"), &ThemeColors::bad, TextTone::Bad, PublishFacts::tr("failed")};
    case CheckState::Open:
        break;
    }
    return {QStringLiteral("dash"), &ThemeColors::text3, TextTone::Quiet, PublishFacts::tr("open")};
}

} // namespace

PublishFacts::PublishFacts(QWidget* parent) : QWidget(parent), m_column(new QVBoxLayout(this))
{
    setObjectName(QStringLiteral("publishFacts"));
    setAccessibleName(tr("What publishing changes, and the checks"));
    m_column->setContentsMargins(20, 12, 20, 16);
    clear();
}

void PublishFacts::clear()
{
    delete m_content;
    m_content = new QWidget(this);
    m_parts = new QVBoxLayout(m_content);
    m_parts->setContentsMargins(0, 0, 0, 0);
    m_parts->setSpacing(4);
    m_column->addWidget(m_content, 0, Qt::AlignTop);
    m_text.clear();
}

void PublishFacts::setPlan(const PublishPlan& plan)
{
    m_plan = plan;
    m_revision.clear();
    build();
}

void PublishFacts::setOutcome(const PublishOutcome& outcome)
{
    m_plan = outcome.plan;
    m_revision = outcome.committed && outcome.published ? toQt(outcome.revision) : QString();
    if (outcome.unknown || (outcome.committed && !outcome.published)) {
        m_plan.published = {}; // what was there may be there no longer
    }
    build();
}

void PublishFacts::paintAnew()
{
    if (!m_text.isEmpty()) {
        build();
    }
}

void PublishFacts::build()
{
    clear();
    if (m_plan.verification.info.totalRows > 0) {
        addRows();
        addHashes();
    }
    addChecks();
    m_content->show();
}

void PublishFacts::addSection(const QString& title)
{
    if (m_parts->count() > 0) {
        m_parts->addSpacing(12);
    }
    m_parts->addWidget(label(TextSize::CaptionStrong, TextTone::Secondary, title, m_content));
    note(title);
}

void PublishFacts::addRows()
{
    addSection(tr("Rows"));
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(5);
    grid->setColumnStretch(0, 1);
    for (int column = 1; column < 4; ++column) {
        grid->setColumnMinimumWidth(column, 64);
    }
    const bool done = !m_revision.isEmpty();
    const PublishedDataset::State state = m_plan.published.state;
    int row = 0;
    int column = 1;
    for (const QString& title :
        {done ? tr("Before") : tr("Now"), done ? tr("Now") : tr("After"), tr("Change")}) {
        grid->addWidget(figure(title, TextTone::Secondary, false, m_content), row, column++);
    }
    const auto line = [&](const QString& name, quint64 now, quint64 then, bool sum) {
        ++row;
        const bool unknown = state == PublishedDataset::State::NotKnown;
        const qint64 change = static_cast<qint64>(then) - static_cast<qint64>(now);
        const QString before = unknown                  ? tr("not known")
            : state == PublishedDataset::State::Nothing ? QStringLiteral("–")
                                                        : countText(now);
        const QString changed = unknown ? QStringLiteral("–") : signedCountText(change);
        const TextTone tone = unknown || change == 0 ? TextTone::Secondary
            : change > 0                             ? TextTone::Ok
                                                     : TextTone::Bad;
        grid->addWidget(
            label(sum ? TextSize::CaptionStrong : TextSize::Caption, TextTone::Plain, name, m_content), row,
            0);
        grid->addWidget(
            figure(before, unknown ? TextTone::Secondary : TextTone::Plain, sum && !unknown, m_content), row,
            1);
        grid->addWidget(figure(countText(then), TextTone::Plain, sum, m_content), row, 2);
        grid->addWidget(figure(changed, tone, sum, m_content), row, 3);
        note(QStringLiteral("%1\t%2\t%3\t%4").arg(name, before, countText(then), changed));
    };
    const auto countIn = [](const std::map<std::string, std::uint64_t>& counts, const std::string& key) {
        const auto found = counts.find(key);
        return found == counts.end() ? std::uint64_t {0} : found->second;
    };
    const DatasetInfo& before = m_plan.published.info; // empty unless known
    const DatasetInfo& after = m_plan.verification.info;
    std::set<std::string> sources;
    for (const DatasetInfo* info : {&before, &after}) {
        for (const auto& [source, count] : info->bySource) {
            sources.insert(source);
        }
    }
    for (const std::string& source : sources) {
        line(toQt(source), countIn(before.bySource, source), countIn(after.bySource, source), false);
    }
    auto* rule = new QFrame(m_content);
    rule->setProperty("rule", true);
    rule->setFixedHeight(1);
    grid->addWidget(rule, ++row, 0, 1, 4);
    line(tr("All rows"), before.totalRows, after.totalRows, true);
    m_parts->addLayout(grid);
}

QString PublishFacts::publishedText() const
{
    const bool done = !m_revision.isEmpty();
    switch (m_plan.published.state) {
    case PublishedDataset::State::NotKnown:
        return done ? tr("before: not known") : tr("published: not known");
    case PublishedDataset::State::Nothing:
        return done ? tr("nothing before") : tr("nothing is published yet");
    case PublishedDataset::State::Known:
        break;
    }
    const QString revision = toQt(m_plan.head.substr(0, 8));
    return done ? tr("before, rev. %1").arg(revision) : tr("published, rev. %1").arg(revision);
}

void PublishFacts::addHashes()
{
    addSection(tr("Schema hash"));
    const QString ours = toQt(m_plan.verification.info.schemaHash);
    const bool known = m_plan.published.known();
    const QString theirs = known ? toQt(m_plan.published.info.schemaHash) : QStringLiteral("–");
    const bool same = theirs == ours;
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(0);
    grid->setVerticalSpacing(0);
    const auto hash = [this](const QString& text, const QString& name, TextTone tone) {
        ToneLabel* made = label(TextSize::Hash, tone, text, m_content);
        made->setFont(smaller(made->font()));
        made->setAccessibleName(name);
        return made;
    };
    grid->addWidget(hash(theirs, known ? tr("Hash of the published schema: %1").arg(theirs) : publishedText(),
                        known ? TextTone::Plain : TextTone::Quiet),
        0, 0);
    if (known) {
        ToneLabel* relation = hash(same ? QStringLiteral("=") : QStringLiteral("≠"),
            same ? tr("The hashes are equal") : tr("The hashes differ"), same ? TextTone::Ok : TextTone::Bad);
        relation->setAlignment(Qt::AlignCenter);
        grid->addWidget(relation, 0, 1);
    }
    grid->addWidget(hash(ours, tr("Hash of this bundle's schema: %1").arg(ours), TextTone::Plain), 0, 2);
    const QString bundle
        = m_revision.isEmpty() ? tr("this bundle") : tr("now, rev. %1").arg(m_revision.left(8));
    grid->addWidget(label(TextSize::Caption, TextTone::Secondary, publishedText(), m_content), 1, 0);
    grid->addWidget(label(TextSize::Caption, TextTone::Secondary, bundle, m_content), 1, 2);
    grid->setColumnMinimumWidth(1, 44);
    grid->setColumnStretch(3, 1);
    m_parts->addLayout(grid);
    note(known
            ? QStringLiteral("%1 %2 %3").arg(theirs, same ? QStringLiteral("=") : QStringLiteral("≠"), ours)
            : ours);
    note(publishedText() + QLatin1Char('\t') + bundle);
}

void PublishFacts::addChecks()
{
    int all = 0;
    int passed = 0;
    int failed = 0;
    int warned = 0;
    int open = 0;
    for (const PublishCheck& check : m_plan.checks) {
        if (isListed(check)) {
            ++all;
            passed += check.state == CheckState::Passed ? 1 : 0;
            failed += check.state == CheckState::Failed ? 1 : 0;
            warned += check.state == CheckState::Warning ? 1 : 0;
            open += check.state == CheckState::Open ? 1 : 0;
        }
    }
    const QString sum = failed > 0 ? tr("%1 of %2 failed").arg(failed).arg(all)
        : open > 0                 ? tr("%1 of %2 passed so far").arg(passed).arg(all)
        : warned > 0               ? tr("%1 of %2 passed, %3 to read").arg(passed).arg(all).arg(warned)
                                   : tr("%1 of %2 passed").arg(passed).arg(all);
    if (m_parts->count() > 0) {
        m_parts->addSpacing(12);
    }
    auto* head = new QHBoxLayout;
    head->addWidget(label(TextSize::CaptionStrong, TextTone::Secondary, tr("Checks"), m_content));
    head->addStretch();
    head->addWidget(label(TextSize::CaptionStrong,
        failed > 0       ? TextTone::Bad
            : open > 0   ? TextTone::Secondary
            : warned > 0 ? TextTone::Warn
                         : TextTone::Ok,
        sum, m_content));
    m_parts->addLayout(head);
    note(tr("Checks") + QLatin1Char('\t') + sum);
    // What a person has to act on stands where it is seen without scrolling.
    for (const auto& states : {std::set {CheckState::Failed}, std::set {CheckState::Warning},
             std::set {CheckState::Passed, CheckState::Open}}) {
        for (const PublishCheck& check : m_plan.checks) {
            if (isListed(check) && states.contains(check.state)) {
                addCheck(check);
            }
        }
    }
}

void PublishFacts::addCheck(const PublishCheck& check)
{
    const CheckLook look = lookOf(check.state);
    const QString title = checkTitle(check, m_plan);
    const QString detail = checkDetail(check, m_plan);
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    auto* mark = new QLabel(m_content);
    mark->setPixmap(iconPixmap(look.icon, Theme::colors().*look.color, FactIconSize, devicePixelRatioF()));
    mark->setAccessibleName(look.spoken);
    row->addWidget(mark, 0, Qt::AlignTop);
    auto* words = new QVBoxLayout;
    words->setSpacing(0);
    const bool loud = check.state == CheckState::Failed || check.state == CheckState::Warning;
    ToneLabel* name = label(loud ? TextSize::CaptionStrong : TextSize::Caption, look.tone, title, m_content);
    name->setAccessibleName(tr("%1: %2", "check, passed or failed").arg(title, look.spoken));
    words->addWidget(name);
    if (!detail.isEmpty()) {
        ToneLabel* more = label(TextSize::Caption, TextTone::Secondary, detail, m_content);
        more->setWordWrap(true);
        words->addWidget(more);
    }
    row->addLayout(words, 1);
    m_parts->addLayout(row);
    note(QStringLiteral("%1\t%2\t%3").arg(look.spoken, title, detail));
}

} // namespace workbench
