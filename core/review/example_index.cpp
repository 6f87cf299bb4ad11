// SPDX-License-Identifier: Apache-2.0
#include "core/review/example_index.h"
