// SPDX-License-Identifier: BSL-1.0

// A host of koc::json.

#include <koc/json/codec.hpp>

int main() {}
