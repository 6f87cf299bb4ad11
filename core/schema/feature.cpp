// SPDX-License-Identifier: Apache-2.0
#include "core/schema/feature.h"
