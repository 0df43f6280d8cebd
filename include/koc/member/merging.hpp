// SPDX-License-Identifier: BSL-1.0
#pragma once

// Two accounts of one person. Merging moves nothing: all that was recorded of the merged account
// stays where it is, under its id, so that undoing restores exactly what was and no past event has
// to be told anew. What changes is who is seen. The record of a merge sets the merged id aside (see
// `sets_aside` of koc::aspect): it stands in no list, count, search or draw, and nothing of its own
// falls due. Whoever sends a command or asks a query that names it, or acts as it, is refused with
// the id to use, found by the description of the message (koc/describe/mention.hpp), so that a new
// message needs nothing of its own. What a command calls is not refused: a review of the merged
// account's work may still be corrected.
//
// Aspects that read a person's history read all their accounts (detail/accounts.hpp). Sums that
// searches read are joined by their owner, which keeps the kept account's own beside them. An
// account with something open is refused, so that nothing is half done: whatever is on an agenda
// and names it (`world_view::pending`), and what other aspects say is open (`account_closing`).
//
// Moving every record to the kept id instead would need an event of each aspect, and could not be
// undone once both had acted.

#include <koc/core/error.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/misfit.hpp>
#include <koc/core/result.hpp>
#include <koc/core/try.hpp>
#include <koc/describe/mention.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/engine/guard_kinds.hpp>
#include <koc/member/acting.hpp>
#include <koc/member/detail/accounts.hpp>
#include <koc/member/detail/assessed.hpp>
#include <koc/member/messages/merging.hpp>
#include <koc/member/messages/roster.hpp>
#include <koc/state/table.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace koc {

/// Rules of merging.
inline result<void> check(merging_rules const& rules) {
    if (rules.undo_within < duration{}) {
        return error{errc::invalid_argument, "merging_rules.undo_within",
            "expected a span of 0 or more; correct it"};
    }
    return {};
}

/// Who is whom.
class merges : public aspect<merges> {
public:
    using events = event_list<members_merged, merge_undone>;
    using commands = command_list<merge_members, undo_merge>;
    using queries = query_list<list_merges>;
    using questions = question_list<account_closing>;
    using follows = event_list<command_asked, query_asked>;
    using rules = merging_rules;
    using sets_aside = record_list<merge_record>;

    static constexpr auto guards(merge_members const*) {
        return require(
            by_desk<merge_members>, known<&merge_members::kept>, known<&merge_members::merged>);
    }
    result<void> decide(merge_members const& command, context& in) const {
        auto const name = subject("member", command.merged);
        if (command.kept == command.merged) {
            return error{errc::invalid_argument, name,
                "expected two accounts, not the same one twice; name the other one"};
        }
        KOC_TRY(check_words("reason for member", command.merged, command.reason));
        if (auto const* more = accounts_.find(command.merged)) {
            return error{errc::wrong_state, name,
                "expected an account into which none was merged, but " +
                    subject("member", more->merged.front()) + " was; merge " +
                    subject("member", command.kept) + " into it instead, or undo that merge first"};
        }
        if (detail::is_alumnus(in, command.merged) && !detail::is_alumnus(in, command.kept)) {
            return error{errc::wrong_state, name,
                "expected somebody who is assessed, but alumni are not; merge " +
                    subject("member", command.kept) + " into " + name + " instead"};
        }
        KOC_TRY(detail::check_nothing_pending(world_view{in}, command.merged));
        KOC_TRY(in.review(account_closing{command.merged}));
        in.record(members_merged{command.kept, command.merged, command.reason,
            in.now() + in.rules<rules>().undo_within});
        return {};
    }
    static constexpr auto guards(undo_merge const*) { return require(by_desk<undo_merge>); }
    result<void> decide(undo_merge const& command, context& in) const {
        auto const name = subject("member", command.merged);
        auto const* merge = merges_.find(command.merged);
        if (merge == nullptr) {
            return error{errc::unknown_id, name,
                "expected a member who was merged into another; name the one that list_merges "
                "shows"};
        }
        if (in.now() > merge->undo_until) {
            return error{errc::wrong_state, name,
                "expected a merge that may still be undone, but that ended at " +
                    to_iso8601(merge->undo_until) + "; leave it as it is"};
        }
        in.record(merge_undone{merge->kept, merge->id});
        return {};
    }

    /// Nobody acts as an account that was merged, and no command that is sent names one, but the
    /// one that undoes it.
    [[nodiscard]] result<void> review(command_asked const& asked, world const& in) const {
        if (merges_.size() == 0 || asked.called || asked.get_if<undo_merge>() != nullptr) {
            return {};
        }
        return check_named(*asked.form, asked.value, asked.command, in);
    }
    [[nodiscard]] result<void> review(query_asked const& asked, world const& in) const {
        return merges_.size() == 0 ? result<void>{}
                                   : check_named(*asked.form, asked.value, asked.query, in);
    }

    [[nodiscard]] result<std::vector<merge_record>> answer(
        list_merges const&, world const& in) const {
        if (auto const refused = check_desk(in.by(), "list_merges", "look at merges"); !refused) {
            return refused.error();
        }
        std::vector<merge_record> found;
        merges_.for_each([&](merge_record const& merge) { found.push_back(merge); });
        std::sort(found.begin(), found.end(),
            [](merge_record const& a, merge_record const& b) { return a.id < b.id; });
        return found;
    }

    void apply(members_merged const& event, world const& in) {
        if (merges_.contains(event.merged) || event.kept == event.merged) {
            throw_misfit("another account of " + subject("member", event.merged));
        }
        merges_.insert({event.merged, event.kept, in.now(), event.undo_until, event.reason});
        accounts_.put(event.kept, [&](merged_accounts& person) {
            auto& all = person.merged;
            all.insert(std::lower_bound(all.begin(), all.end(), event.merged), event.merged);
        });
    }
    void apply(merge_undone const& event, world const&) {
        if (merges_[event.merged].kept != event.kept) {
            throw_misfit("an account of " + subject("member", event.kept));
        }
        merges_.erase(event.merged);
        if (accounts_[event.kept].merged.size() == 1) {
            accounts_.erase(event.kept);
        } else {
            accounts_.update(event.kept,
                [&](merged_accounts& person) { std::erase(person.merged, event.merged); });
        }
    }

private:
    [[nodiscard]] static error refused(
        merge_record const& merge, std::string const& use, world const& in) {
        return {errc::wrong_state, subject("member", merge.id),
            "is " + subject("member", merge.kept) + " since " + to_iso8601(merge.at) + "; " + use +
                (in.now() > merge.undo_until ? "" : ", or undo the merge")};
    }
    [[nodiscard]] result<void> check_named(
        shape const& form, void const* value, std::string_view message, world const& in) const {
        if (in.by().kind == actor_kind::member) {
            if (auto const* merge = merges_.find(member_id{in.by().id})) {
                return refused(*merge, "act as " + std::to_string(merge->kept.value()), in);
            }
        }
        merge_record const* merge = nullptr;
        auto const named = find_mention(form, value, key_of<member_id>, [&](std::uint64_t id) {
            merge = merges_.find(member_id{id});
            return merge != nullptr;
        });
        if (!named) {
            return {};
        }
        return refused(*merge,
            "use " + std::to_string(merge->kept.value()) + " in " + std::string{message} +
                named->path,
            in);
    }

    table<merge_record> merges_;
    table<merged_accounts> accounts_;
    BOOST_DESCRIBE_CLASS(merges, (), (), (), (merges_, accounts_))
};

} // namespace koc
