// SPDX-License-Identifier: BSL-1.0
#pragma once

// Generations of mentors: which mentees became mentors themselves, and how far mentorship has been
// passed on. A member's generation is one more than that of their first mentor and does not change;
// pairs that have ended count as well.

#include <koc/core/result.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/member/messages/generations.hpp>
#include <koc/member/messages/mentorship.hpp>
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
    using follows = event_list<mentor_paired>;

    [[nodiscard]] result<std::vector<mentor_generation>> answer(
        list_generations const&, world const&) const {
        return sums_->all;
    }

    void apply(mentor_paired const& event, world const&) {
        auto const* mentor = people_.find(event.mentor);
        auto const generation = mentor == nullptr ? 0 : mentor->generation;
        auto const begins_to_lead = mentor == nullptr || !mentor->leads;
        auto const passed_on = begins_to_lead && mentor != nullptr && mentor->first_mentor;
        // Who has led somebody, or was led before, keeps the generation that they have.
        auto const first_time = !people_.contains(event.mentee);
        people_.put(event.mentor, [](lineage_record& person) { person.leads = true; });
        if (first_time) {
            people_.put(event.mentee, [&](lineage_record& person) {
                person.first_mentor = event.mentor;
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

private:
    table<lineage_record> people_;
    single<generation_sums> sums_;
    BOOST_DESCRIBE_CLASS(generations, (), (), (), (people_, sums_))
};

} // namespace koc
