// SPDX-License-Identifier: BSL-1.0
#pragma once

// The roster: who is known, and everything a filter may ask about them. It follows the events of
// the other parts and keeps tags and columns current, so "active, in the Northeast, makes videos,
// not overloaded" is a question to bitmaps and columns, never a walk through people.

#include <koc/core/error.hpp>
#include <koc/core/personal_text.hpp>
#include <koc/core/result.hpp>
#include <koc/describe/digest.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/member/attention.hpp>
#include <koc/member/member.hpp>
#include <koc/member/outcome.hpp>
#include <koc/member/stage.hpp>
#include <koc/programme/tag_library.hpp>
#include <koc/registry/registry.hpp>

#include <boost/describe/class.hpp>
#include <boost/multi_index/ordered_index.hpp>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace koc {

/// Enters a person, in stage budding. `sources` says where they were found and never changes.
struct enrol {
    member_id member;
    personal_text name;
    std::vector<source> sources;
    std::vector<weighted_tag> tags;
};
BOOST_DESCRIBE_STRUCT(enrol, (), (member, name, sources, tags))

/// Changes what is known of a person: tags to set, with their weights, and tags to take away.
struct retag {
    member_id member;
    std::vector<weighted_tag> put;
    std::vector<tag_id> remove;
};
BOOST_DESCRIBE_STRUCT(retag, (), (member, put, remove))

struct member_enrolled {
    member_id member;
    personal_text name;
    std::vector<source> sources; ///< ascending, each once
    std::vector<weighted_tag> tags;
};
BOOST_DESCRIBE_STRUCT(member_enrolled, (), (member, name, sources, tags))

struct member_retagged {
    member_id member;
    std::vector<weighted_tag> put;
    std::vector<tag_id> remove;
};
BOOST_DESCRIBE_STRUCT(member_retagged, (), (member, put, remove))

/// What the roster knows of one person.
struct member_record {
    member_id id;
    tag_set tags;     ///< given by hand, and the kept ones: stage and source
    std::string name; ///< personal; left out of digests
    std::vector<source> sources;
    stage standing = relationship_lifecycle::initial;
    instant enrolled_at;
    std::int64_t outcomes = 0;    ///< pieces of work that were judged
    score quality_sum;            ///< of their qualities
    std::int64_t commitments = 0; ///< accepted work not yet handed in

    /// The mean quality, shrunk towards one half by two pieces of work, so that one lucky piece is
    /// not a record (a Beta(1, 1) prior; the rule of succession).
    [[nodiscard]] score quality() const { return {(quality_sum + whole(1)).raw / (outcomes + 2)}; }
};

/// The registry's view of a member: the columns are `outcomes`, `quality` (millionths) and `load`.
struct member_rows {
    using record = member_record;

    struct by_stage {};
    using keys = boost::mp11::mp_list<
        boost::multi_index::ordered_non_unique<boost::multi_index::tag<by_stage>,
            boost::multi_index::member<member_record, stage, &member_record::standing>>>;

    static constexpr std::array<column_of<member_record>, 3> columns{{
        {"outcomes", [](member_record const& m) -> std::int64_t { return m.outcomes; }},
        {"quality", [](member_record const& m) -> std::int64_t { return m.quality().raw; }},
        {"load", [](member_record const& m) -> std::int64_t { return m.commitments; }},
    }};
};

/// Everybody the programme knows. `Programme::proven_at` is the quality from which work earns its
/// tags.
template <typename Programme>
class roster {
public:
    using events = event_list<member_enrolled, member_retagged>;
    using commands = command_list<enrol, retag>;
    using people_type = registry<member_rows>;

    explicit roster(Programme const& programme) : proven_at_{programme.proven_at} {}

    [[nodiscard]] people_type const& people() const { return people_; }
    [[nodiscard]] member_record const* find(member_id who) const { return people_.find(who); }

    /// How many members stand in a stage: one layer of the pyramid. O(that many).
    [[nodiscard]] std::size_t count(stage standing) const {
        return people_.template by<member_rows::by_stage>().count(standing);
    }

    /// Why somebody cannot be enrolled like this, if so; also for those who enrol on another's
    /// behalf.
    [[nodiscard]] std::optional<error> check(auto const& world, enrol const& command) const {
        if (!command.member.valid()) {
            return error{errc::invalid_argument, "member 0", "expected an id above 0"};
        }
        if (people_.contains(command.member)) {
            return error{errc::already_exists, subject("member", command.member),
                "expected somebody who is not enrolled yet"};
        }
        if (auto refused =
                check_name(subject("name of member", command.member), command.name.text)) {
            return refused;
        }
        if (command.name.owner != command.member.value()) {
            return error{errc::invalid_argument, subject("name of member", command.member),
                "expected the name to belong to the member; set its owner to the member's id"};
        }
        if (command.sources.empty()) {
            return error{errc::invalid_argument, subject("sources of member", command.member),
                "expected where they were found: open, owned or both"};
        }
        return world.template get<tag_library>().check_assignable(command.tags);
    }

    result<void> decide(auto const& world, enrol const& command, auto& out) const {
        if (auto refused = check(world, command)) {
            return *std::move(refused);
        }
        out.emit(enrolment(command));
        return {};
    }

    result<void> decide(auto const& world, retag const& command, auto& out) const {
        if (!people_.contains(command.member)) {
            return unknown("member", command.member);
        }
        auto const& library = world.template get<tag_library>();
        if (auto refused = library.check_assignable(command.put)) {
            return *std::move(refused);
        }
        std::vector<weighted_tag> removed;
        for (auto tag : command.remove) {
            removed.push_back({tag, whole(1)});
        }
        if (auto refused = library.check_assignable(removed)) {
            return *std::move(refused);
        }
        out.emit(member_retagged{command.member, command.put, command.remove});
        return {};
    }

    /// The event of an enrolment that `check` accepts.
    static member_enrolled enrolment(enrol const& command) {
        auto sources = command.sources;
        std::sort(sources.begin(), sources.end());
        sources.erase(std::unique(sources.begin(), sources.end()), sources.end());
        return {command.member, command.name, std::move(sources), command.tags};
    }

    void apply(auto const& world, member_enrolled const& event, instant at) {
        auto const& library = world.template get<tag_library>();
        member_record record;
        record.id = event.member;
        record.tags = tag_set{event.tags};
        record.name = event.name.text;
        record.sources = event.sources;
        record.enrolled_at = at;
        record.tags.put({library.tag_of(record.standing)});
        for (auto from : event.sources) {
            record.tags.put({library.tag_of(from)});
        }
        auto const added = people_.insert(std::move(record), library.tags());
        KOC_INVARIANT(added);
        static_cast<void>(added);
    }
    void apply(auto const& world, member_retagged const& event, instant) {
        change(world, event.member, [&](member_record& record) {
            for (auto tag : event.remove) {
                record.tags.remove(tag);
            }
            for (auto const& tag : event.put) {
                record.tags.put(tag);
            }
        });
    }
    void apply(auto const& world, stage_changed const& event, instant) {
        auto const& library = world.template get<tag_library>();
        change(world, event.member, [&](member_record& record) {
            record.standing = event.to;
            record.tags.remove(library.tag_of(event.from));
            record.tags.put({library.tag_of(event.to)});
        });
    }
    void apply(auto const& world, outcome_recorded const& event, instant) {
        auto const& tags = world.template get<tag_library>().tags();
        change(world, event.member, [&](member_record& record) {
            ++record.outcomes;
            record.quality_sum += event.quality;
            for (auto tag : event.tags) {
                if (event.quality >= proven_at_ && tags.facet(tags.facet_of(tag)).earned) {
                    record.tags.put({tag});
                }
            }
        });
    }
    void apply(auto const& world, commitment_made const& event, instant) {
        change(world, event.member, [](member_record& record) { ++record.commitments; });
    }
    void apply(auto const& world, commitment_ended const& event, instant) {
        change(world, event.member, [](member_record& record) { --record.commitments; });
    }

    void digest_into(hasher& into) const {
        people_.for_each([&](member_record const& record) {
            into.add(record.id).add(record.tags).add(record.sources).add(record.standing);
            into.add(record.enrolled_at).add(record.outcomes).add(record.quality_sum);
            into.add(record.commitments);
        });
    }

private:
    void change(auto const& world, member_id who, auto&& how) {
        auto const changed = people_.update(who, world.template get<tag_library>().tags(), how);
        KOC_INVARIANT(changed);
        static_cast<void>(changed);
    }

    score proven_at_;
    people_type people_;
};

} // namespace koc
