// SPDX-License-Identifier: BSL-1.0
#pragma once

// Erasing a person. The record of it empties their words in all aspects and has their key deleted
// (`erases` of koc::aspect), and sets the account aside (`sets_aside`): it stands in no list,
// count, search or draw. Its number stays in what it took part in, so that everybody else's past
// reads as it was decided. Nobody acts as it or names it any more.
//
// An account with something open is not erased, as others wait for it: it is ended first, or soon
// ends by itself. What nobody can end does not stand in the way: aspects that have the account on
// an open list, such as the candidates of a vote, drop it with `member_erased`. What they are still
// owed is on nobody's list here; the host pays it before it asks.

#include <koc/core/civil.hpp>
#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/try.hpp>
#include <koc/describe/mention.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/engine/guard_kinds.hpp>
#include <koc/member/acting.hpp>
#include <koc/member/detail/accounts.hpp>
#include <koc/member/messages/erasure.hpp>
#include <koc/member/messages/merging.hpp>
#include <koc/member/messages/roster.hpp>
#include <koc/state/table.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace koc {

/// Who was erased.
class erasures : public aspect<erasures> {
public:
    using events = event_list<member_erased>;
    using commands = command_list<erase_member>;
    using queries = query_list<list_erasures, export_member>;
    using questions = question_list<account_closing>;
    using follows = event_list<command_asked, query_asked>;
    using sets_aside = record_list<erasure_record>;
    using erases = record_list<erasure_record>;

    static constexpr auto guards(erase_member const*) { return require(only_called<erase_member>); }
    result<void> decide(erase_member const& command, context& in) const {
        // Signals and doubts name people before they are enrolled.
        if (in.find(command.member) == nullptr && !world_view{in}.keeps(command.member)) {
            return unknown("member", command.member);
        }
        auto const who = detail::kept_for(in, command.member);
        result<void> closed;
        detail::each_account(in, who,
            [&](member_id account) { closed = closed ? check_closed(account, in) : closed; });
        KOC_TRY(std::move(closed));
        detail::each_account(
            in, who, [&](member_id account) { in.record(member_erased{account}); });
        return {};
    }

    /// Nobody acts as an account that was erased, and nothing that is sent or asked names one.
    [[nodiscard]] result<void> review(command_asked const& asked, world const& in) const {
        return erased_.size() == 0 || asked.called ? result<void>{}
                                                   : check_named(*asked.form, asked.value, in);
    }
    [[nodiscard]] result<void> review(query_asked const& asked, world const& in) const {
        return erased_.size() == 0 ? result<void>{} : check_named(*asked.form, asked.value, in);
    }

    [[nodiscard]] result<std::vector<erasure_record>> answer(
        list_erasures const&, world const& in) const {
        KOC_TRY(check_desk(in.by(), "list_erasures", "look at erasures"));
        std::vector<erasure_record> found;
        for (std::size_t row = 0; row < erased_.row_count(); ++row) {
            found.push_back(*static_cast<erasure_record const*>(erased_.row_raw(row)));
        }
        std::sort(found.begin(), found.end(),
            [](erasure_record const& a, erasure_record const& b) { return a.id < b.id; });
        return found;
    }
    [[nodiscard]] result<std::string> answer(export_member const& query, world const& in) const {
        if (in.find(query.member) == nullptr && !world_view{in}.keeps(query.member)) {
            return unknown("member", query.member);
        }
        if (!acts_for(in.by(), query.member)) {
            return error{errc::not_qualified, to_string(in.by()),
                "expected the member themself, or an operator, to read what is held about " +
                    subject("member", query.member) + "; ask one"};
        }
        std::string all;
        detail::each_account(in, query.member, [&](member_id account) {
            all += all.empty() ? "{\"" : ",\"";
            all += std::to_string(account.value()) + "\":" + world_view{in}.held_about(account);
        });
        return all + '}';
    }

    void apply(member_erased const& event, world const& in) {
        erased_.insert({event.member, in.now()});
    }

private:
    [[nodiscard]] result<void> check_closed(member_id account, context& in) const {
        if (auto const* known = erased_.find(account)) {
            return refused(*known);
        }
        KOC_TRY(detail::check_nothing_pending(world_view{in}, account));
        return in.review(account_closing{account, true});
    }
    [[nodiscard]] static error refused(erasure_record const& known) {
        return {errc::wrong_state, subject("member", known.id),
            "was erased at " + to_iso8601(known.at) +
                "; leave them out, or enrol them anew under another id"};
    }
    [[nodiscard]] result<void> check_named(
        shape const& form, void const* value, world const& in) const {
        if (in.by().kind == actor_kind::member) {
            if (auto const* known = erased_.find(member_id{in.by().id})) {
                return refused(*known);
            }
        }
        erasure_record const* known = nullptr;
        static_cast<void>(find_mention(form, value, key_of<member_id>, [&](std::uint64_t id) {
            known = erased_.find(member_id{id});
            return known != nullptr;
        }));
        return known == nullptr ? result<void>{} : refused(*known);
    }

    table<erasure_record> erased_;
    BOOST_DESCRIBE_CLASS(erasures, (), (), (), (erased_))
};

} // namespace koc
