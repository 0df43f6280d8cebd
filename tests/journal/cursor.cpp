// SPDX-License-Identifier: BSL-1.0
#include <koc/journal/cursor.hpp>

#include "support/catch.hpp"

namespace {

TEST_CASE("a cursor in memory begins at nothing and keeps what was stored last", "[journal]") {
    koc::memory_cursor at;
    CHECK(at.load().value() == koc::journal_head{});
    CHECK(at.store({7, {1, 2}}).has_value());
    CHECK(at.load().value() == koc::journal_head{7, {1, 2}});
    CHECK(koc::memory_cursor{{9, {3, 4}}}.load().value() == koc::journal_head{9, {3, 4}});
}

struct without_answer {
    koc::result<koc::journal_head> load() { return koc::journal_head{}; }
    void store(koc::journal_head) {}
};
static_assert(koc::cursor<koc::memory_cursor>);
static_assert(!koc::cursor<without_answer>);

} // namespace
