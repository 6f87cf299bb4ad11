// SPDX-License-Identifier: Apache-2.0
#include "core/review/rule_texts.h"
