// SPDX-License-Identifier: BSL-1.0
#include <koc/engine/world.hpp>

#include "engine/garden.hpp"
#include "engine/journals.hpp"
#include "engine/picture.hpp"
#include "support/catch.hpp"
#include "support/rounds.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using garden::plant_id;
using test::picture;
using test::picture_of;

/// Random commands, good and bad, with vetoes, calls, exceptions, groups and previews in any order.
/// `broken` is told what should have left no trace and did.
template <typename Programme>
class trial {
public:
    explicit trial(std::uint64_t seed)
        : random_{seed}, engine_{koc::engine::of<Programme>(journal_)} {}

    std::vector<std::string> run(int steps) {
        for (int i = 0; i < steps && broken_.empty(); ++i) {
            step();
        }
        if (auto const again = test::replayed<Programme>(journal_);
            !(again == picture_of(engine_))) {
            broken_.emplace_back("a replay of the journal gives another state");
        }
        return broken_;
    }
    [[nodiscard]] std::size_t events() const { return journal_.envelopes().size(); }
    /// How often each kind of outcome was seen.
    std::map<std::string, int> seen;

private:
    std::uint64_t below(std::uint64_t bound) {
        return std::uniform_int_distribution<std::uint64_t>{0, bound - 1}(random_);
    }
    plant_id some_plant() { return plant_id{1 + below(60)}; }
    koc::asked with() {
        now_ = now_ + koc::minutes(static_cast<std::int64_t>(below(40)));
        if (below(60) == 0) {
            now_ = now_ + koc::days(8);
        }
        koc::asked asked{now_ - koc::minutes(static_cast<std::int64_t>(below(12))),
            {static_cast<koc::actor_kind>(below(3)), 1 + below(4)}};
        if (below(6) == 0) {
            asked.request = "request " + std::to_string(below(40));
        }
        return asked;
    }
    /// Calls `use(command)` with a random one.
    template <typename Use>
    void some_command(Use&& use) {
        static constexpr std::array names{"sown", "watered", "noted", "page_filled", "may_water",
            "felled", "water", "sow", "watered 5 litres", "sown 7"};
        switch (below(16)) {
        case 0:
        case 1:
        case 2:
            return use(garden::sow{some_plant(), "tree", {1 + below(5), "Li"}});
        case 3:
        case 4:
        case 5:
        case 6:
            return use(garden::water{some_plant(), static_cast<std::int64_t>(below(60))});
        case 7:
            return use(garden::water_dry{});
        case 8:
            return use(garden::fell{some_plant()});
        case 9:
            return use(garden::replace{some_plant(), some_plant()});
        case 10:
            return below(3) == 0 ? use(garden::forbid{names[below(names.size())]})
                                 : use(garden::permit{names[below(names.size())]});
        case 11:
            return use(garden::permit{names[below(names.size())]});
        case 12:
        case 13:
            return use(garden::plant_row{some_plant(), 1 + below(6), 1, below(2) == 0});
        case 14:
            return use(garden::nest{static_cast<std::uint32_t>(below(70))});
        default:
            return use(garden::stumble{
                plant_id{100 + below(1'000'000)}, static_cast<garden::place>(below(6))});
        }
    }
    void unchanged(picture const& before, char const* after) {
        ++seen[after];
        if (!(picture_of(engine_) == before)) {
            broken_.push_back(std::string{after} + " left a trace");
        }
    }
    /// What time brought is recorded even then, so it passes before.
    void let_time_pass(koc::asked const& asked) { static_cast<void>(engine_.advance(asked)); }

    void step() {
        auto const asked = with();
        switch (below(8)) {
        case 0: {
            auto const before = picture_of(engine_);
            some_command([&](auto const& command) {
                try {
                    static_cast<void>(engine_.preview(command, asked));
                } catch (std::runtime_error const&) {
                    ++seen["a preview that throws"];
                }
                static_cast<void>(engine_.failing(command, asked));
            });
            return unchanged(before, "a preview");
        }
        case 1:
            return group(false);
        case 2:
            return group(true);
        default:
            break;
        }
        let_time_pass(asked);
        auto const before = picture_of(engine_);
        some_command([&](auto const& command) {
            try {
                auto const given = engine_.handle(command, asked);
                if (!given) {
                    unchanged(before, "a refusal");
                } else if (given->count == 0 || given->repeated) {
                    unchanged(before, "nothing to do");
                } else {
                    ++seen["a command"];
                }
            } catch (std::runtime_error const&) {
                unchanged(before, "an exception");
            }
        });
    }
    void group(bool commit) {
        auto const before = picture_of(engine_);
        {
            auto group = engine_.open_group();
            for (auto left = below(8); left > 0; --left) {
                auto const asked = with();
                some_command([&](auto const& command) {
                    try {
                        static_cast<void>(group.handle(command, asked));
                    } catch (std::runtime_error const&) {
                        ++seen["an exception in a group"];
                    }
                });
            }
            if (commit) {
                ++seen["a group"];
                if (!group.commit()) {
                    broken_.emplace_back("a group was not committed");
                }
                return;
            }
        }
        unchanged(before, "a dropped group");
    }

    std::mt19937_64 random_;
    test::shared_journal journal_;
    koc::engine engine_;
    koc::instant now_{koc::days(1).ms};
    std::vector<std::string> broken_;
};

TEST_CASE("what is refused, previewed, dropped or thrown leaves no trace, and a replay agrees",
    "[engine][world]") {
    std::map<std::string, int> seen;
    for (std::uint64_t seed = 1; seed <= koc_test::rounds(12); ++seed) {
        CAPTURE(seed);
        trial<garden::programme> one{seed};
        CHECK(one.run(1500) == std::vector<std::string>{});
        CHECK(one.events() > 1000);
        for (auto const& [outcome, times] : one.seen) {
            seen[outcome] += times;
        }
    }
    for (auto const outcome :
        {"a preview", "a preview that throws", "a refusal", "nothing to do", "a command",
            "an exception", "an exception in a group", "a group", "a dropped group"}) {
        CAPTURE(outcome);
        CHECK(static_cast<std::uint64_t>(seen[outcome]) > koc_test::rounds(20));
    }
}

TEST_CASE("the trial finds a container that is not taken back, and state outside the state",
    "[engine][world]") {
    CHECK(trial<garden::leaky_programme>{1}.run(1500).front().find("left a trace") !=
        std::string::npos);
    CHECK(trial<garden::counting_programme>{1}.run(1500).back() ==
        "a replay of the journal gives another state");
}

} // namespace
