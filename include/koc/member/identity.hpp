// SPDX-License-Identifier: BSL-1.0
#pragma once

// Identities: a handle of a platform names one member at a time, and that of a merged account the
// one into whom it was merged. Handles are compared as texts, which are in memory alone: who is
// erased leaves no handle behind, and it may be linked again.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/text.hpp>
#include <koc/core/try.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/engine/guard_kinds.hpp>
#include <koc/member/acting.hpp>
#include <koc/member/detail/account_guards.hpp>
#include <koc/member/detail/accounts.hpp>
#include <koc/member/messages/identity.hpp>
#include <koc/member/messages/roster.hpp>
#include <koc/state/single.hpp>
#include <koc/state/table.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace koc {

/// Which handles are whose.
class identities : public aspect<identities> {
public:
    using events = event_list<handle_linked, handle_unlinked>;
    using commands = command_list<link_handle, unlink_handle>;
    using queries = query_list<find_by_handle, list_handles>;

    /// A platform or handle as it is compared: letters from A to Z as small ones.
    [[nodiscard]] static std::string normal(std::string_view text) {
        std::string made{text};
        for (auto& c : made) {
            c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        }
        return made;
    }
    /// The link of a handle, or null. O(log n).
    [[nodiscard]] handle_record const* find(
        std::string_view platform, std::string_view handle) const {
        auto const wanted = compared(platform, handle);
        for (auto const& known : handles_.all<by_compared>({0, wanted})) {
            if (known.compared.text == wanted) {
                return &known;
            }
        }
        return nullptr;
    }

    static constexpr auto guards(link_handle const*) {
        return require(koc::by_member<&link_handle::member>, known<&link_handle::member>);
    }
    result<void> decide(link_handle const& command, context& in) const {
        KOC_TRY(check_handle(command.platform, command.handle.text));
        auto const name = subject_of(command.platform, command.handle.text);
        if (command.handle.owner != command.member.value()) {
            return error{errc::invalid_argument, name,
                "expected the handle to belong to the member; set its owner to the member's id"};
        }
        if (auto const* known = find(command.platform, command.handle.text)) {
            return error{errc::already_exists, name,
                "expected a handle that is not linked, but it is that of " +
                    subject("member", detail::kept_for(in, known->member)) + "; unlink " +
                    subject("handle", known->id) + " first if it is theirs no more"};
        }
        in.record(handle_linked{
            handle_id{*linked_ + 1}, command.member, normal(command.platform), command.handle});
        return {};
    }
    static constexpr auto guards(unlink_handle const*) {
        return require(detail::by_person<&unlink_handle::handle, &handle_record::member>,
            known<&unlink_handle::handle>);
    }
    result<void> decide(unlink_handle const& command, context& in) const {
        auto const whose = handles_[command.handle].member;
        in.record(handle_unlinked{command.handle, whose});
        return {};
    }

    void apply(handle_linked const& event, world const&) {
        linked_.update([](std::uint64_t& count) { ++count; });
        auto const known = event.name.text.empty() // forgotten since
            ? std::string{}
            : compared(event.platform, event.name.text);
        handles_.insert(
            {event.handle, event.member, event.platform, event.name, {event.name.owner, known}});
    }
    void apply(handle_unlinked const& event, world const&) { handles_.erase(event.handle); }

    [[nodiscard]] result<member_id> answer(find_by_handle const& query, world const& in) const {
        if (auto const refused = check_handle(query.platform, query.handle); !refused) {
            return refused.error();
        }
        auto const* known = find(query.platform, query.handle);
        if (known == nullptr) {
            return error{errc::unknown_id, subject_of(query.platform, query.handle),
                "expected a handle that is linked to a member; link it first or correct it"};
        }
        auto const whose = detail::kept_for(in, known->member);
        if (auto const refused = check_concerns(whose, in.by()); !refused) {
            return refused.error();
        }
        return whose;
    }
    [[nodiscard]] result<std::vector<handle_record>> answer(
        list_handles const& query, world const& in) const {
        if (in.find(query.member) == nullptr) {
            return unknown("member", query.member);
        }
        if (auto const refused = check_concerns(query.member, in.by()); !refused) {
            return refused.error();
        }
        std::vector<handle_record> found;
        detail::each_account(in, query.member, [&](member_id account) {
            for (auto const& known : handles_.all<by_member>(account)) {
                found.push_back(known);
            }
        });
        std::sort(found.begin(), found.end(),
            [](handle_record const& a, handle_record const& b) { return a.id < b.id; });
        return found;
    }

private:
    using by_compared = by<&handle_record::compared>;
    using by_member = by<&handle_record::member>;

    static std::string compared(std::string_view platform, std::string_view handle) {
        return normal(platform) + '\n' + normal(handle); // neither holds a line break
    }
    static std::string subject_of(std::string_view platform, std::string_view handle) {
        return "handle " + escaped(normal(platform) + ':' + normal(handle));
    }
    static result<void> check_handle(std::string_view platform, std::string_view handle) {
        if (auto refused = check_name("platform of a handle", platform)) {
            return *std::move(refused);
        }
        if (auto refused = check_name("handle", handle)) {
            return *std::move(refused);
        }
        bool blank = false;
        for (auto const text : {platform, handle}) {
            detail::for_each_point(text, [&](std::uint32_t point, std::string_view) {
                blank = blank || detail::is_blank(point);
                return !blank;
            });
        }
        if (blank || handle.front() == '@') {
            return error{errc::invalid_text, subject_of(platform, handle),
                "expected a platform and a handle without blanks, and no @ before it; leave them "
                "out"};
        }
        return {};
    }
    static result<void> check_concerns(member_id who, actor const& by) {
        if (acts_for(by, who)) {
            return {};
        }
        return error{errc::not_qualified, to_string(by),
            "expected the member whose handle it is, or an operator; ask one"};
    }

    table<handle_record, by_compared, by_member> handles_;
    single<std::uint64_t> linked_; ///< how many ever were
    BOOST_DESCRIBE_CLASS(identities, (), (), (), (handles_, linked_))
};

} // namespace koc
