// SPDX-License-Identifier: GPL-3.0-or-later
/// Colours indented JSON: keys, strings, numbers, true, false and null.
#pragma once

#include <QSyntaxHighlighter>

namespace workbench {

class JsonHighlighter final : public QSyntaxHighlighter {
    Q_OBJECT

public:
    using QSyntaxHighlighter::QSyntaxHighlighter;

protected:
    void highlightBlock(const QString& line) override;
};

} // namespace workbench
