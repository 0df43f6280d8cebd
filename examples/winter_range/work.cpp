// SPDX-License-Identifier: BSL-1.0

// Chapters 2 and 4 to 7: the task loop, from an objective to the echo of the best work.

#include "match.hpp"
#include "story.hpp"
#include "tasks.hpp"

#include <algorithm>
#include <optional>

namespace winter_range {

namespace {

answer_row const* answer_of(desk& at, task_plan const& plan, koc::member_id who) {
    auto const& rows = at.files().answers;
    auto const found = std::find_if(rows.begin(), rows.end(),
        [&](answer_row const& a) { return a.task == plan.key && a.member == who; });
    return found == rows.end() ? nullptr : &*found;
}

// --- answers -------------------------------------------------------------------------

/// Why a row of answers.csv is of no use to this story, if so.
std::optional<std::string> trouble_with(desk& at, answer_row const& row) {
    auto const of_story = std::any_of(tasks_of_story.begin(), tasks_of_story.end(),
        [&](task_plan const& plan) { return row.task == plan.key; });
    if (!of_story) {
        return "task: expected winter_test, family_space or night_charging, found \"" + row.task +
            '"';
    }
    if (at.engine().find(row.member) == nullptr) {
        return to_string(koc::unknown("member", row.member));
    }
    return std::nullopt;
}

void check_answers(desk& at) {
    std::erase_if(at.files().answers, [&](answer_row const& row) {
        auto const trouble = trouble_with(at, row);
        if (trouble) {
            at.files().problems.push_back({row.where, *trouble});
        }
        return trouble.has_value();
    });
}

/// Lets everybody with an open offer answer as answers.csv says; who is not in it accepts.
void answer_offers(desk& at, table& list) {
    for (auto const& plan : {winter_test, family_space}) {
        for (auto const& offer : at.offers_of(plan.id)) {
            if (offer.stage != koc::offer_stage::sent) {
                continue;
            }
            auto const* row = answer_of(at, plan, offer.member);
            auto const says = row == nullptr ? answer::accepts : row->says;
            auto shown = phrases::silent;
            if (says == answer::accepts) {
                at.must(koc::accept_offer{offer.id});
                shown = phrases::accepted;
            } else if (says == answer::declines) {
                at.must(koc::decline_offer{offer.id, {offer.member.value(), row->words.zh}});
                shown = phrases::declined;
            }
            list.rows.push_back(
                {std::to_string(plan.id.value()), at.person(offer.member), at.home(offer.member),
                    at.page().words(shown), row == nullptr ? std::string{} : at.text(row->words)});
        }
    }
}

/// The newest offer of a task to a person.
std::optional<koc::offer_record> offer_to(desk& at, koc::task_id task, koc::member_id who) {
    auto const known = at.all<koc::offer_record>(
        [&](auto const& offer) { return offer.task == task && offer.member == who; });
    return known.empty() ? std::nullopt : std::optional{known.back()};
}

table answers_table(page const& page) {
    return {{{page.words(phrases::task), side::right}, {page.words(phrases::person)},
                {page.words(phrases::home)}, {page.words(phrases::their_answer)},
                {page.words(phrases::words)}},
        {}};
}

/// Lets the members of answers.csv claim a task from the board, in the order of the file, and calls
/// `told(member, outcome)` for each until the seats are gone.
template <typename Told>
void claim_seats(desk& at, task_plan const& plan, Told&& told) {
    for (auto const& row : at.files().answers) {
        if (row.task != plan.key || row.says != answer::claims ||
            offer_to(at, plan.id, row.member)) {
            continue;
        }
        auto const claimed = at.tell(koc::claim_task{plan.id, row.member});
        if (!claimed && claimed.error().code == koc::errc::no_capacity) {
            return;
        }
        told(row.member, claimed);
    }
}

std::size_t handed_in(desk& at) {
    return at.all<koc::submission_record>([](auto const&) { return true; }).size();
}

/// Everybody who holds a seat of the task and has something hands it in.
void hand_in(desk& at, task_plan const& plan) {
    for (auto const& offer : at.offers_of(plan.id)) {
        auto const* row = answer_of(at, plan, offer.member);
        if (offer.stage == koc::offer_stage::held && (row == nullptr || row->hands_in)) {
            auto const next = handed_in(at) + 1;
            at.must(koc::submit_work{koc::submission_id{next}, plan.id, offer.member,
                "https://example.com/handed-in/" + std::to_string(next)});
        }
    }
}

// --- review --------------------------------------------------------------------------

koc::stage stage_of(desk& at, koc::member_id who) {
    return at.engine().find_record<koc::relationship_record>(who.value())->stage;
}

earlier record_of(desk& at, task_plan const& plan, koc::member_id who) {
    auto const craft = at.find("craft", plan.craft);
    return {who, craft, at.ask(koc::assess_work{who, craft}).quality,
        at.engine().find(who)->tags.contains(craft), stage_of(at, who)};
}

/// How a piece of work was judged; one that was not judged has not passed.
koc::review_record judgement_of(desk& at, koc::submission_id work) {
    auto const* judged = at.engine().find_record<koc::review_record>(work.value());
    return judged == nullptr ? koc::review_record{} : *judged;
}

/// Reviews all work of a task, chooses the best, and shows both. Whoever is not in answers.csv is
/// as good as their record.
void review_task(desk& at, task_plan const& plan, std::optional<std::int64_t> best_of,
    std::vector<earlier>& before) {
    auto& page = at.page();
    auto const reward = at.engine().find(plan.id)->brief.base_reward;
    auto const rubric = at.engine().find(at.engine().find(plan.id)->objective)->plan.rubric;
    table list{{{page.words(phrases::person)}}, {}};
    for (auto const& dimension : rubric) {
        list.columns.push_back({at.word(dimension.name), side::right});
    }
    list.columns.push_back({page.words(phrases::quality), side::right});
    list.columns.push_back({page.words(phrases::earns), side::right});
    list.columns.push_back({""});

    auto const works = at.work_on(plan.id);
    std::vector<std::vector<koc::rating>> ratings;
    for (auto const& work : works) {
        before.push_back(record_of(at, plan, work.member));
        auto const* row = answer_of(at, plan, work.member);
        auto& given = ratings.emplace_back();
        for (std::size_t i = 0; i < rubric.size(); ++i) {
            auto const rated = row != nullptr && i < row->ratings.size();
            given.push_back({rubric[i].name, rated ? row->ratings[i] : before.back().quality});
        }
        at.must(koc::review_work{work.id, given});
    }
    if (best_of) {
        // Refused where no work is good enough: then nothing is the best.
        static_cast<void>(at.tell(koc::select_best{plan.id, *best_of}));
    }
    for (std::size_t i = 0; i < works.size(); ++i) {
        auto const judged = judgement_of(at, works[i].id);
        cells_of_row row{at.person(works[i].member)};
        for (auto const& rating : ratings[i]) {
            row.push_back(points(rating.value));
        }
        row.push_back(points(judged.quality));
        row.push_back(judged.passed ? at.yuan(reward) : page.words(phrases::nothing));
        row.push_back(judged.chosen ? page.words(phrases::is_best)
                : judged.passed     ? std::string{}
                                    : page.words(phrases::is_below));
        list.rows.push_back(std::move(row));
    }
    page.gap();
    page.paragraph(named(page, plan), tone::strong);
    page.show(list);
}

/// The chosen work of a task.
std::vector<koc::submission_record> best_of(desk& at, task_plan const& plan) {
    return at.all<koc::submission_record>([&](koc::submission_record const& work) {
        return work.task == plan.id && judgement_of(at, work.id).chosen;
    });
}

std::string authors(desk& at, std::vector<koc::submission_record> const& works) {
    std::vector<std::string> names;
    for (auto const& work : works) {
        names.push_back(at.person(work.member));
    }
    return at.list(names);
}

} // namespace

// --- the chapters --------------------------------------------------------------------

void set_objectives(desk& at) {
    auto& page = at.page();
    page.chapter(phrases::objective_chapter);
    at.pass(koc::days(2));

    std::vector<koc::criterion> const rubric{{"depth", koc::percent(40)},
        {"creativity", koc::percent(20)}, {"visual", koc::percent(15)},
        {"interaction", koc::percent(25)}};
    koc::report_insight const insight{
        .insight = koc::insight_id{1},
        .question = recorded(phrases::insight_question),
        .doubt = koc::percent(43),
        .asked = 2180,
        .answer = {.objective = winter_objective,
            .title = recorded(phrases::objective_title),
            .rubric = rubric,
            .pass_at = koc::percent(60),
            .amplification_budget = in_yuan(20'000)},
    };
    at.must(insight);
    page.say(phrases::insight, at.today(), page.words(phrases::insight_question),
        grouped(insight.asked), points(insight.doubt),
        points(at.rules<koc::objective_rules>().pressing_at));
    page.gap();
    auto const& plan = at.engine().find(winter_objective)->plan;
    std::vector<std::string> dimensions;
    for (auto const& [name, weight] : plan.rubric) {
        dimensions.push_back(at.word(name) + ' ' + points(weight));
    }
    page.fact(page.words(phrases::objective), page.words(phrases::objective_title));
    page.fact(page.words(phrases::judged_by), at.list(dimensions));
    page.fact(page.words(phrases::meets_from), page.words(phrases::of_100, points(plan.pass_at)));
    page.fact(page.words(phrases::budget), at.yuan(plan.amplification_budget));
    page.gap();

    page.say(phrases::topics);
    for (auto const& [topic, title, becomes] :
        {std::tuple{winter_topic, phrases::topic_winter, phrases::becomes_push},
            {snow_topic, phrases::topic_snow, phrases::becomes_later},
            {charging_topic, phrases::topic_charging, phrases::becomes_board}}) {
        at.must(koc::design_topic{topic, winter_objective, recorded(title)});
        page.item(page.words(title) + " -> " + page.words(becomes));
    }
    page.gap();

    at.must(koc::open_objective{{family_objective, recorded(phrases::family_title), rubric,
        koc::percent(60), in_yuan(5'000)}});
    at.must(koc::design_topic{family_topic, family_objective, recorded(phrases::topic_family)});
    page.say(
        phrases::strategy, page.words(phrases::family_title), page.words(phrases::topic_family));
}

void bring_tasks(desk& at) {
    auto& page = at.page();
    page.chapter(phrases::match_chapter);
    at.pass(koc::days(3));
    auto const due = at.now() + koc::days(28);
    auto const wants = [&](char const* facet, char const* key, int weight) {
        return koc::weighted_tag{at.find(facet, key), koc::percent(weight)};
    };
    constexpr std::int64_t winter_seats = 4;
    constexpr std::int64_t family_seats = 3;

    // Who lives in one of the three northeastern provinces, has proven deep reviews, and makes
    // videos.
    at.must(koc::open_task{{
        .task = winter_test.id,
        .topic = winter_topic,
        .title = recorded(winter_test.title),
        .wanted = {wants("craft", "deep_review", 100), wants("interest", "range_and_charging", 100),
            wants("style", "rigorous", 50)},
        .needs = koc::has("region", "northeast") && koc::has("craft", "deep_review") &&
            koc::has("format", "video"),
        .seats = winter_seats,
        .due_at = due,
        .base_reward = in_yuan(800),
        .barred = {},
    }});
    show_brief(at, winter_test);
    show_ranking(at, winter_test, 8);
    page.paragraph(page.words(phrases::legend), tone::faint);
    show_near_misses(at, winter_test);
    at.must(koc::dispatch{winter_test.id, winter_seats, koc::days(3)});
    page.say(phrases::asked, winter_seats);
    page.gap();

    // Who often shares family life, warmly. Whether they are women is not for the programme to ask.
    koc::task_brief family{
        .task = family_space.id,
        .topic = family_topic,
        .title = recorded(family_space.title),
        .wanted = {wants("interest", "family", 100), wants("style", "warm", 100),
            wants("craft", "family_story", 50)},
        .needs = koc::has("interest", "family") && koc::has("style", "warm") &&
            koc::has("gender", "female"),
        .seats = family_seats,
        .due_at = due,
        .base_reward = in_yuan(500),
        .barred = {},
    };
    auto const by_gender = at.tell(koc::open_task{family});
    family.needs = koc::has("interest", "family") && koc::has("style", "warm");
    at.must(koc::open_task{family});
    show_brief(at, family_space);
    if (!by_gender) {
        page.gap();
        page.say(phrases::gender_tried, at.words(by_gender.error()));
    }
    show_ranking(at, family_space, 5);
    at.must(koc::dispatch{family_space.id, family_seats, koc::days(3)});
    page.gap();
    page.say(phrases::asked, family_seats);
    page.gap();

    at.must(koc::open_task{{
        .task = night_charging.id,
        .topic = charging_topic,
        .title = recorded(night_charging.title),
        .wanted = {wants("craft", "practical_tip", 50),
            wants("interest", "range_and_charging", 100)},
        .needs = koc::everybody(),
        .seats = 4,
        .due_at = due,
        .base_reward = in_yuan(100),
        .barred = {},
    }});
    at.must(koc::list_task{night_charging.id});
    show_brief(at, night_charging);
    page.gap();
    page.say(phrases::on_board);
}

void hear_answers(desk& at) {
    auto& page = at.page();
    page.chapter(phrases::answers_chapter);
    check_answers(at);

    at.pass(koc::days(1));
    auto list = answers_table(page);
    answer_offers(at, list);
    page.say(phrases::wave, at.today(), list.rows.size());
    page.show(list);

    // Two days later the time to answer is over; free seats go to the next in line.
    at.pass(koc::days(2));
    auto const silent = at.all<koc::offer_record>(
        [](auto const& offer) { return offer.stage == koc::offer_stage::expired; });
    std::int64_t free = 0;
    for (auto const& plan : {winter_test, family_space}) {
        auto const* seats = at.engine().find_record<koc::seat_record>(plan.id.value());
        auto const left =
            at.engine().find(plan.id)->brief.seats - (seats == nullptr ? 0 : seats->taken);
        if (left > 0 && at.tell(koc::dispatch{plan.id, left, koc::days(3)})) {
            free += left;
        }
    }
    if (free > 0) {
        page.say(phrases::next_wave, at.today(), silent.size(), free);
        at.pass(koc::days(1));
        auto second = answers_table(page);
        answer_offers(at, second);
        page.show(second);
    }

    at.pass(koc::days(2));
    page.say(phrases::claims, at.today(), night_charging.id.value());
    table claims{{{page.words(phrases::person)}, {page.words(phrases::home)},
                     {page.words(phrases::their_answer)}, {page.words(phrases::until)},
                     {page.words(phrases::words)}},
        {}};
    std::vector<std::string> waiting;
    claim_seats(at, night_charging, [&](koc::member_id who, auto const& outcome) {
        auto const seat = offer_to(at, night_charging.id, who);
        if (!outcome) {
            auto const failed = at.ask(koc::consider_member{night_charging.id, who}).failed;
            waiting.push_back(page.words(phrases::claim_waits, at.person(who),
                failed ? at.words(*failed) : at.words(outcome.error())));
        }
        claims.rows.push_back({at.person(who), at.home(who),
            page.words(outcome ? phrases::accepted : phrases::claim_refused),
            seat ? at.day(seat->until) : std::string{},
            at.text(answer_of(at, night_charging, who)->words)});
    });
    page.show(claims);
    for (auto const& why : waiting) {
        page.paragraph(why, tone::plain);
    }
}

std::vector<earlier> review(desk& at) {
    auto& page = at.page();
    page.chapter(phrases::review_chapter);

    at.pass(koc::days(8));
    hand_in(at, winter_test);
    hand_in(at, family_space);
    hand_in(at, night_charging);

    // A seat that was taken and not used becomes free when its lease ends.
    at.pass(koc::days(6));
    for (auto const& offer : at.offers_of(night_charging.id)) {
        if (offer.stage != koc::offer_stage::lapsed) {
            continue;
        }
        std::string next;
        claim_seats(at, night_charging, [&](koc::member_id who, auto const& outcome) {
            next = outcome ? at.person(who) : next;
        });
        if (next.empty()) {
            page.say(phrases::lapsed_only, at.today(), at.person(offer.member),
                night_charging.id.value());
        } else {
            page.say(phrases::lapsed, at.today(), at.person(offer.member),
                night_charging.id.value(), next);
        }
        page.gap();
    }
    at.pass(koc::days(3));
    hand_in(at, night_charging);

    at.pass(koc::days(1));
    page.say(phrases::reviewed, at.today(), handed_in(at));
    std::vector<earlier> before;
    review_task(at, winter_test, 1, before);
    review_task(at, family_space, 1, before);
    review_task(at, night_charging, std::nullopt, before);

    page.say(phrases::surprise);
    for (auto const& [plan, honour] :
        {std::pair{winter_test, phrases::honour}, {family_space, phrases::family_honour}}) {
        auto const gift = in_yuan(2'000);
        if (at.tell(koc::surprise_best{plan.id, gift, recorded(honour)})) {
            page.item(page.words(phrases::surprised, authors(at, best_of(at, plan)), at.yuan(gift),
                page.words(honour)));
        }
    }
    return before;
}

void echo(desk& at, std::vector<earlier> const& before) {
    auto& page = at.page();
    page.chapter(phrases::echo_chapter);
    at.pass(koc::days(1));

    auto const budget = at.engine().find(winter_objective)->plan.amplification_budget;
    for (auto const& work : best_of(at, winter_test)) {
        page.say(phrases::amplified, at.today(), authors(at, {work}), at.yuan(budget));
        for (auto const& [channel, cost] : {std::pair{phrases::channel_official, in_yuan(0)},
                 {phrases::channel_feed, in_yuan(15'000)},
                 {phrases::channel_screens, in_yuan(8'000)}}) {
            auto const done = at.tell(koc::amplify{work.id, recorded(channel), cost});
            auto const* spending =
                at.engine().find_record<koc::spending_record>(winter_objective.value());
            auto const left = spending == nullptr ? budget : budget - spending->spent;
            page.item(done ? page.words(phrases::channel_cost, page.words(channel), at.yuan(cost),
                                 at.yuan(left))
                           : page.words(phrases::channel_refused, page.words(channel),
                                 at.yuan(cost), at.words(done.error())));
        }
        page.gap();
    }
    for (auto const& plan : tasks_of_story) {
        static_cast<void>(at.tell(koc::close_task{plan.id})); // refused where nothing was handed in
    }

    page.say(phrases::loop_closes);
    table list{{{page.words(phrases::person)}, {page.words(phrases::craft)},
                   {page.words(phrases::before), side::right},
                   {page.words(phrases::after), side::right}, {page.words(phrases::change)}},
        {}};
    std::vector<koc::member_id> promoted;
    for (auto const& was : before) {
        auto const now = at.ask(koc::assess_work{was.member, was.craft}).quality;
        std::vector<std::string> news;
        if (!was.proven && at.engine().find(was.member)->tags.contains(was.craft)) {
            news.push_back(page.words(phrases::newly_proven));
        }
        if (auto const stage = stage_of(at, was.member); stage != was.stage) {
            news.push_back(at.word(stage));
            promoted.push_back(was.member);
        }
        list.rows.push_back({at.person(was.member), at.tag(was.craft), points(was.quality),
            points(now), at.list(news)});
    }
    page.show(list);
    for (auto const who : promoted) {
        if (auto const moved = at.newest<koc::stage_changed>(
                [&](auto const& event) { return event.member == who; })) {
            page.say(phrases::promoted, at.person(who), moved->excellent,
                moved->sustained.ms / koc::days(1).ms, moved->rule);
        }
    }

    // Who can give less is not dropped: a candid word, thanks, and a role that waits for them.
    for (auto const& row : at.files().answers) {
        if (row.waning && row.says == answer::declines && row.task == winter_test.key &&
            offer_to(at, winter_test.id, row.member)) {
            at.must(koc::record_contact{row.member, {}});
            at.must(
                koc::record_waning{row.member, *row.waning, {row.member.value(), row.words.zh}});
            page.gap();
            page.say(
                phrases::waned, at.person(row.member), at.text(row.words), at.word(*row.waning));
        }
    }
}

} // namespace winter_range
