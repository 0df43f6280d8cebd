// SPDX-License-Identifier: BSL-1.0
#pragma once

// Generations of mentors: which mentees became mentors themselves, and how far mentorship has been
// passed on. A pair counts once the mentor has given a step of training or a session to which the
// mentee came, and goes on to count when it has ended. A member's generation is one more than that
// of their first mentor and does not change. Who has several accounts was led, and has led, by
// whichever of them did.

#include <koc/core/result.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/member/cultivation/mentorship.hpp>
#include <koc/member/cultivation/messages/generations.hpp>
#include <koc/member/cultivation/messages/onboarding.hpp>
#include <koc/member/cultivation/messages/sessions.hpp>
#include <koc/member/detail/accounts.hpp>
#include <koc/state/single.hpp>
#include <koc/state/table.hpp>

#include <boost/describe/class.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace koc {

/// The generations.
class generations : public aspect<generations> {
public:
    using queries = query_list<list_generations>;
    using follows = event_list<onboarding_given, session_held>;
    using reads = aspect_list<mentorship>;

    [[nodiscard]] result<std::vector<mentor_generation>> answer(
        list_generations const&, world const&) const {
        return sums_->all;
    }

    void apply(onboarding_given const& event, world const& in) {
        if (event.mentor) {
            pass_on(*event.mentor, event.member, in);
        }
    }
    void apply(session_held const& event, world const& in) {
        for (auto who : event.attendees) {
            if (in.get<mentorship>().pairs().linked(event.giver, who)) {
                pass_on(event.giver, who, in);
            }
        }
    }

private:
    /// The record of the account by which somebody led, or of the first by which they were led;
    /// null for neither.
    [[nodiscard]] lineage_record const* lineage_of(member_id who, world const& in) const {
        lineage_record const* found = nullptr;
        detail::each_account(in, who, [&](member_id account) {
            auto const* one = people_.find(account);
            if (one != nullptr && (found == nullptr || (one->leads && !found->leads))) {
                found = one;
            }
        });
        return found;
    }
    void pass_on(member_id giver, member_id mentee, world const& in) {
        auto const* known = lineage_of(giver, in);
        auto const mentor = known == nullptr ? lineage_record{} : *known;
        auto const generation = mentor.generation;
        auto const begins_to_lead = !mentor.leads;
        auto const passed_on = begins_to_lead && mentor.first_mentor;
        // Who has led somebody, or was led before, keeps the generation that they have.
        auto const first_time = lineage_of(mentee, in) == nullptr;
        if (begins_to_lead) {
            people_.put(giver, [&](lineage_record& person) {
                person.first_mentor = mentor.first_mentor;
                person.generation = generation;
                person.leads = true;
            });
        }
        if (first_time) {
            people_.put(mentee, [&](lineage_record& person) {
                person.first_mentor = giver;
                person.generation = generation + 1;
            });
        }
        sums_.update([&](generation_sums& sums) {
            auto const at = static_cast<std::size_t>(generation);
            while (sums.all.size() <= at) {
                sums.all.push_back({static_cast<std::int64_t>(sums.all.size()), 0, 0, 0});
            }
            sums.all[at].mentors += begins_to_lead ? 1 : 0;
            sums.all[at].mentees += first_time ? 1 : 0;
            if (passed_on) {
                ++sums.all[at - 1].followed;
            }
        });
    }

    table<lineage_record> people_;
    single<generation_sums> sums_;
    BOOST_DESCRIBE_CLASS(generations, (), (), (), (people_, sums_))
};

} // namespace koc
