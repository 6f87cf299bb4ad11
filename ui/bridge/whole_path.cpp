// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/whole_path.h"

#include <QDir>

namespace workbench {

QString wholePath(const QString& path)
{
    return path.isEmpty() ? path : QDir::cleanPath(QDir::current().absoluteFilePath(path));
}

} // namespace workbench
