// SPDX-License-Identifier: Apache-2.0
#include "core/row/row_columns.h"
