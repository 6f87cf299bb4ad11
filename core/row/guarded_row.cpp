// SPDX-License-Identifier: Apache-2.0
#include "core/row/guarded_row.h"
