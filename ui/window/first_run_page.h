// SPDX-License-Identifier: GPL-3.0-or-later
/// What stands in the window while nothing is open: the way in, what happens then, and how things are set up.
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace workbench {

class WorkbenchState;

class FirstRunPage final : public QWidget {
    Q_OBJECT

public:
    FirstRunPage(WorkbenchState& state, QWidget* parent);

    [[nodiscard]] QPushButton* openButton() const { return m_open; }

Q_SIGNALS:
    void openRequested();
    void sampleRequested();

protected:
    void paintEvent(QPaintEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    struct SetUpRow {
        QLabel* icon = nullptr;
        QLabel* text = nullptr;
        QString iconName;
    };
    enum class Standing { Fine, Note, Careful, Off };

    [[nodiscard]] QWidget* buildDropCard();
    [[nodiscard]] QWidget* buildSteps();
    [[nodiscard]] QWidget* buildSetUp();
    void addTokenSetUp(QWidget* card, int row);
    SetUpRow addSetUp(QWidget* card, int row, const QString& name);
    void show(SetUpRow& row, Standing standing, const QString& text);
    static void showFullPath(SetUpRow& row, const QString& path); ///< where the words name it from here
    void showSetUp();
    void showToken();

    WorkbenchState& m_state;
    QLabel* m_openIcon = nullptr;
    QPushButton* m_open = nullptr;
    SetUpRow m_data;
    SetUpRow m_output;
    SetUpRow m_schema;
    SetUpRow m_limit;
    SetUpRow m_token;
    SetUpRow m_publishing;
    QPushButton* m_setUpToken = nullptr;
    bool m_tokenKnown = false;
    QString m_tokenIn; ///< where it was found
    QString m_tokenProblem;
    bool m_outputKnown = false;
    bool m_outputWritable = false;
};

} // namespace workbench
