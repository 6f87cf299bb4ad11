// SPDX-License-Identifier: Apache-2.0
#include "core/base/rfc3339.h"
