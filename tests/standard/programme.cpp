// SPDX-License-Identifier: BSL-1.0
#include <koc/standard/programme.hpp>

#include "support/catch.hpp"
#include "support/scenario.hpp"

#include <rapidcheck.h>

#include <boost/mp11/algorithm.hpp>
#include <boost/mp11/list.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

using namespace koc;
using koc_test::scenario;
using koc_test::winter_world;

namespace {

constexpr task_id one{1};

// Certainty and idempotence

/// A small piece of the loop, told to any scenario.
void tell(winter_world& w) {
    auto made = w.brief(one);
    made.wanted = {{w.tag("interest", "technology")}};
    w.given(open_task{made}, dispatch{one, 3}, accept_offer{offer_id{1}});
    auto const who = w.get<offers>().find(offer_id{1})->member;
    w.wait(days(1)).given(submit_work{submission_id{1}, one, who, "https://example.org/w"},
        w.rate(submission_id{1}, percent(90)), select_best{one});
}

TEST_CASE("the same inputs give the same decisions, event for event", "[standard][C33]") {
    winter_world a;
    winter_world b;
    tell(a);
    tell(b);
    CHECK(a.digest() == b.digest());
    REQUIRE(a.journal().size() == b.journal().size());
    CHECK(a.journal().back().chain == b.journal().back().chain);
    CHECK(a.digest_of_replay() == b.digest());
}

TEST_CASE("asking does not change an answer", "[standard][C33]") {
    winter_world w;
    w.given(open_task{w.brief(one)});
    auto const before = w.digest();
    auto const first = *w.get<dispatching>().rank(w.look(), one, 5, w.now());
    for (int i = 0; i < 3; ++i) {
        CHECK(*w.get<dispatching>().rank(w.look(), one, 5, w.now()) == first);
    }
    CHECK(w.digest() == before);
}

TEST_CASE("a repeated request gets its first answer and does nothing again", "[standard][E26]") {
    winter_world w;
    w.given(open_task{w.brief(one)});
    w.accepts(dispatch{one, 2}, "push-1");
    auto const first = w.receipt();
    auto const before = w.digest();
    CHECK(w.emitted<offer_sent>().size() == 2);
    w.wait(days(1)).accepts(dispatch{one, 2}, "push-1");
    CHECK(w.receipt().repeated);
    CHECK(w.receipt().first == first.first);
    CHECK(w.receipt().count == first.count);
    CHECK(w.events().empty());
    CHECK(w.digest() == before);
}

TEST_CASE("a request id that comes with another command is refused", "[standard][E26]") {
    winter_world w;
    w.given(open_task{w.brief(one)});
    w.accepts(dispatch{one, 2}, "push-1");
    w.when(dispatch{one, 3}, "push-1");
    CHECK(w.refusal().code == errc::request_reused);
    CHECK(w.refusal().subject == "request push-1");
    w.when(list_task{one}, "push-1");
    CHECK(w.refusal().code == errc::request_reused);
    w.accepts(list_task{one}, "list-1");
}

TEST_CASE("a refused request may be asked again, and then counts", "[standard][E26]") {
    winter_world w;
    w.when(dispatch{one, 2}, "push-1");
    CHECK(w.refusal().code == errc::unknown_id);
    w.given(open_task{w.brief(one)});
    w.accepts(dispatch{one, 2}, "push-1");
    CHECK_FALSE(w.receipt().repeated);
}

// A taste of one's own

struct newest_first {
    [[nodiscard]] static score rate(auto const&, auto const& candidate) {
        return whole(static_cast<std::int64_t>(candidate.id.value()));
    }
    [[nodiscard]] static explanation explain(auto const& task, auto const& candidate) {
        return explanation{}.add("newest", rate(task, candidate));
    }
};

struct own_taste : koc::standard::programme {
    using match_scorer = newest_first;
};

TEST_CASE("one line changes the taste of every aspect that asks for it", "[standard]") {
    koc_test::basic_scenario<own_taste> s;
    for (std::uint64_t i = 1; i <= 3; ++i) {
        s.given(enrol{member_id{i}, {i, "Somebody"}, {source::open}, {}},
            record_contact{member_id{i}, {}}, confirm_willingness{member_id{i}});
    }
    s.given(open_objective{winter_world::plan(objective_id{1})},
        design_topic{topic_id{1}, objective_id{1}, "Topic"});
    task_brief made;
    made.task = one;
    made.topic = topic_id{1};
    made.title = "Task";
    made.due_at = s.now() + days(9);
    s.given(open_task{made});
    s.accepts(dispatch{one, 3});
    auto const sent = s.emitted<offer_sent>();
    REQUIRE(sent.size() == 3);
    CHECK(sent.front().member == member_id{3});
    CHECK(sent.front().why.parts.front().signal == "newest");
}

// Whatever comes, nothing breaks

using commands = boost::mp11::mp_rename<scenario::command, boost::mp11::mp_list>;

TEST_CASE("a command without content is answered, never an accident", "[standard]") {
    boost::mp11::mp_for_each<commands>([](auto const& empty) {
        winter_world w;
        INFO(type_name<std::remove_cvref_t<decltype(empty)>>());
        CHECK_NOTHROW(w.when(empty));
        if (!w.accepted()) {
            CHECK_FALSE(w.refusal().subject.empty());
            CHECK(w.refusal().expected.find("expected") == 0);
        }
    });
}

TEST_CASE("a time that runs backwards, or out of the calendar, is refused for every command",
    "[standard]") {
    boost::mp11::mp_for_each<commands>([](auto const& any) {
        winter_world w;
        INFO(type_name<std::remove_cvref_t<decltype(any)>>());
        w.wait(duration{-1}).when(any);
        CHECK(w.refusal().code == errc::time_ran_backwards);
        w.wait(days(100'000'000)).when(any);
        CHECK(w.refusal().code == errc::invalid_argument);
        CHECK(w.refusal().subject == "now");
    });
}

/// Puts `text` in every string of a value; true when there is one.
template <typename T>
bool write_everywhere(T& value, std::string const& text) {
    if constexpr (std::is_same_v<T, std::string>) {
        value = text;
        return true;
    } else if constexpr (described_struct<T>) {
        bool any = false;
        for_each_member(value,
            [&](std::string_view, auto& member) { any = write_everywhere(member, text) || any; });
        return any;
    } else if constexpr (std::is_same_v<T, std::vector<requirement>>) {
        return false; // a requirement that holds requirements: its own strings are enough
    } else if constexpr (requires { value.emplace_back(); }) {
        if constexpr (!is_id<typename T::value_type>) {
            value.emplace_back();
            return write_everywhere(value.back(), text);
        }
        return false;
    }
    return false;
}

TEST_CASE("text that is no text is refused in every command that has any", "[standard]") {
    int with_text = 0;
    boost::mp11::mp_for_each<commands>([&](auto const& empty) {
        for (auto const& bad : {std::string{"\xff\xfe"}, std::string{"bell\x07"},
                 std::string{"nul\0", 4}, std::string(note_length_max + 1, 'x')}) {
            auto written = empty;
            if (!write_everywhere(written, bad)) {
                return;
            }
            winter_world w;
            INFO(type_name<std::remove_cvref_t<decltype(empty)>>());
            w.when(written);
            REQUIRE_FALSE(w.accepted());
            CHECK(w.refusal().code == errc::invalid_text);
            CHECK(w.refusal().subject.find(type_name<std::remove_cvref_t<decltype(empty)>>()) == 0);
            with_text += bad.size() == 2;
        }
    });
    CHECK(with_text == 15);
}

/// Any value of a type: mostly what might work in the winter world, sometimes what never does.
struct anything {
    winter_world const& w;

    template <typename T>
    T make(int depth = 0) const {
        T value{};
        if constexpr (is_id<T>) {
            value = T{*rc::gen::inRange<typename T::rep>(0, 30)};
        } else if constexpr (std::is_same_v<T, std::string>) {
            value =
                *rc::gen::element<std::string>("depth", "region", "harbin", "a", "b", "", "\xff");
        } else if constexpr (std::is_same_v<T, bool>) {
            value = *rc::gen::arbitrary<bool>();
        } else if constexpr (std::is_enum_v<T>) {
            value = static_cast<T>(*rc::gen::inRange(0, 6));
        } else if constexpr (std::is_same_v<T, score>) {
            value = *rc::gen::element(percent(50), percent(85), whole(1), score{}, percent(101),
                -score{1}, score{std::numeric_limits<std::int64_t>::max()});
        } else if constexpr (std::is_same_v<T, money>) {
            value = *rc::gen::element(money{}, money{1}, money{300'000}, money_max, money{-1},
                money{std::numeric_limits<std::int64_t>::max()});
        } else if constexpr (std::is_same_v<T, instant>) {
            value = w.now() + days(*rc::gen::inRange(-5, 30));
        } else if constexpr (std::is_same_v<T, duration>) {
            value = hours(*rc::gen::inRange(-1, 100));
        } else if constexpr (std::is_integral_v<T>) {
            value = *rc::gen::element<T>(
                1, 1, 1, 2, 3, 20, 0, static_cast<T>(-1), std::numeric_limits<T>::max());
        } else if constexpr (std::is_same_v<T, requirement>) {
            value = *rc::gen::element(everybody(), has("region", "northeast"), column("load") <= 1,
                has("region", "moon"));
        } else if constexpr (described_struct<T>) {
            for_each_member(value, [&](std::string_view, auto& member) {
                member = make<std::remove_cvref_t<decltype(member)>>(depth + 1);
            });
        } else if constexpr (requires { value.push_back({}); }) {
            for (int i = *rc::gen::inRange(0, 4); i > 0; --i) {
                value.push_back(make<typename T::value_type>(depth + 1));
            }
        }
        return value;
    }
};

TEST_CASE("whatever is asked in whatever order, the programme keeps its word",
    "[standard][C15][C26][C29][C33]") {
    CHECK(rc::check([] {
        winter_world w;
        anything const any{w};
        w.listed(w.brief(one));
        std::uint64_t fresh = 100; // the newest id of a host's own
        auto const one_of = [](auto const& all) {
            auto const count = static_cast<std::ptrdiff_t>(all.size());
            return *std::next(all.begin(), *rc::gen::inRange<std::ptrdiff_t>(0, count));
        };
        auto const any_task = [&] { return one_of(w.get<tasks>().all()).id; };
        auto const delivered = [&] { // a task that work has come in for, if there is one
            auto const& all = w.get<submissions>().all();
            return all.empty() ? one : one_of(all).task;
        };
        auto const offer_that_is = [&](offer_stage standing) {
            offer_record found;
            for (auto const& o : w.get<offers>().all()) {
                if (o.standing == standing && (!found.id.valid() || *rc::gen::arbitrary<bool>())) {
                    found = o;
                }
            }
            return found;
        };
        for (int step = 0; step < 80; ++step) {
            w.wait(hours(*rc::gen::inRange(0, 30)));
            std::optional<scenario::command> asked;
            auto const who = member_id{*rc::gen::inRange<std::uint64_t>(1, 14)};
            switch (*rc::gen::inRange(0, 18)) { // what a host would ask, with ids that fit
            case 0:
                asked = open_task{w.brief(task_id{++fresh})};
                break;
            case 1:
                asked = list_task{any_task()};
                break;
            case 2:
                asked = dispatch{any_task(), *rc::gen::inRange(1, 5)};
                break;
            case 3:
                asked = accept_offer{offer_that_is(offer_stage::sent).id};
                break;
            case 4:
                asked = decline_offer{offer_that_is(offer_stage::sent).id, {}};
                break;
            case 5:
                asked = claim_task{any_task(), who};
                break;
            case 6:
            case 7: {
                auto const held = offer_that_is(offer_stage::held);
                asked = submit_work{submission_id{++fresh}, held.task, held.member, "x"};
                break;
            }
            case 8:
                for (auto const& s : w.get<submissions>().all()) {
                    if (w.get<reviews>().find(s.id) == nullptr) {
                        asked = w.rate(s.id, percent(*rc::gen::inRange(40, 101)));
                    }
                }
                break;
            case 9:
                asked = select_best{delivered(), *rc::gen::inRange(1, 4), percent(60)};
                break;
            case 10:
                asked = surprise_best{delivered(), money{*rc::gen::inRange(0, 9)}, ""};
                break;
            case 11:
                for (auto const& r : w.get<reviews>().all()) {
                    if (r.chosen) {
                        asked = amplify{r.id, std::to_string(*rc::gen::inRange(0, 9)),
                            money{*rc::gen::inRange<std::int64_t>(0, 600'000)}};
                    }
                }
                break;
            case 12:
                asked = expire_offers{};
                break;
            case 13:
                asked = *rc::gen::arbitrary<bool>() ? scenario::command{close_task{any_task()}}
                                                    : scenario::command{cancel_task{any_task()}};
                break;
            case 14:
                asked = record_outcome{who, {}, percent(*rc::gen::inRange(60, 101)), w.now()};
                break;
            case 15:
                asked = *rc::gen::element<scenario::command>(record_contact{who, {}},
                    confirm_willingness{who}, record_waning{who, waning_reason::other, {}},
                    accept_role{who, alumni_role::honorary_adviser}, pair_mentor{w.jin, who},
                    pair_mentor{who, w.an}, release_mentor{w.jin, who});
                break;
            default:
                break;
            }
            if (!asked) { // anything at all
                constexpr auto kinds = boost::mp11::mp_size<commands>::value;
                boost::mp11::mp_with_index<kinds>(
                    *rc::gen::inRange<std::size_t>(0, kinds), [&](auto kind) {
                        asked = any.template make<boost::mp11::mp_at_c<commands, kind>>();
                    });
            }
            auto const standing = [&] {
                std::map<member_id, stage> all;
                w.get<roster>().people().for_each(
                    [&](member_record const& m) { all[m.id] = m.standing; });
                return all;
            };
            auto const before = standing();
            w.when(*asked); // and a refusal leaves no trace, or this throws

            for (auto const& [person, now] : standing()) { // nobody vanishes or jumps
                auto const it = before.find(person);
                auto const possible = it == before.end()
                    ? now == stage::budding
                    : it->second == now || relationship_lifecycle::accepts(it->second, now);
                RC_ASSERT(possible);
            }
            RC_ASSERT(standing().size() >= before.size());
            w.get<roster>().people().for_each([&](member_record const& m) {
                RC_ASSERT(m.commitments >= 0 && m.commitments <= 2);
                RC_ASSERT(w.get<attention>().asks(m.id, w.now()) <= 3);
                RC_ASSERT(w.get<mentorship>().pairs().out_degree(m.id) <= 5U);
                RC_ASSERT(w.get<mentorship>().pairs().in_degree(m.id) <= 1U);
            });
            for (auto const& t : w.get<tasks>().all()) {
                RC_ASSERT(w.get<offers>().seats_taken(t.id) >= 0);
                RC_ASSERT(w.get<offers>().seats_taken(t.id) <= t.brief.seats);
                RC_ASSERT(w.get<objectives>().find(t.objective) != nullptr);
            }
            for (auto const& o : w.get<objectives>().all()) {
                RC_ASSERT(w.get<amplification>().spent(o.id) <= o.plan.amplification_budget);
            }
            for (auto const& sent : w.emitted<offer_sent>()) {
                RC_ASSERT(sent.why.total() == sent.fit);
            }
            for (auto const& granted : w.emitted<reward_granted>()) {
                auto const* judged = w.get<reviews>().find(granted.submission);
                auto const& work = *w.get<submissions>().find(granted.submission);
                auto const promised = w.get<tasks>().find(work.task)->brief.base_reward;
                auto const earned = granted.kind == reward_kind::base
                    ? judged->passed && granted.amount == promised
                    : judged->chosen;
                RC_ASSERT(earned);
            }
        }
        RC_ASSERT(w.digest() == w.digest_of_replay());
    }));
}

} // namespace
