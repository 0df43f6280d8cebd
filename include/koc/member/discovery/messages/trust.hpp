// SPDX-License-Identifier: BSL-1.0
#pragma once

// Messages of trust: who is in the core circle, and who vouches for whom.

#include <koc/core/error.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/result.hpp>
#include <koc/member/member.hpp>
#include <koc/number/score.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>

namespace koc {

/// How trust is measured, in quarters of a vouch by somebody of the core circle. Read when it is
/// asked for, so it may change at any time.
struct trust_rules {
    std::int64_t vouches_max = 20; ///< people for whom one person vouches at a time
    std::int64_t vouch = 4;  ///< the most that one vouch passes on, and one of the circle gives
    std::int64_t help = 1;   ///< the most that one person passes on for having been helped
    std::int64_t others = 2; ///< the most that somebody outside the circle passes on
};
BOOST_DESCRIBE_STRUCT(trust_rules, (), (vouches_max, vouch, help, others))

inline result<void> check(trust_rules const& rules) {
    auto const fine = [](std::int64_t n) { return n >= 0 && n <= 1000; };
    if (rules.vouches_max < 1 || !fine(rules.vouch) || !fine(rules.help) || !fine(rules.others)) {
        return error{errc::invalid_argument, "trust_rules",
            "expected room for one vouch at least, and numbers of quarters from 0 to 1000"};
    }
    return {};
}

/// Declares a member to be of the core circle; mature members are of it without that. By an
/// operator or the host, never by a member.
struct join_circle {
    member_id member;
};
BOOST_DESCRIBE_STRUCT(join_circle, (), (member))

/// Takes back that a member, by any account, was declared to be of the core circle; by an operator
/// or the host.
struct leave_circle {
    member_id member;
};
BOOST_DESCRIBE_STRUCT(leave_circle, (), (member))

/// A member vouches for a person, enrolled or not. Members vouch in their own name only.
struct vouch_for {
    member_id voucher;
    member_id person;
};
BOOST_DESCRIBE_STRUCT(vouch_for, (), (voucher, person))

/// Takes a vouch back, by whichever accounts of both; in one's own name only.
struct withdraw_vouch {
    member_id voucher;
    member_id person;
};
BOOST_DESCRIBE_STRUCT(withdraw_vouch, (), (voucher, person))

/// A member was declared to be of the core circle.
struct circle_joined {
    member_id member;
};
BOOST_DESCRIBE_STRUCT(circle_joined, (), (member))

/// A member is no longer declared to be of the core circle.
struct circle_left {
    member_id member;
};
BOOST_DESCRIBE_STRUCT(circle_left, (), (member))

/// A member vouches for a person.
struct vouched {
    member_id voucher;
    member_id person;
};
BOOST_DESCRIBE_STRUCT(vouched, (), (voucher, person))

/// A vouch was taken back.
struct vouch_withdrawn {
    member_id voucher;
    member_id person;
};
BOOST_DESCRIBE_STRUCT(vouch_withdrawn, (), (voucher, person))

/// Somebody who was declared to be of the core circle.
struct circle_record {
    member_id id;
    instant since; ///< when they were declared
};
BOOST_DESCRIBE_STRUCT(circle_record, (), (id, since))

/// How much the core circle trusts somebody, and from whom it comes.
struct trust_found {
    score trust; ///< 1 for each vouch of somebody of the circle; the rest by the rules
    std::int64_t vouchers = 0; ///< people of the circle who vouch for them
    std::int64_t helped = 0;   ///< people of the circle whom they helped

    friend bool operator==(trust_found const&, trust_found const&) = default;
};
BOOST_DESCRIBE_STRUCT(trust_found, (), (trust, vouchers, helped))

/// The trust in somebody; nothing for whoever nobody knows.
struct assess_trust {
    using answer = trust_found;
    member_id person;
};
BOOST_DESCRIBE_STRUCT(assess_trust, (), (person))

} // namespace koc
