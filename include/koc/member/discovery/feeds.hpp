// SPDX-License-Identifier: BSL-1.0
#pragma once

// The watch over open platforms. Each declared platform has a cursor, up to which it was read; its
// signals come in batches or one by one, and the same one counts once however it comes. A platform
// of which nothing new comes for too long raises an alarm by itself, as does one whose signals are
// old when they come. Both look at signals that are newer than all before them, and at a cursor
// that moves without any; so reading the past again neither raises an alarm nor ends one.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/text.hpp>
#include <koc/core/try.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/engine/guard_kinds.hpp>
#include <koc/member/detail/accounts.hpp>
#include <koc/member/discovery/messages/discovery.hpp>
#include <koc/member/discovery/messages/feeds.hpp>
#include <koc/state/agenda.hpp>
#include <koc/state/table.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace koc {

class feeds : public aspect<feeds> {
public:
    using events = event_list<platform_declared, platform_changed, platform_retired, platform_read,
        feed_fell_silent, feed_resumed, feed_ran_late, feed_caught_up>;
    using commands =
        command_list<declare_platform, change_platform, retire_platform, report_signals>;
    using queries = query_list<list_feeds>;
    using follows = event_list<content_reported>;

    static constexpr auto guards(declare_platform const*) {
        return require(by_desk<declare_platform>);
    }
    result<void> decide(declare_platform const& command, context& in) const {
        auto const about = subject("platform", command.platform);
        if (!command.platform.valid() || command.silent_after <= duration{} ||
            command.late_after <= duration{}) {
            return error{errc::invalid_argument, about,
                "expected a platform with an id above 0 and spans longer than 0"};
        }
        if (auto const* known = platforms_.find(command.platform);
            known != nullptr && !known->retired) {
            return error{errc::already_exists, about,
                "expected a platform that was not declared yet; change_platform changes its spans"};
        }
        if (auto refused = check_name("name of " + about, command.name)) {
            return *std::move(refused);
        }
        in.record(platform_declared{
            command.platform, command.name, command.silent_after, command.late_after});
        return {};
    }
    static constexpr auto guards(change_platform const*) {
        return require(by_desk<change_platform>, known<&change_platform::platform>);
    }
    result<void> decide(change_platform const& command, context& in) const {
        auto const about = subject("platform", command.platform);
        auto const before = in.at(command.platform);
        KOC_TRY(check_watched(before));
        if (command.silent_after <= duration{} || command.late_after <= duration{}) {
            return error{errc::invalid_argument, about, "expected spans longer than 0"};
        }
        if (command.silent_after == before.silent_after &&
            command.late_after == before.late_after) {
            return {};
        }
        in.record(platform_changed{command.platform, command.silent_after, command.late_after});
        if (before.silent && in.now() - before.heard < command.silent_after) {
            in.record(feed_resumed{command.platform});
        }
        auto const late = before.newest && before.told - *before.newest > command.late_after;
        if (late && !before.late) {
            in.record(feed_ran_late{command.platform, *before.newest});
        } else if (!late && before.late) {
            in.record(feed_caught_up{command.platform});
        }
        return {};
    }
    static constexpr auto guards(retire_platform const*) {
        return require(by_desk<retire_platform>, known<&retire_platform::platform>);
    }
    result<void> decide(retire_platform const& command, context& in) const {
        KOC_TRY(check_watched(in.at(command.platform)));
        in.record(platform_retired{command.platform});
        return {};
    }
    static constexpr auto guards(report_signals const*) {
        return require(by_desk<report_signals>, known<&report_signals::platform>,
            within<&report_signals::cursor, 0, (std::numeric_limits<std::int64_t>::max)()>);
    }
    result<void> decide(report_signals const& command, context& in) const {
        KOC_TRY(check_watched(in.at(command.platform)));
        std::map<signal_id, member_id> added; // and whose they are
        std::vector<report_content> pieces;
        std::optional<instant> newest;
        for (auto piece : command.contents) {
            if (piece.platform.valid() && piece.platform != command.platform) {
                return error{errc::invalid_argument, subject("signal", piece.signal),
                    "expected a signal of " + subject("platform", command.platform) + ", not of " +
                        subject("platform", piece.platform) + "; report it in a batch of its own"};
            }
            piece.platform = command.platform;
            auto const at = piece.at.value_or(in.now());
            if (at > in.now()) {
                return error{errc::invalid_argument, subject("signal", piece.signal),
                    "expected a signal that is not from the future; correct its instant"};
            }
            if (auto const* seen = find_signal(command.platform, piece.signal, in)) {
                KOC_TRY(check_person(piece, seen->person, in));
            } else if (auto const twice = added.find(piece.signal); twice != added.end()) {
                KOC_TRY(check_person(piece, twice->second, in));
            } else {
                added.emplace(piece.signal, piece.person);
                newest = (std::max)(newest, std::optional{at});
                pieces.push_back(std::move(piece));
            }
        }
        auto const& record = in.at(command.platform);
        auto const news = newest && is_news(*newest, record);
        auto const cursor = (std::max)(record.cursor, command.cursor);
        if (pieces.empty() && cursor == record.cursor) {
            return {}; // nothing that was not known
        }
        auto const late = news ? in.now() - *newest > record.late_after : record.late;
        if (late && !record.late) {
            in.record(feed_ran_late{command.platform, *newest});
        }
        auto const resumed = record.silent && (news || pieces.empty());
        in.record(platform_read{
            command.platform, cursor, static_cast<std::int64_t>(pieces.size()), late});
        if (resumed) {
            in.record(feed_resumed{command.platform});
        }
        for (auto const& piece : pieces) {
            KOC_TRY(in.call(piece));
        }
        return {};
    }

    [[nodiscard]] result<void> review(content_reported const& event, world const&) const {
        if (!event.platform.valid()) {
            return {};
        }
        auto const* record = platforms_.find(event.platform);
        return record == nullptr ? unknown("platform", event.platform) : check_watched(*record);
    }
    void react(content_reported const& event, context& in) const {
        auto const* record = platforms_.find(event.platform);
        if (record == nullptr || !record->streamed) {
            return; // of a batch all is recorded already
        }
        if (record->newest != event.at || record->told != in.now()) {
            return; // it is older than what was known
        }
        auto const was_late = record->late;
        auto const late = in.now() - event.at > record->late_after;
        if (record->silent) {
            in.record(feed_resumed{event.platform});
        }
        if (late && !was_late) {
            in.record(feed_ran_late{event.platform, event.at});
        } else if (!late && was_late) {
            in.record(feed_caught_up{event.platform});
        }
    }
    void due(platform_id platform, context& in) const {
        in.record(feed_fell_silent{platform, platforms_[platform].heard});
    }
    [[nodiscard]] result<std::vector<platform_record>> answer(
        list_feeds const& query, world const&) const {
        std::vector<platform_record> found;
        platforms_.for_each([&](platform_record const& record) {
            if (!query.alarms_only || record.silent || record.late) { // none of a retired one
                found.push_back(record);
            }
        });
        return found;
    }

    void apply(platform_declared const& event, world const& in) {
        platforms_.put(event.platform, [&](platform_record& record) {
            record.name = event.name;
            record.silent_after = event.silent_after;
            record.late_after = event.late_after;
            record.retired = false;
        });
        hear(event.platform, in);
    }
    void apply(platform_changed const& event, world const& in) {
        platforms_.update(event.platform, [&](platform_record& record) {
            record.silent_after = event.silent_after;
            record.late_after = event.late_after;
        });
        auto const& record = platforms_[event.platform];
        auto const silent_at = record.heard + record.silent_after;
        if (!record.silent || silent_at > in.now()) {
            alarms_.put(event.platform, (std::max)(in.now(), silent_at));
        }
    }
    void apply(platform_retired const& event, world const&) {
        platforms_.update(event.platform, [](platform_record& record) {
            record.silent = false;
            record.late = false;
            record.retired = true;
        });
        alarms_.drop(event.platform);
    }
    void apply(platform_read const& event, world const& in) {
        platforms_.update(event.platform, [&](platform_record& record) {
            record.cursor = event.cursor;
            record.late = event.late;
            record.batch_left = event.added;
        });
        if (event.added == 0) {
            hear(event.platform, in); // the cursor moved; otherwise the signals tell
        }
    }
    void apply(content_reported const& event, world const& in) {
        auto news = false;
        platforms_.update(event.platform, [&](platform_record& record) {
            ++record.received;
            record.streamed = record.batch_left == 0;
            record.batch_left -= record.streamed ? 0 : 1;
            news = is_news(event.at, record);
            if (news) {
                record.newest = event.at;
                record.told = in.now();
            }
        });
        if (news) {
            hear(event.platform, in);
        }
    }
    void apply(feed_fell_silent const& event, world const&) {
        platforms_.update(event.platform, [](platform_record& record) { record.silent = true; });
        alarms_.drop(event.platform);
    }
    void apply(feed_resumed const& event, world const&) {
        platforms_.update(event.platform, [](platform_record& record) { record.silent = false; });
    }
    void apply(feed_ran_late const& event, world const&) {
        platforms_.update(event.platform, [](platform_record& record) { record.late = true; });
    }
    void apply(feed_caught_up const& event, world const&) {
        platforms_.update(event.platform, [](platform_record& record) { record.late = false; });
    }

private:
    /// Whether a signal is newer than all that are known of its platform.
    static bool is_news(instant at, platform_record const& record) {
        return !record.newest || at > *record.newest;
    }
    static result<void> check_watched(platform_record const& record) {
        if (!record.retired) {
            return {};
        }
        return error{errc::wrong_state, subject("platform", record.id),
            "expected a platform that is watched, but it is retired; declare it again first"};
    }
    /// Whether a known signal is told of the same person again, by whichever of their accounts.
    /// Otherwise two people would be one.
    static result<void> check_person(
        report_content const& piece, member_id told_of, world const& in) {
        auto const known = detail::kept_for(in, told_of);
        if (detail::kept_for(in, piece.person) == known) {
            return {};
        }
        return error{errc::already_exists, subject("signal", piece.signal),
            "expected a signal of " + subject("person", known) +
                ", as it was told before, not of " + subject("person", piece.person) +
                "; correct the person, or give it its own id"};
    }
    /// Something new came: the time to the alarm begins anew.
    void hear(platform_id platform, world const& in) {
        platforms_.update(platform, [&](platform_record& record) { record.heard = in.now(); });
        alarms_.put(platform, in.now() + platforms_[platform].silent_after);
    }

    table<platform_record> platforms_;
    agenda<platform_id> alarms_; ///< when a platform that stays as it is counts as silent
    BOOST_DESCRIBE_CLASS(feeds, (), (), (), (platforms_, alarms_))
};

} // namespace koc
