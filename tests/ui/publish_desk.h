// SPDX-License-Identifier: Apache-2.0
/// The publish sheet above a window, as a test finds its way about in it.
#pragma once

#include "tests/ui/hub_desk.h"
#include "ui/publish/publish_facts.h"
#include "ui/publish/publish_sheet.h"
#include "ui/publish/refusal_banner.h"
#include "ui/theme/theme.h"

#include <QCoreApplication>
#include <QDir>
#include <QLabel>
#include <QPointer>
#include <QPushButton>
#include <QTest>

#include <string>

namespace workbench {

/// A window, what it knows of the Hub, and the sheet above it.
struct PublishDesk : HubDesk {
    explicit PublishDesk(fakehub::HubOptions hubOptions = {}) : HubDesk(hubOptions)
    {
        window.resize(1440, 900);
        window.show();
    }

    PublishSheet* show(const std::string& jobId = "first")
    {
        sheet = new PublishSheet(*state, toQt(world.folder.path("out/" + jobId)), 0, &window);
        sheet->open();
        return sheet;
    }

    bool waitFor(PublishSheet::Stage stage)
    {
        return QTest::qWaitFor([&] { return sheet && sheet->stage() == stage; }, 30'000);
    }

    template <class T> T* find(const char* name) const { return sheet->findChild<T*>(QLatin1String(name)); }
    [[nodiscard]] QPushButton* publishButton() const { return find<QPushButton>("confirmPublishButton"); }
    [[nodiscard]] QPushButton* cancelButton() const { return find<QPushButton>("cancelPublishButton"); }
    [[nodiscard]] QString note() const { return find<QLabel>("publishNote")->text(); }
    [[nodiscard]] QString facts() const { return sheet->facts()->asText(); }
    [[nodiscard]] const PublishMessage& message() const { return sheet->banner()->message(); }
    void picture(const QString& name) const
    {
        const QString folder = qEnvironmentVariable("WORKBENCH_PICTURES");
        if (!folder.isEmpty()) {
            for (const Appearance appearance : {Appearance::Dark, Appearance::Light}) {
                Theme::apply(appearance);
                QCoreApplication::processEvents(); // the palette arrives,
                QCoreApplication::processEvents(); // and what was painted once is painted anew
                const QString tone
                    = appearance == Appearance::Dark ? QStringLiteral("dark") : QStringLiteral("light");
                QVERIFY(sheet->grab().save(QDir(folder).filePath(
                    QStringLiteral("sheet-%1-%2-%3.png").arg(name, tone).arg(window.width()))));
            }
        }
    }

    QWidget window;
    QPointer<PublishSheet> sheet;
};

} // namespace workbench
