// SPDX-License-Identifier: BSL-1.0

// Dispatch by ceilings in a programme that lives: whatever happens between two dispatches, they
// send the offers that asking for everybody's score would send.

#include "support/catch.hpp"
#include "support/rounds.hpp"
#include "task/ranking_programme.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace koc;

/// Two engines that are told the same.
class both {
public:
    /// Whether the command was accepted, by both or neither, with the same reason.
    template <typename Command>
    bool tell(Command const& command) {
        return same(ranks.handle(command, {now}), asks.handle(command, {now}));
    }
    /// Tries commands in groups that are dropped, and previews one.
    template <typename Command>
    void try_out(std::vector<Command> const& commands) {
        for (auto* one : {&ranks, &asks}) {
            auto group = one->open_group();
            for (auto const& command : commands) {
                static_cast<void>(group.handle(command, {now}));
            }
        }
        if (!commands.empty()) {
            static_cast<void>(ranks.preview(commands.front(), {now}));
            static_cast<void>(asks.preview(commands.front(), {now}));
        }
    }

    engine ranks{koc_test::ranking_engine(memory_journal{})};
    engine asks{koc_test::asking_engine(memory_journal{})};
    instant now{1'793'000'000'000};

private:
    static bool same(result<receipt> const& a, result<receipt> const& b) {
        REQUIRE(a.has_value() == b.has_value());
        if (a) {
            REQUIRE(*a == *b);
        } else {
            REQUIRE(a.error().subject == b.error().subject);
            REQUIRE(a.error().expected == b.error().expected);
        }
        return a.has_value();
    }
};

/// A programme with regions of which each county stands under two others.
class life {
public:
    life() {
        for (auto const* facet : {"region", "interest"}) {
            it.tell(define_facet{{facet}});
        }
        it.tell(define_facet{{"skill", false, true}});
        std::vector<tag_definition> tags;
        auto const add = [&](char const* facet, std::string key, std::vector<std::string> above) {
            tags.push_back({facet, key, key, std::move(above)});
        };
        for (int i = 0; i < 6; ++i) {
            add("region", "p" + std::to_string(i), {});
        }
        for (int i = 0; i < 24; ++i) {
            add("region", "c" + std::to_string(i), {"p" + std::to_string(i % 6)});
        }
        for (int i = 0; i < 24; ++i) {
            add("region", "d" + std::to_string(i),
                {"c" + std::to_string(i), "p" + std::to_string(i * 7 % 6)});
        }
        for (int i = 0; i < 20; ++i) {
            add("interest", "i" + std::to_string(i), {});
        }
        for (int i = 0; i < 6; ++i) {
            add("skill", "s" + std::to_string(i), {});
        }
        REQUIRE(it.tell(define_tags{tags}));
        REQUIRE(it.tell(
            open_objective{{objective_id{1}, "Depth", {{"depth", whole(1)}}, percent(60), {}}}));
        REQUIRE(it.tell(design_topic{topic_id{1}, objective_id{1}, "A topic"}));
    }

    std::uint64_t draw(std::uint64_t below) {
        state = state * 6'364'136'223'846'793'005U + 1'442'695'040'888'963'407U;
        return (state >> 33U) % below;
    }
    tag_id any_tag() {
        auto const numbered = [&](char letter, std::uint64_t count) {
            return letter + std::to_string(draw(count));
        };
        auto const find = [&](char const* facet, std::string const& key) {
            return *it.ranks.tags().find(facet, key);
        };
        switch (draw(5)) {
        case 0:
            return find("region", numbered('c', 24));
        case 1:
            return find("region", numbered('d', 24));
        case 2:
            return find("skill", numbered('s', 6));
        default:
            return find("interest", numbered('i', 20));
        }
    }
    std::vector<weighted_tag> some_tags(std::uint64_t count) {
        std::map<tag_id, score> tags;
        for (std::uint64_t i = 0; i < count; ++i) {
            tags[any_tag()] = percent(5 + static_cast<std::int64_t>(draw(96)));
        }
        std::vector<weighted_tag> made;
        for (auto const& [tag, weight] : tags) {
            made.push_back({tag, weight});
        }
        return made;
    }
    /// Every fifth id falls while the others rise.
    [[nodiscard]] static member_id id_of(std::uint64_t number) {
        return member_id{number % 5 == 0 ? 1'000'000 - number : number};
    }
    /// Some far more often than others.
    member_id somebody() { return id_of(1 + draw(draw(2) == 0 ? members : members / 20 + 1)); }

    [[nodiscard]] enrol newcomer() {
        auto const who = id_of(members + 1);
        return {who, {who.value(), "M"}, {source::open}, some_tags(1 + draw(4))};
    }
    void join() {
        REQUIRE(it.tell(newcomer()));
        ++members;
        it.tell(record_contact{id_of(members), {}});
        if (draw(3) != 0) {
            it.tell(confirm_willingness{id_of(members)});
        }
    }
    [[nodiscard]] record_outcome outcome() {
        std::vector<tag_id> about;
        for (auto const& entry : some_tags(draw(3))) {
            about.push_back(entry.tag);
        }
        return {somebody(), about, percent(static_cast<std::int64_t>(draw(101))),
            it.now - duration{static_cast<std::int64_t>(draw(4'000'000'000))}};
    }
    void open_and_dispatch() {
        task_brief brief;
        brief.task = task_id{++tasks};
        brief.topic = topic_id{1};
        brief.title = "T";
        brief.wanted = some_tags(draw(5));
        brief.needs = draw(4) == 0 ? everybody()
            : draw(2) == 0         ? has("region", "p" + std::to_string(draw(6)))
                                   : has("interest", "i" + std::to_string(draw(20)));
        brief.seats = 3;
        brief.due_at = it.now + days(20);
        if (!it.tell(open_task{brief})) {
            return;
        }
        for (auto waves = 1 + draw(2); waves > 0; --waves) {
            ++dispatches;
            it.tell(dispatch{brief.task, static_cast<std::int64_t>(1 + draw(20))});
        }
        it.ranks.each<offer_record>([&](offer_record const& offer) {
            if (offer.id.value() > offers) {
                offers = offer.id.value();
                held.push_back({offer.id, false});
            }
        });
    }
    void answer() {
        if (held.empty()) {
            return;
        }
        // One of the newest, as offers expire.
        auto const newest = std::min<std::size_t>(held.size(), 20);
        auto& [offer, accepted] = held[held.size() - 1 - draw(newest)];
        if (!accepted) {
            accepted = draw(4) == 0 ? it.tell(decline_offer{offer, {}}) && false
                                    : it.tell(accept_offer{offer});
        } else if (auto const* record = it.ranks.find(offer);
                   it.tell(submit_work{submission_id{works + 1}, record->task, record->member,
                       "https://x/" + std::to_string(works)})) {
            ++works;
        }
    }
    /// Much that is then taken back.
    void suppose() {
        std::vector<enrol> people;
        std::vector<record_outcome> outcomes;
        for (std::uint64_t i = 0; i < 1 + draw(30); ++i) {
            auto one = newcomer();
            one.member = member_id{2'000'000 + i};
            one.name.owner = one.member.value();
            people.push_back(std::move(one));
            outcomes.push_back(outcome());
        }
        it.try_out(people);
        it.try_out(outcomes);
    }

    void step() {
        it.now = it.now + duration{static_cast<std::int64_t>(draw(7'200'000))};
        switch (draw(12)) {
        case 0:
            join();
            break;
        case 1:
            it.tell(retag{somebody(), some_tags(1), {}});
            break;
        case 2:
        case 3:
        case 4:
            it.tell(outcome());
            break;
        case 5:
            suppose();
            break;
        case 6:
        case 7:
            for (int i = 0; i < 4; ++i) {
                answer();
            }
            break;
        default:
            open_and_dispatch();
        }
    }

    both it;
    std::uint64_t state = 7;
    std::uint64_t members = 0;
    std::uint64_t tasks = 0;
    std::uint64_t dispatches = 0;
    std::uint64_t offers = 0;
    std::uint64_t works = 0;
    std::vector<std::pair<offer_id, bool>> held;
};

TEST_CASE(
    "dispatch by ceilings sends what asking everybody sends, whatever happens between", "[match]") {
    life programme;
    for (int i = 0; i < 1'500; ++i) {
        programme.join();
    }
    auto const enough = koc_test::rounds(10'000);
    while (programme.dispatches < enough) {
        programme.step();
    }
    CHECK(programme.offers > enough / 2);
    CHECK(programme.works > enough / 100);
    CHECK(programme.it.ranks.state_digest() == programme.it.asks.state_digest());
}

} // namespace
