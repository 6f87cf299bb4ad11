// SPDX-License-Identifier: Apache-2.0
#include "core/review/rejection_report.h"
