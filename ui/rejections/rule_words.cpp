// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rejections/rule_words.h"

#include <QCoreApplication>

namespace workbench {

namespace {

struct RuleWords {
    Q_DECLARE_TR_FUNCTIONS(RuleWords)
};

/// What belongs at a place, by family of place, to stand in "where … should be".
QString whatBelongs(std::string_view path)
{
    const std::string_view last
        = path.substr(path.rfind('.') == std::string_view::npos ? 0 : path.rfind('.') + 1);
    if (last == "industry_key") {
        return RuleWords::tr("an industry");
    }
    if (last == "source") {
        return RuleWords::tr("a source");
    }
    if (last == "window_rule") {
        return RuleWords::tr("a window rule");
    }
    if (path == "id") {
        return RuleWords::tr("the row's id");
    }
    if (path == "created_at") {
        return RuleWords::tr("a time");
    }
    if (path == "feature_schema") {
        return RuleWords::tr("the schema's version");
    }
    if (last == "boundary_class") {
        return RuleWords::tr("a boundary class");
    }
    if (last.starts_with("pressure_keys")) {
        return RuleWords::tr("a pressure key");
    }
    if (last == "reviewer_score") {
        return RuleWords::tr("a score");
    }
    if (last == "client_feedback") {
        return RuleWords::tr("“up” or “down”");
    }
    if (last == "mapping_was_wrong" || last == "outcome_next_step_chosen") {
        return RuleWords::tr("true or false");
    }
    if (path.starts_with("features.")) {
        return RuleWords::tr("a number");
    }
    return RuleWords::tr("something else");
}

} // namespace

QString whyRejected(Rule rule, std::string_view path)
{
    const QString place = whatBelongs(path);
    switch (rule) {
    case Rule::Email:
        return RuleWords::tr(
            "An e-mail address stands where %1 should be. It leads to a person, so the whole row "
            "stays here.")
            .arg(place);
    case Rule::Phone:
        return RuleWords::tr(
            "A telephone number stands where %1 should be. A number with ten digits can lead to a "
            "person, so the whole row stays here.")
            .arg(place);
    case Rule::Address:
        return RuleWords::tr(
            "A street address stands where %1 should be. It leads to somebody's door, so the whole "
            "row stays here.")
            .arg(place);
    case Rule::TooLong:
        return RuleWords::tr(
            "A text of more than 100 characters stands where %1 should be. A text that long can hold "
            "anything, so the whole row stays here.")
            .arg(place);
    case Rule::UnexpectedString:
        return RuleWords::tr(
            "A text that is not on the list stands where %1 should be. Only what is known to be safe "
            "may leave, so the whole row stays here.")
            .arg(place);
    case Rule::WrongType:
        return RuleWords::tr(
            "A value of another kind stands where %1 should be, such as a list, an object, true or "
            "false, or a number in place of a word.")
            .arg(place);
    case Rule::NotFinite:
        return RuleWords::tr("The number is too large to be one, or it is none. No range holds it.");
    case Rule::OutOfRange:
        return RuleWords::tr(
            "The value lies outside of what is possible here. A telephone number stored as a number "
            "looks just like this, so the whole row stays here.");
    case Rule::MissingField:
        return path == "features"
            ? RuleWords::tr("The row has no features, so there is nothing to learn from it.")
            : RuleWords::tr("The row has no such field. Without it nobody can tell which row this "
                            "is, when it was made or where it belongs.");
    case Rule::SchemaMismatch:
        return RuleWords::tr(
            "The row says that it was captured under another schema. Its columns may mean something "
            "else.");
    case Rule::Malformed:
        return RuleWords::tr(
            "The line is not exactly one JSON object in valid UTF-8. Nothing in it can be relied on, "
            "so nothing of it leaves.");
    }
    return {};
}

QString whatToDo(Rule rule)
{
    switch (rule) {
    case Rule::MissingField:
        return RuleWords::tr(
            "Add the field in the source system and capture the row again, or export without this row. "
            "Nothing here changes your files.");
    case Rule::SchemaMismatch:
        return RuleWords::tr(
            "Capture the row again under this schema, start the program with the schema that the row "
            "names, or export without this row. Nothing here changes your files.");
    case Rule::Malformed:
        return RuleWords::tr(
            "Look at the line in its file: it may be cut off, hold a key twice, or have something "
            "behind the object. Or export without it. Nothing here changes your files.");
    case Rule::Email:
    case Rule::Phone:
    case Rule::Address:
    case Rule::TooLong:
    case Rule::UnexpectedString:
    case Rule::WrongType:
    case Rule::NotFinite:
    case Rule::OutOfRange:
        break;
    }
    return RuleWords::tr(
        "Correct the value in the source system and capture the row again, or export without this "
        "row. Nothing here changes your files.");
}

} // namespace workbench
