// SPDX-License-Identifier: BSL-1.0

// A shop takes the standard programme with policies of its own: whom it prefers, how a relationship
// grows, and who is never asked. Nothing of the library is edited; what a policy sees of a member
// and of a task is what the standard one sees.

#include <koc/journal/memory_journal.hpp>
#include <koc/standard/engine.hpp>

#include <cstdio>
#include <cstdlib>
#include <utility>

namespace own_policies {
struct programme; // compiled in programme.cpp
}

namespace {

using namespace koc;

class product {
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

    engine programme_ = engine::of<own_policies::programme>(memory_journal{});
    instant now_ = *from_iso8601("2026-11-02T09:00:00Z");
    bool failed_ = false;
};

} // namespace

int main() {
    member_id const staff{1};
    member_id const an{2};
    member_id const bo{3};
    product at;
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

    // In the standard lifecycle who wanes can confirm again; in this one only outcomes bring back.
    at.tell(record_waning{an, waning_reason::other, {}});
    at.refused(confirm_willingness{an});
    return at.failed() ? EXIT_FAILURE : EXIT_SUCCESS;
}
