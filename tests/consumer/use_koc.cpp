// SPDX-License-Identifier: BSL-1.0

// A host of koc::koc alone, which links no library: the standard programme in memory.

#include <koc/standard/programme.hpp>

int main() {
    using namespace koc;
    engine<> programme{{}};
    member_id const li{7};
    auto const enrolled = programme.handle(enrol{li, {7, "Li"}, {source::open}, {}}, instant{1});
    auto const again = programme.handle(enrol{li, {7, "Li"}, {source::open}, {}}, instant{2});
    return enrolled && !again && programme.get<roster>().people().size() == 1 ? 0 : 1;
}
