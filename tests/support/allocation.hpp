// SPDX-License-Identifier: BSL-1.0
#pragma once

// The allocations of this test program: counted, made to fail, and searched. Every block that
// operator new gives out is known until it is freed (allocation_operators.hpp).

#include <cstddef>
#include <string_view>

namespace koc_test::allocation {

/// How many there were, but for those within `unwatched`.
[[nodiscard]] std::size_t count();
/// Whether a block in use holds these bytes.
[[nodiscard]] bool found(std::string_view bytes);

/// While it lives, the `nth` allocation fails, and no other; none where it is 0.
class failure {
public:
    explicit failure(std::size_t nth);
    failure(failure const&) = delete;
    failure& operator=(failure const&) = delete;
    ~failure();
};

/// Allocations of the test itself, which neither count nor fail.
class unwatched {
public:
    unwatched();
    unwatched(unwatched const&) = delete;
    unwatched& operator=(unwatched const&) = delete;
    ~unwatched();
};

} // namespace koc_test::allocation
