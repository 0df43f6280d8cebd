// SPDX-License-Identifier: BSL-1.0
#pragma once

// Open work: a task whose work is published on open platforms is not for who has not reached that
// step of their cultivation plan, such as members of the brand's own communities before their
// sharing there.

#include <koc/core/result.hpp>
#include <koc/core/text.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/member/cultivation/messages/cultivation.hpp>
#include <koc/task/messages/offer.hpp>
#include <koc/task/messages/task.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>

namespace koc {

/// Keeps tasks that are published openly from who is not there yet.
class open_work : public aspect<open_work> {
public:
    using follows = event_list<may_offer, may_accept>;

    [[nodiscard]] result<void> review(may_offer const& question, world const& in) const {
        return check_reached(question.task, question.member, in);
    }
    [[nodiscard]] result<void> review(may_accept const& question, world const& in) const {
        return check_reached(question.task, question.member, in);
    }

private:
    /// The first step towards a public piece is open or has ended. What stands in its way is named.
    static result<void> check_reached(task_id task, member_id who, world const& in) {
        auto const* person = in.find_record<cultivation_record>(who.value());
        if (person == nullptr || !person->plan || !in.at(task).brief.published_openly) {
            return {};
        }
        auto const& steps = in.at(*person->plan).of_version(person->version).steps;
        auto const step = std::find_if(steps.begin(), steps.end(),
            [](plan_step const& s) { return s.act == "agree_topic" || s.act == "publish_piece"; });
        auto const place = static_cast<std::size_t>(step - steps.begin());
        if (step == steps.end() || person->running.steps[place].state != step_state::waiting) {
            return {};
        }
        return person->running.check_end(steps, subject("member", who), step->name);
    }

    BOOST_DESCRIBE_CLASS(open_work, (), (), (), ())
};

} // namespace koc
