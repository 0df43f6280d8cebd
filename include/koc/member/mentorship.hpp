// SPDX-License-Identifier: BSL-1.0
#pragma once

// Passing it on: one mature member leads a few budding or active ones. A mentee has one mentor, a
// mentor only so many mentees, and nobody is, through others, their own mentor.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/describe/digest.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/graph/relation.hpp>
#include <koc/member/member.hpp>
#include <koc/member/roster.hpp>

#include <boost/describe/class.hpp>

namespace koc {

struct pair_mentor {
    member_id mentor;
    member_id mentee;
};
BOOST_DESCRIBE_STRUCT(pair_mentor, (), (mentor, mentee))

struct release_mentor {
    member_id mentor;
    member_id mentee;
};
BOOST_DESCRIBE_STRUCT(release_mentor, (), (mentor, mentee))

struct mentor_paired {
    member_id mentor;
    member_id mentee;
};
BOOST_DESCRIBE_STRUCT(mentor_paired, (), (mentor, mentee))

struct mentor_released {
    member_id mentor;
    member_id mentee;
};
BOOST_DESCRIBE_STRUCT(mentor_released, (), (mentor, mentee))

/// Who leads whom. `Programme::mentees_max` is how many one mentor may lead.
template <typename Programme>
class mentorship {
public:
    using events = event_list<mentor_paired, mentor_released>;
    using commands = command_list<pair_mentor, release_mentor>;

    explicit mentorship(Programme const& programme)
        : pairs_{relation_rules{.source = "mentor",
              .target = "mentee",
              .targets_max = programme.mentees_max,
              .sources_max = 1,
              .acyclic = true}} {}

    [[nodiscard]] relation<member_id> const& pairs() const { return pairs_; }

    result<void> decide(auto const& world, pair_mentor const& command, auto& out) const {
        auto const& people = world.template get<roster>();
        auto const* mentor = people.find(command.mentor);
        auto const* mentee = people.find(command.mentee);
        if (mentor == nullptr || mentee == nullptr) {
            return unknown("member", mentor == nullptr ? command.mentor : command.mentee);
        }
        if (mentor->standing != stage::mature) {
            return error{errc::not_qualified, subject("member", command.mentor),
                "expected a mentor in stage mature"};
        }
        if (mentee->standing != stage::budding && mentee->standing != stage::active) {
            return error{errc::not_qualified, subject("member", command.mentee),
                "expected a mentee in stage budding or active"};
        }
        if (auto refused = pairs_.check_link(command.mentor, command.mentee)) {
            return *std::move(refused);
        }
        out.emit(mentor_paired{command.mentor, command.mentee});
        return {};
    }
    result<void> decide(auto const&, release_mentor const& command, auto& out) const {
        if (!pairs_.linked(command.mentor, command.mentee)) {
            return error{errc::unknown_id, subject("mentor", command.mentor),
                "expected a mentor who leads " + subject("member", command.mentee)};
        }
        out.emit(mentor_released{command.mentor, command.mentee});
        return {};
    }

    void apply(mentor_paired const& event, instant) {
        // What was recorded stands, whatever the policy has become since.
        static_cast<void>(pairs_.link(event.mentor, event.mentee, relation_rules::unlimited));
    }
    void apply(mentor_released const& event, instant) {
        static_cast<void>(pairs_.unlink(event.mentor, event.mentee));
    }

    void digest_into(hasher& into) const { into.add(pairs_.edges()); }

private:
    relation<member_id> pairs_;
};

} // namespace koc
