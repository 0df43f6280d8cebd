// SPDX-License-Identifier: BSL-1.0
#include <koc/standard/programme.hpp>

#include <koc/engine/instantiate.hpp>

#include "support/catch.hpp"
#include "support/rounds.hpp"
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
#include <set>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

using namespace koc;
using koc_test::scenario;
using koc_test::winter_world;

namespace {

constexpr task_id one{1};

// Certainty

/// A small piece of the loop, told to any scenario.
void tell(winter_world& w) {
    auto made = w.brief(one);
    made.wanted = {{w.tag("interest", "technology")}};
    w.given(open_task{made}, dispatch{one, 3}, accept_offer{offer_id{1}});
    auto const who = w.at(offer_id{1}).member;
    w.wait(days(1)).given(submit_work{submission_id{1}, one, who, "https://example.org/w"},
        w.rate(submission_id{1}, percent(90)), select_best{one});
}

TEST_CASE("the same inputs give the same decisions, event for event, and the same state",
    "[standard][C33]") {
    winter_world a;
    winter_world b;
    tell(a);
    tell(b);
    CHECK(a.digest() == b.digest());
    REQUIRE(a.journal().size() == b.journal().size());
    for (std::size_t i = 0; i < a.journal().size(); ++i) {
        REQUIRE(a.journal()[i].chain == b.journal()[i].chain);
    }
    CHECK(a.digest_of_replay() == b.digest());
    CHECK(a.engine().state_text() == b.engine().state_text());
    // One more fact, and the next decision is another: the first that fits is another person.
    auto next = a.brief(task_id{2});
    next.wanted = {{a.tag("interest", "technology")}};
    a.given(open_task{next});
    b.given(retag{b.jin, {}, {b.tag("interest", "technology")}}, open_task{next});
    auto const best_a = a.ask(rank_members{task_id{2}, 5});
    auto const best_b = b.ask(rank_members{task_id{2}, 5});
    CHECK(best_a != best_b);
}

TEST_CASE("the same mistake gets the same refusal, however often and whoever asks",
    "[standard][C33][refusal]") {
    winter_world a;
    winter_world b;
    tell(a);
    tell(b);
    auto const before = a.digest();
    for (int i = 0; i < 3; ++i) {
        a.refuses(select_best{one}, errc::wrong_state, "task 1", "stage evaluated");
        a.as({actor_kind::employee, 7});
        b.refuses(select_best{one}, errc::wrong_state, "task 1", "stage evaluated");
        CHECK(a.refusal() == b.refusal());
        a.refuses(dispatch{one, 0}, errc::invalid_argument, "dispatch.count", "from 1 to 100000");
    }
    CHECK(a.digest() == before);
    CHECK(b.digest() == before);
}

TEST_CASE("asking does not change an answer", "[standard][C33]") {
    winter_world w;
    w.given(open_task{w.brief(one)});
    auto const before = w.digest();
    auto const first = w.ask(rank_members{one, 5});
    REQUIRE(first.size() == 5);
    for (int i = 0; i < 3; ++i) {
        CHECK(w.ask(rank_members{one, 5}) == first);
        CHECK(w.engine().preview(dispatch{one, 5}, w.asked()).has_value());
        CHECK(w.engine().failing(dispatch{task_id{9}, 0}, w.asked()).size() == 2);
    }
    CHECK(w.digest() == before);
}

// Requests

TEST_CASE(
    "a repeated request gets its first answer and does nothing again, whichever engine is asked",
    "[standard][E26]") {
    winter_world w;
    w.given(open_task{w.brief(one)});
    w.accepts(dispatch{one, 2}, "push-1");
    auto const first = w.receipt();
    auto const before = w.digest();
    CHECK(w.recorded<offer_sent>().size() == 2);
    w.wait(days(1)).accepts(dispatch{one, 2}, "push-1");
    CHECK(w.receipt().repeated);
    CHECK(w.receipt().first == first.first);
    CHECK(w.receipt().count == first.count);
    CHECK(w.events().empty());
    CHECK(w.digest() == before);
    // After a restart, and from another process.
    engine other{w.journal_file(), writer_id{2}};
    auto const again = other.handle(dispatch{one, 2}, w.asked("push-1"));
    REQUIRE(again.has_value());
    CHECK(again->repeated);
    CHECK(again->first == first.first);
    CHECK(other.state_digest() == before);
    // Without its id the command is a new one.
    w.accepts(dispatch{one, 2});
    CHECK(w.recorded<offer_sent>().size() == 2);
    CHECK(w.recorded<offer_sent>().front().wave == 2);
    // Also when what it was about has moved on: the answer is still the first.
    w.given(cancel_task{one});
    w.accepts(dispatch{one, 2}, "push-1");
    CHECK(w.receipt().repeated);
    w.refuses(dispatch{one, 2}, errc::wrong_state, "task 1");
}

TEST_CASE("a refused request may be asked again, and then counts", "[standard][E26]") {
    winter_world w;
    w.when(dispatch{one, 2}, "push-1");
    CHECK(w.refusal().code == errc::unknown_id);
    w.given(open_task{w.brief(one)});
    w.accepts(dispatch{one, 2}, "push-1");
    CHECK_FALSE(w.receipt().repeated);
}

TEST_CASE("a request is known for as long as the rules say", "[standard][E26]") {
    winter_world w;
    w.given(adopt<clock_rules>{{minutes(10), days(400), days(30)}}, open_task{w.brief(one)});
    w.accepts(dispatch{one, 2}, "push-1");
    w.wait(days(29)).accepts(dispatch{one, 2}, "push-1");
    CHECK(w.receipt().repeated);
    w.wait(days(2)).given(define_facet{{"mood"}});
    w.when(dispatch{one, 2}, "push-1");
    CHECK(w.refusal().code == errc::wrong_state); // decided anew: the task was due meanwhile
}

TEST_CASE("a request id that comes with another command, or is no name, is refused",
    "[standard][E26][refusal]") {
    winter_world w;
    w.given(open_task{w.brief(one)});
    w.accepts(dispatch{one, 2}, "push-1");
    auto const before = w.digest();
    w.when(dispatch{one, 3}, "push-1");
    CHECK(w.refusal().code == errc::request_reused);
    CHECK(w.refusal().subject == "request push-1");
    CHECK(w.refusal().expected.find("expected a new request id") == 0);
    w.when(list_task{one}, "push-1");
    CHECK(w.refusal().code == errc::request_reused);
    for (auto const* bad : {"\xff", "two\nlines", " ", "bell\x07"}) {
        w.when(list_task{one}, bad);
        CHECK(w.refusal().code == errc::invalid_text);
        CHECK(w.refusal().subject == "request id");
    }
    CHECK(w.digest() == before);
    w.accepts(list_task{one}, "list-1");
}

// Whatever comes, nothing breaks

template <typename... A>
auto commands_of_all(boost::mp11::mp_list<A...>)
    -> boost::mp11::mp_append<typename koc::detail::commands_of<A>::type...>;
template <typename... R>
auto adoptions_of_all(boost::mp11::mp_list<R...>) -> boost::mp11::mp_list<adopt<R>...>;

using aspects = koc::standard::programme::aspects;
using all_rules = boost::mp11::mp_push_front<koc::detail::rules_in<aspects>, clock_rules>;
using commands = boost::mp11::mp_append<decltype(commands_of_all(aspects{})),
    decltype(adoptions_of_all(all_rules{}))>;

template <typename Visit>
void for_each_command(Visit&& visit) {
    boost::mp11::mp_for_each<boost::mp11::mp_transform<std::type_identity, commands>>(
        [&](auto type) { visit(typename decltype(type)::type{}); });
}
template <typename C>
std::string_view name_of_command(C const&) {
    return command_type_of<C>.name;
}

TEST_CASE("the programme that is declared ahead is defined, with its policies", "[standard]") {
    STATIC_REQUIRE(sizeof(koc::standard::programme) > 0);
    STATIC_REQUIRE(sizeof(koc::standard::policies) > 0);
}

TEST_CASE("these are all the commands that the programme accepts", "[standard]") {
    winter_world w;
    std::set<std::string_view> names;
    for_each_command([&](auto const& any) { names.insert(name_of_command(any)); });
    std::set<std::string_view> accepted;
    for (auto const* type : w.engine().command_types()) {
        accepted.insert(type->name);
    }
    CHECK(w.engine().command_types().size() == boost::mp11::mp_size<commands>::value);
    CHECK(names == accepted);
}

TEST_CASE("a command without content is answered, never an accident", "[standard]") {
    for_each_command([](auto const& empty) {
        winter_world w;
        INFO(name_of_command(empty));
        CHECK_NOTHROW(w.when(empty));
        if (!w.accepted()) {
            CHECK_FALSE(w.refusal().subject.empty());
            CHECK(w.refusal().expected.find("expected") == 0);
        }
    });
}

TEST_CASE("a time that runs backwards, or out of the calendar, is refused for every command",
    "[standard]") {
    winter_world w;
    auto const before = w.digest();
    for_each_command([&](auto const& any) {
        INFO(name_of_command(any));
        auto const refused = [&](instant at) {
            auto const given = w.engine().handle(any, {at});
            REQUIRE_FALSE(given.has_value());
            return given.error();
        };
        CHECK(refused(w.now() - minutes(11)).code == errc::time_ran_backwards);
        CHECK(refused(w.now() + days(401)).expected.find("far ahead") != std::string::npos);
        auto const beyond = refused({std::numeric_limits<std::int64_t>::max()});
        CHECK(beyond.code == errc::invalid_argument);
        CHECK(beyond.subject == "now");
    });
    CHECK(w.digest() == before);
}

/// Puts `text` in every string of a value; true when there is one.
template <typename T>
bool write_everywhere(T& value, std::string const& text) {
    if constexpr (std::is_same_v<T, std::string>) {
        value = text;
        return true;
    } else if constexpr (std::is_same_v<T, personal_words>) {
        value.text = text;
        return true;
    } else if constexpr (std::is_same_v<T, requirement>) {
        return false; // its texts belong to its kind, and are refused for that first
    } else if constexpr (described_struct<T>) {
        bool any = false;
        for_each_member(value,
            [&](std::string_view, auto& member) { any = write_everywhere(member, text) || any; });
        return any;
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
    winter_world w;
    auto const before = w.digest();
    std::set<std::string_view> with_text;
    for_each_command([&](auto const& empty) {
        for (auto const& bad : {std::string{"\xff\xfe"}, std::string{"bell\x07"},
                 std::string{"nul\0", 4}, std::string(note_length_max + 1, 'x')}) {
            auto written = empty;
            if (!write_everywhere(written, bad)) {
                return;
            }
            INFO(name_of_command(empty));
            w.when(written);
            REQUIRE_FALSE(w.accepted());
            CHECK(w.refusal().code == errc::invalid_text);
            CHECK(w.refusal().subject.find(name_of_command(empty)) == 0);
            with_text.insert(name_of_command(empty));
        }
    });
    CHECK(w.digest() == before);
    for (auto const* name : {"define_facet", "define_tags", "enrol", "enrol_candidate",
             "record_contact", "record_waning", "open_objective", "report_insight", "design_topic",
             "open_task", "send_offer", "decline_offer", "return_seat", "submit_work",
             "review_work", "correct_review", "surprise_best", "amplify"}) {
        INFO(name);
        CHECK(with_text.count(name) == 1);
    }
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

/// Who leads whom, as the events tell it.
class pairs_told {
public:
    void follow(winter_world const& w) {
        for (auto const& e : w.events()) {
            for (auto const& happened : e.events) {
                if (auto const* made = happened.get_if<mentor_paired>()) {
                    pairs_.insert({made->mentor, made->mentee});
                } else if (auto const* ended = happened.get_if<mentor_released>()) {
                    pairs_.erase({ended->mentor, ended->mentee});
                }
            }
        }
    }
    [[nodiscard]] bool holds(winter_world const& w) const {
        std::map<member_id, int> led;
        std::map<member_id, int> leading;
        for (auto const& [mentor, mentee] : pairs_) {
            if (++leading[mentor] > 5 || ++led[mentee] > 1 || w.stage(mentor) != stage::mature ||
                (w.stage(mentee) != stage::budding && w.stage(mentee) != stage::active)) {
                return false;
            }
        }
        return true;
    }

private:
    std::set<std::pair<member_id, member_id>> pairs_;
};

template <typename Record>
std::vector<Record> all_of(winter_world const& w) {
    std::vector<Record> found;
    w.engine().each<Record>([&](Record const& r) { found.push_back(r); });
    return found;
}

TEST_CASE("whatever is asked in whatever order, the programme keeps its word",
    "[standard][C15][C26][C29][C33]") {
    std::size_t surprises =
        0; // over all stories: a rule about them says nothing where there are none
    std::size_t boosts = 0;
    std::size_t base_rewards = 0;
    std::size_t corrections = 0;
    std::size_t pushes = 0;
    CHECK(rc::check([&] {
        winter_world w;
        anything const any{w};
        pairs_told pairs;
        w.listed(w.brief(one));
        for (auto author : {w.fang, w.bao, w.hua, w.kai}) { // who may be carried further then
            piece_id const piece{author.value()};
            auto const link = "https://example.org/open/" + std::to_string(author.value());
            w.given(record_sharing{author, link}, plan_piece{piece, author, "Snow"},
                agree_topic{piece}, propose_draft{piece, link}, accept_draft{piece, 1},
                sign_off_draft{piece}, publish_piece{piece, link});
        }
        std::uint64_t fresh = 100; // the newest id of a host's own
        auto const one_of = [](auto const& all) {
            auto const count = static_cast<std::ptrdiff_t>(all.size());
            return *std::next(all.begin(), *rc::gen::inRange<std::ptrdiff_t>(0, count));
        };
        auto const any_task = [&] { return one_of(all_of<task_record>(w)); };
        auto const offer_that_is = [&](offer_stage stage) {
            std::vector<offer_record> found;
            for (auto const& o : all_of<offer_record>(w)) {
                if (o.stage == stage) {
                    found.push_back(o);
                }
            }
            return found.empty() ? offer_record{} : one_of(found);
        };
        auto const stages = [&] {
            std::map<member_id, stage> all;
            for (auto const& r : all_of<relationship_record>(w)) {
                all[r.id] = r.stage;
            }
            return all;
        };
        for (int step = 0; step < 80; ++step) {
            w.wait(hours(*rc::gen::inRange(0, 30)));
            auto const before = stages();
            bool sent = false;
            auto const send = [&](auto const& command) {
                w.when(command); // and a refusal leaves no trace, or this throws
                sent = true;
            };
            auto const who = member_id{*rc::gen::inRange<std::uint64_t>(1, 14)};
            switch (*rc::gen::inRange(0, 20)) { // what a host would ask, with ids that fit
            case 0:
                send(open_task{w.brief(task_id{++fresh})});
                break;
            case 1:
                send(list_task{any_task().id});
                break;
            case 2:
                send(dispatch{any_task().id, *rc::gen::inRange(1, 5)});
                break;
            case 3:
                send(accept_offer{offer_that_is(offer_stage::sent).id});
                break;
            case 4:
                if (auto const offer = offer_that_is(offer_stage::held);
                    *rc::gen::inRange(0, 4) == 0) {
                    send(return_seat{offer.id, {}});
                } else {
                    send(decline_offer{offer_that_is(offer_stage::sent).id, {}});
                }
                break;
            case 5:
                send(claim_task{any_task().id, who});
                break;
            case 6: {
                auto const held = offer_that_is(offer_stage::held);
                ++fresh;
                send(submit_work{submission_id{fresh}, held.task, held.member,
                    "https://example.org/" + std::to_string(fresh)});
                break;
            }
            case 7: {
                auto const all = all_of<review_record>(w);
                if (!all.empty()) {
                    auto const judged = w.rate(one_of(all).id, percent(*rc::gen::inRange(40, 101)));
                    send(correct_review{judged.submission, judged.ratings, "looked again"});
                }
                break;
            }
            case 8:
            case 9:
            case 10:
            case 11:
            case 12: { // the next thing for a task on its way from its work to its echo
                auto const task = any_task();
                submission_id unjudged;
                submission_id chosen;
                for (auto const& work : all_of<submission_record>(w)) {
                    auto const* judged = w.engine().find_record<review_record>(work.id.value());
                    if (work.task == task.id) {
                        if (judged == nullptr) {
                            auto const* waived =
                                w.engine().find_record<review_waiver>(work.id.value());
                            unjudged = waived == nullptr ? work.id : unjudged;
                        } else if (judged->chosen) {
                            chosen = work.id;
                        }
                    }
                }
                auto const channel = std::to_string(*rc::gen::inRange(0, 9));
                auto const cost = money{*rc::gen::inRange<std::int64_t>(0, 600'000)};
                auto const gift = money{*rc::gen::inRange(0, 9)};
                if (unjudged.valid()) {
                    send(w.rate(unjudged, percent(*rc::gen::inRange(40, 101))));
                } else if (task.stage == task_stage::delivered) {
                    if (auto const held = offer_that_is(offer_stage::held); held.task == task.id) {
                        send(return_seat{held.id, {}});
                    } else {
                        send(select_best{task.id, *rc::gen::inRange(1, 4), percent(60)});
                    }
                } else if (chosen.valid() && *rc::gen::arbitrary<bool>()) {
                    send(amplify{chosen, channel, cost});
                } else if (chosen.valid()) {
                    send(surprise_best{task.id, gift, ""});
                } else if (auto const held = offer_that_is(offer_stage::held); held.id.valid()) {
                    ++fresh;
                    send(submit_work{submission_id{fresh}, held.task, held.member,
                        "https://example.org/" + std::to_string(fresh)});
                } else {
                    send(claim_task{task.id, who});
                }
                break;
            }
            case 13:
                if (*rc::gen::arbitrary<bool>()) {
                    send(close_task{any_task().id});
                } else {
                    send(cancel_task{any_task().id});
                }
                break;
            case 14:
                send(record_outcome{who, {}, percent(*rc::gen::inRange(60, 101)), w.now()});
                break;
            case 15:
                switch (*rc::gen::inRange(0, 7)) {
                case 0:
                    send(record_contact{who, {}});
                    break;
                case 1:
                    send(confirm_willingness{who});
                    break;
                case 2:
                    send(record_waning{who, waning_reason::other, {}});
                    break;
                case 3:
                    send(record_talk{who, talk_finding::guides_others, {}});
                    send(thank_member{who, {}, {}});
                    send(offer_role{who, alumni_role::honorary_adviser, {}});
                    send(accept_role{who, alumni_role::honorary_adviser});
                    break;
                case 4:
                    send(pair_mentor{w.jin, who});
                    break;
                case 5:
                    send(pair_mentor{who, w.an});
                    break;
                default:
                    send(release_mentor{w.jin, who});
                    break;
                }
                break;
            default:
                break;
            }
            if (!sent) { // anything at all, but for other rules: the laws below are of these
                constexpr auto kinds =
                    boost::mp11::mp_size<decltype(commands_of_all(aspects{}))>::value;
                boost::mp11::mp_with_index<kinds>(
                    *rc::gen::inRange<std::size_t>(0, kinds), [&](auto kind) {
                        send(any.template make<boost::mp11::mp_at_c<commands, kind>>());
                    });
            }
            pairs.follow(w);

            for (auto const& [person, now] : stages()) { // nobody vanishes or jumps
                auto const it = before.find(person);
                auto const possible = it == before.end()
                    ? now == stage::budding
                    : it->second == now || relationship_lifecycle::accepts(it->second, now);
                RC_ASSERT(possible);
            }
            RC_ASSERT(stages().size() >= before.size());
            RC_ASSERT(pairs.holds(w));
            for (auto const& a : all_of<attention_record>(w)) {
                RC_ASSERT(a.commitments >= 0 && a.commitments <= 2);
                RC_ASSERT(std::count_if(a.asked.begin(), a.asked.end(),
                              [&](instant at) { return at > w.now() - days(7); }) <= 3);
            }
            std::map<task_id, std::int64_t> restored;
            for (auto const& again : w.history_of<offer_restored>()) {
                ++restored[w.at(again.offer).task];
            }
            for (auto const& t : all_of<task_record>(w)) {
                auto const* seats = w.engine().find_record<seat_record>(t.id.value());
                auto const taken = seats == nullptr ? 0 : seats->taken;
                RC_ASSERT(taken >= 0);
                RC_ASSERT(taken <= t.brief.seats + restored[t.id]);
                RC_ASSERT(w.engine().find(t.objective) != nullptr);
            }
            for (auto const& spent : all_of<spending_record>(w)) {
                RC_ASSERT(spent.spent <= w.at(spent.id).plan.amplification_budget);
            }
            for (auto const& offer : w.recorded<offer_sent>()) {
                RC_ASSERT(offer.why.total() == offer.fit);
                pushes += offer.from == origin::push ? 1 : 0;
            }
            for (auto const& granted : w.recorded<reward_granted>()) {
                auto const waived =
                    w.engine().find_record<review_waiver>(granted.submission.value()) != nullptr;
                auto const judged =
                    waived ? review_record{} : w.at<review_record>(granted.submission);
                auto const promised = w.at(w.at(granted.submission).task).brief.base_reward;
                auto const earned = granted.kind == reward_kind::base
                    ? (judged.passed || waived) && granted.amount == promised
                    : judged.chosen;
                RC_ASSERT(earned);
                ++(granted.kind == reward_kind::base ? base_rewards : surprises);
            }
            std::map<submission_id, std::int64_t> paid; // without what was taken back
            for (auto const& granted : w.history_of<reward_granted>()) {
                paid[granted.submission] += granted.kind == reward_kind::base ? 1 : 0;
            }
            for (auto const& corrected : w.history_of<reward_corrected>()) {
                --paid[corrected.submission];
            }
            for (auto const& [work, times] : paid) {
                RC_ASSERT(times == 0 || times == 1);
            }
            for (auto const& work : all_of<submission_record>(w)) { // nobody loses what they made
                if (w.stage(work.member) == stage::alumni &&
                    w.at(work.task).brief.base_reward > money{} &&
                    w.engine().find_record<review_record>(work.id.value()) == nullptr) {
                    RC_ASSERT(paid[work.id] == 1);
                }
            }
            for (auto const& boost : w.recorded<amplified>()) {
                RC_ASSERT(w.at<review_record>(boost.submission).chosen);
                ++boosts;
            }
            corrections += w.recorded<review_corrected>().size();
        }
        RC_ASSERT(w.digest() == w.digest_of_replay());
    }));
    UNSCOPED_INFO(surprises << " surprises, " << boosts << " boosts, " << base_rewards
                            << " base rewards, " << corrections << " corrections, " << pushes
                            << " pushes");
    // Of fewer stories some have far less than their share.
    auto const enough = [](std::uint64_t all) {
        return koc_test::rounds(all) == all ? all : koc_test::rounds(all) / 3 + 1;
    };
    CHECK(surprises >= enough(8));
    CHECK(boosts >= enough(25));
    CHECK(base_rewards >= enough(50));
    CHECK(corrections >= enough(60));
    CHECK(pushes >= enough(300));
}

} // namespace
