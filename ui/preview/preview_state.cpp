// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preview/preview_state.h"

#include "ui/bridge/io_cause.h"
#include "ui/bridge/qt_text.h"
#include "ui/widgets/number_text.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <limits>

namespace workbench {

namespace {

struct StateWords {
    Q_DECLARE_TR_FUNCTIONS(PreviewState)
};

int plural(std::uint64_t count)
{
    return static_cast<int>(std::min<std::uint64_t>(count, std::numeric_limits<int>::max()));
}

QString dayText(UtcTime time)
{
    return dateText(QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count(), Qt::UTC).date());
}

/// What the system said as a sentence, and the remedy that goes with it.
QString whyUnreadable(const WorkbenchState& state)
{
    const std::string why = state.error() ? state.error()->message : std::string();
    QString sentence = why.empty() ? state.folder() : toQt(why);
    if (!sentence.endsWith(QLatin1Char('.'))) {
        sentence += QLatin1Char('.');
    }
    switch (state.error() ? causeOf(*state.error()) : IoCause::Other) {
    case IoCause::Missing:
        return StateWords::tr(
            "There is no folder %1. Open another one. This one is read as soon as it is there.")
            .arg(state.folder());
    case IoCause::Forbidden:
        return StateWords::tr("%1 Ask its owner for read access, or open another folder.").arg(sentence);
    case IoCause::ReadOnly:
    case IoCause::NoFolder:
    case IoCause::Other:
        break;
    }
    return StateWords::tr("%1 Try again, or open another folder.").arg(sentence);
}

StateMessage noExamples(const WorkbenchState& state)
{
    StateMessage message;
    message.icon = QStringLiteral("folder");
    message.title = StateWords::tr("No training examples here");
    const std::size_t others = state.files().otherEntries;
    if (others == 0) {
        message.text = StateWords::tr("%1 is empty.").arg(state.folder());
    } else if (others == 1) {
        message.text = StateWords::tr(
            "%1 has 1 file, but it does not end in .jsonl, .jsonl.gz or .jsonl.zst, and is no learning.db.")
                           .arg(state.folder());
    } else {
        message.text = StateWords::tr(
            "%1 has %2 files, but none ends in .jsonl, .jsonl.gz or .jsonl.zst, and none is a learning.db.",
            nullptr, plural(others))
                           .arg(state.folder(), countText(others));
    }
    message.first = StateAction::OpenFolder;
    message.second = state.options().sampleDir.isEmpty() ? StateAction::None : StateAction::OpenSample;
    message.wholePanel = true;
    return message;
}

StateMessage nothingMatches(const WorkbenchState& state)
{
    const Selection& selection = *state.selection();
    StateMessage message;
    message.icon = QStringLiteral("filter");
    message.title = StateWords::tr("No row matches these filters");
    const QString wanted = filterInWords(selection.filter);
    const QString read = selection.ledger.read == 1
        ? StateWords::tr("1 row was read.")
        : StateWords::tr("%1 rows were read.", nullptr, plural(selection.ledger.read))
              .arg(countText(selection.ledger.read));
    message.text
        = wanted.isEmpty() ? read : StateWords::tr("%1 None is %2.", "rows read, filters").arg(read, wanted);
    message.first = StateAction::ClearFilters;
    // The one filter whose removal helps most.
    const std::pair<std::uint64_t, StateAction> choices[] = {
        {selection.withoutDates, StateAction::RemoveDates},
        {selection.withoutIndustry, StateAction::RemoveIndustry},
        {selection.withoutSource, StateAction::RemoveSource},
        {selection.withoutLabelled, StateAction::RemoveLabelled},
    };
    std::uint64_t most = 0;
    for (const auto& [rows, action] : choices) {
        if (rows > most) {
            most = rows;
            message.second = action;
        }
    }
    return message;
}

StateMessage allRejected(const Selection& selection)
{
    StateMessage message;
    message.icon = QStringLiteral("cross");
    message.token = &ThemeColors::bad;
    message.title = StateWords::tr("No valid rows to export");
    const RuleCounts& rules = selection.rejections.rowsByRule;
    const auto most = std::max_element(rules.begin(), rules.end());
    const QString rule = toQt(ruleName(static_cast<Rule>(most - rules.begin())));
    if (selection.ledger.matched == 1) {
        message.text = StateWords::tr(
            "The 1 matched row was rejected by %1. Correct it at the source or change the filters.")
                           .arg(rule);
    } else if (*most == selection.ledger.matched) {
        message.text = StateWords::tr(
            "All %1 matched rows were rejected by %2. Correct them at the source or change the filters.",
            nullptr, plural(selection.ledger.matched))
                           .arg(countText(selection.ledger.matched), rule);
    } else {
        message.text = StateWords::tr(
            "All %1 matched rows were rejected, most of them (%2) by %3. Correct them at the "
            "source or change the filters.",
            nullptr, plural(selection.ledger.matched))
                           .arg(countText(selection.ledger.matched), countText(*most), rule);
    }
    message.first = StateAction::ShowRejections;
    return message;
}

StateMessage notFound(const QString& search)
{
    StateMessage message;
    message.icon = QStringLiteral("search");
    message.title = StateWords::tr("No id holds “%1”").arg(search);
    message.text
        = StateWords::tr("The search looks at the ids of the rows in this list. Capital letters count.");
    message.first = StateAction::ClearSearch;
    return message;
}

} // namespace

std::optional<StateMessage> folderStateMessage(const WorkbenchState& state)
{
    StateMessage message;
    message.wholePanel = true;
    switch (state.folderState()) {
    case FolderState::None:
        message.icon = QStringLiteral("open");
        message.title = StateWords::tr("Open a folder of training examples");
        message.text = StateWords::tr(
            "Drop a folder here, or choose one. Its *.jsonl files are read and never changed.");
        message.first = StateAction::OpenFolder;
        message.second = state.options().sampleDir.isEmpty() ? StateAction::None : StateAction::OpenSample;
        return message;
    case FolderState::NoExamples:
        return noExamples(state);
    case FolderState::Unreadable:
        message.icon = QStringLiteral("warning");
        message.token = &ThemeColors::bad;
        message.title = StateWords::tr("This folder cannot be read");
        message.text = whyUnreadable(state);
        message.first = StateAction::TryAgain;
        message.second = StateAction::OpenFolder;
        return message;
    case FolderState::Failed:
        if (state.index() && state.index()->rows() > 0) {
            return std::nullopt; // what was read stays
        }
        message.icon = QStringLiteral("warning");
        message.token = &ThemeColors::bad;
        message.title = StateWords::tr("Reading stopped");
        message.text = state.error() ? toQt(state.error()->message) : state.folder();
        message.first = StateAction::TryAgain;
        message.second = StateAction::OpenFolder;
        return message;
    case FolderState::Reading:
    case FolderState::Ready:
        break;
    }
    return std::nullopt;
}

std::optional<StateMessage> previewStateMessage(
    const WorkbenchState& state, PreviewScope scope, const QString& search, std::size_t shownRows)
{
    if (auto message = folderStateMessage(state)) {
        return message;
    }
    const SelectionPtr& selection = state.selection();
    if (shownRows > 0 || !selection || selection->ledger.growing) {
        return std::nullopt;
    }
    const Ledger& ledger = selection->ledger;
    if (ledger.read == 0) {
        StateMessage message = noExamples(state);
        message.text = state.files().files.size() == 1
            ? StateWords::tr("The one file in %1 holds no rows.").arg(state.folder())
            : StateWords::tr("The %1 files in %2 hold no rows.", nullptr, plural(state.files().files.size()))
                  .arg(countText(state.files().files.size()), state.folder());
        return message;
    }
    if (ledger.matched == 0) {
        return nothingMatches(state);
    }
    if (scope == PreviewScope::ToExport && ledger.toExport == 0) {
        return allRejected(*selection);
    }
    if (scope == PreviewScope::Rejected && ledger.rejected == 0) {
        return nothingRejectedMessage(*selection);
    }
    return search.isEmpty() ? std::nullopt : std::optional(notFound(search));
}

QString actionText(StateAction action)
{
    switch (action) {
    case StateAction::None:
        return {};
    case StateAction::OpenFolder:
        return StateWords::tr("Open another folder…");
    case StateAction::OpenSample:
        return StateWords::tr("Open sample data");
    case StateAction::TryAgain:
        return StateWords::tr("Try again");
    case StateAction::ClearFilters:
        return StateWords::tr("Clear filters");
    case StateAction::RemoveSource:
        return StateWords::tr("Remove the source");
    case StateAction::RemoveIndustry:
        return StateWords::tr("Remove the industry");
    case StateAction::RemoveDates:
        return StateWords::tr("Remove the date");
    case StateAction::RemoveLabelled:
        return StateWords::tr("Show unlabelled rows");
    case StateAction::ShowRejections:
        return StateWords::tr("Show rejections");
    case StateAction::ClearSearch:
        return StateWords::tr("Clear search");
    }
    return {};
}

QString filterInWords(const ExampleFilter& filter)
{
    QStringList parts;
    if (filter.source) {
        parts << toQt(*filter.source);
    }
    if (filter.industry) {
        parts << StateWords::tr("from %1", "an industry").arg(toQt(*filter.industry));
    }
    if (filter.since && filter.until) {
        parts << StateWords::tr("created between %1 and %2")
                     .arg(dayText(*filter.since), dayText(*filter.until));
    } else if (filter.since) {
        parts << StateWords::tr("created since %1").arg(dayText(*filter.since));
    } else if (filter.until) {
        parts << StateWords::tr("created before %1").arg(dayText(*filter.until));
    }
    if (filter.labelled) {
        parts << StateWords::tr("labelled");
    }
    if (parts.size() < 2) {
        return parts.join(QString());
    }
    const QString last = parts.takeLast();
    return StateWords::tr("%1 and %2", "filters")
        .arg(parts.join(StateWords::tr(", ", "between filters")), last);
}

QString rowsText(std::uint64_t count)
{
    return count == 1 ? StateWords::tr("1 row")
                      : StateWords::tr("%1 rows", nullptr, plural(count)).arg(countText(count));
}

QString withheldText(const WithheldCounts& withheld)
{
    const std::uint64_t labels = withheld[WithheldReviewerNotes] + withheld[WithheldFeedbackReason];
    const std::uint64_t features = withheldTotal(withheld) - labels;
    QStringList sentences;
    if (labels > 0) {
        sentences << (labels == 1
                ? StateWords::tr("1 free-text label is withheld.")
                : StateWords::tr("%1 free-text labels are withheld.", nullptr, plural(labels))
                      .arg(countText(labels)));
    }
    if (features > 0) {
        sentences << (features == 1
                ? StateWords::tr("1 feature value is withheld.")
                : StateWords::tr("%1 feature values are withheld.", nullptr, plural(features))
                      .arg(countText(features)));
    }
    return sentences.join(QLatin1Char(' '));
}

StateMessage nothingRejectedMessage(const Selection& selection)
{
    StateMessage message;
    message.icon = QStringLiteral("verify");
    message.token = &ThemeColors::ok;
    message.title = StateWords::tr("Nothing was rejected");
    const std::uint64_t matched = selection.ledger.matched;
    const QString passed = matched == 1
        ? StateWords::tr("The 1 matched row passed the guard.")
        : StateWords::tr("All %1 matched rows passed the guard.", nullptr, plural(matched))
              .arg(countText(matched));
    message.text = QStringLiteral("%1 %2").arg(passed, withheldText(selection.rejections.withheld)).trimmed();
    return message;
}

} // namespace workbench
