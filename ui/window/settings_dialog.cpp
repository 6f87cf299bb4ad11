// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/settings_dialog.h"

#include "ui/bridge/publish_runner.h"
#include "ui/bridge/qt_text.h"
#include "ui/bridge/token_keeper.h"
#include "ui/bridge/whole_path.h"
#include "ui/bridge/workbench_state.h"
#include "ui/rejections/reveal_length.h"
#include "ui/theme/sizes.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/column_scroll.h"
#include "ui/widgets/number_text.h"
#include "ui/window/screen_room.h"

#include <QComboBox>
#include <QFileDialog>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>

namespace workbench {
namespace {

constexpr int SettingsMargin = 20;
constexpr int LeastSettingsWidth = 560;

QLabel* quiet(const QString& text, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    label->setFont(Theme::captionFont());
    label->setProperty("tone", QStringLiteral("quiet"));
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(lettersAreLarge());
    return label;
}

/// Where a value comes from, and by which key another one is given.
QString originText(Origin origin, const QString& key)
{
    switch (origin) {
    case Origin::Default:
        return SettingsDialog::tr("default, %1 sets another").arg(key);
    case Origin::EnvFile:
        return SettingsDialog::tr("%1 in the env file").arg(key);
    case Origin::Environment:
        return SettingsDialog::tr("%1 in the environment").arg(key);
    case Origin::Option:
        return SettingsDialog::tr("from an option, before %1").arg(key);
    }
    return {};
}

QString splitText(SplitStrategy split)
{
    switch (split) {
    case SplitStrategy::None:
        return SettingsDialog::tr("none");
    case SplitStrategy::BySource:
        return SettingsDialog::tr("by source");
    case SplitStrategy::ByIndustry:
        return SettingsDialog::tr("by industry");
    case SplitStrategy::BySourceIndustry:
        return SettingsDialog::tr("by source and industry");
    }
    return {};
}

/// "Signed in at huggingface.co as lena (token from HF_TOKEN). It may write to lab/signals, which is
/// private."
QString accessText(const AccessAnswer& answer)
{
    const HubAccess& access = answer.access;
    const QString who = SettingsDialog::tr("Signed in at %1 as %2, with the token from %3.")
                            .arg(answer.host, toQt(access.user.name), answer.tokenFoundIn);
    const QString may = !access.mayWrite
        ? SettingsDialog::tr("Whether it may write to %1 shows only when something is published.")
        : *access.mayWrite ? SettingsDialog::tr("It may write to %1.")
                           : SettingsDialog::tr("It may not write to %1.");
    QString repo;
    if (!access.repoExists) {
        repo = SettingsDialog::tr("There is no such repository that it may see.");
    } else if (access.isPrivate) {
        repo = *access.isPrivate ? SettingsDialog::tr("The repository is private.")
                                 : SettingsDialog::tr("The repository is public.");
    }
    QStringList sentences {who, may.arg(answer.repo)};
    if (!repo.isEmpty()) {
        sentences += repo;
    }
    if (access.user.writesEverywhere()) {
        sentences += SettingsDialog::tr(
            "It may write everywhere that %1 may: a fine-grained token for %2 alone is enough.")
                         .arg(toQt(access.user.name), answer.repo);
    }
    return sentences.join(QLatin1Char(' '));
}

} // namespace

SettingsDialog::SettingsDialog(WorkbenchState& state, QWidget* parent)
    : QDialog(parent)
    , m_state(state)
    , m_outDir(new QLineEdit(state.outDir(), this))
    , m_appearance(new QComboBox(this))
    , m_reveal(new QSpinBox(this))
{
    setWindowTitle(tr("Settings"));
    setAttribute(Qt::WA_DeleteOnClose);
    m_outDir->setAccessibleName(tr("Output folder"));
    m_appearance->setAccessibleName(tr("Appearance"));
    m_appearance->addItem(tr("As the system"), static_cast<int>(Appearance::System));
    m_appearance->addItem(tr("Light"), static_cast<int>(Appearance::Light));
    m_appearance->addItem(tr("Dark"), static_cast<int>(Appearance::Dark));
    m_appearance->setCurrentIndex(m_appearance->findData(static_cast<int>(Theme::appearance())));
    m_reveal->setObjectName(QStringLiteral("revealSecondsSpin"));
    m_reveal->setAccessibleName(tr("Seconds for which a revealed value is shown"));
    m_reveal->setRange(ShortestReveal, LongestReveal);
    m_reveal->setSuffix(tr(" s", "seconds"));
    m_reveal->setValue(revealSeconds());
    const auto showWhole = [this] { m_outDir->setToolTip(wholePath(m_outDir->text().trimmed())); };
    connect(m_outDir, &QLineEdit::textChanged, this, showWhole);
    showWhole();
    QPushButton* choose = makeButton(tr("Choose…"), QString(), this);
    choose->setAccessibleName(tr("Choose the output folder"));
    connect(choose, &QPushButton::clicked, this, &SettingsDialog::chooseFolder);

    auto* content = new QWidget(this); // scrolls where it is too high for the screen
    auto* grid = new QGridLayout(content);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(8);
    grid->setColumnStretch(1, 1);
    grid->addWidget(new QLabel(tr("Output folder"), this), 0, 0);
    grid->addWidget(m_outDir, 0, 1);
    grid->addWidget(choose, 0, 2);
    grid->addWidget(quiet(tr("For this session. HF_EXPORT_OUT_DIR sets it for good."), this), 1, 1, 1, 2);
    grid->addWidget(new QLabel(tr("Appearance"), this), 2, 0);
    grid->addWidget(m_appearance, 2, 1, 1, 2);
    grid->addWidget(new QLabel(tr("Revealed values"), this), 3, 0);
    grid->addWidget(m_reveal, 3, 1, Qt::AlignLeft);
    grid->addWidget(quiet(tr("Hidden again after so long; Space gives them more."), this), 4, 1, 1, 2);
    grid->setRowMinimumHeight(5, 12);
    buildConfiguration(grid);
    grid->setRowMinimumHeight(grid->rowCount(), 12);
    buildHub(grid);

    QPushButton* cancel = makeButton(tr("Cancel"), QString(), this);
    QPushButton* apply = makeButton(tr("Apply"), QString(), this);
    setPrimary(apply, true);
    apply->setDefault(true);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(apply, &QPushButton::clicked, this, &SettingsDialog::applyAndClose);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addStretch();
    buttons->addWidget(cancel);
    buttons->addWidget(apply);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(SettingsMargin, SettingsMargin, SettingsMargin, SettingsMargin);
    column->setSpacing(16);
    column->addWidget(new ColumnScroll(content, this), 1);
    column->addLayout(buttons);
    const int width = std::max(sized(LeastSettingsWidth), content->sizeHint().width() + 2 * SettingsMargin);
    const int height = content->heightForWidth(width - 2 * SettingsMargin) + column->spacing()
        + buttons->sizeHint().height() + 2 * SettingsMargin;
    resize(QSize(width, height).boundedTo(screenRoom(*this)));
}

void SettingsDialog::buildConfiguration(QGridLayout* grid)
{
    const ExportConfig& config = m_state.config();
    struct Line {
        QString name;
        QString value;
        Origin origin;
        QString key;
    };
    const Line lines[] = {
        {tr("Row limit at start"), countText(config.maxRows.value), config.maxRows.origin,
            QStringLiteral("HF_EXPORT_MAX_ROWS")},
        {tr("Splits"), splitText(config.split.value), config.split.origin,
            QStringLiteral("HF_EXPORT_SPLIT_STRATEGY")},
        {tr("Repository"), toQt(config.repo.value), config.repo.origin, QStringLiteral("HF_DATASET_REPO")},
        {tr("Publishing"), config.pushEnabled.value ? tr("switched on") : tr("switched off"),
            config.pushEnabled.origin, QStringLiteral("HF_EXPORT_ENABLED")},
    };
    const QString envFile = m_state.options().envFile;
    const QString envPath = wholePath(envFile.isEmpty() ? QStringLiteral(".env") : envFile);
    int row = grid->rowCount();
    for (const Line& line : lines) {
        grid->addWidget(new QLabel(line.name, this), row, 0);
        QLabel* value = quiet(
            tr("%1 (%2)", "value, where it comes from").arg(line.value, originText(line.origin, line.key)),
            this);
        value->setToolTip(tr("The env file is %1.").arg(envPath));
        grid->addWidget(value, row, 1, 1, 2);
        ++row;
    }
}

void SettingsDialog::buildHub(QGridLayout* grid)
{
    m_token = new QLineEdit(this);
    m_token->setObjectName(QStringLiteral("hubTokenEdit"));
    m_token->setEchoMode(QLineEdit::Password);
    m_token->setInputMethodHints(
        Qt::ImhHiddenText | Qt::ImhSensitiveData | Qt::ImhNoPredictiveText | Qt::ImhNoAutoUppercase);
    m_token->setPlaceholderText(tr("Enter one to keep it"));
    m_token->setAccessibleName(tr("Hub token"));
    m_keep = makeButton(tr("Keep"), QString(), this);
    m_keep->setObjectName(QStringLiteral("keepTokenButton"));
    m_keep->setAccessibleName(tr("Keep the token in the desktop's secret service"));
    m_forget = makeButton(tr("Forget"), QString(), this);
    m_forget->setObjectName(QStringLiteral("forgetTokenButton"));
    m_forget->setAccessibleName(tr("Forget the kept token"));
    m_keyring = quiet(QString(), this);
    m_keyring->setObjectName(QStringLiteral("keyringState"));
    m_keyring->setWordWrap(true);
    m_test = makeButton(tr("Test connection"), QStringLiteral("globe"), this);
    m_test->setObjectName(QStringLiteral("testConnectionButton"));
    m_test->setAccessibleName(m_test->text());
    m_access = quiet(QString(), this);
    m_access->setObjectName(QStringLiteral("connectionResult"));
    m_access->setWordWrap(true);

    int row = grid->rowCount();
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_keep);
    buttons->addWidget(m_forget);
    auto* name = new QLabel(tr("Hub token"), this);
    name->setBuddy(m_token);
    grid->addWidget(name, row, 0);
    grid->addWidget(m_token, row, 1);
    grid->addLayout(buttons, row, 2);
    grid->addWidget(m_keyring, ++row, 1, 1, 2);
    grid->addWidget(m_test, ++row, 1, Qt::AlignLeft);
    grid->addWidget(m_access, ++row, 1, 1, 2);
    // Room for two lines each, so that an answer moves nothing.
    for (QLabel* label : {m_keyring, m_access}) {
        label->setMinimumHeight(2 * label->fontMetrics().lineSpacing());
        label->setAlignment(Qt::AlignLeading | Qt::AlignTop);
    }

    PublishRunner& publisher = m_state.publisher();
    connect(m_keep, &QPushButton::clicked, this, &SettingsDialog::keepToken);
    connect(m_token, &QLineEdit::textChanged, this, &SettingsDialog::showKeyring);
    connect(m_forget, &QPushButton::clicked, this, [this] { m_state.publisher().tokens().forget(); });
    connect(&publisher.tokens(), &TokenKeeper::changed, this, &SettingsDialog::showKeyring);
    connect(m_test, &QPushButton::clicked, this, &SettingsDialog::testConnection);
    connect(&publisher, &PublishRunner::accessTold, this, [this](const AccessAnswer& answer) {
        const char* const tone = !answer.access.mayWrite.value_or(true) ? "bad"
            : answer.access.user.writesEverywhere()                     ? "warn"
                                                                        : "ok";
        showAccess(tone, accessText(answer));
    });
    connect(&publisher, &PublishRunner::accessFailed, this,
        [this](const Error& error) { showAccess("bad", toQt(error.message)); });
    if (publisher.tokens().state() == TokenKeeper::State::Unknown) {
        publisher.tokens().read();
    }
    showKeyring();
}

void SettingsDialog::testConnection()
{
    m_test->setEnabled(false); // the Hub wants to be asked rarely
    setLook(m_access, "tone", QStringLiteral("quiet"));
    m_access->setText(tr("Asking the Hub…"));
    m_state.publisher().askAccess();
}

void SettingsDialog::showAccess(const char* tone, const QString& text)
{
    m_test->setEnabled(true);
    setLook(m_access, "tone", QLatin1String(tone));
    m_access->setText(text);
    m_access->setAccessibleName(text);
}

void SettingsDialog::showKeyring()
{
    const TokenKeeper& tokens = m_state.publisher().tokens();
    const TokenKeeper::State state = tokens.state();
    const bool there = state == TokenKeeper::State::None || state == TokenKeeper::State::Kept;
    m_keep->setEnabled(there && !m_token->text().trimmed().isEmpty());
    m_forget->setEnabled(state == TokenKeeper::State::Kept);
    m_token->setEnabled(there);
    QString text;
    switch (state) {
    case TokenKeeper::State::Unknown:
    case TokenKeeper::State::Asking:
        text = tr("Asking the desktop's secret service…");
        break;
    case TokenKeeper::State::NoService:
        text = tr("No secret service answers here, so no token can be kept. Set HF_TOKEN instead.");
        break;
    case TokenKeeper::State::None:
        text = tr("None is kept. It would go into the desktop's secret service; HF_TOKEN, .env and the token "
                  "file win over it.");
        break;
    case TokenKeeper::State::Kept:
        text = tr(
            "One is kept in the desktop's secret service. HF_TOKEN, .env and the token file win over it.");
        break;
    }
    setLook(m_keyring, "tone", QStringLiteral("quiet"));
    m_keyring->setText(text);
    m_keyring->setToolTip(tokens.problem());
}

bool SettingsDialog::keepToken()
{
    if (!m_state.publisher().tokens().keep(m_token->text())) {
        setLook(m_keyring, "tone", QStringLiteral("bad"));
        m_keyring->setText(tr("This holds characters that no token has."));
        m_token->setFocus();
        return false;
    }
    m_token->clear();
    return true;
}

void SettingsDialog::chooseFolder()
{
    auto* dialog = new QFileDialog(this, tr("Choose the output folder"), m_outDir->text());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, m_outDir, &QLineEdit::setText);
    dialog->open();
}

void SettingsDialog::applyAndClose()
{
    if (m_token->isEnabled() && !m_token->text().trimmed().isEmpty() && !keepToken()) {
        return;
    }
    if (!m_outDir->text().trimmed().isEmpty()) {
        m_state.setOutDir(m_outDir->text().trimmed());
    }
    setRevealSeconds(m_reveal->value());
    Q_EMIT appearanceChosen(static_cast<Appearance>(m_appearance->currentData().toInt()));
    accept();
}

} // namespace workbench
