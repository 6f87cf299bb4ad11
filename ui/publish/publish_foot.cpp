// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/publish/publish_foot.h"

#include "ui/widgets/buttons.h"
#include "ui/widgets/tone_label.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

namespace workbench {

namespace {

constexpr int ProgressSteps = 1000;

} // namespace

PublishFoot::PublishFoot(QWidget* parent)
    : QFrame(parent)
    , m_message(new QLineEdit(this))
    , m_progress(new QProgressBar(this))
    , m_note(new ToneLabel(TextSize::Caption, TextTone::Secondary, this))
    , m_cancel(makeButton(tr("Cancel"), QString(), this))
    , m_publish(makeButton(tr("Publish"), QStringLiteral("publish"), this))
{
    setProperty("frame", QStringLiteral("foot"));
    auto* name = new ToneLabel(TextSize::Caption, TextTone::Secondary, this);
    name->setTextFormat(Qt::AutoText);
    name->setText(tr("Commit &message"));
    m_message->setObjectName(QStringLiteral("commitMessageEdit"));
    m_message->setAccessibleName(tr("Commit message"));
    name->setBuddy(m_message);
    m_progress->setObjectName(QStringLiteral("publishProgress"));
    m_progress->setAccessibleName(tr("Sent in all"));
    m_progress->setRange(0, ProgressSteps);
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(6);
    m_progress->hide();
    m_note->setObjectName(QStringLiteral("publishNote"));
    m_note->setWordWrap(true);
    m_cancel->setObjectName(QStringLiteral("cancelPublishButton"));
    m_publish->setObjectName(QStringLiteral("confirmPublishButton"));
    m_publish->setEnabled(false);
    setPrimary(m_publish, true);

    auto* message = new QHBoxLayout;
    message->setSpacing(16);
    message->addWidget(name);
    message->addWidget(m_message, 1);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_note, 1);
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_publish);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(SheetMargin, 12, SheetMargin, 12);
    column->setSpacing(12);
    column->addLayout(message);
    column->addWidget(m_progress);
    column->addLayout(buttons);
    connect(m_cancel, &QPushButton::clicked, this, &PublishFoot::cancelClicked);
    connect(m_publish, &QPushButton::clicked, this, &PublishFoot::publishClicked);
    connect(m_message, &QLineEdit::textEdited, this, &PublishFoot::messageEdited);
}

void PublishFoot::showStage(PublishStage stage, const QString& publish)
{
    const bool isOver = stage == PublishStage::Over;
    const bool isPublishing = stage == PublishStage::Publishing;
    m_publish->setText(publish);
    m_publish->setAccessibleName(publish);
    m_publish->setVisible(!isOver);
    m_message->setReadOnly(isPublishing || isOver);
    m_progress->setVisible(isPublishing);
    m_cancel->setText(isOver ? tr("Close") : tr("Cancel"));
    m_cancel->setAccessibleName(m_cancel->text());
    m_cancel->setEnabled(true);
}

void PublishFoot::allowPublish(bool allowed) { m_publish->setEnabled(allowed); }

void PublishFoot::say(const QString& text)
{
    if (m_note->text() != text) {
        m_note->setText(text);
    }
}

void PublishFoot::setSent(double share) { m_progress->setValue(static_cast<int>(share * ProgressSteps)); }

void PublishFoot::offerMessage(const QString& message)
{
    if (!m_message->isModified()) {
        m_message->setText(message);
        m_message->setCursorPosition(0);
    }
}

QString PublishFoot::ownMessage() const
{
    return m_message->isModified() ? m_message->text().trimmed() : QString();
}

} // namespace workbench
