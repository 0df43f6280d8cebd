// SPDX-License-Identifier: BSL-1.0
// EXPECT: a score is a whole number
using score = int;
