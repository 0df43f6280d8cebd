// SPDX-License-Identifier: BSL-1.0
#include "support/scenario.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

namespace koc_test {

std::string docs_page(std::string const& name) {
    auto const* told = std::getenv("KOC_SOURCE_DIR");
    auto const root = told != nullptr ? std::filesystem::path{told}
                                      : std::filesystem::path{__FILE__} / ".." / ".." / "..";
    std::ifstream page{(root / name).lexically_normal()};
    if (!page) {
        throw scenario_failure{"there is no page " + name + "; set KOC_SOURCE_DIR"};
    }
    return {std::istreambuf_iterator<char>{page}, {}};
}

std::string to_line(koc::error const& refused) {
    return std::string{koc::name_of(refused.code)} + ": " + refused.subject + ": " +
        refused.expected;
}

koc::engine standard_engine(koc::any_journal journal) { return koc::engine{std::move(journal)}; }

scenario::scenario(engine_maker make, koc::instant from)
    : now_{from}, make_{make}, engine_{make(journal_)} {}

scenario& scenario::time_passes() {
    auto const from = journal_.head()->position;
    if (auto passed = engine_.advance(asked()); !passed) {
        throw scenario_failure{"time cannot pass: " + to_line(passed.error())};
    }
    events_ = read(from);
    return *this;
}

scenario& scenario::when_told(std::function<koc::result<koc::receipt>()> const& handle) {
    if (engine_.next_due() && *engine_.next_due() <= now_) {
        time_passes();
    }
    auto const before = koc::digest{digest()};
    auto const head = *journal_.head();
    answer_ = handle();
    events_ = read(head.position);
    if (!*answer_ && (before != digest() || !events_.empty() || head != engine_.head())) {
        throw scenario_failure{"a refusal left a trace: " + to_line(answer_->error())};
    }
    return *this;
}

void scenario::was_accepted() const {
    if (!answer().has_value()) {
        throw scenario_failure{"it was to be accepted, but " + to_line(answer_->error())};
    }
}

void scenario::was_refused(koc::errc code, std::string_view subject, std::string_view word) const {
    auto const refused = refusal();
    if (refused.code != code || refused.subject.find(subject) == std::string::npos ||
        refused.expected.find(word) == std::string::npos) {
        throw scenario_failure{"expected " + std::string{koc::name_of(code)} + " on '" +
            std::string{subject} + "' with '" + std::string{word} + "', got " + to_line(refused)};
    }
}

koc::result<koc::receipt> const& scenario::answer() const {
    if (!answer_) {
        throw scenario_failure{"nothing has been asked yet"};
    }
    return *answer_;
}

std::vector<koc::envelope> scenario::read(std::uint64_t from) const {
    auto const& all = journal_.envelopes();
    return {all.begin() + static_cast<std::ptrdiff_t>(from), all.end()};
}

koc::receipt const& scenario::receipt() const {
    was_accepted();
    return **answer_;
}

koc::error scenario::refusal() const {
    if (answer().has_value()) {
        throw scenario_failure{"a refusal was expected, but the command was accepted"};
    }
    return answer_->error();
}

koc::digest scenario::digest_of_replay() const {
    auto other = make_(journal_);
    if (auto read = other.catch_up(); !read) {
        throw scenario_failure{"the journal cannot be read again: " + to_line(read.error())};
    }
    return other.state_digest();
}

people_world::people_world(engine_maker make) : scenario{make} {
    vocabulary();
    everybody();
}

koc::tag_id people_world::tag(std::string_view facet, std::string_view key) const {
    auto const found = engine().tags().find(facet, key);
    if (!found) {
        throw scenario_failure{
            "the world has no tag " + std::string{facet} + ':' + std::string{key}};
    }
    return *found;
}

void people_world::vocabulary() {
    for (auto const* name : {"region", "format", "interest", "style"}) {
        given(koc::define_facet{{name}});
    }
    given(koc::define_facet{{"skill", false, true}}, koc::define_facet{{"age", true, false}});
    given(koc::define_tags{{{"region", "northeast", "", {}},
        {"region", "heilongjiang", "", {"northeast"}}, {"region", "jilin", "", {"northeast"}},
        {"region", "liaoning", "", {"northeast"}}, {"region", "harbin", "", {"heilongjiang"}},
        {"region", "qiqihar", "", {"heilongjiang"}}, {"region", "changchun", "", {"jilin"}},
        {"region", "shenyang", "", {"liaoning"}}, {"region", "south", "", {}},
        {"region", "guangdong", "", {"south"}}, {"region", "shenzhen", "", {"guangdong"}},
        {"region", "guangzhou", "", {"guangdong"}}, {"format", "text_image", "", {}},
        {"format", "video", "", {}}, {"format", "live", "", {}}, {"interest", "technology", "", {}},
        {"interest", "life", "", {}}, {"interest", "off_road", "", {}}, {"style", "warm", "", {}},
        {"skill", "deep_review", "", {}}, {"age", "over_sixty", "", {}}}});
}

void people_world::join(koc::member_id who, char const* name, std::vector<koc::source> sources,
    char const* city, char const* format,
    std::vector<std::pair<char const*, std::int64_t>> const& interests) {
    std::vector<koc::weighted_tag> tags{{tag("region", city)}, {tag("format", format)}};
    for (auto const& [interest, percent] : interests) {
        tags.push_back({tag("interest", interest), koc::percent(percent)});
    }
    given(koc::enrol{who, {who.value(), name}, std::move(sources), std::move(tags)});
}

void people_world::everybody() {
    using koc::source;
    join(an, "An", {source::open}, "harbin", "video", {{"technology", 100}, {"off_road", 40}});
    join(chen, "Chen", {source::open}, "qiqihar", "video", {{"technology", 100}});
    join(dong, "Dong", {source::open, source::owned}, "changchun", "video", {{"technology", 50}});
    join(fang, "Fang", {source::owned}, "shenyang", "video", {{"life", 100}});
    join(bao, "Bao", {source::owned}, "harbin", "text_image", {{"life", 100}});
    join(guo, "Guo", {source::open}, "shenzhen", "video", {{"technology", 100}});
    join(hua, "Hua", {source::owned}, "guangzhou", "text_image", {{"life", 100}});
    join(jin, "Jin", {source::open}, "harbin", "video", {{"technology", 100}});
    join(kai, "Kai", {source::owned}, "shenzhen", "text_image", {{"life", 100}});
    join(lan, "Lan", {source::owned}, "changchun", "video", {{"life", 100}});
    join(min, "Min", {source::open}, "shenzhen", "live", {{"off_road", 100}});
    join(ning, "Ning", {source::open}, "harbin", "video", {{"technology", 100}});
    join(ou, "Ou", {source::open, source::owned}, "shenyang", "text_image", {{"life", 100}});
    given(koc::retag{hua, {{tag("style", "warm")}}, {}});
    for (auto who : {an, chen, dong, fang, bao, guo, hua, jin, kai, ning, ou}) {
        given(koc::record_contact{who, {}}, koc::confirm_willingness{who});
    }
    given(koc::record_contact{lan, {}});
    for (auto [who, interest] : {std::pair{jin, "technology"}, std::pair{kai, "life"}}) {
        for (auto before : {100, 80, 60}) {
            given(koc::record_outcome{
                who, {tag("interest", interest)}, koc::percent(90), now() - koc::days(before)});
        }
    }
    for (auto who : {ning, ou}) {
        given(koc::record_waning{who, koc::waning_reason::life_change, {}});
    }
    role_offered(ou, koc::alumni_role::friend_of_the_brand);
    given(koc::accept_role{ou, koc::alumni_role::friend_of_the_brand});
}

people_world& people_world::role_offered(koc::member_id who, koc::alumni_role role) {
    auto const known = engine().command_types();
    auto const knows = [&](std::string_view name) {
        return std::any_of(
            known.begin(), known.end(), [&](auto const* type) { return type->name == name; });
    };
    if (knows("record_talk")) {
        auto const adviser = role == koc::alumni_role::honorary_adviser;
        given(koc::record_talk{
            who, adviser ? koc::talk_finding::guides_others : koc::talk_finding::no_time, {}});
    }
    if (knows("thank_member")) {
        koc::thank_member thanks{who, {}, {}};
        engine().each<koc::submission_record>([&](koc::submission_record const& work) {
            if (work.member == who) {
                thanks.works.push_back(work.id);
            }
        });
        given(thanks);
    }
    if (knows("offer_role")) {
        given(koc::offer_role{who, role, {}});
    }
    return *this;
}

winter_world::winter_world(engine_maker make) : people_world{make} {
    given(koc::open_objective{plan(range)},
        koc::design_topic{test_drive, range, "My winter range, measured"});
}

koc::objective_plan winter_world::plan(koc::objective_id id) {
    return {id, "Buyers trust the winter range",
        {{"depth", koc::percent(40)}, {"creativity", koc::percent(20)},
            {"visual", koc::percent(20)}, {"interaction", koc::percent(20)}},
        koc::percent(60), koc::money{1'000'000}};
}

koc::task_brief winter_world::brief(koc::task_id id) const {
    koc::task_brief made;
    made.task = id;
    made.topic = test_drive;
    made.title = "Drive 100 km below zero";
    made.seats = 3;
    made.due_at = now() + koc::days(30);
    made.base_reward = koc::money{50'000};
    return made;
}

void winter_world::listed(koc::task_brief const& made) {
    given(koc::open_task{made}, koc::list_task{made.task});
}

void winter_world::handed_in(koc::task_id task, koc::member_id who, koc::submission_id work) {
    given(koc::claim_task{task, who},
        koc::submit_work{work, task, who, "https://example.org/w/" + std::to_string(work.value())});
}

void winter_world::one_may_spend(koc::money above) {
    koc::request_approval request{{}, {}, {}, {}};
    request.guard = koc::approval_rules{above};
    by_two(request);
}

void winter_world::by_two(koc::request_approval request) {
    request.approval = koc::approval_id{++approvals_};
    as({koc::actor_kind::employee, 901}).given(request);
    as({koc::actor_kind::employee, 902}).given(koc::approve_request{request.approval});
    as({});
}

koc::review_work winter_world::rate(koc::submission_id work, koc::score value) {
    return {
        work, {{"depth", value}, {"creativity", value}, {"visual", value}, {"interaction", value}}};
}

} // namespace koc_test
