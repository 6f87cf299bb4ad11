// SPDX-License-Identifier: GPL-3.0-or-later
/// Indented JSON to read: line numbers, colours, places marked as offending. Never edited.
#pragma once

#include <QPlainTextEdit>

#include <utility>
#include <vector>

namespace workbench {

class JsonHighlighter;

class JsonView final : public QPlainTextEdit {
    Q_OBJECT

public:
    explicit JsonView(QWidget* parent = nullptr);

    /// As high as its minimum: it takes what others leave, and says so to what measures a whole column.
    [[nodiscard]] QSize sizeHint() const override;

    /// Keeps the scroll position while the text stays of the same kind.
    void setJson(const QString& text);
    /// Ranges of characters, [begin, end), in the present text; the first one is scrolled into view, and
    /// stays in view whatever the size, until somebody scrolls.
    void setMarks(const std::vector<std::pair<int, int>>& marks);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    class LineNumbers;
    void fitLineNumbers();
    void paintLineNumbers(QPaintEvent* event);
    void showMarks();
    void scrollToMark();

    LineNumbers* m_lineNumbers;
    JsonHighlighter* m_highlighter;
    std::vector<std::pair<int, int>> m_marks;
    bool m_followsMark = false;
};

} // namespace workbench
