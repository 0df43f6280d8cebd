// SPDX-License-Identifier: BSL-1.0
#pragma once

// Messages of the committee: product decisions, and the voices of those who may stop them.

#include <koc/core/error.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/personal_text.hpp>
#include <koc/core/result.hpp>
#include <koc/member/depth/messages/improvement.hpp>
#include <koc/member/member.hpp>
#include <koc/workflow/ballot.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace koc {

/// What becomes of a decision on which fewer than the quorum have spoken by the deadline.
enum class silence : std::uint8_t {
    stops, ///< it cannot be adopted
    passes ///< nobody objected, so it may be adopted
};
BOOST_DESCRIBE_ENUM(silence, stops, passes)

/// The shortest time for which a decision may be open for objections.
inline constexpr duration committee_voting_min = days(3);

/// How the committee decides. A decision keeps the rules under which it was proposed.
struct committee_rules {
    std::int64_t quorum = 5;    ///< how many have to speak; from 1 on
    duration voting = days(10); ///< open for objections; from `committee_voting_min` on
    silence without_quorum = silence::stops;
};
BOOST_DESCRIBE_STRUCT(committee_rules, (), (quorum, voting, without_quorum))

inline result<void> check(committee_rules const& rules) {
    if (rules.quorum < 1) {
        return error{errc::invalid_argument, "committee_rules.quorum",
            "expected 1 or more, so that no decision passes as heard that nobody spoke on; where "
            "there is no committee, set without_quorum to passes"};
    }
    if (rules.voting < committee_voting_min) {
        return error{errc::invalid_argument, "committee_rules.voting",
            "expected 3 days or more, so that everybody has the time to object; set a longer one"};
    }
    return {};
}
/// Whether these rules leave the committee less of a say than the present ones do.
inline bool loosens(committee_rules const& now, committee_rules const& asked) {
    return asked.quorum < now.quorum || asked.voting < now.voting ||
        (now.without_quorum == silence::stops && asked.without_quorum == silence::passes);
}

/// Where a product decision stands.
enum class product_decision_stage : std::uint8_t {
    open,    ///< for objections until its deadline
    cleared, ///< the deadline passed without a veto; it may be adopted
    vetoed,  ///< the deadline passed and there was a veto
    lapsed,  ///< the deadline passed without a quorum
    adopted  ///< by `adopt_decision`
};
BOOST_DESCRIBE_ENUM(product_decision_stage, open, cleared, vetoed, lapsed, adopted)

/// Puts a product decision before the committee: who holds the right of veto at that instant has a
/// voice on it. A member's proposal to improve the product is taken up only by a decision about it
/// that was adopted; proposals with priority are put to the committee before others.
struct propose_decision {
    product_decision_id decision;
    std::string title;                              ///< one line
    std::optional<improvement_id> improvement = {}; ///< not answered yet
};
BOOST_DESCRIBE_STRUCT(propose_decision, (), (decision, title, improvement))

/// A member of the committee has nothing against a decision.
struct support_decision {
    product_decision_id decision;
    member_id member;
};
BOOST_DESCRIBE_STRUCT(support_decision, (), (decision, member))

/// A member of the committee stops a decision. One veto is enough, and none is taken back.
struct veto_decision {
    product_decision_id decision;
    member_id member;
    personal_text reason;
};
BOOST_DESCRIBE_STRUCT(veto_decision, (), (decision, member, reason))

/// Makes a decision. Refused to everybody, the host included, where somebody vetoed it, while it is
/// open and not all holders of the right have spoken, and where the quorum is missing.
struct adopt_decision {
    product_decision_id decision;
};
BOOST_DESCRIBE_STRUCT(adopt_decision, (), (decision))

/// A decision is open for objections, by the rules of that instant.
struct decision_proposed {
    product_decision_id decision;
    std::string title;
    instant closes;           ///< the deadline
    std::int64_t quorum = 0;  ///< how many have to speak
    silence without_quorum{}; ///< what becomes of it if they do not
    std::optional<improvement_id> improvement;
    std::vector<member_id> voters = {}; ///< who has a voice on it, ascending
};
BOOST_DESCRIBE_STRUCT(
    decision_proposed, (), (decision, title, closes, quorum, without_quorum, improvement, voters))

/// Somebody of the committee has nothing against a decision.
struct decision_supported {
    product_decision_id decision;
    member_id member;
};
BOOST_DESCRIBE_STRUCT(decision_supported, (), (decision, member))

/// Somebody of the committee stopped a decision.
struct decision_vetoed {
    product_decision_id decision;
    member_id member;
    personal_text reason;
};
BOOST_DESCRIBE_STRUCT(decision_vetoed, (), (decision, member, reason))

/// A voice that was not used ended: the term did, or its holder resigned.
struct voice_given_back {
    product_decision_id decision;
    member_id member;
};
BOOST_DESCRIBE_STRUCT(voice_given_back, (), (decision, member))

/// The deadline of a decision passed.
struct decision_closed {
    product_decision_id decision;
    product_decision_stage outcome{};
    std::int64_t voices = 0;  ///< how many spoke
    std::int64_t holders = 0; ///< how many had a voice
};
BOOST_DESCRIBE_STRUCT(decision_closed, (), (decision, outcome, voices, holders))

/// A decision was made.
struct decision_adopted {
    product_decision_id decision;
};
BOOST_DESCRIBE_STRUCT(decision_adopted, (), (decision))

/// A product decision and the committee's voices on it: option 0 supports, option 1 is a veto.
struct product_decision_record {
    product_decision_id id;
    std::string title;
    product_decision_stage stage{};
    silence without_quorum{};
    ballot voices;
    std::optional<improvement_id> improvement; ///< the proposal that it is about
    std::vector<std::uint64_t> voters;         ///< the members who have a voice on it, ascending
};
BOOST_DESCRIBE_STRUCT(
    product_decision_record, (), (id, title, stage, without_quorum, voices, improvement, voters))

} // namespace koc
