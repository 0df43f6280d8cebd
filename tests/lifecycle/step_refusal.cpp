// SPDX-License-Identifier: BSL-1.0
#include <koc/lifecycle/step_refusal.hpp>

#include "support/catch.hpp"

#include <array>
#include <span>
#include <string_view>

namespace {

enum class door : unsigned char { shut, open, locked };
BOOST_DESCRIBE_ENUM(door, shut, open, locked)
enum class act : unsigned char { push, pull, turn_key };
BOOST_DESCRIBE_ENUM(act, push, pull, turn_key)

using refusal = koc::step_refusal<door, act>;

TEST_CASE("a refusal is a sentence that says what would have worked", "[lifecycle]") {
    constexpr std::array<act, 3> acts{act::push, act::pull, act::turn_key};
    constexpr std::array<std::string_view, 2> guards{"the hinge is oiled", "nobody leans on it"};
    std::span<act const> const all{acts};
    std::span<std::string_view const> const names{guards};

    struct expectation {
        refusal given;
        koc::errc code;
        char const* sentence;
    };
    std::array const cases{
        expectation{{door::open, act::turn_key, all.first(1), {}}, koc::errc::wrong_state,
            "expected push in stage open, not turn_key; "
            "bring it to a stage that accepts this first"},
        expectation{{door::open, act::turn_key, all.first(2), {}}, koc::errc::wrong_state,
            "expected push or pull in stage open, not turn_key; "
            "bring it to a stage that accepts this first"},
        expectation{{door::shut, act::pull, all, {}}, koc::errc::wrong_state,
            "expected push, pull or turn_key in stage shut, not pull; "
            "bring it to a stage that accepts this first"},
        expectation{{door::locked, act::push, {}, {}}, koc::errc::wrong_state,
            "expected no further event in stage locked, which has no exit"},
        expectation{{door::shut, act::push, all, names.first(1)}, koc::errc::not_qualified,
            "expected that \"the hinge is oiled\" holds for push in stage shut; "
            "see to it first"},
        expectation{{door::shut, act::push, all, names}, koc::errc::not_qualified,
            "expected that \"the hinge is oiled\" or \"nobody leans on it\" holds for push "
            "in stage shut; see to it first"},
    };
    for (auto const& c : cases) {
        CHECK(c.given.expected() == c.sentence);
        CHECK(c.given.as_error("door 7") == koc::error{c.code, "door 7", c.sentence});
    }
}

} // namespace
