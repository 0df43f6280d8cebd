// SPDX-License-Identifier: BSL-1.0
#pragma once

// The simulated people: who they are, how long they stay and how well they work is drawn from the
// seed. They act by commands alone; nothing that is reported is counted here.

#include "chance.hpp"
#include "desk.hpp"
#include "facts.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace years {

class community {
public:
    /// `follows`: whether newcomers are looked for in the hours that the plan gives to sourcing, or
    /// in the same hours always.
    community(desk& at, settings const& of, bool follows);

    /// The vocabulary, the rules, the plans and the yearly celebration.
    void found();
    /// Sends what happens in a week; weeks below 0 come before the years that are shown.
    void live(std::int64_t week);
    /// So many percent of the mature leave at once.
    void lose_mature(std::int64_t percent);

    /// Somebody who is in this stage now, is led by nobody where they are not mature, and was found
    /// at this source alone; they stay from now on.
    [[nodiscard]] koc::member_id somebody(koc::stage in, koc::source from);
    [[nodiscard]] koc::tag_id tag(char const* facet, char const* key) const;

    static constexpr std::int64_t weeks_before = 104; ///< in which the community grows

private:
    enum class act : std::uint8_t {
        say_yes,
        meet_mentor,
        part_from_mentor,
        work,
        be_tended,
        leave,
        settle,
        come_back
    };
    struct person {
        koc::member_id id;
        koc::source from{};
        bool rising = false; ///< works well enough to become mature
        bool tended = false; ///< has a plan of their own
        bool gone = false;   ///< can give less at the moment
        bool spared = false; ///< belongs to the story and does not leave
        bool talked = false; ///< since they are gone
        std::int64_t works = 0;
        std::int64_t leaves = 0; ///< in this week
        koc::talk_finding finding{};
        koc::member_id mentor;
        koc::piece_id piece; ///< their first one
    };
    struct plan {
        act what{};
        std::size_t who = 0;
    };

    void schedule(std::int64_t in_weeks, act what, std::size_t who);
    void enter(std::int64_t newcomers);
    void serve(std::size_t who);
    void perform(plan const& next);
    void say_yes(person& p, std::size_t who);
    void meet_mentor(person& p, std::size_t who);
    void part_from_mentor(person& p);
    void work(person& p, std::size_t who);
    void be_tended(person& p, std::size_t who);
    void take_step(person& p, koc::step_to_do const& step);
    void leave(person& p, std::size_t who);
    void settle(person& p, std::size_t who);
    void talk(person& p);
    void read_news();
    [[nodiscard]] person& at(std::size_t who) { return people_[who]; }
    [[nodiscard]] std::string name();

    desk* desk_;
    settings of_;
    bool follows_;
    chance draw_;
    std::int64_t week_ = -weeks_before;
    std::int64_t unfound_ = 0; ///< hours' worth of newcomers that is carried over
    std::uint64_t next_piece_ = 1'000;
    std::uint64_t next_session_ = 1'000;
    std::size_t read_ = 0; ///< of the journal
    std::vector<person> people_;
    std::vector<std::size_t> mentors_; ///< who would lead somebody
    std::vector<std::vector<plan>> weeks_;
    std::vector<koc::tag_id> cities_;
    std::vector<koc::tag_id> interests_;
};

} // namespace years
