// SPDX-License-Identifier: GPL-3.0-or-later
/// The widths of a detail beside what it is about: the design's, until somebody chooses others.
#include "ui/theme/theme.h"
#include "ui/widgets/pane_splitter.h"

#include <QSettings>
#include <QStandardPaths>
#include <QtTest>

#include <memory>

using namespace workbench;

namespace {

const QString Key = QStringLiteral("test/panes");

std::unique_ptr<PaneSplitter> shown(int width)
{
    auto splitter = std::make_unique<PaneSplitter>(Key);
    for (int pane = 0; pane < 3; ++pane) {
        splitter->addWidget(new QWidget);
    }
    splitter->setUsualWidths({200, 0});
    splitter->resize(width, 100);
    splitter->show();
    return splitter;
}

void drag(const PaneSplitter& splitter, int by)
{
    QSplitterHandle* const handle = splitter.handle(2);
    const QPoint middle = handle->rect().center();
    QTest::mousePress(handle, Qt::LeftButton, {}, middle);
    QTest::mouseMove(handle, middle + QPoint(by, 0));
    QTest::mouseRelease(handle, Qt::LeftButton, {}, middle + QPoint(by, 0));
}

} // namespace

class PaneSplitterTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("tst_pane_splitter"));
        Theme::initialize();
    }
    void init() { QSettings().remove(Key); }
    void cleanupTestCase() { QSettings().remove(Key); }

    void the_detail_grows_with_the_window_between_its_limits()
    {
        const auto splitter = shown(1190);
        QCOMPARE(splitter->sizes(), QList<int>({200, 1190 - 2 - 200 - 340, 340}));
        for (const auto& [width, detail] : {std::pair(900, 280), std::pair(1030, 280), std::pair(1110, 310),
                 std::pair(1430, 410), std::pair(1670, 480), std::pair(3000, 480)}) {
            splitter->resize(width, 100);
            QCOMPARE(splitter->sizes(), QList<int>({200, width - 2 - 200 - detail, detail}));
        }
    }

    void widths_that_somebody_chose_stay_and_are_remembered()
    {
        const auto splitter = shown(1190);
        drag(*splitter, -60);
        const int chosen = splitter->sizes().last();
        QVERIFY(chosen > 380);
        splitter->resize(1670, 100);
        QCOMPARE(splitter->sizes().last(), chosen);
        QVERIFY(!splitter->isUsual());
        const auto next = shown(1190);
        QVERIFY(!next->isUsual());
        QCOMPARE(next->sizes().last(), chosen);
    }

    void a_double_click_sets_them_back_for_good()
    {
        const auto splitter = shown(1190);
        drag(*splitter, -60);
        QTest::mouseDClick(splitter->handle(1), Qt::LeftButton);
        QCOMPARE(splitter->sizes(), QList<int>({200, 1190 - 2 - 200 - 340, 340}));
        QVERIFY(shown(1190)->isUsual());
    }

    void widths_nobody_chose_are_not_kept()
    {
        shown(1670)->resize(1190, 100);
        QVERIFY(!QSettings().contains(Key));
    }
};

QTEST_MAIN(PaneSplitterTest)
#include "tst_pane_splitter.moc"
