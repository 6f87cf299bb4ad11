// SPDX-License-Identifier: Apache-2.0
/// Nothing that is read or pressed is cut: in a small window, with letters twice as large, from right to
/// left.
#include "tests/ui/ui_fixture.h"
#include "ui/theme/sizes.h"
#include "ui/theme/theme.h"
#include "ui/widgets/elided_label.h"
#include "ui/window/main_window.h"
#include "ui/window/window_memory.h"

#include <QAbstractButton>
#include <QApplication>
#include <QLabel>
#include <QLocale>
#include <QScreen>
#include <QSettings>

#include <vector>

using namespace workbench;

namespace {

QString nameOf(const QWidget* widget)
{
    const auto* label = qobject_cast<const QLabel*>(widget);
    const auto* button = qobject_cast<const QAbstractButton*>(widget);
    return label ? label->text() : button ? button->text() : widget->objectName();
}

/// What a person would miss of `widget`; empty when all of it is there.
QString missingOf(const QWidget* widget, const QWidget* window)
{
    if (const auto* label = qobject_cast<const QLabel*>(widget)) {
        if (label->text().isEmpty() || qobject_cast<const ElidedLabel*>(label)) {
            return {}; // an elided one says all of it in its tooltip
        }
        if (label->wordWrap() && label->height() < label->heightForWidth(label->width())) {
            return QStringLiteral("lines below");
        }
        if (!label->wordWrap() && label->width() < label->sizeHint().width()) {
            return QStringLiteral("letters");
        }
    } else if (const auto* button = qobject_cast<const QAbstractButton*>(widget); button
               && !button->text().isEmpty() && widget->width() < widget->sizeHint().width()
               && widget->sizePolicy().horizontalPolicy() != QSizePolicy::Ignored) {
        return QStringLiteral("letters");
    }
    for (const QWidget* around = widget->parentWidget(); around; around = around->parentWidget()) {
        const int left = widget->mapTo(around, QPoint(0, 0)).x();
        if (left < 0 || left + widget->width() > around->width()) {
            return QStringLiteral("a side (%1 to %2 in %3, a %4)")
                .arg(left)
                .arg(left + widget->width())
                .arg(around->width())
                .arg(QLatin1String(around->metaObject()->className()));
        }
        if (around == window) {
            break;
        }
    }
    return {};
}

std::vector<const QWidget*> readAndPressed(const QWidget& window)
{
    std::vector<const QWidget*> shown;
    for (const QWidget* widget : window.findChildren<QWidget*>()) {
        if (widget->isVisible()
            && (qobject_cast<const QLabel*>(widget) || qobject_cast<const QAbstractButton*>(widget))) {
            shown.push_back(widget);
        }
    }
    return shown;
}

/// One line a widget in sight.
QStringList cutIn(const QWidget& window, const QString& where)
{
    QStringList cut;
    for (const QWidget* widget : readAndPressed(window)) {
        if (const QString missing = missingOf(widget, &window); !missing.isEmpty()) {
            cut << QStringLiteral("%1: %2 of “%3”").arg(where, missing, nameOf(widget));
        }
    }
    return cut;
}

} // namespace

class TestLargeLetters : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
        m_platformFont = QApplication::font();
        writeSixExamples(m_folder, "data");
    }

    void cleanup()
    {
        QApplication::setLayoutDirection(Qt::LeftToRight);
        QApplication::setFont(m_platformFont);
    }

    void nothing_is_cut_data()
    {
        QTest::addColumn<double>("points");
        QTest::addColumn<QSize>("size");
        QTest::addColumn<bool>("reverse");
        QTest::newRow("a small window") << 9.75 << QSize(1280, 720) << false;
        QTest::newRow("a small window from right to left") << 9.75 << QSize(1280, 720) << true;
        QTest::newRow("letters twice as large") << 19.5 << QSize(1440, 900) << false;
        QTest::newRow("letters twice as large from right to left") << 19.5 << QSize(1440, 900) << true;
    }

    void nothing_is_cut()
    {
        QFETCH(double, points);
        QFETCH(QSize, size);
        QFETCH(bool, reverse);
        QFont font = m_platformFont;
        font.setPointSizeF(points);
        QApplication::setFont(font);
        QApplication::setLayoutDirection(reverse ? Qt::RightToLeft : Qt::LeftToRight);
        Theme::initialize();
        Theme::apply(Appearance::Light);
        QCOMPARE(lettersAreLarge(), points > 13);

        WindowMemory memory(nullptr);
        WorkbenchState state(testOptions(m_folder));
        MainWindow window(state, memory);
        window.resize(size);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        QStringList all;
        const auto look = [&all](const QWidget& shown, const QString& where) {
            QStringList cut;
            // A layout settles in steps: what is cut has to stay so to be a fault.
            if (!QTest::qWaitFor([&] { return (cut = cutIn(shown, where)).isEmpty(); }, 2'000)) {
                all += cut;
            }
        };
        QVERIFY(readAndPressed(window).size() > 10);
        look(window, QStringLiteral("first run"));
        QTest::keyClick(&window, Qt::Key_Comma, Qt::ControlModifier);
        QWidget* settings = QApplication::activeModalWidget();
        QVERIFY(settings);
        look(*settings, QStringLiteral("settings"));
        QVERIFY(settings->height() <= settings->screen()->availableSize().height());
        settings->close();

        QVERIFY(openAndWait(state, m_folder.path("data")));
        for (const Tab tab : {Tab::Preview, Tab::Rejections, Tab::Schema, Tab::Insights, Tab::Jobs}) {
            window.showTab(tab);
            QVERIFY(QTest::qWaitFor([&window] { return window.idle(); }, 20'000));
            QVERIFY(readAndPressed(window).size() > 10);
            look(window, QStringLiteral("tab %1").arg(static_cast<int>(tab) + 1));
        }
        QVERIFY2(all.isEmpty(), qPrintable(all.join(QLatin1Char('\n'))));
    }

private:
    TemporaryFolder m_folder;
    QFont m_platformFont;
};

QTEST_MAIN(TestLargeLetters)
#include "tst_large_letters.moc"
