// SPDX-License-Identifier: GPL-3.0-or-later
/// The Schema tab: the schema in use, beside a baseline and beside what the matched rows hold.
#pragma once

#include "core/schema/schema_reference.h"
#include "ui/widgets/panes.h"

#include <QWidget>

class QAction;
class QLabel;
class QPushButton;
class QTableView;

namespace workbench {

class ElidedLabel;
class MessageBar;
class SchemaDiffFilter;
class SchemaDiffModel;
class SchemaStrip;
class SegmentedControl;
class WorkbenchState;

class SchemaPanel final : public QWidget {
    Q_OBJECT

public:
    SchemaPanel(WorkbenchState& state, QWidget* parent);

    [[nodiscard]] bool idle() const; ///< no baseline is being read
    [[nodiscard]] QList<QAction*> actions() const; ///< for the Schema menu
    [[nodiscard]] Panes panes() const;

    /// Compares with a schema file, a bundle, a dataset_info.json or a shipped name.
    void setBaseline(const QString& reference);
    void setPublishedBaseline(); ///< what the configured repository holds; asks the Hub

protected:
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void buildBar();
    void buildTable();
    void connectState();
    void showStatistics();
    void showNoBaseline();
    void showCounts();
    void fitColumns(); ///< measures
    void shareRoom(); ///< what the measured widths leave goes to all columns
    void takeReference(const QString& reference, const SchemaReference& schema);
    void refusePublished(const Error& error);
    void refuseReference(const QString& reference, const Error& error);
    void chooseFile(bool folder);
    void copyDifference();

    WorkbenchState& m_state;
    SchemaStrip* m_strip;
    MessageBar* m_message;
    SegmentedControl* m_shown;
    QLabel* m_features;
    ElidedLabel* m_observed;
    QPushButton* m_copyButton;
    QTableView* m_table;
    SchemaDiffModel* m_model;
    SchemaDiffFilter* m_filter;
    QAction* m_copy;
    QAction* m_chooseFile;
    QAction* m_chooseFolder;
    QList<int> m_widths; ///< as measured
    bool m_observes = false; ///< what is observed is that of the present rows
    bool m_fitted = false; ///< the columns, to what stands in them now
    bool m_askingHub = false;
    bool m_isPublished = false; ///< what is compared with is what is published
    QString m_pending; ///< the reference being read
};

} // namespace workbench
