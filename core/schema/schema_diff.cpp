// SPDX-License-Identifier: Apache-2.0
#include "core/schema/schema_diff.h"
