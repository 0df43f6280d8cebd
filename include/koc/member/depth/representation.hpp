// SPDX-License-Identifier: BSL-1.0
#pragma once

// Who speaks for the brand at market events: only present holders of an office with the right to.
// Who loses the office before the event, steps back or is released no longer speaks there.

#include <koc/core/civil.hpp>
#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/text.hpp>
#include <koc/core/try.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/engine/guard_kinds.hpp>
#include <koc/member/depth/messages/representation.hpp>
#include <koc/member/depth/office.hpp>
#include <koc/member/messages/roster.hpp>
#include <koc/state/links.hpp>
#include <koc/state/table.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <string>
#include <vector>

namespace koc {

/// The market events and their speakers.
class representation : public aspect<representation> {
public:
    using events = event_list<appearance_planned, speaker_named, speaker_released, speaker_absent>;
    using commands = command_list<plan_appearance, name_speaker, release_speaker, report_absence>;
    using follows = event_list<office_ended>;
    using reads = aspect_list<offices>;

    static constexpr auto guards(plan_appearance const*) {
        return require(by_desk<plan_appearance>);
    }
    result<void> decide(plan_appearance const& command, context& in) const {
        auto const name = subject("appearance", command.appearance);
        if (!command.appearance.valid()) {
            return error{errc::invalid_argument, name, "expected an id above 0"};
        }
        if (appearances_.contains(command.appearance)) {
            return error{errc::already_exists, name,
                "expected an id that no appearance has; choose another"};
        }
        if (auto refused = check_name("title of " + name, command.title)) {
            return *std::move(refused);
        }
        if (command.at <= in.now()) {
            return error{
                errc::invalid_argument, name, "expected an instant to come; choose a later one"};
        }
        in.record(appearance_planned{command.appearance, command.title, command.at});
        return {};
    }

    static constexpr auto guards(name_speaker const*) {
        return require(
            by_desk<name_speaker>, known<&name_speaker::appearance>, known<&name_speaker::member>);
    }
    result<void> decide(name_speaker const& command, context& in) const {
        auto const& event = appearances_[command.appearance];
        auto const who = subject("member", command.member);
        KOC_TRY(check_to_come(event, in.now()));
        if (speaking_.linked(command.member, event.id)) {
            return error{errc::already_exists, who,
                "expected somebody who does not speak at " + subject("appearance", event.id) +
                    " yet"};
        }
        auto const& held = in.get<offices>();
        constexpr auto right = office_right::speak_publicly;
        if (!held.has_right(command.member, right, in.now())) {
            return error{errc::not_qualified, who,
                "expected a present holder of an office that speaks publicly: " +
                    names_of(held.holders(right, in.now()))};
        }
        if (!held.has_right(command.member, right, event.at)) {
            return error{errc::not_qualified, who,
                "expected a term of office that lasts until the appearance at " +
                    to_iso8601(event.at) + "; renew it first, or name another"};
        }
        in.record(speaker_named{event.id, command.member});
        return {};
    }
    static constexpr auto guards(release_speaker const*) {
        return require(by_member<&release_speaker::member>, known<&release_speaker::appearance>,
            known<&release_speaker::member>);
    }
    result<void> decide(release_speaker const& command, context& in) const {
        auto const& event = appearances_[command.appearance];
        KOC_TRY(check_to_come(event, in.now()));
        KOC_TRY(check_speaks(event, command.member));
        in.record(speaker_released{event.id, command.member});
        return {};
    }
    static constexpr auto guards(report_absence const*) {
        return require(by_desk<report_absence>, known<&report_absence::appearance>,
            known<&report_absence::member>);
    }
    result<void> decide(report_absence const& command, context& in) const {
        auto const& event = appearances_[command.appearance];
        auto const who = subject("member", command.member);
        if (event.at > in.now()) {
            return error{errc::wrong_state, subject("appearance", event.id),
                "expected an appearance that has been, but it is at " + to_iso8601(event.at)};
        }
        KOC_TRY(check_speaks(event, command.member));
        if (contains(event.absent, command.member)) {
            return error{errc::already_exists, who, "expected an absence that was not told yet"};
        }
        in.record(speaker_absent{event.id, command.member});
        return {};
    }
    void react(office_ended const& event, context& in) const {
        for (auto which : speaking_.targets(event.member)) {
            auto const at = appearances_[which].at;
            if (at > in.now() &&
                !in.get<offices>().has_right(event.member, office_right::speak_publicly, at)) {
                in.record(speaker_released{which, event.member});
            }
        }
    }

    void apply(appearance_planned const& event, world const&) {
        appearances_.insert({event.appearance, event.title, event.at, {}, {}});
    }
    void apply(speaker_named const& event, world const&) {
        appearances_.update(event.appearance,
            [&](appearance_record& each) { each.speakers.push_back(event.member); });
        speaking_.link(event.member, event.appearance);
    }
    void apply(speaker_released const& event, world const&) {
        appearances_.update(event.appearance,
            [&](appearance_record& each) { std::erase(each.speakers, event.member); });
        speaking_.unlink(event.member, event.appearance);
    }
    void apply(speaker_absent const& event, world const&) {
        appearances_.update(event.appearance,
            [&](appearance_record& each) { each.absent.push_back(event.member); });
    }

private:
    static result<void> check_to_come(appearance_record const& event, instant now) {
        if (event.at > now) {
            return {};
        }
        return error{errc::wrong_state, subject("appearance", event.id),
            "expected an appearance to come, but it was at " + to_iso8601(event.at)};
    }
    [[nodiscard]] result<void> check_speaks(appearance_record const& event, member_id who) const {
        if (speaking_.linked(who, event.id)) {
            return {};
        }
        return error{errc::not_qualified, subject("member", who),
            "expected somebody who was to speak at " + subject("appearance", event.id)};
    }
    static bool contains(std::vector<member_id> const& all, member_id who) {
        return std::find(all.begin(), all.end(), who) != all.end();
    }
    static std::string names_of(std::vector<member_id> const& who) {
        std::string text;
        for (auto each : who) {
            text += (text.empty() ? "" : " or ") + subject("member", each);
        }
        return text.empty() ? "there is none now; invite somebody to such an office first"
                            : text + "; name one of them";
    }

    table<appearance_record> appearances_;
    links<member_id, appearance_id> speaking_{"speaker", "appearance"};
    BOOST_DESCRIBE_CLASS(representation, (), (), (), (appearances_, speaking_))
};

} // namespace koc
