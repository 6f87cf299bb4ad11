// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preview/row_detail.h"

#include "ui/bridge/qt_text.h"
#include "ui/preview/row_words.h"
#include "ui/theme/icons.h"
#include "ui/theme/sizes.h"
#include "ui/theme/theme.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/column_scroll.h"
#include "ui/widgets/json_view.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/verdict_chip.h"

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace workbench {
namespace {

constexpr int SettleMs = 80; ///< a held key repeats faster

} // namespace

RowDetail::RowDetail(WorkbenchState& state, QWidget* parent)
    : QWidget(parent)
    , m_state(state)
    , m_turn(state.turns())
{
    setObjectName(QStringLiteral("rowDetail"));
    setAccessibleName(tr("Row in full"));
    m_content = new QWidget(this);
    m_scroll = new ColumnScroll(m_content, this);
    m_nothing = new QLabel(tr("Choose a row to see it in full."), this);
    m_nothing->setAlignment(Qt::AlignCenter);
    m_nothing->setFont(Theme::captionFont());
    m_nothing->setProperty("tone", QStringLiteral("faint"));
    m_nothing->setWordWrap(true);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(m_scroll);
    outer->addWidget(m_nothing);
    auto* column = new QVBoxLayout(m_content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    buildHead();
    buildLine();

    connect(&m_state.rows(), &RowService::loaded, this, [this] {
        if (m_row && !m_loaded && !m_settle.isActive() && m_state.rows().cached(*m_row)) {
            lookInTurn();
        }
    });
    m_settle.setSingleShot(true);
    connect(&m_settle, &QTimer::timeout, this, &RowDetail::look);
    connect(&m_state.rows(), &RowService::maskedLineReady, this, &RowDetail::showMaskedLine);
    connect(&m_state.rows(), &RowService::maskedLineFailed, this, [this](RowNumber row, const Error& error) {
        if (m_maskedFor == row && !m_accepted) {
            m_maskedFor.reset();
            m_json->setJson(toQt(error.message));
        }
    });
    showRow(std::nullopt);
}

void RowDetail::buildHead()
{
    auto* head = new QWidget(m_content);
    auto* column = new QVBoxLayout(head);
    column->setContentsMargins(12, 12, 12, 10);
    column->setSpacing(4);

    m_id = new QLabel(head);
    QFont idFont = Theme::monoFont();
    idFont.setWeight(QFont::DemiBold);
    m_id->setFont(idFont);
    m_id->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_id->setTextFormat(Qt::PlainText);
    m_id->setWordWrap(true); // a long id goes on below, it is never cut
    m_verdict = new VerdictChip(head);
    auto* first = new QHBoxLayout;
    first->setSpacing(8);
    first->addWidget(m_id, 1);
    first->addWidget(m_verdict, 0, Qt::AlignTop);
    column->addLayout(first);

    m_place = new QLabel(head);
    m_place->setFont(Theme::captionFont());
    m_place->setProperty("tone", QStringLiteral("quiet"));
    m_place->setTextFormat(Qt::PlainText);
    m_place->setWordWrap(true);
    column->addWidget(m_place);

    m_reasonIcon = new QLabel(head);
    m_reasonIcon->setFixedSize(sized(16), sized(18));
    m_reason = new QLabel(head);
    m_reason->setFont(Theme::captionFont());
    m_reason->setWordWrap(true);
    m_reason->setTextFormat(Qt::RichText);
    auto* why = new QHBoxLayout;
    why->setSpacing(8);
    why->setContentsMargins(0, 4, 0, 0);
    why->addWidget(m_reasonIcon, 0, Qt::AlignTop);
    why->addWidget(m_reason, 1);
    column->addLayout(why);
    m_toRejections = makeLinkButton(tr("Look at it in Rejections"), head);
    connect(m_toRejections, &QPushButton::clicked, this, [this] {
        if (m_row) {
            Q_EMIT m_state.showFindingsRequested(*m_row);
        }
    });
    column->addWidget(m_toRejections, 0, Qt::AlignLeft);
    m_content->layout()->addWidget(head);
}

void RowDetail::buildLine()
{
    auto* bar = new QWidget(m_content);
    bar->setProperty("frame", QStringLiteral("bar"));
    bar->setAttribute(Qt::WA_StyledBackground);
    m_lineTitle = new QLabel(bar);
    QFont strong = Theme::captionFont();
    strong.setWeight(QFont::DemiBold);
    m_lineTitle->setFont(strong);
    m_lineTitle->setProperty("tone", QStringLiteral("quiet"));
    m_lineNote = new QLabel(tr("letters x, digits 9"), bar);
    m_lineNote->setFont(Theme::captionFont());
    m_lineNote->setProperty("tone", QStringLiteral("quiet"));
    m_copy = makeFlatButton(tr("Copy"), QStringLiteral("copy"), bar);
    m_copy->setFont(Theme::captionFont());
    m_copy->setProperty("bar", true);
    m_copy->setAccessibleName(tr("Copy the line as it will be written"));
    m_copy->setToolTip(tr("Copies the bytes of the one line, as an export writes them."));
    connect(m_copy, &QPushButton::clicked, this, &RowDetail::copyLine);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(12, 3, 8, 3);
    row->addWidget(m_lineTitle, 1);
    row->addWidget(m_lineNote);
    row->addWidget(m_copy);
    bar->setMinimumHeight(36);
    m_content->layout()->addWidget(bar);
    m_json = new JsonView(m_content);
    m_json->setAccessibleName(tr("The row as JSON"));
    m_json->setMinimumHeight(sized(80));
    m_content->layout()->addWidget(m_json);
    static_cast<QVBoxLayout*>(m_content->layout())->setStretchFactor(m_json, 1);
}

void RowDetail::showRow(std::optional<RowNumber> row)
{
    if (row == m_row && row && m_loaded && m_state.rows().cached(*row) == m_loaded) {
        return;
    }
    m_row = row;
    m_loaded.reset();
    m_maskedFor.reset();
    m_scroll->setVisible(row.has_value());
    m_nothing->setVisible(!row);
    m_turn.forget();
    if (!row) {
        m_settle.stop();
    } else if (m_settle.isActive() || (m_sinceFilled.isValid() && m_sinceFilled.elapsed() < SettleMs)) {
        m_settle.start(SettleMs);
    } else {
        lookInTurn();
    }
}

/// All of a row's text, in the frame in which the table shows other rows, is more than fits into one.
void RowDetail::lookInTurn()
{
    if (m_state.rows().cached(*m_row)) {
        m_turn.ask([this] { look(); });
    } else {
        look(); // asks for it
    }
}

void RowDetail::look()
{
    if (!m_row || m_loaded) {
        return;
    }
    fill();
    if (!m_loaded) {
        const RowNumber wanted[] = {*m_row};
        m_state.rows().request(wanted);
    }
}

bool RowDetail::idle() const
{
    return !m_row || m_loaded || (!m_state.rows().busy() && !m_settle.isActive() && !m_turn.waiting());
}

void RowDetail::fill()
{
    const LoadedRowPtr row = m_state.rows().cached(*m_row);
    if (!row || !m_state.index()) {
        return;
    }
    m_loaded = row;
    m_sinceFilled.start();
    m_accepted = row->explanation.findings.empty();
    const GuardedCell* id
        = row->explanation.cells.empty() ? nullptr : &row->explanation.cells[RowColumns::ExampleId];
    const bool idIsKnown = id && id->state != GuardedCell::State::Null;
    m_id->setText(idIsKnown ? toQt(id->text) : tr("no id"));
    const std::vector<ExampleFile>& files = m_state.index()->files().files;
    const QString file = row->at.file < files.size() ? toQt(files[row->at.file].name) : QString();
    const QString line = countText(row->at.line);
    m_place->setText(m_accepted ? tr("%1, line %2 · %3 bytes written")
                                      .arg(file, line, countText(row->explanation.canonical.size()))
                                : tr("%1, line %2 · not written").arg(file, line));
    m_toRejections->setVisible(!m_accepted);
    m_copy->setVisible(m_accepted);
    m_lineNote->setVisible(!m_accepted);
    m_lineTitle->setText(m_accepted ? tr("As it will be written") : tr("Source line, masked"));
    m_accepted ? fillAccepted(*row) : fillRejected(*row);
    showReasonIcon();
}

void RowDetail::fillAccepted(const LoadedRow& row)
{
    m_verdict->showVerdict(VerdictChip::Tone::Ok, tr("kept"));
    m_reason->setText(tr("<b>Why it passed:</b> %1").arg(whyPassed(row.explanation).toHtmlEscaped()));
    m_json->setJson(toQt(indentCanonical(row.explanation.canonical)).trimmed());
}

void RowDetail::fillRejected(const LoadedRow& row)
{
    m_verdict->showVerdict(VerdictChip::Tone::Bad, tr("rejected"));
    constexpr std::size_t MostLines = 6;
    const std::vector<Finding>& findings = row.explanation.findings;
    QStringList lines;
    for (std::size_t place = 0; place < findings.size() && place < MostLines; ++place) {
        lines << findingLine(findings[place]).toHtmlEscaped();
    }
    if (findings.size() > MostLines) {
        lines << tr("and %1 more").arg(countText(findings.size() - MostLines));
    }
    m_reason->setText(tr("<b>Why it is rejected:</b> %1").arg(lines.join(QStringLiteral("<br>"))));
    m_maskedFor = *m_row;
    m_state.rows().requestMaskedLine(*m_row);
}

void RowDetail::showMaskedLine(RowNumber row, const MaskedLine& line)
{
    if (m_maskedFor != row || m_accepted) {
        return;
    }
    m_maskedFor.reset();
    m_json->setJson(toQt(line.text));
    std::vector<std::pair<int, int>> marks;
    for (const MaskedLine::Mark& mark : line.marks) {
        const std::string_view text = line.text;
        const auto characters
            = [&](std::size_t bytes) { return static_cast<int>(toQt(text.substr(0, bytes)).size()); };
        marks.emplace_back(characters(mark.begin), characters(mark.end));
    }
    m_json->setMarks(marks);
}

void RowDetail::copyLine()
{
    if (m_loaded && m_accepted) {
        QGuiApplication::clipboard()->setText(toQt(m_loaded->explanation.canonical));
        m_state.say(tr("Copied the line as it will be written."));
    }
}

void RowDetail::showReasonIcon()
{
    const QColor color = m_accepted ? Theme::colors().ok : Theme::colors().bad;
    m_reasonIcon->setPixmap(iconPixmap(m_accepted ? QStringLiteral("verify") : QStringLiteral("cross"), color,
        sized(16), devicePixelRatioF()));
}

void RowDetail::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_reasonIcon) {
        showReasonIcon();
    }
}

} // namespace workbench
