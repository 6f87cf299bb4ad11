// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/json_view.h"

#include "ui/theme/theme.h"
#include "ui/widgets/json_highlighter.h"

#include <QEvent>
#include <QPainter>
#include <QScrollBar>
#include <QTextBlock>

namespace workbench {

namespace {

constexpr int LinesAround = 2; ///< of a mark, above and below

} // namespace

class JsonView::LineNumbers final : public QWidget {
public:
    explicit LineNumbers(JsonView* view) : QWidget(view), m_view(view) {}

protected:
    void paintEvent(QPaintEvent* event) override { m_view->paintLineNumbers(event); }

private:
    JsonView* m_view;
};

JsonView::JsonView(QWidget* parent)
    : QPlainTextEdit(parent)
    , m_lineNumbers(new LineNumbers(this))
    , m_highlighter(new JsonHighlighter(document()))
{
    setReadOnly(true);
    setLayoutDirection(Qt::LeftToRight); // JSON reads so in every language
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setLineWrapMode(QPlainTextEdit::NoWrap);
    setTabChangesFocus(true);
    setFrameShape(QFrame::NoFrame);
    setUndoRedoEnabled(false);
    setFont(Theme::monoFont());
    document()->setDocumentMargin(6);
    connect(this, &QPlainTextEdit::updateRequest, this, [this](const QRect& rect, int dy) {
        if (dy != 0) {
            m_lineNumbers->scroll(0, dy);
        } else {
            m_lineNumbers->update(0, rect.y(), m_lineNumbers->width(), rect.height());
        }
    });
    connect(verticalScrollBar(), &QScrollBar::actionTriggered, this, [this] { m_followsMark = false; });
    connect(this, &QPlainTextEdit::blockCountChanged, this, &JsonView::fitLineNumbers);
    fitLineNumbers();
}

QSize JsonView::sizeHint() const { return {QPlainTextEdit::sizeHint().width(), minimumHeight()}; }

void JsonView::setJson(const QString& text)
{
    if (text == toPlainText()) {
        return;
    }
    const int down = verticalScrollBar()->value();
    const int right = horizontalScrollBar()->value();
    m_marks.clear();
    m_followsMark = false;
    setExtraSelections({});
    setPlainText(text);
    verticalScrollBar()->setValue(down);
    horizontalScrollBar()->setValue(right);
}

void JsonView::setMarks(const std::vector<std::pair<int, int>>& marks)
{
    m_marks = marks;
    showMarks();
    if (!marks.empty()) {
        QTextCursor cursor(document());
        cursor.setPosition(std::min(marks.front().first, document()->characterCount() - 1));
        setTextCursor(cursor);
        horizontalScrollBar()->setValue(0);
        m_followsMark = true;
        scrollToMark();
    }
}

/// With some lines around it, and not at all where it can be read already.
void JsonView::scrollToMark()
{
    const int line = cursorRect().height();
    const QRect mark = cursorRect().adjusted(0, -LinesAround * line, 0, LinesAround * line);
    if (mark.top() < 0 || mark.bottom() > viewport()->height()) {
        centerCursor();
    }
    ensureCursorVisible();
}

void JsonView::showMarks()
{
    QList<QTextEdit::ExtraSelection> selections;
    for (const auto& [begin, end] : m_marks) {
        QTextEdit::ExtraSelection selection;
        selection.cursor = QTextCursor(document());
        const int last = document()->characterCount() - 1;
        selection.cursor.setPosition(std::min(begin, last));
        selection.cursor.setPosition(std::min(end, last), QTextCursor::KeepAnchor);
        selection.format.setBackground(Theme::colors().badSoft);
        selection.format.setForeground(Theme::colors().bad);
        selection.format.setUnderlineStyle(QTextCharFormat::SingleUnderline);
        selection.format.setUnderlineColor(Theme::colors().bad);
        selections << selection;
    }
    setExtraSelections(selections);
}

void JsonView::fitLineNumbers()
{
    const int digits = std::max(2, static_cast<int>(QString::number(blockCount()).size()));
    const int width = fontMetrics().horizontalAdvance(QLatin1Char('9')) * digits + 16;
    setViewportMargins(layoutDirection() == Qt::LeftToRight ? width : 0, 0,
        layoutDirection() == Qt::LeftToRight ? 0 : width, 0);
    const QRect inner = contentsRect();
    m_lineNumbers->setGeometry(
        QRect(layoutDirection() == Qt::LeftToRight ? inner.left() : inner.right() - width + 1, inner.top(),
            width, viewport()->height()));
}

void JsonView::paintLineNumbers(QPaintEvent* event)
{
    QPainter painter(m_lineNumbers);
    painter.fillRect(event->rect(), Theme::colors().base);
    painter.setPen(Theme::colors().text3);
    painter.setFont(font());
    qreal top = blockBoundingGeometry(firstVisibleBlock()).translated(contentOffset()).top();
    for (QTextBlock block = firstVisibleBlock(); block.isValid() && top <= event->rect().bottom();
         block = block.next()) {
        const qreal height = blockBoundingRect(block).height();
        painter.drawText(QRectF(0, top, m_lineNumbers->width() - 8, height),
            Qt::AlignRight | Qt::AlignAbsolute | Qt::AlignVCenter, QString::number(block.blockNumber() + 1));
        top += height;
    }
}

void JsonView::resizeEvent(QResizeEvent* event)
{
    QPlainTextEdit::resizeEvent(event);
    fitLineNumbers();
    if (m_followsMark) {
        scrollToMark();
    }
}

void JsonView::changeEvent(QEvent* event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange) {
        setFont(Theme::monoFont());
        m_highlighter->rehighlight();
        showMarks();
        fitLineNumbers();
    }
}

} // namespace workbench
