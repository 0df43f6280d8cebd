// SPDX-License-Identifier: BSL-1.0

// A host of koc::koc alone, which links no library.

#include <koc/core/id.hpp>

struct parcel;

int main() {
    auto const first = koc::id<parcel>{1};
    return first.valid() && first < koc::id<parcel>{2} ? 0 : 1;
}
