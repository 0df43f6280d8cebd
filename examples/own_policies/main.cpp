// SPDX-License-Identifier: BSL-1.0

// A shop takes the standard programme with policies of its own: whom it prefers, how a relationship
// grows, and who is never asked. Nothing of the library is edited; what a policy sees of a member
// and of a task is what the standard one sees.

#include <koc/engine/instantiate.hpp>
#include <koc/journal/memory_journal.hpp>
#include <koc/standard/engine.hpp>
#include <koc/standard/programme.hpp>

#include <boost/describe/class.hpp>
#include <boost/mp11/algorithm.hpp>

#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <utility>

namespace shop {

//! [scorer]
/// Who has done least so far comes first.
struct fresh_faces {
    [[nodiscard]] static koc::score rate(auto const& task, auto const& candidate) {
        return -koc::whole(task.past.of(candidate.id).outcomes());
    }
    [[nodiscard]] static koc::explanation explain(auto const& task, auto const& candidate) {
        return koc::explanation{}.add("work done", rate(task, candidate));
    }
};

/// The wanted tags count fourfold; a tag in common outweighs four pieces of work.
struct match_scorer : koc::total<koc::weighted<koc::standard::affinity>, fresh_faces> {
    match_scorer()
        : total{koc::weighted{koc::standard::affinity{}, koc::whole(4)}, fresh_faces{}} {}
};
//! [scorer]

//! [lifecycle]
using koc::stage;
using koc::stage_trigger;

/// As the rules ask, and five excellent pieces at least.
struct five_excellent {
    static constexpr std::string_view name = "five excellent pieces";
    constexpr bool operator()(koc::stage_evidence const& seen) const {
        return koc::sustained_excellence{}(seen) && seen.excellent >= 5;
    }
};

using lifecycle = koc::transition_table<koc::initial<stage::budding>,
    koc::row<stage::budding, stage_trigger::willingness_confirmed, stage::active,
        koc::was_contacted>,
    koc::row<stage::active, stage_trigger::excelled, stage::mature, five_excellent>,
    koc::row<stage::active, stage_trigger::waned, stage::evolving>,
    koc::row<stage::mature, stage_trigger::waned, stage::evolving>,
    koc::row<stage::evolving, stage_trigger::excelled, stage::mature, five_excellent>,
    koc::row<stage::evolving, stage_trigger::role_accepted, stage::alumni>,
    koc::row<stage::alumni, stage_trigger::willingness_confirmed, stage::active>,
    koc::only_entry<stage::active, stage_trigger::willingness_confirmed>>;
//! [lifecycle]

//! [veto]
/// Staff are members, but are never offered a task.
class no_staff : public koc::aspect<no_staff> {
public:
    using follows = koc::event_list<koc::may_offer>;

    [[nodiscard]] koc::result<void> review(koc::may_offer const& question, world const& in) const {
        if (in.at(question.member).name.text == "Staff") {
            return koc::error{koc::errc::not_qualified, subject("member", question.member),
                "expected somebody who is not staff; choose another"};
        }
        return {};
    }

private:
    BOOST_DESCRIBE_CLASS(no_staff, (), (), (), ())
};
//! [veto]

//! [programme]
struct policies : koc::standard::policies {
    using match_scorer = shop::match_scorer;
    using lifecycle = shop::lifecycle;
};
struct programme : policies {
    using aspects = boost::mp11::mp_push_back<koc::standard::aspects_with<policies>, no_staff>;
};
//! [programme]

} // namespace shop

//! [instance]
template koc::programme_parts koc::include_instantiate_hpp<shop::programme>();
//! [instance]

namespace {

using namespace koc;

class desk {
public:
    [[nodiscard]] bool failed() const { return failed_; }
    [[nodiscard]] instant now() const { return now_; }

    void tell(auto const& command) {
        if (auto const done = programme_.handle(command, {now_}); !done) {
            failed_ = true;
            print("Unexpected", done.error());
        }
    }
    /// A command that is to be refused; the sentence is printed.
    void refused(auto const& command) {
        if (auto const done = programme_.handle(command, {now_}); !done) {
            print("Refused", done.error());
        } else {
            failed_ = true;
        }
    }
    void join(member_id who, char const* name) {
        tell(enrol{who, {who.value(), name}, {source::owned}, {}});
        tell(record_contact{who, {}});
        tell(confirm_willingness{who});
    }
    void show_offers() const {
        programme_.each<offer_record>([&](offer_record const& offer) {
            std::printf("Offered to %s.\n", programme_.find(offer.member)->name.text.c_str());
        });
    }
    /// Why somebody is not asked for the task, in the words of whoever objects.
    void show_why_not(task_id task, member_id who) {
        auto const answer = programme_.ask(consider_member{task, who}, {now_});
        if (!answer || !answer->stopped_by) {
            failed_ = true;
            return;
        }
        std::printf("%s is not asked: %s\n", programme_.find(who)->name.text.c_str(),
            answer->stopped_by->c_str());
    }

private:
    static void print(char const* what, error const& why) {
        std::printf("%s. %s: %s\n", what, why.subject.c_str(), why.expected.c_str());
    }

    engine programme_ = engine::of<shop::programme>(memory_journal{});
    instant now_ = *from_iso8601("2026-11-02T09:00:00Z");
    bool failed_ = false;
};

} // namespace

int main() {
    member_id const staff{1};
    member_id const an{2};
    member_id const bo{3};
    desk at;
    for (auto const& [who, name] : {std::pair{staff, "Staff"}, {an, "An"}, {bo, "Bo"}}) {
        at.join(who, name);
    }
    at.tell(record_outcome{an, {}, percent(90), at.now()});

    // The scorer prefers Bo, who has done nothing yet; the veto keeps the staff out.
    task_id const measure{1};
    at.tell(open_objective{
        {objective_id{1}, "Winter range is trusted", {{"depth", whole(1)}}, percent(60), {}}});
    at.tell(design_topic{topic_id{1}, objective_id{1}, "My winter range, measured"});
    at.tell(open_task{
        {measure, topic_id{1}, "Measure the range", {}, {}, 1, at.now() + days(30), {}, {}}});
    at.tell(dispatch{measure, 1});
    at.show_offers();
    at.show_why_not(measure, staff);

    // The lifecycle: in the standard one who wanes can confirm again; here only work brings back.
    at.tell(record_waning{an, waning_reason::other, {}});
    at.refused(confirm_willingness{an});
    return at.failed() ? EXIT_FAILURE : EXIT_SUCCESS;
}
