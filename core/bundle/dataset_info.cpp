// SPDX-License-Identifier: Apache-2.0
#include "core/bundle/dataset_info.h"
