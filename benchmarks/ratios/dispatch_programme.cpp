// SPDX-License-Identifier: BSL-1.0

#include "ratios/dispatch_programme.hpp"

#include <koc/journal/chain.hpp>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace bench {

using namespace koc;

namespace {

constexpr std::size_t group_size = 4'096;

[[noreturn]] void stop(error const& refused) {
    std::printf("refused: %s: %s\n", refused.subject.c_str(), refused.expected.c_str());
    std::exit(2);
}
template <typename Result>
void check(Result const& done) {
    if (!done) {
        stop(done.error());
    }
}

} // namespace

result<journal_head> passing_journal::append(
    journal_head expected, std::span<batch const> batches) {
    if (expected != end_) {
        std::abort();
    }
    std::string payload;
    for (auto const& group : batches) {
        auto const first = end_.position;
        for (auto const& happened : group.events) {
            payload.clear();
            append_canonical(payload, *happened.type().form, happened.raw());
            end_.chain = chained(end_.chain, end_.position, first, group, happened.type().name,
                happened.type().version, payload);
            ++end_.position;
        }
    }
    return end_;
}

programme_at_work::programme_at_work(koc::engine runs) : runs_{std::move(runs)} {
    for (auto const* facet : {"region", "format", "interest"}) {
        must(define_facet{{facet}});
    }
    std::vector<tag_definition> tags;
    auto const add = [&](char const* facet, char letter, std::size_t count) {
        for (std::size_t i = 0; i < count; ++i) {
            auto const key = letter + std::to_string(i);
            tags.push_back({facet, key, key,
                letter == 'c' ? std::vector{"p" + std::to_string(i % 30)}
                              : std::vector<std::string>{}});
        }
    };
    add("region", 'p', 30);
    add("region", 'c', 300);
    add("format", 'f', 5);
    add("interest", 'i', 100);
    must(define_tags{tags});
}

void programme_at_work::enrol(std::size_t members) {
    std::vector<weighted_tag> tags;
    held_.reserve(members_ + members);
    for (auto const end = members_ + members; members_ < end;) {
        auto group = runs_.open_group();
        for (std::size_t i = 0; i < group_size && members_ < end; ++i) {
            auto const who = member_id{++members_};
            tags = {{tag("region", 'c', draw_.below(300))}, {tag("format", 'f', draw_.below(5))}};
            for (int k = 0; k < 3; ++k) {
                auto const interest = tag("interest", 'i', draw_.below(100));
                if (std::none_of(tags.begin(), tags.end(),
                        [&](auto const& t) { return t.tag == interest; })) {
                    tags.push_back({interest, percent(10 + draw_.below(90))});
                }
            }
            held_.emplace_back();
            for (std::size_t k = 0; k < tags.size(); ++k) {
                held_.back()[k] = tags[k].tag;
            }
            check(group.handle(koc::enrol{who, {who.value(), "Member " + std::to_string(members_)},
                                   {source::open}, tags},
                {now_}));
        }
        check(group.commit());
    }
}

void programme_at_work::win_over_every_third() {
    for (std::uint64_t who = 3; who <= members_;) {
        auto group = runs_.open_group();
        for (std::size_t i = 0; i < group_size && who <= members_; ++i, who += 3) {
            check(group.handle(record_contact{member_id{who}, {who, ""}}, {now_}));
            check(group.handle(confirm_willingness{member_id{who}}, {now_}));
        }
        check(group.commit());
    }
}

void programme_at_work::record_outcomes(std::size_t count) {
    auto const unit = [&] { return static_cast<double>(draw_.below(1U << 30U)) / (1U << 30U); };
    std::vector<tag_id> about;
    for (std::size_t done = 0; done < count;) {
        auto group = runs_.open_group();
        for (std::size_t i = 0; i < group_size && done < count; ++i, ++done) {
            // A quarter of the members, the first of them by far the most often; spread over all.
            auto const skew = unit();
            auto const rank = static_cast<std::size_t>(
                static_cast<double>(members_) * skew * skew * skew * skew / 4);
            auto const which = (rank * 2'654'435'761U) % members_;
            about.clear();
            for (std::size_t k = 1; k < 5; ++k) {
                if (held_[which][k].valid() && draw_.below(2) == 0) {
                    about.push_back(held_[which][k]);
                }
            }
            if (draw_.below(10) < 3) {
                about.push_back(tag("interest", 'i', draw_.below(draw_.below(100) + 1)));
            }
            std::sort(about.begin(), about.end());
            about.erase(std::unique(about.begin(), about.end()), about.end());
            auto const age = unit();
            auto const at =
                now_ - duration{static_cast<std::int64_t>(age * age * 300 * 86'400'000)};
            check(group.handle(
                record_outcome{member_id{which + 1}, about, percent(30 + draw_.below(71)), at},
                {now_}));
        }
        check(group.commit());
    }
}

void programme_at_work::use_up_attention() {
    auto const asks = runs_.rules<attention_rules>()->asks_max;
    for (std::uint64_t who = 1; who <= members_; who += 2) {
        auto group = runs_.open_group();
        for (std::size_t i = 0; i < group_size && who <= members_; ++i, who += 2) {
            for (std::int64_t ask = 0; ask < asks; ++ask) {
                if (!group.handle(ask_attention{member_id{who}}, {now_})) {
                    break; // an offer used some up before
                }
            }
        }
        who -= 2;
        check(group.commit());
    }
}

void programme_at_work::open_tasks(std::size_t count, task_kind kind) {
    if (tasks_ == 0) {
        must(open_objective{{objective_id{1}, "Depth", {{"depth", whole(1)}}, percent(60), {}}});
        must(design_topic{topic_id{1}, objective_id{1}, "A topic"});
    }
    auto const interest = [&] { return tag("interest", 'i', draw_.below(100)); };
    auto const format = [&] { return "f" + std::to_string(draw_.below(5)); };
    for (std::size_t i = 0; i < count; ++i) {
        std::vector<weighted_tag> wanted{{interest()}, {tag("format", 'f', draw_.below(5))}};
        auto needs = has("region", "p" + std::to_string(draw_.below(30)));
        switch (kind == task_kind::plain ? 0 : draw_.below(4)) {
        case 1:
            wanted = {{tag("region", 'c', draw_.below(300)), percent(70)},
                {interest(), percent(30)}, {tag("format", 'f', draw_.below(5)), percent(50)}};
            needs = has("format", format());
            break;
        case 2:
            needs = everybody();
            if (auto const more = interest(); more != wanted.front().tag) {
                wanted.push_back({more, percent(40)});
            }
            break;
        case 3:
            needs = has("region", "c" + std::to_string(draw_.below(300)));
            break;
        default:
            break;
        }
        must(open_task{
            {task_id{++tasks_}, topic_id{1}, "Task", wanted, needs, 5, now_ + days(20), {}, {}}});
    }
}

std::vector<double> programme_at_work::dispatch_all() {
    std::vector<double> seconds;
    while (dispatched_ < tasks_) {
        dispatch const command{task_id{++dispatched_}, 8};
        seconds.push_back(seconds_of([&] { static_cast<void>(runs_.handle(command, {now_})); }));
    }
    return seconds;
}

programme_at_work::closing programme_at_work::close_the_loop() {
    now_ = now_ + hours(1);
    closing took{};
    std::vector<offer_record const*> held;
    std::vector<offer_record const*> all;
    runs_.each<offer_record>([&](offer_record const& offer) { all.push_back(&offer); });
    took.accept = seconds_of([&] {
        for (auto const* offer : all) {
            if (runs_.handle(accept_offer{offer->id}, {now_})) {
                held.push_back(offer);
            }
        }
    }) / static_cast<double>(all.size());
    took.held = held.size();
    std::uint64_t next = 0;
    auto const count = static_cast<double>(held.size());
    took.submit = seconds_of([&] {
        for (auto const* offer : held) {
            check(runs_.handle(submit_work{submission_id{++next}, offer->task, offer->member,
                                   "https://x/" + std::to_string(next)},
                {now_}));
        }
    }) / count;
    std::uint64_t reviewed = 0;
    took.review = seconds_of([&] {
        while (reviewed < next) {
            ++reviewed;
            check(runs_.handle(
                review_work{submission_id{reviewed}, {{"depth", percent(50 + draw_.below(50))}}},
                {now_}));
        }
    }) / count;
    return took;
}

std::vector<sent> programme_at_work::offers() const {
    std::vector<sent> all;
    runs_.each<offer_record>([&](offer_record const& offer) {
        all.push_back({offer.task.value(), offer.member.value(), offer.fit.raw});
    });
    return all;
}

template <typename Command>
void programme_at_work::must(Command const& command) {
    check(runs_.handle(command, {now_}));
}
tag_id programme_at_work::tag(char const* facet, char letter, std::uint32_t number) const {
    return *runs_.tags().find(facet, letter + std::to_string(number));
}

} // namespace bench
