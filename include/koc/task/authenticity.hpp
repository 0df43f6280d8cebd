// SPDX-License-Identifier: BSL-1.0
#pragma once

// Authenticity: what the host reports to be in doubt, such as a bought audience or a copied piece,
// does not count in discovery, help, trust, potential and territories, and who is in doubt is
// neither enrolled nor given tasks, requests no resource, and is not carried further, surprised or
// honoured by the desk, until an employee settles it. Dismissed, all counts as it did. Confirmed, a
// piece never counts again, and a person is kept out for a time, unless the doubt is dismissed
// after all. No score decides: every report holds until somebody settles it, and the person may
// read both and answer.

#include <koc/core/error.hpp>
#include <koc/core/misfit.hpp>
#include <koc/core/result.hpp>
#include <koc/core/try.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/engine/guard_kinds.hpp>
#include <koc/member/acting.hpp>
#include <koc/member/detail/account_guards.hpp>
#include <koc/member/detail/accounts.hpp>
#include <koc/member/discovery/detail/held_back.hpp>
#include <koc/member/discovery/messages/authenticity.hpp>
#include <koc/member/discovery/trust.hpp>
#include <koc/member/messages/erasure.hpp>
#include <koc/member/messages/roster.hpp>
#include <koc/state/agenda.hpp>
#include <koc/state/table.hpp>
#include <koc/task/messages/amplification.hpp>
#include <koc/task/messages/offer.hpp>
#include <koc/task/messages/resources.hpp>
#include <koc/task/messages/submission.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

namespace koc {

/// What is in doubt, and what has become of it.
class authenticity : public aspect<authenticity> {
public:
    using events = event_list<authenticity_doubted, doubt_answered, doubt_settled, exclusion_ended>;
    using commands = command_list<report_authenticity, answer_doubt, settle_authenticity>;
    using queries = query_list<list_doubts, list_open_doubts>;
    using follows =
        event_list<may_offer, may_accept, member_enrolled, resource_requested, amplified>;
    using reads = aspect_list<trust>;
    using rules = authenticity_rules;

    static constexpr auto guards(report_authenticity const*) {
        return require(by_desk<report_authenticity>,
            within<&report_authenticity::confidence, score{}, whole(1)>);
    }
    result<void> decide(report_authenticity const& command, context& in) const {
        auto const name = subject("doubt", command.doubt);
        if (!command.doubt.valid()) {
            return error{errc::invalid_argument, name, "expected an id above 0"};
        }
        if (doubts_.contains(command.doubt)) {
            return error{errc::already_exists, name,
                "expected a doubt that was not reported before; skip it"};
        }
        if (in.find(command.person) == nullptr &&
            in.find_record<evidence_record>(command.person.value()) == nullptr &&
            in.get<trust>().vouches().sources(command.person).empty()) {
            return error{errc::unknown_id, subject("person", command.person),
                "expected a member, or somebody of whom signals were told or for whom somebody "
                "vouches; correct the id"};
        }
        auto const at = command.at.value_or(in.now());
        if (at > in.now()) {
            return error{errc::invalid_argument, name,
                "expected something that was noticed already, not in the future; correct its "
                "instant"};
        }
        KOC_TRY(check_words("evidence on member", command.person, command.evidence));
        seen_signal_id content;
        if (command.signal.valid()) {
            KOC_TRY(check_content(command, in));
            content = find_signal(command.platform, command.signal, in)->id;
        } else if (command.platform.valid()) {
            return error{errc::invalid_argument, name,
                "expected a platform only with the signal of a piece there; leave it out or name "
                "the signal"};
        }
        in.record(authenticity_doubted{command.doubt, command.person, command.kind,
            command.confidence, command.evidence, content, at});
        return {};
    }
    static constexpr auto guards(answer_doubt const*) {
        return require(detail::by_person_alone<&answer_doubt::doubt, &doubt_record::person>,
            known<&answer_doubt::doubt>);
    }
    result<void> decide(answer_doubt const& command, context& in) const {
        auto const& doubt = doubts_[command.doubt];
        KOC_TRY(check_open(doubt));
        KOC_TRY(check_words("answer of member", doubt.person, command.words));
        in.record(doubt_answered{doubt.id, doubt.person, command.words});
        return {};
    }
    static constexpr auto guards(settle_authenticity const*) {
        return require(by_desk<settle_authenticity>, known<&settle_authenticity::doubt>);
    }
    result<void> decide(settle_authenticity const& command, context& in) const {
        auto const& doubt = doubts_[command.doubt];
        if (command.confirmed || doubt.state != doubt_state::confirmed) {
            KOC_TRY(check_open(doubt));
        }
        KOC_TRY(check_words("reason for member", doubt.person, command.reason));
        auto const until = in.now() + in.rules<rules>().excluded_for;
        auto const ends = command.confirmed && !doubt.content.valid() && until != instant_max;
        in.record(doubt_settled{doubt.id, doubt.person, doubt.content, command.confirmed,
            command.reason, ends ? std::optional{until} : std::nullopt});
        return {};
    }
    void due(doubt_id which, context& in) const {
        in.record(exclusion_ended{which, doubts_[which].person});
    }
    /// Nobody in doubt is given tasks, pushed or claimed.
    [[nodiscard]] result<void> review(may_offer const& question, world const& in) const {
        return detail::check_not_held(in, question.member);
    }
    [[nodiscard]] result<void> review(may_accept const& question, world const& in) const {
        return detail::check_not_held(in, question.member);
    }
    /// Nor enrolled, however that is asked for.
    [[nodiscard]] result<void> review(member_enrolled const& event, world const& in) const {
        return detail::check_not_held(in, event.member);
    }
    /// Nor do they request a resource; one that they wait for or have stays theirs.
    [[nodiscard]] result<void> review(resource_requested const& event, world const& in) const {
        return detail::check_not_held(in, event.member);
    }
    /// Nor carried further by the brand's channels.
    [[nodiscard]] result<void> review(amplified const& event, world const& in) const {
        return detail::check_not_held(in, detail::kept_for(in, in.at(event.submission).member));
    }

    [[nodiscard]] result<std::vector<doubt_record>> answer(
        list_doubts const& query, world const& in) const {
        if (!acts_for(in.by(), query.person)) {
            return error{errc::not_qualified, subject("person", query.person),
                "expected the person themself, an employee or the host to ask, not " +
                    to_string(in.by()) + "; leave it to them"};
        }
        std::vector<doubt_record> found;
        detail::each_account(in, query.person, [&](member_id account) {
            auto const of_account = doubts_.all<by_person>(account);
            found.insert(found.end(), of_account.begin(), of_account.end());
        });
        return found;
    }
    [[nodiscard]] result<std::vector<doubt_record>> answer(
        list_open_doubts const&, world const& in) const {
        KOC_TRY(check_desk(in.by(), "open doubts", "see them"));
        std::vector<doubt_record> found;
        doubts_.for_each([&](doubt_record const& doubt) {
            if (doubt.state == doubt_state::open &&
                in.find_record<erasure_record>(doubt.person.value()) == nullptr) {
                found.push_back(doubt);
            }
        });
        return found;
    }

    void apply(authenticity_doubted const& event, world const& in) {
        if (doubts_.contains(event.doubt)) {
            throw_misfit("a new " + subject("doubt", event.doubt));
        }
        if (event.content.valid()) {
            auto const& seen = in.at(event.content);
            if (!seen.content || seen.person != event.person || contents_.contains(event.content)) {
                throw_misfit("a piece of " + subject("person", event.person) + " that counts");
            }
        }
        doubts_.insert({event.doubt, event.person, event.kind, doubt_state::open, event.confidence,
            event.evidence, event.content, event.at, {}, {}});
        held_.put(event.person, [&](held_back_record& person) {
            person.doubts.push_back({event.doubt, event.kind, event.content, false});
        });
        if (event.content.valid()) {
            contents_.insert({event.content, event.doubt});
        }
    }
    void apply(doubt_answered const& event, world const&) {
        doubts_.update(event.doubt, [&](doubt_record& doubt) { doubt.words = event.words; });
    }
    void apply(doubt_settled const& event, world const&) {
        auto const& settled = doubts_[event.doubt];
        if (settled.person != event.person || settled.content != event.content) {
            throw_misfit("what " + subject("doubt", event.doubt) + " is about");
        }
        doubts_.update(event.doubt, [&](doubt_record& doubt) {
            doubt.state = event.confirmed ? doubt_state::confirmed : doubt_state::dismissed;
            doubt.reason = event.reason;
            doubt.until = event.until;
        });
        if (!event.confirmed) {
            release(event.person, event.doubt);
            contents_.erase(event.content);
            due_.drop(event.doubt);
            return;
        }
        held_.update(event.person, [&](held_back_record& person) {
            for (auto& doubt : person.doubts) {
                doubt.confirmed = doubt.confirmed || doubt.doubt == event.doubt;
            }
        });
        if (event.until) {
            due_.put(event.doubt, *event.until);
        }
    }
    void apply(exclusion_ended const& event, world const&) {
        release(event.person, event.doubt);
        due_.drop(event.doubt);
    }

private:
    using by_person = by<&doubt_record::person>;

    static result<void> check_open(doubt_record const& doubt) {
        if (doubt.state == doubt_state::open) {
            return {};
        }
        return error{errc::wrong_state, subject("doubt", doubt.id),
            "expected a doubt that is open, not one that is " + std::string{name_of(doubt.state)} +
                "; report what is new as another"};
    }
    /// A piece of content that the person published, and that counts so far.
    [[nodiscard]] result<void> check_content(
        report_authenticity const& command, context& in) const {
        auto const name = subject("signal", command.signal);
        auto const* seen = find_signal(command.platform, command.signal, in);
        if (seen == nullptr || !seen->content) {
            return error{errc::unknown_id, name,
                "expected a piece of content that was reported; report it first, or name the "
                "platform with which it was"};
        }
        if (seen->person != command.person) {
            return error{errc::invalid_argument, name,
                "expected a piece of " + subject("person", command.person) + ", not of " +
                    subject("person", seen->person) + "; correct one of both"};
        }
        if (auto const* held = contents_.find(seen->id)) {
            return error{errc::already_exists, name,
                "expected a piece that counts, but " + subject("doubt", held->doubt) +
                    " holds it back; add to that one, or settle it first"};
        }
        return {};
    }
    void release(member_id who, doubt_id which) {
        held_.update(who, [&](held_back_record& person) {
            std::erase_if(
                person.doubts, [&](holding_doubt const& doubt) { return doubt.doubt == which; });
        });
        if (auto const* left = held_.find(who); left != nullptr && left->doubts.empty()) {
            held_.erase(who);
        }
    }

    table<doubt_record, by_person> doubts_;
    table<held_back_record> held_;
    table<held_content_record> contents_;
    agenda<doubt_id> due_;
    BOOST_DESCRIBE_CLASS(authenticity, (), (), (), (doubts_, held_, contents_, due_))
};

} // namespace koc
