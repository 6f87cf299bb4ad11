// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preview/row_copier.h"

#include "ui/widgets/tab_separated.h"

#include <QClipboard>
#include <QGuiApplication>

namespace workbench {

RowCopier::RowCopier(const PreviewModel& model, RowService& rows, QObject* parent)
    : QObject(parent)
    , m_model(model)
    , m_rows(rows)
{
    connect(&m_rows, &RowService::loaded, this, &RowCopier::finish);
    connect(&m_rows, &RowService::loadFailed, this, [this] { m_positions.clear(); });
    connect(&m_model, &QAbstractItemModel::modelReset, this, [this] { m_positions.clear(); });
}

void RowCopier::copy(std::vector<int> positions, std::vector<int> columns, bool withHeaders)
{
    m_positions = std::move(positions);
    m_columns = std::move(columns);
    m_withHeaders = withHeaders;
    std::vector<RowNumber> missing;
    for (const int position : m_positions) {
        if (!m_model.loaded(position)) {
            missing.push_back(m_model.rowNumber(position));
        }
    }
    if (!missing.empty()) {
        m_rows.request(missing);
    }
    finish();
}

void RowCopier::finish()
{
    if (m_positions.empty()) {
        return;
    }
    for (const int position : m_positions) {
        if (!m_model.loaded(position)) {
            return; // loaded() comes again
        }
    }
    QString text;
    if (m_withHeaders) {
        QStringList names;
        for (const int column : m_columns) {
            names << m_model.columns().path(column);
        }
        text += tabSeparatedLine(names);
    }
    for (const int position : m_positions) {
        QStringList cells;
        for (const int column : m_columns) {
            cells << m_model.data(m_model.index(position, column), PreviewModel::ExactRole).toString();
        }
        text += tabSeparatedLine(cells);
    }
    QGuiApplication::clipboard()->setText(text);
    const std::size_t count = m_positions.size();
    m_positions.clear();
    Q_EMIT copied(count);
}

} // namespace workbench
