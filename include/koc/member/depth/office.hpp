// SPDX-License-Identifier: BSL-1.0
#pragma once

// Offices: public roles of mature members, such as adviser, ambassador or member of the user
// committee. An office has seats, a term and rights; which office somebody is invited to follows
// from where they were found, as does each right, and an exception needs a reason. A term ends at
// its time by itself, when its holder leaves the mature stage, or early by either side, and its
// seat is free again. Whoever ends the term of another says why.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/text.hpp>
#include <koc/core/try.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/engine/consequence_kinds.hpp>
#include <koc/engine/guard_kinds.hpp>
#include <koc/member/acting.hpp>
#include <koc/member/depth/messages/office.hpp>
#include <koc/member/messages/relationship.hpp>
#include <koc/member/messages/roster.hpp>
#include <koc/state/agenda.hpp>
#include <koc/state/table.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace koc {

/// The offices, who is invited to them and who holds them.
class offices : public aspect<offices> {
public:
    using events = event_list<office_defined, office_offered, office_taken, office_declined,
        office_offer_lapsed, office_renewed, office_ended>;
    using commands = command_list<define_office, invite_to_office, take_office, decline_office,
        renew_office, end_office>;
    using queries = query_list<list_office_holders, list_office_options>;
    using follows = event_list<command_asked, stage_changed>;
    using rules = office_rules;

    /// The members who hold an office with a right at an instant, ascending. O(offices + holders).
    [[nodiscard]] std::vector<member_id> holders(office_right right, instant at) const {
        std::vector<member_id> found;
        offices_.for_each([&](office_record const& office) {
            if (office.rights.contains(right)) {
                for (auto const& term : terms_.all<by_office>(office.id, office_stage::held)) {
                    if (in_force(term.time, at)) {
                        found.push_back(term.member);
                    }
                }
            }
        });
        std::sort(found.begin(), found.end());
        found.erase(std::unique(found.begin(), found.end()), found.end());
        return found;
    }
    /// Whether a member holds an office with a right at an instant. O(offices of the member).
    [[nodiscard]] bool has_right(member_id who, office_right right, instant at) const {
        auto const held = terms_.all<by_member>(who, office_stage::held);
        return std::any_of(held.begin(), held.end(), [&](office_term_record const& term) {
            return in_force(term.time, at) && offices_[term.office].rights.contains(right);
        });
    }

    static constexpr auto guards(define_office const*) { return require(by_desk<define_office>); }
    result<void> decide(define_office const& command, context& in) const {
        auto const name = subject("office", command.office);
        if (!command.office.valid()) {
            return error{errc::invalid_argument, name, "expected an id above 0"};
        }
        if (offices_.contains(command.office)) {
            return error{
                errc::already_exists, name, "expected an id that no office has; choose another"};
        }
        if (auto refused = check_name("name of " + name, command.name)) {
            return *std::move(refused);
        }
        KOC_TRY(check_terms(name, command.seats, command.term));
        enum_set<office_right> const rights{command.rights};
        in.record(office_defined{command.office, command.name, command.seats, command.term,
            command.follows, {rights.begin(), rights.end()}});
        return {};
    }

    static constexpr auto guards(invite_to_office const*) {
        return require(by_desk<invite_to_office>, known<&invite_to_office::office>,
            known<&invite_to_office::member>,
            has_value<&invite_to_office::member, &relationship_record::stage, stage::mature>);
    }
    result<void> decide(invite_to_office const& command, context& in) const {
        auto const& office = offices_[command.office];
        auto const name = subject("member", command.member);
        if (auto const* now = present(command.office, command.member)) {
            return error{errc::already_exists, name,
                "expected somebody who is neither invited to " + described(office) +
                    " nor holds it, not one who is " + std::string{name_of(now->stage)} +
                    "; renew the term instead, or wait for the answer"};
        }
        auto const missing = missing_source(office, in.at(command.member).sources);
        auto const follows_source = missing.empty();
        if (follows_source) {
            if (!command.override_reason.text.empty()) {
                return error{errc::invalid_argument,
                    subject("override reason of member", command.member),
                    "expected no reason, as " + described(office) +
                        " follows from the member's source; leave it out"};
            }
        } else if (auto refused = check_words(
                       "override reason of member", command.member, command.override_reason);
                   !refused) {
            return error{errc::not_qualified, name,
                "expected a member found at source " + missing +
                    ", or a reason for the exception; give one, as a text of the member's"};
        }
        KOC_TRY(check_free(subject("office", office.id), office.seats, taken(office.id)));
        in.record(office_offered{office_term_id{terms_.row_count() + 1}, office.id, command.member,
            follows_source, command.override_reason, in.now() + in.rules<rules>().answer_within});
        return {};
    }

    static constexpr auto guards(take_office const*) {
        return require(in_person<&take_office::member>, known<&take_office::office>,
            known<&take_office::member>);
    }
    result<void> decide(take_office const& command, context& in) const {
        auto const* term = present(command.office, command.member);
        KOC_TRY(check_stage(term, command.office, command.member, office_stage::invited));
        in.record(office_taken{
            term->id, term->office, term->member, in.now() + offices_[term->office].term});
        return {};
    }
    static constexpr auto guards(decline_office const*) {
        return require(in_person<&decline_office::member>, known<&decline_office::office>,
            known<&decline_office::member>);
    }
    result<void> decide(decline_office const& command, context& in) const {
        auto const* term = present(command.office, command.member);
        KOC_TRY(check_stage(term, command.office, command.member, office_stage::invited));
        in.record(office_declined{term->id, term->office, term->member});
        return {};
    }
    static constexpr auto guards(renew_office const*) {
        return require(
            by_desk<renew_office>, known<&renew_office::office>, known<&renew_office::member>);
    }
    result<void> decide(renew_office const& command, context& in) const {
        auto const* term = present(command.office, command.member);
        KOC_TRY(check_stage(term, command.office, command.member, office_stage::held));
        in.record(office_renewed{term->id, term->office, term->member,
            renewed(term->time, offices_[term->office].term).until});
        return {};
    }
    static constexpr auto guards(end_office const*) {
        return require(koc::by_member<&end_office::member>, known<&end_office::office>,
            known<&end_office::member>);
    }
    result<void> decide(end_office const& command, context& in) const {
        auto const* term = present(command.office, command.member);
        KOC_TRY(check_stage(term, command.office, command.member, office_stage::held));
        auto const own = in.by() == actor{actor_kind::member, command.member.value()};
        if (!own || !command.reason.text.empty()) {
            KOC_TRY(check_words("reason for member", command.member, command.reason));
        }
        in.record(office_ended{term->id, term->office, term->member,
            own ? office_end::resigned : office_end::removed, command.reason});
        return {};
    }

    /// Who is not the member themself says why they can give less, where that ends their terms.
    [[nodiscard]] result<void> review(command_asked const& question, world const& in) const {
        auto const* report = question.get_if<record_waning>();
        if (report == nullptr || in.by() == acting(report->member)) {
            return {};
        }
        auto const held = terms_.all<by_member>(report->member, office_stage::held);
        if (held.begin() == held.end() ||
            check_words("note on member", report->member, report->note)) {
            return {};
        }
        return error{errc::invalid_text, subject("note on member", report->member),
            "expected a reason, as their term in " + described(offices_[(*held.begin()).office]) +
                " ends with this; give one, as a text of the member's, or leave it to them"};
    }

    void due(office_term_id which, context& in) const {
        auto const& term = terms_[which];
        if (term.stage == office_stage::invited) {
            in.record(office_offer_lapsed{term.id, term.office, term.member});
        } else {
            in.record(office_ended{term.id, term.office, term.member, office_end::expired, {}});
        }
    }
    static constexpr auto consequences(stage_changed const*) {
        return in_order(
            consequence<differs<&stage_changed::to, stage::mature>, &offices::leave_offices>(
                "terms of office and invitations to one end"));
    }

    [[nodiscard]] result<std::vector<office_holder>> answer(
        list_office_holders const& query, world const& in) const {
        if (!offices_.contains(query.office)) {
            return unknown("office", query.office);
        }
        std::vector<office_holder> found;
        for (auto const& term : terms_.all<by_office>(query.office, office_stage::held)) {
            if (in_force(term.time, in.now())) {
                found.push_back({term.member, term.time, term.follows_source});
            }
        }
        std::sort(found.begin(), found.end(),
            [](office_holder const& a, office_holder const& b) { return a.member < b.member; });
        return found;
    }
    [[nodiscard]] result<std::vector<office_option>> answer(
        list_office_options const& query, world const& in) const {
        auto const* person = in.find(query.member);
        if (person == nullptr) {
            return unknown("member", query.member);
        }
        auto const* relation = in.find_record<relationship_record>(query.member.value());
        if (relation == nullptr || relation->stage != stage::mature) {
            return error{errc::not_qualified, subject("member", query.member),
                "expected a member in stage mature, whom offices are for; name another"};
        }
        std::vector<office_option> found;
        for (auto follows_source : {true, false}) {
            offices_.for_each([&](office_record const& office) {
                if (missing_source(office, person->sources).empty() == follows_source &&
                    present(office.id, query.member) == nullptr) {
                    found.push_back({office.id, follows_source, office.seats - taken(office.id)});
                }
            });
        }
        return found;
    }

    void apply(office_defined const& event, world const&) {
        offices_.insert({event.office, event.name, event.seats, event.term, event.follows,
            enum_set<office_right>{event.rights}});
    }
    void apply(office_offered const& event, world const& in) {
        terms_.insert({event.term, event.office, event.member, office_stage::invited,
            event.follows_source, event.override_reason, {in.now(), event.answer_by}});
        due_.put(event.term, event.answer_by);
    }
    void apply(office_taken const& event, world const& in) {
        terms_.update(event.term, [&](office_term_record& term) {
            term.stage = office_stage::held;
            term.time = {in.now(), event.until};
        });
        due_.put(event.term, event.until);
    }
    void apply(office_declined const& event, world const& in) {
        close(event.term, office_stage::declined, in.now());
    }
    void apply(office_offer_lapsed const& event, world const& in) {
        close(event.term, office_stage::lapsed, in.now());
    }
    void apply(office_renewed const& event, world const&) {
        terms_.update(event.term, [&](office_term_record& term) { term.time.until = event.until; });
        due_.put(event.term, event.until);
    }
    void apply(office_ended const& event, world const& in) {
        close(event.term, office_stage::ended, in.now());
    }

private:
    using by_office = by<&office_term_record::office, &office_term_record::stage>;
    using by_member = by<&office_term_record::member, &office_term_record::stage>;

    static std::string described(office_record const& office) {
        return subject("office", office.id) + " (" + office.name + ')';
    }
    /// The source that an office, or a right of it, is for and that is not among these, in words
    /// that say so; empty where the office follows from them.
    static std::string missing_source(
        office_record const& office, enum_set<source> const& sources) {
        if (!sources.contains(office.follows)) {
            return std::string{name_of(office.follows)} + ", whom " + described(office) + " is for";
        }
        for (auto right : office.rights) {
            if (!sources.contains(source_of(right))) {
                return std::string{name_of(source_of(right))} + ", to whom the right " +
                    std::string{name_of(right)} + " of " + described(office) + " belongs";
            }
        }
        return {};
    }
    /// The seats that are held, or kept for who was invited.
    [[nodiscard]] std::int64_t taken(office_id which) const {
        return static_cast<std::int64_t>(terms_.count<by_office>(which, office_stage::held) +
            terms_.count<by_office>(which, office_stage::invited));
    }
    /// The open invitation or running term of a member, or null.
    [[nodiscard]] office_term_record const* present(office_id office, member_id who) const {
        for (auto stage : {office_stage::invited, office_stage::held}) {
            for (auto const& term : terms_.all<by_member>(who, stage)) {
                if (term.office == office) {
                    return &term;
                }
            }
        }
        return nullptr;
    }
    [[nodiscard]] result<void> check_stage(office_term_record const* term, office_id office,
        member_id who, office_stage wanted) const {
        if (term != nullptr && term->stage == wanted) {
            return {};
        }
        auto const invited = wanted == office_stage::invited;
        return error{errc::wrong_state, subject("member", who),
            std::string{"expected somebody who "} + (invited ? "is invited to " : "holds ") +
                described(offices_[office]) +
                (invited ? "; invite them first" : "; name a present holder")};
    }
    void leave_offices(stage_changed const& event, context& in) const {
        for (auto stage : {office_stage::invited, office_stage::held}) {
            for (auto const& term : terms_.all<by_member>(event.member, stage)) {
                in.record(office_ended{
                    term.id, term.office, term.member, office_end::no_longer_mature, {}});
            }
        }
    }
    void close(office_term_id which, office_stage stage, instant at) {
        terms_.update(which, [&](office_term_record& term) {
            term.stage = stage;
            term.time.until = (std::min)(term.time.until, at);
        });
        due_.drop(which);
    }

    table<office_record> offices_;
    table<office_term_record, by_office, by_member> terms_;
    agenda<office_term_id> due_;
    BOOST_DESCRIBE_CLASS(offices, (), (), (), (offices_, terms_, due_))
};

} // namespace koc
