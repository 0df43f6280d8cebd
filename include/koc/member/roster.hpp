// SPDX-License-Identifier: BSL-1.0
#pragma once

// The roster: who is known, with the index in which tags and columns of all aspects are searched,
// so "active, in the Northeast, makes videos, not overloaded" is a question to bitmaps and columns,
// never a walk through people.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/text.hpp>
#include <koc/core/try.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/engine/consequence_kinds.hpp>
#include <koc/engine/guard.hpp>
#include <koc/engine/guard_kinds.hpp>
#include <koc/member/messages/outcome.hpp>
#include <koc/member/messages/roster.hpp>
#include <koc/programme/tag_library.hpp>
#include <koc/registry/registry.hpp>
#include <koc/state/table.hpp>
#include <koc/tag/bitmap.hpp>
#include <koc/tag/requirement_plan.hpp>
#include <koc/tag/taxonomy.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

namespace koc {

/// Rules of the roster.
inline result<void> check(roster_rules const& rules) {
    if (rules.proven_at < score{} || rules.proven_at > whole(1)) {
        return error{
            errc::invalid_argument, "roster_rules.proven_at", "expected a quality from 0 to 1"};
    }
    return {};
}

/// Everybody the programme knows.
class roster : public aspect<roster> {
public:
    using events = event_list<member_enrolled, member_retagged, tags_learned>;
    using commands = command_list<enrol, retag, learn_tags>;
    using queries = query_list<find_members>;
    using follows = event_list<outcome_recorded, outcome_corrected>;
    using reads = aspect_list<tag_library>;
    using rules = roster_rules;
    using kept = kept_list<kept_tag<&member_record::sources>>;
    using people_type = registry<member_record>;

    [[nodiscard]] people_type const& people() const { return people_; }

    static constexpr auto guards(enrol const*) { return require(by_desk<enrol>); }
    result<void> decide(enrol const& command, context& in) const {
        auto const name = subject("name of member", command.member);
        if (!command.member.valid()) {
            return error{errc::invalid_argument, "member 0", "expected an id above 0"};
        }
        if (people_.contains(command.member)) {
            return error{errc::already_exists, subject("member", command.member),
                "expected somebody who is not enrolled yet"};
        }
        if (auto refused = check_name(name, command.name.text)) {
            return *std::move(refused);
        }
        if (command.name.owner != command.member.value()) {
            return error{errc::invalid_argument, name,
                "expected the name to belong to the member; set its owner to the member's id"};
        }
        if (command.sources.empty()) {
            return error{errc::invalid_argument, subject("sources of member", command.member),
                "expected where they were found: open, owned or both"};
        }
        KOC_TRY(in.get<tag_library>().check_assignable(command.tags));
        auto sources = command.sources;
        std::sort(sources.begin(), sources.end());
        sources.erase(std::unique(sources.begin(), sources.end()), sources.end());
        in.record(member_enrolled{command.member, command.name, std::move(sources), command.tags});
        return {};
    }

    static constexpr auto guards(retag const*) {
        return require(by_desk<retag>, known<&retag::member>);
    }
    result<void> decide(retag const& command, context& in) const {
        auto const& library = in.get<tag_library>();
        KOC_TRY(library.check_assignable(command.put));
        std::vector<weighted_tag> removed;
        for (auto tag : command.remove) {
            removed.push_back({tag});
        }
        KOC_TRY(library.check_assignable(removed));
        KOC_TRY(check_given(command, library.tags()));
        in.record(member_retagged{command.member, command.put, command.remove});
        return {};
    }

    static constexpr auto guards(learn_tags const*) {
        return require(known<&learn_tags::member>, only_called<learn_tags>);
    }
    result<void> decide(learn_tags const& command, context& in) const {
        in.record(tags_learned{command.member, command.learned, command.fallen});
        return {};
    }

    [[nodiscard]] result<std::vector<member_id>> answer(
        find_members const& query, world const& in) const {
        auto const allowed = in.rules<tag_library_rules>().sensitive == sensitive_tags::allowed;
        auto const plan = requirement_plan::compile(
            query.needs, people_.vocabulary(in.get<tag_library>().tags(), allowed));
        if (!plan) {
            return plan.error();
        }
        std::vector<member_id> found;
        for (std::size_t w = 0; w * word_bits < people_.slot_count(); ++w) {
            for_each_slot(w, plan->filter(people_, w, people_.live_word(w)),
                [&](slot s) { found.push_back(people_.id_at(s)); });
        }
        std::sort(found.begin(), found.end());
        return found;
    }

    void apply(member_enrolled const& event, world const& in) {
        people_.insert({event.member, event.name, tag_set{event.tags},
            enum_set<source>{event.sources}, in.now()});
    }
    void apply(member_retagged const& event, world const&) {
        learning(event.member, [&](member_record& record, learned_tags_record& known) {
            for (auto tag : event.remove) {
                std::erase(known.given_too, tag);
                auto const* learned = known.find(tag);
                learned == nullptr ? record.tags.remove(tag)
                                   : record.tags.put({tag, learned->confidence});
            }
            for (auto const& tag : event.put) {
                record.tags.put(tag);
                if (known.find(tag.tag) != nullptr) {
                    note_given(known, tag.tag);
                }
            }
        });
    }
    void apply(tags_learned const& event, world const&) {
        learning(event.member, [&](member_record& record, learned_tags_record& known) {
            for (auto tag : event.fallen) {
                if (known.only_learned(tag) != nullptr) {
                    record.tags.remove(tag);
                }
                std::erase(known.given_too, tag);
                std::erase_if(
                    known.learned, [&](learned_tag const& was) { return was.tag == tag; });
            }
            for (auto const& one : event.learned) {
                if (known.find(one.tag) == nullptr && record.tags.contains(one.tag)) {
                    note_given(known, one.tag);
                }
                if (!known.given(one.tag)) {
                    record.tags.put({one.tag, one.confidence});
                }
                note_learned(known, one);
            }
        });
    }
    /// Good work earns its subjects, where their facets are marked so; what was earned stays.
    static constexpr auto consequences(outcome_recorded const*) {
        return proven<outcome_recorded>();
    }
    static constexpr auto consequences(outcome_corrected const*) {
        return proven<outcome_corrected>();
    }

private:
    /// Refuses to take away what was never given.
    [[nodiscard]] result<void> check_given(retag const& command, taxonomy const& tags) const {
        auto const* known = learned_.find(command.member);
        for (auto tag : command.remove) {
            if (known != nullptr && known->only_learned(tag) != nullptr) {
                return error{errc::wrong_state, "tag " + escaped(to_string(tags.name(tag))),
                    "expected a tag that was given by hand or for work, but content alone speaks "
                    "for this one; contest the evidence instead"};
            }
        }
        return {};
    }
    /// Changes the tags of a member together with those that are learned.
    void learning(member_id who, auto&& change) {
        auto const* held = learned_.find(who);
        auto known = held == nullptr ? learned_tags_record{who, {}, {}} : *held;
        people_.update(who, [&](member_record& record) { change(record, known); });
        if (!known.learned.empty()) {
            learned_.put(who, [&](learned_tags_record& record) { record = std::move(known); });
        } else if (held != nullptr) {
            learned_.erase(who);
        }
    }
    static void note_given(learned_tags_record& known, tag_id tag) {
        auto const at = std::lower_bound(known.given_too.begin(), known.given_too.end(), tag);
        if (at == known.given_too.end() || *at != tag) {
            known.given_too.insert(at, tag);
        }
    }
    static void note_learned(learned_tags_record& known, learned_tag const& one) {
        auto const at = std::lower_bound(known.learned.begin(), known.learned.end(), one,
            [](learned_tag const& a, learned_tag const& b) { return a.tag < b.tag; });
        if (at != known.learned.end() && at->tag == one.tag) {
            *at = one;
        } else {
            known.learned.insert(at, one);
        }
    }
    template <typename Outcome>
    static constexpr consequence_list<roster, Outcome, 1> proven() {
        return in_order(consequence<reaches<&Outcome::quality, &roster_rules::proven_at>,
            &roster::earn<Outcome>>("its subjects of earned facets are proven, and stay so"));
    }
    template <typename Outcome>
    void earn(Outcome const& outcome, context& in) const {
        auto const& tags = in.get<tag_library>().tags();
        member_retagged earned{outcome.member, {}, {}};
        for (auto tag : outcome.tags) {
            if (tags.facet(tags.facet_of(tag)).earned &&
                in.at(outcome.member).tags.weight(tag) < whole(1)) {
                earned.put.push_back({tag});
            }
        }
        if (!earned.put.empty()) {
            in.record(std::move(earned));
        }
    }

    people_type people_;
    table<learned_tags_record> learned_;
    BOOST_DESCRIBE_CLASS(roster, (), (), (), (people_, learned_))
};

} // namespace koc
