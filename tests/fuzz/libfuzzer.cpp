// SPDX-License-Identifier: BSL-1.0
// The entry of libFuzzer for one target, which scripts/fuzz names; nothing in all other builds.
#ifdef KOC_FUZZ_TARGET
#include "fuzz/targets.hpp"

#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    koc_fuzz::KOC_FUZZ_TARGET({reinterpret_cast<char const*>(data), size});
    return 0;
}
#endif
