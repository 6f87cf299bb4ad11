// SPDX-License-Identifier: Apache-2.0
#include "core/base/sha256.h"
