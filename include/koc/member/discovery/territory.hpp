// SPDX-License-Identifier: BSL-1.0
#pragma once

// Content territories, and their natives: the people whose own content lies in them. The
// territories are declared; how much somebody fits one is computed from what they published without
// being asked: the share of it that lies in the territory, times how thorough that is. How many
// people follow them is no part of it, so fit alone decides who stands first. Several accounts of
// one person are one native.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/text.hpp>
#include <koc/core/try.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/engine/guard_kinds.hpp>
#include <koc/member/detail/accounts.hpp>
#include <koc/member/detail/assessed.hpp>
#include <koc/member/discovery/detail/held_back.hpp>
#include <koc/member/discovery/messages/territory.hpp>
#include <koc/member/messages/erasure.hpp>
#include <koc/member/messages/roster.hpp>
#include <koc/programme/tag_library.hpp>
#include <koc/state/key.hpp>
#include <koc/state/table.hpp>
#include <koc/tag/tag_set.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

namespace koc {

class territories : public aspect<territories> {
public:
    using events = event_list<territory_declared>;
    using commands = command_list<declare_territory>;
    using queries = query_list<list_natives, map_territories>;
    using follows = event_list<content_reported>;
    using reads = aspect_list<tag_library>;
    using rules = territory_rules;

    static constexpr auto guards(declare_territory const*) {
        return require(by_desk<declare_territory>,
            within<&declare_territory::natives_wanted, 1, natives_most>);
    }
    result<void> decide(declare_territory const& command, context& in) const {
        auto const about = subject("territory", command.territory);
        if (!command.territory.valid() || command.tags.empty()) {
            return error{errc::invalid_argument, about,
                "expected a territory with an id above 0 and at least one tag"};
        }
        if (territories_.contains(command.territory)) {
            return error{errc::already_exists, about,
                "expected a territory that was not declared yet; leave it as it is"};
        }
        if (auto refused = check_name("name of " + about, command.name)) {
            return *std::move(refused);
        }
        KOC_TRY(in.get<tag_library>().check_assignable(command.tags));
        tag_set const tags{command.tags};
        if (tags.size() != command.tags.size()) {
            return error{errc::invalid_argument, about, "expected each tag once"};
        }
        in.record(
            territory_declared{command.territory, command.name, tags, command.natives_wanted});
        return {};
    }
    [[nodiscard]] result<std::vector<native>> answer(
        list_natives const& query, world const& in) const {
        if (query.count < 1 || query.count > 10'000) {
            return error{
                errc::invalid_argument, "list_natives.count", "expected a value from 1 to 10000"};
        }
        auto const* where = territories_.find(query.territory);
        if (where == nullptr) {
            return unknown("territory", query.territory);
        }
        auto found = natives_of(*where, in);
        found.resize((std::min)(static_cast<std::size_t>(query.count), found.size()));
        return found;
    }
    [[nodiscard]] result<std::vector<territory_state>> answer(
        map_territories const&, world const& in) const {
        std::vector<territory_state> found;
        territories_.for_each([&](territory_record const& where) {
            territory_state state{where.id, where.name, where.natives_wanted, 0, 0, 0};
            for (auto const& one : natives_of(where, in)) {
                state.in_service += one.in_service ? 1 : 0;
                state.to_approach += in.find(one.person) == nullptr ? 1 : 0;
            }
            state.missing = (std::max)(std::int64_t{0}, state.wanted - state.in_service);
            found.push_back(std::move(state));
        });
        return found;
    }

    void apply(territory_declared const& event, world const&) {
        territories_.insert({event.territory, event.name, event.tags, event.natives_wanted});
    }
    void apply(content_reported const& event, world const&) {
        if (event.self_initiated) {
            auto const number = signal_number(event.platform, event.signal,
                [&](std::uint64_t at) { return pieces_.contains(own_piece_id{at}); });
            pieces_.insert({own_piece_id{number}, event.person, event.depth, event.about});
        }
    }

private:
    /// Sums over somebody's own pieces.
    struct sums {
        std::int64_t all = 0;
        std::int64_t inside = 0;
        score belonging; ///< how much each piece belongs to the territory
        score depth;     ///< the same, times how thorough it is
    };

    /// Whose content counts: neither who is in doubt, nor alumni, who are not ranked, nor who was
    /// erased, whose pieces are nobody's.
    [[nodiscard]] static bool counts(member_id who, world const& in) {
        return detail::held_back(in, who) == nullptr && !detail::is_alumnus(in, who) &&
            in.find_record<erasure_record>(who.value()) == nullptr;
    }
    [[nodiscard]] std::vector<native> natives_of(
        territory_record const& where, world const& in) const {
        auto const& limits = in.rules<territory_rules>();
        auto const& vocabulary = in.get<tag_library>().tags();
        std::map<member_id, sums> people;
        pieces_.for_each([&](own_piece const& piece) {
            auto const who = detail::kept_for(in, piece.person);
            if (detail::content_held(in, piece.id.value()) || !counts(who, in)) {
                return;
            }
            score belongs;
            for (auto tag : piece.about) {
                for (auto above : vocabulary.ancestors_and_self(tag)) {
                    belongs = (std::max)(belongs, where.tags.weight(above));
                }
            }
            auto& person = people[who];
            ++person.all;
            person.inside += belongs > score{} ? 1 : 0;
            person.belonging += belongs;
            person.depth += belongs * piece.depth;
        });
        std::vector<native> found;
        for (auto const& [who, s] : people) {
            auto const share = score{s.belonging.raw / (s.all + limits.imagined)};
            auto const depth = ratio(s.depth.raw, s.belonging.raw + whole(limits.imagined).raw);
            if (auto const fit = share * depth; fit >= limits.native_min) {
                found.push_back({who, fit, share, depth, s.inside, in.find(who) != nullptr});
            }
        }
        std::sort(found.begin(), found.end(), [](native const& a, native const& b) {
            return a.fit != b.fit ? a.fit > b.fit : a.person < b.person;
        });
        return found;
    }

    table<territory_record> territories_;
    table<own_piece> pieces_;
    BOOST_DESCRIBE_CLASS(territories, (), (), (), (territories_, pieces_))
};

} // namespace koc
