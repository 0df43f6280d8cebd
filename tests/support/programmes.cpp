// SPDX-License-Identifier: BSL-1.0

// The programmes of the tests beside the standard one, instantiated in one unit so that the aspects
// which they share are compiled once.

#include <koc/engine/instantiate.hpp>
#include <koc/standard/programme.hpp>
#include <koc/testing/scorer.hpp>

#include "standard/own_programme.hpp"
#include "task/ranking_programme.hpp"
#include "task/small_programme.hpp"

#include <boost/mp11/algorithm.hpp>

#include <cstdint>
#include <string>
#include <utility>

namespace koc_test {

// A programme of a host's own over the standard one: standard/own_programme.hpp.

/// Prefers the newest member.
struct newest_first {
    [[nodiscard]] static koc::score rate(auto const&, auto const& candidate) {
        return koc::whole(static_cast<std::int64_t>(candidate.id.value()));
    }
    [[nodiscard]] static koc::explanation explain(auto const& task, auto const& candidate) {
        return koc::explanation{}.add("newest", rate(task, candidate));
    }
};

/// Objects to whatever the outsider asks.
class desk : public koc::aspect<desk> {
public:
    using follows = koc::event_list<koc::command_asked>;

    [[nodiscard]] koc::result<void> review(
        koc::command_asked const& question, world const& in) const {
        if (in.by() == outsider) {
            return koc::error{koc::errc::not_qualified, to_string(in.by()),
                "expected somebody of the desk to ask for " + std::string{question.command}};
        }
        return {};
    }

private:
    BOOST_DESCRIBE_CLASS(desk, (), (), (), ())
};

/// Objects to offers to one member.
class embargo : public koc::aspect<embargo> {
public:
    using follows = koc::event_list<koc::offer_sent>;

    [[nodiscard]] koc::result<void> review(koc::offer_sent const& event, world const&) const {
        if (event.member == unwelcome) {
            return koc::error{
                koc::errc::not_qualified, "embargo", "expected somebody who is welcome"};
        }
        return {};
    }

private:
    BOOST_DESCRIBE_CLASS(embargo, (), (), (), ())
};

/// Objects to offers to two members; it stands behind the embargo.
class gallery : public koc::aspect<gallery> {
public:
    using follows = koc::event_list<koc::offer_sent>;

    [[nodiscard]] koc::result<void> review(koc::offer_sent const& event, world const&) const {
        if (event.member == unwelcome || event.member == camera_shy) {
            return koc::error{
                koc::errc::not_qualified, "gallery", "expected somebody who may be shown"};
        }
        return {};
    }

private:
    BOOST_DESCRIBE_CLASS(gallery, (), (), (), ())
};

struct own_policies : koc::standard::policies {
    using match_scorer = newest_first;
};
struct own_programme : own_policies {
    using aspects = boost::mp11::mp_append<koc::standard::aspects_with<own_policies>,
        koc::aspect_list<desk, embargo, gallery>>;
};

koc::engine own_engine(koc::any_journal journal) {
    return koc::engine::of<own_programme>(std::move(journal));
}

// Work without what judges and rewards it: task/small_programme.hpp.

/// Stands in for the aspects that judge and reward work.
class judging : public koc::aspect<judging> {
public:
    using events = koc::event_list<koc::work_reviewed, koc::best_selected, koc::amplified,
        koc::task_surprised>;
    using commands = koc::command_list<judge_work>;

    koc::result<void> decide(judge_work const& command, context& in) const {
        auto const& work = in.at(command.submission);
        koc::work_reviewed reviewed;
        reviewed.submission = work.id;
        reviewed.task = work.task;
        reviewed.member = work.member;
        reviewed.passed = command.passed;
        in.record(std::move(reviewed));
        if (!command.passed) {
            return in.call(koc::fail_offer{work.offer});
        }
        return in.at(work.offer).stage == koc::offer_stage::failed
            ? in.call(koc::restore_offer{work.offer})
            : koc::result<void>{};
    }
    void apply(koc::work_reviewed const& event, world const&) {
        reviews_.put(
            event.submission, [&](koc::review_record& review) { review.passed = event.passed; });
    }
    void apply(koc::best_selected const&, world const&) {}
    void apply(koc::amplified const&, world const&) {}
    void apply(koc::task_surprised const&, world const&) {}

private:
    koc::table<koc::review_record> reviews_;
    BOOST_DESCRIBE_CLASS(judging, (), (), (), (reviews_))
};

struct small_programme {
    using rules = koc::standard::rules;
    using aspects = koc::aspect_list<koc::tag_library, koc::calendar, koc::own_time, koc::attention,
        koc::roster, koc::merges, koc::track_record, koc::relationship<>, koc::objectives,
        koc::topics, koc::tasks, koc::offers, koc::submissions, judging, koc::board,
        koc::task_loop>;
};

koc::engine small_engine(koc::any_journal journal) {
    return koc::engine::of<small_programme>(std::move(journal));
}

// Dispatch with and without the ceiling of its scorer: task/ranking_programme.hpp.

using asked_one_by_one = koc::testing::asked_one_by_one<koc::standard::match_scorer>;
static_assert(koc::ceiling_scorer_for<koc::standard::match_scorer, koc::match_task,
    koc::roster::people_type>);
static_assert(
    !koc::ceiling_scorer_for<asked_one_by_one, koc::match_task, koc::roster::people_type>);

template <typename Scorer>
struct ranking_programme {
    using rules = koc::standard::rules;
    using aspects = koc::aspect_list<koc::tag_library, koc::calendar, koc::own_time, koc::attention,
        koc::roster, koc::merges, koc::track_record, koc::relationship<>, koc::objectives,
        koc::topics, koc::tasks, koc::offers, koc::submissions, judging, koc::dispatching<Scorer>,
        koc::board, koc::task_loop>;
};

koc::engine ranking_engine(koc::any_journal journal) {
    return koc::engine::of<ranking_programme<koc::standard::match_scorer>>(std::move(journal));
}
koc::engine asking_engine(koc::any_journal journal) {
    return koc::engine::of<ranking_programme<asked_one_by_one>>(std::move(journal));
}

// The person without work: member/small_programme.hpp.

struct people_programme {
    struct rules {};
    using aspects = koc::aspect_list<koc::tag_library, koc::attention, koc::roster, koc::merges,
        koc::track_record, koc::relationship<>, koc::features, koc::peer_help, koc::trust,
        koc::discovery<koc::standard::open_scorer, koc::standard::owned_scorer>, koc::mentorship>;
};

} // namespace koc_test

template koc::programme_parts koc::include_instantiate_hpp<koc_test::own_programme>();
template koc::programme_parts koc::include_instantiate_hpp<koc_test::small_programme>();
template koc::programme_parts
koc::include_instantiate_hpp<koc_test::ranking_programme<koc::standard::match_scorer>>();
template koc::programme_parts
koc::include_instantiate_hpp<koc_test::ranking_programme<koc_test::asked_one_by_one>>();
template koc::programme_parts koc::include_instantiate_hpp<koc_test::people_programme>();
