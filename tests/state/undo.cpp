// SPDX-License-Identifier: BSL-1.0

// What holds for all containers of a state together, whatever happens to them: taken back means as
// before, kept means as asked, and nothing is left behind.

#include "state/mutants.hpp"
#include "state/trial.hpp"

#include "support/allocation.hpp"
#include "support/catch.hpp"

#include <rapidcheck.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace {

using namespace state_test;

std::vector<std::uint64_t> program(std::uint64_t seed) {
    std::vector<std::uint64_t> words(60);
    for (auto& word : words) {
        word = seed = (seed + 1) * 0x9e37'79b9'7f4a'7c15U;
    }
    return words;
}

/// What the trial says of these containers within some programs.
template <typename Containers>
std::optional<std::string> complaint(std::uint64_t programs) {
    for (std::uint64_t seed = 1; seed <= programs; ++seed) {
        if (auto found = trial<Containers>{}.run(program(seed))) {
            return found;
        }
    }
    return std::nullopt;
}

/// What the trial says of simple tables with a flaw.
std::string complaint_about(flaw one) {
    planted = one;
    return complaint<simple_containers>(100).value_or("");
}

TEST_CASE("what is taken back never was, and what is kept is what was asked", "[state]") {
    CHECK(rc::check("a state of many containers is as its model", [] {
        auto const words = *rc::gen::scale(3.0,
            rc::gen::container<std::vector<std::uint64_t>>(rc::gen::arbitrary<std::uint64_t>()));
        auto const found = trial<containers>{}.run(words);
        RC_ASSERT(found.value_or("") == "");
    }));
    CHECK(complaint<containers>(200).value_or("") == "");
    CHECK(counted::live == 0);
}

TEST_CASE("the trial reports each flaw that a container may have, and none where there is none",
    "[state]") {
    CHECK(complaint_about(flaw::none) == "");
    CHECK(complaint_about(flaw::keys_stay_when_undone) != "");
    CHECK(complaint_about(flaw::undo_is_not_reported) == "all that is undone is reported");
    CHECK(complaint_about(flaw::erased_stays_out_of_keys) != "");
    CHECK(complaint_about(flaw::put_back_as_the_newest) != "");
    CHECK(complaint_about(flaw::erased_is_never_released) ==
        "records that were erased are released when the outermost scope ends");
    CHECK(complaint_about(flaw::undo_allocates) == "undoing allocates nothing");
    CHECK(complaint_about(flaw::interrupted_half_way) != "");
    CHECK(complaint<containers_undone_one_by_one>(100).value_or("") != "");
}

TEST_CASE("what came later in any container is undone before", "[state]") {
    koc::undo_log log;
    koc::table<item> items;
    koc::single<std::int64_t> sum;
    struct both {
        koc::table<item> const& items;
        koc::single<std::int64_t> const& sum;
    } const all{items, sum};
    witness seen{[](void const* of) {
                     koc::hasher h;
                     static_cast<both const*>(of)->items.digest_into(h);
                     static_cast<both const*>(of)->sum.digest_into(h);
                     return h.finish();
                 },
        &all};
    items.attach(log);
    sum.attach(log);
    seen.attach(log);
    {
        koc::undo_scope const scope{log};
        seen.look();
        items.put(item_id{1}, [](item& it) { it.weight = 1; });
        seen.look();
        sum.set(1);
        seen.look();
        items.erase(item_id{1});
        seen.look();
    }
    CHECK_FALSE(seen.surprised());
    CHECK(items.size() == 0);
    CHECK(*sum == 0);
}

TEST_CASE("an allocation that fails anywhere leaves a table as it was", "[state]") {
    for (bool const scoped : {false, true}) {
        for (std::size_t nth = 1; nth < 12; ++nth) {
            koc::undo_log log;
            koc::table<item, by_owner, by_stage> items;
            items.attach(log);
            std::optional<koc::undo_scope> scope;
            if (scoped) {
                scope.emplace(log);
            }
            // Grows past every first reserve, so that each allocation there is has its turn.
            for (std::uint64_t id = 1; id <= 40; ++id) {
                item made;
                made.id = item_id{id};
                made.text.assign(30, 't');
                auto const size = items.size();
                bool failed = false;
                try {
                    allocation::failure const failing{nth};
                    items.insert(std::move(made));
                } catch (std::bad_alloc const&) {
                    failed = true;
                }
                CHECK(items.size() == size + (failed ? 0 : 1));
                CHECK(items.contains(item_id{id}) == !failed);
                CHECK(items.count<by_owner>(owner_id{}) == items.size());
            }
            scope.reset();
            CHECK(items.size() == (scoped ? 0 : items.count<by_owner>(owner_id{})));
        }
    }
}

TEST_CASE(
    "erased and earlier values are gone from memory when the outermost scope ends", "[state]") {
    // Short enough to stand within the record itself.
    constexpr char const* secrets[] = {"secret-of-1st", "secret-of-2nd", "secret-of-3rd"};
    koc::undo_log log;
    koc::table<item, by_owner> items;
    items.attach(log);
    auto const write = [&](std::uint64_t id, char const* secret) {
        items.put(item_id{id}, [&](item& it) { it.text = secret; });
    };
    write(1, secrets[0]);
    write(2, "plain");
    {
        koc::undo_scope outer{log};
        write(1, secrets[1]);
        {
            koc::undo_scope inner{log};
            write(2, secrets[2]);
            inner.take_back();
        }
        CHECK_FALSE(allocation::found(secrets[2]));
        items.erase(item_id{1});
        CHECK(allocation::found(secrets[0]));
        CHECK(allocation::found(secrets[1]));
        outer.keep();
    }
    for (auto const* secret : secrets) {
        CHECK_FALSE(allocation::found(secret));
    }
    CHECK(allocation::found("plain"));
}

} // namespace
