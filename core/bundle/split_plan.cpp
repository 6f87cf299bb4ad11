// SPDX-License-Identifier: Apache-2.0
#include "core/bundle/split_plan.h"
