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
    void setPlan(const PublishPlan& plan);
    [[nodiscard]] QString asText() const { return m_text; } ///< a line a fact

private:
    void addRows(const PublishPlan& plan);
    void addHashes(const PublishPlan& plan);
    void addChecks(const PublishPlan& plan);
    void addCheck(const PublishCheck& check, const PublishPlan& plan);
    void addSection(const QString& title);
    void note(const QString& line) { m_text += line + QLatin1Char('\n'); }

    QVBoxLayout* m_column;
    QWidget* m_content = nullptr; ///< made anew with each plan
    QVBoxLayout* m_parts = nullptr;
    QString m_text;
};

} // namespace workbench
