// SPDX-License-Identifier: BSL-1.0

// A host of koc::sqlite.

#include <koc/store/sqlite.hpp>

int main() {}
