// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/settings_dialog.h"

#include "ui/bridge/qt_text.h"
#include "ui/bridge/workbench_state.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/number_text.h"

#include <QComboBox>
#include <QFileDialog>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

namespace workbench {
namespace {

QLabel* quiet(const QString& text, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    label->setFont(Theme::captionFont());
    label->setProperty("tone", QStringLiteral("quiet"));
    label->setTextFormat(Qt::PlainText);
    return label;
}

QString originText(Origin origin)
{
    switch (origin) {
    case Origin::Default:
        return SettingsDialog::tr("default");
    case Origin::EnvFile:
        return SettingsDialog::tr("from the env file");
    case Origin::Environment:
        return SettingsDialog::tr("from the environment");
    case Origin::Option:
        return SettingsDialog::tr("from an option");
    }
    return {};
}

} // namespace

SettingsDialog::SettingsDialog(WorkbenchState& state, QWidget* parent)
    : QDialog(parent)
    , m_state(state)
    , m_outDir(new QLineEdit(state.outDir(), this))
    , m_appearance(new QComboBox(this))
{
    setWindowTitle(tr("Settings"));
    setAttribute(Qt::WA_DeleteOnClose);
    m_outDir->setAccessibleName(tr("Output folder"));
    m_appearance->setAccessibleName(tr("Appearance"));
    m_appearance->addItem(tr("As the system"), static_cast<int>(Appearance::System));
    m_appearance->addItem(tr("Light"), static_cast<int>(Appearance::Light));
    m_appearance->addItem(tr("Dark"), static_cast<int>(Appearance::Dark));
    m_appearance->setCurrentIndex(m_appearance->findData(static_cast<int>(Theme::appearance())));
    QPushButton* choose = makeButton(tr("Choose…"), QString(), this);
    choose->setAccessibleName(tr("Choose the output folder"));
    connect(choose, &QPushButton::clicked, this, &SettingsDialog::chooseFolder);

    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(8);
    grid->setColumnStretch(1, 1);
    grid->addWidget(new QLabel(tr("Output folder"), this), 0, 0);
    grid->addWidget(m_outDir, 0, 1);
    grid->addWidget(choose, 0, 2);
    grid->addWidget(quiet(tr("For this session. HF_EXPORT_OUT_DIR sets it for good."), this), 1, 1, 1, 2);
    grid->addWidget(new QLabel(tr("Appearance"), this), 2, 0);
    grid->addWidget(m_appearance, 2, 1, 1, 2);
    grid->setRowMinimumHeight(3, 12);
    buildConfiguration(grid);

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
    column->setContentsMargins(20, 20, 20, 20);
    column->setSpacing(16);
    column->addLayout(grid);
    column->addStretch();
    column->addLayout(buttons);
    resize(560, sizeHint().height());
}

void SettingsDialog::buildConfiguration(QGridLayout* grid)
{
    const ExportConfig& config = m_state.config();
    struct Line {
        QString name;
        QString value;
        Origin origin;
    };
    const Line lines[] = {
        {tr("Row limit at start"), countText(config.maxRows.value), config.maxRows.origin},
        {tr("Splits"), toQt(splitStrategyName(config.split.value)), config.split.origin},
        {tr("Repository"), toQt(config.repo.value), config.repo.origin},
        {tr("Publishing"), config.pushEnabled.value ? tr("switched on") : tr("switched off"),
            config.pushEnabled.origin},
    };
    int row = grid->rowCount();
    for (const Line& line : lines) {
        grid->addWidget(quiet(line.name, this), row, 0);
        grid->addWidget(quiet(line.value, this), row, 1);
        grid->addWidget(quiet(originText(line.origin), this), row, 2, Qt::AlignRight);
        ++row;
    }
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
    if (!m_outDir->text().trimmed().isEmpty()) {
        m_state.setOutDir(m_outDir->text().trimmed());
    }
    Q_EMIT appearanceChosen(static_cast<Appearance>(m_appearance->currentData().toInt()));
    accept();
}

} // namespace workbench
