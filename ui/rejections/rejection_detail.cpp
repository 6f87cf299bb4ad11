// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rejections/rejection_detail.h"

#include "core/base/file.h"
#include "core/review/rule_texts.h"
#include "ui/bridge/qt_text.h"
#include "ui/rejections/findings_model.h"
#include "ui/rejections/reveal_box.h"
#include "ui/rejections/rule_words.h"
#include "ui/theme/sizes.h"
#include "ui/theme/theme.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/column_scroll.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/json_view.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/verdict_chip.h"

#include <QBoxLayout>
#include <QDesktopServices>
#include <QLabel>
#include <QPushButton>
#include <QUrl>
#include <QVBoxLayout>

namespace workbench {

RejectionDetail::RejectionDetail(WorkbenchState& state, QWidget* parent) : QWidget(parent), m_state(state)
{
    setObjectName(QStringLiteral("rejectionDetail"));
    setAccessibleName(tr("Finding in full"));
    m_content = new QWidget(this);
    m_scroll = new ColumnScroll(m_content, this);
    m_nothing = new QLabel(tr("Choose a finding to see why it is rejected."), this);
    m_nothing->setAlignment(Qt::AlignCenter);
    m_nothing->setFont(Theme::captionFont());
    m_nothing->setWordWrap(true);
    setLook(m_nothing, "tone", QStringLiteral("faint"));
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(m_scroll);
    outer->addWidget(m_nothing);
    auto* column = new QVBoxLayout(m_content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    buildHead();
    buildReasons();
    buildLine();
    buildFoot();
    connect(&m_state.rows(), &RowService::maskedLineReady, this, &RejectionDetail::showLine);
    connect(&m_state.rows(), &RowService::maskedLineFailed, this, [this](RowNumber row, const Error& error) {
        if (m_lineWanted == row) {
            m_lineWanted.reset();
            m_lineShown.reset();
            m_line->setJson(toQt(error.message));
        }
    });
    showFinding(std::nullopt, nullptr);
}

void RejectionDetail::buildHead()
{
    auto* head = new QWidget(m_content);
    setLook(head, "frame", QStringLiteral("bar"));
    head->setAttribute(Qt::WA_StyledBackground);
    m_rule = new VerdictChip(head);
    m_path = new QLabel(head);
    QFont strong = Theme::captionFont();
    strong.setWeight(QFont::DemiBold);
    m_path->setFont(strong);
    m_path->setTextFormat(Qt::PlainText);
    m_path->setWordWrap(true);
    m_place = new QLabel(head);
    m_place->setFont(Theme::captionFont());
    m_place->setTextFormat(Qt::PlainText);
    m_place->setWordWrap(true);
    setLook(m_place, "tone", QStringLiteral("quiet"));
    auto* row = new QBoxLayout(lettersAreLarge() ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    row->setSpacing(8);
    row->addWidget(m_rule, 0, Qt::AlignTop | Qt::AlignLeading);
    row->addWidget(m_path, 1);
    auto* column = new QVBoxLayout(head);
    column->setContentsMargins(12, 10, 12, 10);
    column->setSpacing(6);
    column->addLayout(row);
    column->addWidget(m_place);
    m_content->layout()->addWidget(head);
}

QLabel* RejectionDetail::addReason(QWidget* parent, const QString& title, bool fixedPitch)
{
    auto* heading = new QLabel(title, parent);
    QFont strong = Theme::captionFont();
    strong.setWeight(QFont::DemiBold);
    heading->setFont(strong);
    setLook(heading, "tone", QStringLiteral("quiet"));
    auto* text = new QLabel(parent);
    text->setFont(fixedPitch ? Theme::monoFont() : Theme::captionFont());
    text->setTextFormat(Qt::PlainText);
    text->setWordWrap(true);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* column = static_cast<QVBoxLayout*>(parent->layout());
    if (column->count() > 0) {
        column->addSpacing(8);
    }
    column->addWidget(heading);
    column->addWidget(text);
    return text;
}

void RejectionDetail::buildReasons()
{
    auto* reasons = new QWidget(m_content);
    auto* column = new QVBoxLayout(reasons);
    column->setContentsMargins(12, 10, 12, 12);
    column->setSpacing(3);
    m_why = addReason(reasons, tr("Why it is rejected"), false);
    m_allowed = addReason(reasons, tr("Allowed here"), true);
    m_allowedTitle = static_cast<QLabel*>(column->itemAt(column->count() - 2)->widget());
    m_todo = addReason(reasons, tr("What to do"), false);
    m_content->layout()->addWidget(reasons);
}

void RejectionDetail::buildLine()
{
    auto* bar = new QWidget(m_content);
    setLook(bar, "frame", QStringLiteral("bar"));
    bar->setAttribute(Qt::WA_StyledBackground);
    auto* title = new QLabel(tr("Source line, masked"), bar);
    QFont strong = Theme::captionFont();
    strong.setWeight(QFont::DemiBold);
    title->setFont(strong);
    setLook(title, "tone", QStringLiteral("quiet"));
    auto* note = new ElidedLabel(Qt::ElideRight, bar);
    note->setFullText(tr("letters x, digits 9"));
    note->setFont(Theme::captionFont());
    setLook(note, "tone", QStringLiteral("quiet"));
    auto* row = new QBoxLayout(lettersAreLarge() ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight, bar);
    row->setContentsMargins(12, 7, 12, 7);
    row->addWidget(title, 1);
    row->addWidget(note);
    m_content->layout()->addWidget(bar);
    m_line = new JsonView(m_content);
    m_line->setAccessibleName(tr("The source line, masked"));
    m_line->setMinimumHeight(sized(80));
    static_cast<QVBoxLayout*>(m_content->layout())->addWidget(m_line, 1);
}

void RejectionDetail::buildFoot()
{
    auto* foot = new QWidget(m_content);
    setLook(foot, "frame", QStringLiteral("foot"));
    foot->setAttribute(Qt::WA_StyledBackground);
    m_reveal = new RevealBox(m_state, foot);
    auto* only = makeBarButton(tr("Only this rule"), QStringLiteral("filter"), foot);
    auto* open = makeBarButton(tr("Open source file's folder"), QStringLiteral("folder"), foot);
    connect(only, &QPushButton::clicked, this, [this] {
        if (m_finding) {
            Q_EMIT onlyThisRuleAsked(m_finding->rule);
        }
    });
    connect(open, &QPushButton::clicked, this, &RejectionDetail::openFolder);
    auto* row = new QBoxLayout(lettersAreLarge() ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    row->setSpacing(8);
    row->addWidget(only);
    row->addWidget(open);
    row->addStretch();
    auto* column = new QVBoxLayout(foot);
    column->setContentsMargins(12, 12, 12, 12);
    column->setSpacing(12);
    column->addWidget(m_reveal);
    column->addLayout(row);
    m_content->layout()->addWidget(foot);
}

void RejectionDetail::showFinding(const std::optional<IndexedFinding>& finding, const IndexPtr& index)
{
    const bool same = finding && m_finding && sameFinding(*finding, *m_finding) && m_index == index;
    const QString path = finding && index ? toQt(index->paths()[finding->path]) : QString();
    m_reveal->setFinding(finding, path.isEmpty() ? tr("the whole line") : path);
    if (same) {
        return;
    }
    m_finding = finding;
    m_index = index;
    m_scroll->setVisible(finding.has_value());
    m_nothing->setVisible(!finding);
    if (finding && m_index) {
        fill();
    } else {
        m_lineWanted.reset();
        m_lineShown.reset();
    }
}

void RejectionDetail::fill()
{
    const std::string& path = m_index->paths()[m_finding->path];
    m_rule->showVerdict(VerdictChip::Tone::Bad, toQt(ruleName(m_finding->rule)));
    m_path->setText(path.empty() ? tr("the whole line") : toQt(path));
    const SourceLine at = m_index->sourceLine(m_finding->row);
    const std::size_t findings = m_index->findingsOf(m_finding->row).size();
    const QString count = findings == 1
        ? tr("one finding in this row")
        : tr("%1 findings in this row", nullptr, static_cast<int>(findings)).arg(countText(findings));
    m_place->setText(tr("%1, line %2 · %3", "file, line number, findings")
                         .arg(toQt(m_index->files().files[at.file].name), countText(at.line), count));
    m_why->setText(whyRejected(m_finding->rule, path));
    const QString allowed = toQt(allowedAt(*m_state.schema(), path));
    m_allowed->setText(allowed);
    m_allowed->setVisible(!allowed.isEmpty());
    m_allowedTitle->setVisible(!allowed.isEmpty());
    m_todo->setText(whatToDo(m_finding->rule));
    m_lineWanted = m_finding->row;
    m_state.rows().requestMaskedLine(m_finding->row);
}

void RejectionDetail::showLine(RowNumber row, const MaskedLine& line)
{
    if (m_lineWanted != row || !m_finding) {
        return;
    }
    m_lineWanted.reset();
    m_lineShown = row;
    m_line->setJson(toQt(line.text));
    // One mark a finding, in the order of the row's findings: ours is the one to look at first.
    const auto findings = m_index->findingsOf(row);
    std::vector<std::pair<int, int>> marks;
    for (std::size_t place = 0; place < line.marks.size(); ++place) {
        const std::string_view text = line.text;
        const auto characters
            = [&](std::size_t bytes) { return static_cast<int>(toQt(text.substr(0, bytes)).size()); };
        const std::pair mark(characters(line.marks[place].begin), characters(line.marks[place].end));
        const bool isOurs = place < findings.size() && sameFinding(findings[place], *m_finding);
        marks.insert(isOurs ? marks.begin() : marks.end(), mark);
    }
    m_line->setMarks(marks);
}

void RejectionDetail::openFolder()
{
    if (!m_index) {
        return;
    }
    const ExampleFiles& files = m_index->files();
    const bool store = files.files.size() == 1 && files.files.front().store; // its folder, not the database
    QDesktopServices::openUrl(QUrl::fromLocalFile(toQt(store ? parentFolder(files.folder) : files.folder)));
}

} // namespace workbench
