// SPDX-License-Identifier: BSL-1.0

// A host of koc::sodium: what was sealed is opened when the keys are opened again.

#include <koc/journal/memory_journal.hpp>
#include <koc/standard/engine.hpp>
#include <koc/store/sodium.hpp>

#include <cstdio>

int main() {
    char const* const file = "consumer.keys";
    std::remove(file);
    auto keys = koc::sodium_sealer::open(file);
    if (!keys) {
        return 1;
    }
    koc::engine programme{koc::memory_journal{}};
    programme.seal_with(*keys);
    koc::enrol const li{koc::member_id{7}, {7, "Li"}, {koc::source::open}, {}};
    if (!programme.handle(li, {koc::instant{1}})) {
        return 1;
    }
    return programme.find(koc::member_id{7})->name.text == "Li" ? 0 : 1;
}
