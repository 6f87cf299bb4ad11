// SPDX-License-Identifier: Apache-2.0
#include "core/review/row_loader.h"
