// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/schema/schema_strip.h"

#include "core/schema/builtin_schemas.h"
#include "ui/bridge/qt_text.h"
#include "ui/schema/schema_words.h"
#include "ui/theme/theme.h"
#include "ui/widgets/tone_label.h"

#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPainter>

#include <algorithm>

namespace workbench {

namespace {

const QString HubPrefix = QStringLiteral("hub:");
constexpr int KindRole = Qt::UserRole;
constexpr int ReferenceRole = Qt::UserRole + 1;

QString shippedTitle(const QString& name) { return SchemaStrip::tr("Built in: %1").arg(name); }

bool isShipped(const Schema& schema)
{
    const SchemaPtr shipped = builtinSchema(schema.name());
    return shipped && shipped->fingerprint() == schema.fingerprint();
}

} // namespace

SchemaStrip::SchemaStrip(QWidget* parent)
    : QFrame(parent)
    , m_baseline(new QComboBox(this))
    , m_current(new QLineEdit(this))
    , m_baselineHash(new ToneLabel(TextSize::Hash, TextTone::Plain, this))
    , m_baselineCaption(new ToneLabel(TextSize::Caption, TextTone::Secondary, this))
    , m_relation(new ToneLabel(TextSize::Hash, TextTone::Plain, this))
    , m_currentHash(new ToneLabel(TextSize::Hash, TextTone::Plain, this))
    , m_currentCaption(new ToneLabel(TextSize::Caption, TextTone::Secondary, this))
    , m_verdict(new QWidget(this))
    , m_title(new ToneLabel(TextSize::Section, TextTone::Plain, m_verdict))
    , m_detail(new ToneLabel(TextSize::Caption, TextTone::Plain, m_verdict))
    , m_remedy(new ToneLabel(TextSize::Caption, TextTone::Secondary, m_verdict))
{
    setProperty("frame", QStringLiteral("bar"));
    m_baseline->setObjectName(QStringLiteral("schemaBaselineCombo"));
    m_baseline->setAccessibleName(tr("Baseline"));
    m_baseline->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_baseline->setMinimumContentsLength(18);
    m_current->setReadOnly(true);
    m_current->setAccessibleName(tr("Current schema"));
    m_current->setMinimumWidth(170);
    for (ToneLabel* hash : {m_baselineHash, m_currentHash, m_baselineCaption, m_currentCaption}) {
        hash->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        hash->setFocusPolicy(Qt::NoFocus);
    }
    buildLayout();
    fillChoices();
    showNoBaseline();
    connect(m_baseline, &QComboBox::activated, this, &SchemaStrip::choose);
}

void SchemaStrip::buildLayout()
{
    auto* baselineLabel = new ToneLabel(TextSize::CaptionStrong, TextTone::Secondary, this);
    baselineLabel->setText(tr("&Baseline"));
    baselineLabel->setTextFormat(Qt::AutoText);
    baselineLabel->setBuddy(m_baseline);
    auto* currentLabel = new ToneLabel(TextSize::CaptionStrong, TextTone::Secondary, this);
    currentLabel->setText(tr("Current"));
    for (ToneLabel* caption : {m_baselineCaption, m_currentCaption}) {
        caption->setWordWrap(true);
        caption->setAlignment(Qt::AlignLeading | Qt::AlignTop);
    }
    m_relation->setAlignment(Qt::AlignCenter);
    m_relation->setMinimumWidth(m_relation->fontMetrics().horizontalAdvance(QStringLiteral("≠")) + 40);

    auto* grid = new QGridLayout;
    grid->setVerticalSpacing(4);
    grid->setHorizontalSpacing(0);
    grid->addWidget(baselineLabel, 0, 0);
    grid->addWidget(m_baseline, 1, 0);
    grid->addWidget(m_baselineHash, 2, 0);
    grid->addWidget(m_baselineCaption, 3, 0);
    grid->addWidget(m_relation, 2, 1);
    grid->addWidget(currentLabel, 0, 2);
    grid->addWidget(m_current, 1, 2);
    grid->addWidget(m_currentHash, 2, 2);
    grid->addWidget(m_currentCaption, 3, 2);
    grid->setColumnStretch(0, 1);
    grid->setColumnStretch(2, 1);
    grid->setRowStretch(4, 1);

    auto* words = new QVBoxLayout(m_verdict);
    words->setContentsMargins(16, 0, 0, 0);
    words->setSpacing(4);
    for (ToneLabel* label : {m_title, m_detail, m_remedy}) {
        label->setWordWrap(true);
        words->addWidget(label);
    }
    words->addStretch();
    m_remedy->setTextFormat(Qt::RichText);

    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(16, 12, 16, 12);
    row->setSpacing(16);
    row->addLayout(grid, 3);
    row->addWidget(m_verdict, 2);
}

void SchemaStrip::setCurrent(const Schema& schema)
{
    m_current->setText(isShipped(schema) ? shippedTitle(toQt(schema.name())) : toQt(schema.name()));
    m_currentHash->setText(toQt(schema.hash()));
    m_currentHash->setAccessibleName(tr("Hash of the current schema: %1").arg(m_currentHash->text()));
    m_currentCaption->setText(schemaCaption(schema));
}

void SchemaStrip::setBundles(const std::vector<JobRecord>& jobs)
{
    std::vector<std::pair<QString, QString>> bundles;
    for (const JobRecord& job : jobs) {
        if (job.status == JobStatus::Completed && !job.bundleDir.empty()) {
            SchemaReference shown;
            shown.generatedAt = job.completedAt.empty() ? job.startedAt : job.completedAt;
            shown.totalRows = job.rows.exported;
            shown.description = job.jobId;
            bundles.emplace_back(toQt(job.bundleDir), referenceTitle(shown));
        }
    }
    if (bundles != m_bundles) {
        m_bundles = std::move(bundles);
        fillChoices();
    }
}

void SchemaStrip::fillChoices()
{
    const QSignalBlocker quiet(m_baseline);
    m_baseline->clear();
    const auto add = [this](const QString& text, Choice kind, const QString& reference) {
        m_baseline->addItem(text, static_cast<int>(kind));
        m_baseline->setItemData(m_baseline->count() - 1, reference, ReferenceRole);
        m_baseline->setItemData(m_baseline->count() - 1, reference, Qt::ToolTipRole);
    };
    add(tr("Nothing yet"), NoBaseline, {});
    const bool hub = m_reference.startsWith(HubPrefix);
    add(tr("Published"), Published, hub ? m_reference : QString());
    for (const BuiltinSchema& shipped : builtinSchemas()) {
        const QString name = toQt(shipped.name);
        add(shippedTitle(name), Reference, name);
    }
    for (const auto& [folder, title] : m_bundles) {
        add(title, Reference, folder);
    }
    if (!m_reference.isEmpty() && m_baseline->findData(m_reference, ReferenceRole) < 0) {
        add(m_referenceTitle, Reference, m_reference);
    }
    add(tr("Choose a schema file…"), ChooseFile, {});
    add(tr("Choose a bundle folder…"), ChooseFolder, {});
    restoreChoice();
}

void SchemaStrip::restoreChoice()
{
    const int place = m_reference.isEmpty() ? 0 : m_baseline->findData(m_reference, ReferenceRole);
    m_baseline->setCurrentIndex(std::max(0, place));
}

void SchemaStrip::choose(int place)
{
    switch (m_baseline->itemData(place, KindRole).toInt()) {
    case NoBaseline:
        Q_EMIT noBaselineChosen();
        break;
    case Published:
        Q_EMIT publishedChosen();
        break;
    case Reference:
        Q_EMIT referenceChosen(m_baseline->itemData(place, ReferenceRole).toString());
        break;
    case ChooseFile:
        restoreChoice(); // until a file is chosen, nothing else is compared with
        Q_EMIT fileWanted();
        break;
    case ChooseFolder:
        restoreChoice();
        Q_EMIT folderWanted();
        break;
    default:
        break;
    }
}

void SchemaStrip::showNoBaseline()
{
    m_reference.clear();
    fillChoices();
    m_baselineHash->setText(QStringLiteral("–"));
    m_baselineHash->setAccessibleName(tr("No baseline, no hash"));
    m_baselineHash->setTone(TextTone::Quiet);
    m_baselineCaption->setText(tr("no baseline"));
    m_relation->setText(QString());
    showVerdict(Tone::None, tr("Nothing to compare with yet."),
        tr("Choose a schema file, an earlier bundle or its dataset_info.json as the baseline."), QString());
}

void SchemaStrip::showLoading() { m_baselineCaption->setText(tr("reading…")); }

void SchemaStrip::showAsking() { m_baselineCaption->setText(tr("asking the Hub…")); }

void SchemaStrip::showDiff(const SchemaDiff& diff, const QString& reference, const QString& title)
{
    m_reference = reference;
    m_referenceTitle = title;
    fillChoices();
    m_baselineHash->setText(toQt(diff.before->hash()));
    m_baselineHash->setAccessibleName(tr("Hash of the baseline: %1").arg(m_baselineHash->text()));
    m_baselineHash->setTone(TextTone::Plain);
    m_baselineCaption->setText(schemaCaption(*diff.before));
    const bool same = diff.before->hash() == diff.after->hash();
    m_relation->setText(same ? QStringLiteral("=") : QStringLiteral("≠"));
    m_relation->setTone(same ? TextTone::Ok : TextTone::Bad);
    m_relation->setAccessibleName(same ? tr("The hashes are equal") : tr("The hashes differ"));
    const SchemaVerdict verdict = schemaVerdict(diff);
    Tone tone = Tone::Bad;
    switch (diff.fit) {
    case ModelFit::Identical:
        tone = Tone::Good;
        break;
    case ModelFit::OtherRanges:
        tone = Tone::Warn;
        break;
    case ModelFit::DoesNotFit:
        break;
    }
    showVerdict(tone, verdict.title, verdict.detail, verdict.remedy);
}

void SchemaStrip::showVerdict(Tone tone, const QString& title, const QString& detail, const QString& remedy)
{
    m_tone = tone;
    m_title->setText(title);
    m_detail->setText(detail);
    m_remedy->setText(tr("<b>What to do:</b> %1").arg(remedy.toHtmlEscaped()));
    m_remedy->setVisible(!remedy.isEmpty());
    m_verdict->setAccessibleName(verdictText());
    update();
}

QString SchemaStrip::verdictText() const
{
    return (m_title->text() + QLatin1Char(' ') + m_detail->text()).trimmed();
}

void SchemaStrip::paintEvent(QPaintEvent* event)
{
    QFrame::paintEvent(event);
    const ThemeColors& colors = Theme::colors();
    QColor bar = colors.line;
    switch (m_tone) {
    case Tone::None:
        break;
    case Tone::Good:
        bar = colors.ok;
        break;
    case Tone::Warn:
        bar = colors.warn;
        break;
    case Tone::Bad:
        bar = colors.bad;
        break;
    }
    const QRect place = m_verdict->geometry();
    const int left = isRightToLeft() ? place.right() - 2 : place.left();
    QPainter(this).fillRect(QRect(left, place.top(), 3, place.height()), bar);
}

} // namespace workbench
