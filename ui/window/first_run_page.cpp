// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/first_run_page.h"

#include "ui/bridge/publish_runner.h"
#include "ui/bridge/qt_text.h"
#include "ui/bridge/token_keeper.h"
#include "ui/bridge/workbench_state.h"
#include "ui/theme/icons.h"
#include "ui/theme/sizes.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/column_scroll.h"
#include "ui/widgets/number_text.h"

#include <QDir>
#include <QEvent>
#include <QFontMetrics>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

#include <array>

namespace workbench {
namespace {

constexpr int PageLines = 40; ///< the page is as wide as so many lines are high
constexpr int DropIconSize = 36;

/// The place to drop a folder on: a card with a dashed frame.
class DropCard final : public QWidget {
public:
    using QWidget::QWidget;

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(Theme::colors().text3, 1, Qt::DashLine));
        painter.setBrush(Theme::colors().alt);
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
    }
};

/// The figure of a step in a circle.
class StepMark final : public QWidget {
public:
    StepMark(int number, QWidget* parent) : QWidget(parent), m_number(number)
    {
        setFixedSize(sized(22), sized(22));
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(Theme::colors().line, 1));
        painter.drawEllipse(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5));
        painter.setPen(Theme::colors().text2);
        painter.setFont(Theme::captionFont());
        painter.drawText(rect(), static_cast<int>(Qt::AlignCenter), displayLocale().toString(m_number));
    }

private:
    int m_number;
};

QLabel* label(const QString& text, const QFont& font, const char* tone, QWidget* parent)
{
    auto* result = new QLabel(text, parent);
    result->setFont(font);
    result->setTextFormat(Qt::PlainText);
    result->setWordWrap(true);
    result->setProperty("tone", QLatin1String(tone));
    return result;
}

QFont smallStrong()
{
    QFont font = Theme::captionFont();
    font.setWeight(QFont::DemiBold);
    return font;
}

} // namespace

FirstRunPage::FirstRunPage(WorkbenchState& state, QWidget* parent) : QWidget(parent), m_state(state)
{
    setAccessibleName(tr("Open a folder of training examples"));
    const bool large = lettersAreLarge(); // what stands side by side has to stand one below the other
    auto* below = new QBoxLayout(large ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    below->setSpacing(large ? 28 : 40);
    const Qt::Alignment top = large ? Qt::Alignment() : Qt::AlignTop;
    below->addWidget(buildSteps(), 5, top);
    below->addWidget(buildSetUp(), 6, top);

    auto* page = new QWidget(this);
    page->setMaximumWidth(PageLines * QFontMetrics(Theme::bodyFont()).height());
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(28);
    column->addWidget(buildDropCard());
    column->addLayout(below);

    auto* content = new QWidget(this);
    auto* middle = new QHBoxLayout;
    middle->addStretch(1);
    middle->addWidget(page, 1000); // as wide as it may be, if there is room
    middle->addStretch(1);
    auto* rows = new QVBoxLayout(content);
    rows->addStretch(1);
    rows->addLayout(middle);
    rows->addStretch(1);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(new ColumnScroll(content, this));

    connect(&m_state.jobs(), &JobRunner::writableChecked, this, [this](const FolderCheck& check) {
        if (check.folder == m_state.outDir()) {
            m_outputKnown = true;
            m_outputWritable = !check.refusal;
            showSetUp();
        }
    });
    connect(&m_state, &WorkbenchState::outDirChanged, this, [this] {
        m_outputKnown = false;
        showSetUp();
    });
    showSetUp();
}

QWidget* FirstRunPage::buildDropCard()
{
    auto* card = new DropCard(this);
    m_openIcon = new QLabel(card);
    m_openIcon->setAlignment(Qt::AlignCenter);
    QLabel* title = label(tr("Open a folder of training examples"), Theme::firstRunFont(), "", card);
    title->setAlignment(Qt::AlignCenter);
    title->setMinimumHeight(title->fontMetrics().lineSpacing() + 4); // room for what hangs below the line
    QLabel* text
        = label(tr("Drop a folder here, or choose one. Its *.jsonl files are read and never changed."),
            Theme::captionFont(), "quiet", card);
    text->setAlignment(Qt::AlignCenter);
    m_open = makeButton(tr("Open folder…"), QStringLiteral("open"), card);
    setPrimary(m_open, true);
    connect(m_open, &QPushButton::clicked, this, &FirstRunPage::openRequested);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addStretch();
    buttons->addWidget(m_open);
    if (!m_state.options().sampleDir.isEmpty()) {
        QPushButton* sample = makeButton(tr("Open sample data"), QStringLiteral("sample"), card);
        connect(sample, &QPushButton::clicked, this, &FirstRunPage::sampleRequested);
        buttons->addWidget(sample);
    }
    buttons->addStretch();

    auto* column = new QVBoxLayout(card);
    column->setContentsMargins(20, 44, 20, 44);
    column->setSpacing(8);
    column->addWidget(m_openIcon);
    column->addSpacing(4);
    column->addWidget(title);
    column->addWidget(text);
    column->addSpacing(8);
    column->addLayout(buttons);
    return card;
}

QWidget* FirstRunPage::buildSteps()
{
    struct Step {
        QString title;
        QString text;
    };
    const std::array steps = {
        Step {tr("Look"), tr("Narrow the rows down and see each one as it will be written.")},
        Step {tr("Check"), tr("See what the guard holds back, why, and what to do.")},
        Step {tr("Export, then publish"),
            tr("A bundle on this computer first. Nothing is sent before you agree.")},
    };
    auto* box = new QWidget(this);
    auto* grid = new QGridLayout(box);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(14);
    grid->setVerticalSpacing(2);
    grid->setColumnStretch(1, 1);
    grid->addWidget(label(tr("What happens then"), smallStrong(), "quiet", box), 0, 0, 1, 2);
    grid->setRowMinimumHeight(1, 6);
    int row = 2;
    int number = 1;
    for (const Step& step : steps) {
        grid->addWidget(new StepMark(number++, box), row, 0, 2, 1, Qt::AlignTop);
        grid->addWidget(label(step.title, smallStrong(), "", box), row, 1);
        grid->addWidget(label(step.text, Theme::captionFont(), "quiet", box), row + 1, 1);
        grid->setRowMinimumHeight(row + 2, 10);
        row += 3;
    }
    return box;
}

QWidget* FirstRunPage::buildSetUp()
{
    auto* box = new QWidget(this);
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addWidget(label(tr("Set-up"), smallStrong(), "quiet", box));
    auto* card = new QFrame(box);
    card->setProperty("frame", QStringLiteral("card"));
    auto* grid = new QGridLayout(card);
    grid->setContentsMargins(12, 10, 12, 10);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(14);
    grid->setColumnMinimumWidth(1, sized(92));
    grid->setColumnStretch(2, 1);
    m_data = addSetUp(card, 0, tr("Data folder"));
    m_output = addSetUp(card, 1, tr("Output folder"));
    m_schema = addSetUp(card, 2, tr("Schema"));
    m_limit = addSetUp(card, 3, tr("Row limit"));
    addTokenSetUp(card, 4);
    m_publishing = addSetUp(card, 5, tr("Publishing"));
    column->addWidget(card);
    return box;
}

void FirstRunPage::addTokenSetUp(QWidget* card, int row)
{
    m_token = addSetUp(card, row, tr("Hub token"));
    m_setUpToken = makeLinkButton(tr("Set up…"), card);
    m_setUpToken->setObjectName(QStringLiteral("setUpTokenButton"));
    m_setUpToken->setAccessibleName(tr("Set up the Hub token"));
    connect(m_setUpToken, &QPushButton::clicked, &m_state, &WorkbenchState::settingsRequested);
    auto* grid = qobject_cast<QGridLayout*>(card->layout());
    grid->addWidget(m_token.text, row, 2); // of all the rows this one alone leaves the end to a button
    grid->addWidget(m_setUpToken, row, 3, Qt::AlignVCenter);
    for (const int part : {0, 1}) { // the button is higher than they are
        grid->itemAtPosition(row, part)->setAlignment(Qt::AlignVCenter);
    }
    PublishRunner& publisher = m_state.publisher();
    connect(
        &publisher, &PublishRunner::tokenFound, this, [this](const QString& foundIn, const QString& problem) {
            m_tokenKnown = true;
            m_tokenIn = foundIn;
            m_tokenProblem = problem;
            showToken();
        });
    connect(&publisher.tokens(), &TokenKeeper::changed, this, [this] {
        if (isVisible()) {
            m_state.publisher().findToken();
        }
    });
}

FirstRunPage::SetUpRow FirstRunPage::addSetUp(QWidget* card, int row, const QString& name)
{
    auto* grid = qobject_cast<QGridLayout*>(card->layout());
    SetUpRow result;
    result.icon = new QLabel(card);
    result.icon->setFixedWidth(sized(16));
    result.text = label(QString(), Theme::captionFont(), "quiet", card);
    grid->addWidget(result.icon, row, 0, Qt::AlignTop);
    grid->addWidget(label(name, Theme::captionFont(), "", card), row, 1, Qt::AlignTop);
    grid->addWidget(result.text, row, 2, 1, 2);
    return result;
}

void FirstRunPage::show(SetUpRow& row, Standing standing, const QString& text)
{
    struct Look {
        const char* icon;
        QColor ThemeColors::*token;
    };
    const std::array<Look, 4> looks = {Look {"check", &ThemeColors::ok}, Look {"info", &ThemeColors::text2},
        Look {"warning", &ThemeColors::warn}, Look {"dash", &ThemeColors::text2}};
    const Look& look = looks[static_cast<std::size_t>(standing)];
    row.icon->setPixmap(
        iconPixmap(QLatin1String(look.icon), Theme::colors().*look.token, sized(16), devicePixelRatioF()));
    row.text->setText(text);
}

void FirstRunPage::showFullPath(SetUpRow& row, const QString& path)
{
    const QString whole = QDir::current().absoluteFilePath(path);
    row.text->setToolTip(whole == path ? QString() : whole);
}

void FirstRunPage::showSetUp()
{
    const ExportConfig& config = m_state.config();
    m_openIcon->setPixmap(
        iconPixmap(QStringLiteral("open"), Theme::colors().accent, sized(DropIconSize), devicePixelRatioF()));
    show(m_data, Standing::Note, tr("%1 does not exist").arg(m_state.options().dataDir));
    if (!m_outputKnown) {
        show(m_output, Standing::Off, m_state.outDir());
    } else if (m_outputWritable) {
        show(m_output, Standing::Fine, tr("%1, can be written").arg(m_state.outDir()));
    } else {
        show(m_output, Standing::Careful, tr("%1 cannot be written").arg(m_state.outDir()));
    }
    showFullPath(m_data, m_state.options().dataDir);
    showFullPath(m_output, m_state.outDir());
    const SchemaPtr& schema = m_state.schema();
    show(m_schema, Standing::Fine,
        tr("%1 %2, %n features", nullptr, static_cast<int>(schema->features().size()))
            .arg(toQt(schema->name()), toQt(schema->hash())));
    const Setting<std::uint64_t>& limit = config.maxRows;
    show(m_limit, Standing::Fine,
        limit.origin == Origin::Default ? countText(limit.value)
                                        : tr("%1, from HF_EXPORT_MAX_ROWS").arg(countText(limit.value)));
    if (config.pushEnabled.value) {
        show(m_publishing, Standing::Fine, tr("on, to %1").arg(toQt(config.repo.value)));
    } else {
        show(m_publishing, Standing::Off, tr("off (HF_EXPORT_ENABLED)"));
    }
    showToken();
}

void FirstRunPage::showToken()
{
    m_setUpToken->setVisible(m_tokenKnown && m_tokenIn.isEmpty());
    if (!m_tokenKnown) {
        show(m_token, Standing::Off, tr("looked for"));
    } else if (!m_tokenProblem.isEmpty()) {
        show(m_token, Standing::Careful, m_tokenProblem);
    } else if (m_tokenIn.isEmpty()) {
        show(m_token, Standing::Careful, tr("none found: export works"));
    } else {
        show(m_token, Standing::Fine, tr("from %1").arg(m_tokenIn));
    }
}

void FirstRunPage::paintEvent(QPaintEvent*) { QPainter(this).fillRect(rect(), Theme::colors().base); }

void FirstRunPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    m_state.jobs().checkWritable(m_state.outDir());
    m_state.publisher().findToken();
}

void FirstRunPage::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange) {
        showSetUp();
    }
    QWidget::changeEvent(event);
}

} // namespace workbench
