// SPDX-License-Identifier: BSL-1.0
#include <koc/engine/audit.hpp>

#include "engine/garden.hpp"
#include "engine/journals.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

namespace {

using garden::at;
using garden::plant_id;
using koc::audit_filter;
using koc::errc;

/// A garden with three trees: the first is watered by a member, under a request id.
struct watched_garden {
    test::shared_journal journal;
    koc::engine engine = garden::engine_of(journal);

    watched_garden() {
        for (std::uint64_t id : {1, 2, 3}) {
            REQUIRE(engine.handle(garden::sow{plant_id{id}, "tree"}, at(1)).has_value());
        }
        auto with = at(5);
        with.by = koc::actor{koc::actor_kind::member, 7};
        with.request = "mail 17";
        REQUIRE(engine.handle(garden::water{plant_id{1}, 2}, with).has_value());
    }
    std::vector<koc::audit_entry> show(audit_filter const& wanted) {
        auto found = audit(engine, wanted);
        REQUIRE(found.has_value());
        return *std::move(found);
    }
};

TEST_CASE("an audit shows what a filter lets through, in the order of the journal", "[engine]") {
    watched_garden garden;
    auto const all = garden.show({});
    CHECK(all.size() == garden.engine.head().position);
    CHECK(std::is_sorted(all.begin(), all.end(),
        [](auto const& a, auto const& b) { return a.position < b.position; }));

    audit_filter of_type;
    of_type.type = "sown";
    CHECK(garden.show(of_type).size() == 3);
    of_type.count_max = 2;
    CHECK(garden.show(of_type).size() == 2);
    of_type.position = garden.show(of_type).back().position + 1;
    CHECK(garden.show(of_type).size() == 1);

    audit_filter of_request;
    of_request.request = "mail 17";
    of_request.by = koc::actor{koc::actor_kind::member, 7};
    auto const asked = garden.show(of_request);
    REQUIRE_FALSE(asked.empty());
    CHECK(asked.front().type == "watered");
    CHECK(asked.front().at == at(5).now);

    audit_filter of_time;
    of_time.from = at(5).now;
    CHECK(garden.show(of_time).size() == asked.size());
    of_time.from = koc::instant{};
    of_time.to = at(5).now;
    CHECK(garden.show(of_time).size() + asked.size() == all.size());
}

TEST_CASE("a filter that nothing can meet is refused", "[engine]") {
    watched_garden garden;
    audit_filter wanted;
    wanted.count_max = 0;
    CHECK(audit(garden.engine, wanted).error().subject == "audit_filter.count_max");
    wanted = {};
    wanted.from = wanted.to = at(1).now;
    CHECK(audit(garden.engine, wanted).error().subject == "audit_filter.to");
    wanted = {};
    wanted.type = "levitated";
    CHECK(audit(garden.engine, wanted).error().code == errc::unknown_id);
}

TEST_CASE("a decision is one record, and the same command gives the same digest again", "[engine]") {
    watched_garden garden;
    auto const given = garden.engine.handle(garden::water{plant_id{2}, 3}, at(9));
    REQUIRE(given.has_value());
    auto const made = decision_at(garden.engine, given->first);
    REQUIRE(made.has_value());
    CHECK(made->events.size() == given->count);
    CHECK(made->at == at(9).now);
    CHECK(decision_at(garden.engine, given->first + 1).error().code == errc::unknown_id);

    auto before = garden::engine_of(garden.journal);
    REQUIRE(before.catch_up_to(given->first).has_value());
    auto const again = before.preview(garden::water{plant_id{2}, 3}, at(9));
    REQUIRE(again.has_value());
    CHECK(decision_digest(*again) == made->decided);
}

} // namespace
