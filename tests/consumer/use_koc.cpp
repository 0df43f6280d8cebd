// SPDX-License-Identifier: BSL-1.0

// A host of koc::koc alone, which links no library: the standard programme in memory. The other
// unit, programme.cpp, instantiates it.

#include <koc/standard/engine.hpp>

int main() {
    using namespace koc;
    engine programme{memory_journal{}};
    member_id const li{7};
    enrol const asked_for{li, {7, "Li"}, {source::open}, {}};
    auto const enrolled = programme.handle(asked_for, {instant{1}});
    auto const again = programme.handle(asked_for, {instant{2}});
    return enrolled && !again && programme.find(li)->name.text == "Li" ? 0 : 1;
}
