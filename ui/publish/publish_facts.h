// SPDX-License-Identifier: GPL-3.0-or-later
/// The right side of the publish sheet: rows now and after, both schema hashes, and every check.
#pragma once

#include "ui/bridge/publish_runner.h"

#include <QWidget>

class QGridLayout;
class QVBoxLayout;

namespace workbench {

class PublishFacts final : public QWidget {
    Q_OBJECT

public:
    explicit PublishFacts(QWidget* parent = nullptr);

    void clear(); ///< nothing is known yet
    void setPlan(const PublishPlan& plan); ///< nothing has been done yet
    void setOutcome(const PublishOutcome& outcome);
    void paintAnew(); ///< in the theme's present colours
    [[nodiscard]] QString asText() const { return m_text; } ///< a line a fact

private:
    void build();
    void addRows();
    void addHashes();
    void addChecks();
    void addCheck(const PublishCheck& check);
    void addSection(const QString& title);
    [[nodiscard]] QString publishedText() const; ///< below the published hash
    void note(const QString& line) { m_text += line + QLatin1Char('\n'); }

    QVBoxLayout* m_column;
    QWidget* m_content = nullptr; ///< made anew with each plan
    QVBoxLayout* m_parts = nullptr;
    PublishPlan m_plan;
    QString m_revision; ///< of the commit that was made; empty while there is none
    QString m_text;
};

} // namespace workbench
