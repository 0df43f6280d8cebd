// SPDX-License-Identifier: BSL-1.0
#pragma once

// The programme of this story: the standard one with an aspect of the host's own. Only
// instantiate.cpp includes it; the other units know its name.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/standard/programme.hpp>

#include <boost/describe/class.hpp>
#include <boost/mp11/list.hpp>

namespace winter_range {

/// Silence counts as no: who let an offer expire is not asked for the same task again, but may
/// claim it. By the standard alone they would be asked again as soon as the attention rules allow
/// it.
class silence_is_no : public koc::aspect<silence_is_no> {
public:
    using follows = koc::event_list<koc::may_offer>;
    using reads = koc::aspect_list<koc::offers>;

    [[nodiscard]] koc::result<void> review(koc::may_offer const& question, world const& in) const {
        auto const* earlier = in.get<koc::offers>().find(question.task, question.member);
        if (question.from == koc::origin::push && earlier != nullptr &&
            earlier->stage == koc::offer_stage::expired) {
            return koc::error{koc::errc::wrong_state, koc::subject("member", question.member),
                "expected somebody who has not let an offer of this task expire; they may still "
                "claim it"};
        }
        return {};
    }

private:
    BOOST_DESCRIBE_CLASS(silence_is_no, (), (), (), ())
};

/// One person may spend all that an objective has for amplification; by default large sums take
/// two.
struct rules : koc::standard::rules {
    koc::approval_rules approvals{koc::money{10'000'000}};
};
BOOST_DESCRIBE_STRUCT(rules, (koc::standard::rules), (approvals))

struct programme : koc::standard::policies {
    using rules = winter_range::rules;
    using aspects = boost::mp11::mp_push_back<koc::standard::aspects_with<koc::standard::policies>,
        silence_is_no>;
};

} // namespace winter_range
