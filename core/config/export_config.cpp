// SPDX-License-Identifier: Apache-2.0
#include "core/config/export_config.h"
