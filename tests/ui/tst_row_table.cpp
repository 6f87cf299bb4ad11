// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/chosen_rows.h"
#include "ui/widgets/row_table.h"

#include <QAbstractTableModel>
#include <QElapsedTimer>
#include <QHeaderView>
#include <QImage>
#include <QPainter>
#include <QScrollBar>
#include <QSignalSpy>
#include <QStyledItemDelegate>
#include <QTest>

using namespace workbench;

namespace {

/// As many rows as wanted, of which none exists before it is asked for.
class ManyRows final : public QAbstractTableModel {
public:
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override
    {
        return parent.isValid() ? 0 : m_rows;
    }
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override
    {
        return parent.isValid() ? 0 : 4;
    }
    [[nodiscard]] QVariant data(const QModelIndex& at, int role) const override
    {
        ++asked;
        return role == Qt::DisplayRole ? QVariant(at.row()) : QVariant();
    }
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& at) const override
    {
        ++asked;
        return QAbstractTableModel::flags(at);
    }
    void setRows(int rows)
    {
        beginResetModel();
        m_rows = rows;
        endResetModel();
    }
    void append(int rows)
    {
        beginInsertRows({}, m_rows, m_rows + rows - 1);
        m_rows += rows;
        endInsertRows();
    }
    mutable int asked = 0;

private:
    int m_rows = 0;
};

/// As a delegate of ours does: all of the cell.
class BlueCells final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(
        QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& /*at*/) const override
    {
        painter->fillRect(option.rect, Qt::blue);
    }
};

} // namespace

class RowTableTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_model.setRows(1000);
        m_table = std::make_unique<RowTable>();
        m_table->setModel(&m_model);
        m_table->setRowHeight(20);
        m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
        m_table->resize(400, 300);
        m_table->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_table.get()));
    }
    void cleanup() { m_table.reset(); }

    void a_row_stands_where_its_number_says()
    {
        const int inSight = m_table->rowsInSight();
        QVERIFY(inSight > 5);
        QCOMPARE(m_table->visualRect(m_model.index(3, 1)).top(), 60);
        QCOMPARE(m_table->indexAt(m_table->visualRect(m_model.index(3, 1)).center()), m_model.index(3, 1));
        m_table->scrollTo(m_model.index(500, 0));
        QCOMPARE(m_table->topRow(), 500 - inSight + 1);
        m_table->scrollTo(m_model.index(10, 0));
        QCOMPARE(m_table->topRow(), 10);
        m_table->scrollTo(m_model.index(700, 0), QAbstractItemView::PositionAtTop);
        QCOMPARE(m_table->indexAt(QPoint(5, 5)).row(), 700);
        QCOMPARE(m_table->verticalScrollBar()->maximum(), 1000 - inSight);
        QVERIFY(!m_table->indexAt(QPoint(5, -1)).isValid());
    }

    void keys_move_the_current_row_and_bring_it_into_sight()
    {
        m_table->setFocus();
        m_table->setCurrentIndex(m_model.index(0, 1));
        QTest::keyClick(m_table.get(), Qt::Key_Down);
        QCOMPARE(m_table->currentIndex(), m_model.index(1, 1));
        QTest::keyClick(m_table.get(), Qt::Key_PageDown);
        QCOMPARE(m_table->currentIndex().row(), 1 + m_table->rowsInSight());
        QTest::keyClick(m_table.get(), Qt::Key_End, Qt::ControlModifier);
        QCOMPARE(m_table->currentIndex(), m_model.index(999, 3));
        QVERIFY(m_table->viewport()->rect().contains(m_table->visualRect(m_table->currentIndex()).center()));
        QTest::keyClick(m_table.get(), Qt::Key_Home, Qt::ControlModifier);
        QCOMPARE(m_table->currentIndex(), m_model.index(0, 0));
        QTest::keyClick(m_table.get(), Qt::Key_Up);
        QCOMPARE(m_table->currentIndex(), m_model.index(0, 0));
        m_table->setColumnHidden(1, true);
        QTest::keyClick(m_table.get(), Qt::Key_Right);
        QCOMPARE(m_table->currentIndex(), m_model.index(0, 2));
    }

    void a_click_and_a_shift_click_choose_whole_rows()
    {
        const auto click = [this](int row, Qt::KeyboardModifiers keys = {}) {
            QTest::mouseClick(m_table->viewport(), Qt::LeftButton, keys,
                m_table->visualRect(m_model.index(row, 0)).center());
        };
        click(2);
        click(5, Qt::ShiftModifier);
        QCOMPARE(m_table->selectionModel()->selectedRows().size(), 4);
        click(1, Qt::ControlModifier);
        QCOMPARE(m_table->selectionModel()->selectedRows().size(), 5);
        m_table->selectRow(7);
        QVERIFY(m_table->selectionModel()->isRowSelected(7));
        m_table->selectAll();
        QCOMPARE(m_table->selectionModel()->selection().constFirst().height(), 1000);
    }

    void more_rows_make_the_scroll_bar_longer_and_keep_the_place()
    {
        m_table->scrollTo(m_model.index(700, 0), QAbstractItemView::PositionAtTop);
        m_model.append(5000);
        QCOMPARE(m_table->topRow(), 700);
        QCOMPARE(m_table->verticalScrollBar()->maximum(), 6000 - m_table->rowsInSight());
        m_model.setRows(3);
        QCOMPARE(m_table->verticalScrollBar()->maximum(), 0);
        QCOMPARE(m_table->indexAt(QPoint(5, 5)).row(), 0);
    }

    void only_rows_in_sight_are_asked_for_however_many_there_are()
    {
        for (const int rows : {1000, 50'000'000}) {
            m_model.setRows(rows);
            m_model.asked = 0;
            m_table->grab();
            QVERIFY(m_model.asked > 0);
            QVERIFY(m_model.asked < 20 * (m_table->rowsInSight() + 2) * 4);
            m_model.asked = 0;
            QTest::keyClick(m_table.get(), Qt::Key_X); // QTableView would look through all rows for it
            QVERIFY(m_model.asked < 20 * (m_table->rowsInSight() + 2) * 4);
        }
        m_table->scrollToBottom();
        QCOMPARE(m_table->indexAt(QPoint(5, 5)).row(), 50'000'000 - m_table->rowsInSight());
    }

    void what_no_cell_covers_is_the_ground_data()
    {
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("columnWidth");
        QTest::addColumn<Qt::LayoutDirection>("direction");
        for (const auto direction : {Qt::LeftToRight, Qt::RightToLeft}) {
            const char* const name = direction == Qt::LeftToRight ? "left to right" : "right to left";
            QTest::addRow("no rows, %s", name) << 0 << 50 << direction;
            QTest::addRow("rows and columns end in sight, %s", name) << 3 << 50 << direction;
            QTest::addRow("columns end in sight, %s", name) << 1000 << 50 << direction;
            QTest::addRow("more than fits, %s", name) << 1000 << 300 << direction;
        }
    }
    void what_no_cell_covers_is_the_ground()
    {
        QFETCH(int, rows);
        QFETCH(int, columnWidth);
        QFETCH(Qt::LayoutDirection, direction);
        m_table->setItemDelegate(new BlueCells(m_table.get()));
        m_table->setLayoutDirection(direction);
        m_model.setRows(rows);
        for (int column = 0; column < 4; ++column) {
            m_table->setColumnWidth(column, columnWidth);
        }
        for (const bool atEnd : {false, true}) {
            QScrollBar& columns = *m_table->horizontalScrollBar();
            columns.setValue(atEnd ? columns.maximum() : 0);
            m_table->verticalScrollBar()->setValue(atEnd ? m_table->verticalScrollBar()->maximum() : 0);
            const QSize size = m_table->viewport()->size();
            QImage picture(size, QImage::Format_RGB32);
            picture.fill(Qt::magenta); // what was there before
            m_table->viewport()->render(&picture, {}, {}, {});
            const QRgb ground = m_table->palette().color(QPalette::Base).rgb();
            for (int y = 0; y < size.height(); ++y) {
                for (int x = 0; x < size.width(); ++x) {
                    const bool cell = m_table->indexAt({x, y}).isValid();
                    QCOMPARE(picture.pixel(x, y), cell ? qRgb(0, 0, 255) : ground);
                }
            }
        }
    }

    void chosen_rows_are_counted_without_a_look_at_each()
    {
        m_model.setRows(5'000'000);
        m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
        m_table->selectAll();
        m_model.asked = 0;
        QCOMPARE(chosenCount(*m_table->selectionModel()), std::size_t {5'000'000});
        QCOMPARE(chosenPositions(*m_table->selectionModel(), 3), (std::vector<int> {0, 1, 2}));
        QVERIFY2(m_model.asked < 100, qPrintable(QString::number(m_model.asked)));
        m_table->clearSelection();
        QCOMPARE(chosenCount(*m_table->selectionModel()), std::size_t {0});
    }

    void fifty_million_rows_come_and_go_as_quickly_as_fifty()
    {
        m_model.setRows(50);
        QElapsedTimer timer;
        timer.start();
        for (int time = 0; time < 20; ++time) {
            m_model.setRows(50'000'000 + time);
            m_table->grab();
        }
        // QTableView takes a second for a single one of these.
        QVERIFY2(timer.elapsed() < 5000, qPrintable(QString::number(timer.elapsed())));
    }

private:
    ManyRows m_model;
    std::unique_ptr<RowTable> m_table;
};

QTEST_MAIN(RowTableTest)
#include "tst_row_table.moc"
