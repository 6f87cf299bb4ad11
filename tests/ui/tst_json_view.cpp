// SPDX-License-Identifier: GPL-3.0-or-later
/// JSON to read: the marked place can be read whatever the size, until somebody scrolls elsewhere.
#include "tests/ui/opened_folder.h"
#include "ui/widgets/json_view.h"

#include <QScrollBar>

using namespace workbench;

class TestJsonView : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareWorkbenchTest(QStringLiteral("tst_json_view")); }
    void init();
    void a_mark_is_read_with_the_lines_around_it();
    void a_mark_that_can_be_read_already_does_not_move_the_text();
    void a_smaller_view_keeps_the_mark_in_sight();
    void who_scrolled_away_stays_there();

private:
    void mark(int line);
    [[nodiscard]] int firstLine() const { return m_view->verticalScrollBar()->value(); }
    [[nodiscard]] int linesShown() const
    {
        return m_view->viewport()->height() / m_view->cursorRect().height();
    }
    /// With two lines above and below, where there are any.
    [[nodiscard]] bool reads(int line) const
    {
        return firstLine() <= line - 2 && line + 2 < firstLine() + linesShown();
    }

    std::unique_ptr<JsonView> m_view;
};

void TestJsonView::init()
{
    m_view = std::make_unique<JsonView>();
    m_view->resize(400, 300);
    m_view->show();
    QStringList lines;
    for (int line = 0; line < 200; ++line) {
        lines << QStringLiteral("\"line\": %1,").arg(line);
    }
    m_view->setJson(lines.join(QLatin1Char('\n')));
    QVERIFY(linesShown() > 10 && linesShown() < 100);
}

void TestJsonView::mark(int line)
{
    const auto at = static_cast<int>(m_view->toPlainText().indexOf(QStringLiteral(" %1,").arg(line)));
    m_view->setMarks({{at + 1, at + 2}});
}

void TestJsonView::a_mark_is_read_with_the_lines_around_it()
{
    for (const int line : {150, 100, 197, 100, linesShown()}) {
        mark(line);
        QVERIFY2(reads(line), qPrintable(QString::number(line)));
    }
    mark(0);
    QCOMPARE(firstLine(), 0);
    mark(199);
    QVERIFY(firstLine() + linesShown() > 199);
}

void TestJsonView::a_mark_that_can_be_read_already_does_not_move_the_text()
{
    mark(100);
    const int before = firstLine();
    mark(102);
    QCOMPARE(firstLine(), before);
}

void TestJsonView::a_smaller_view_keeps_the_mark_in_sight()
{
    const int line = linesShown() - 4;
    mark(line);
    QCOMPARE(firstLine(), 0); // it stands near the foot
    m_view->resize(400, 120);
    QVERIFY(reads(line));
}

void TestJsonView::who_scrolled_away_stays_there()
{
    mark(100);
    m_view->verticalScrollBar()->triggerAction(QAbstractSlider::SliderToMinimum);
    m_view->resize(400, 120);
    QCOMPARE(firstLine(), 0);
    mark(100);
    QVERIFY(reads(100));
}

QTEST_MAIN(TestJsonView)
#include "tst_json_view.moc"
