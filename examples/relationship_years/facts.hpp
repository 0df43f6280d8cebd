// SPDX-License-Identifier: BSL-1.0
#pragma once

// What is known of the years when they are over: numbers, and sentences in the language of the
// page. The text and the page are made of these alone and know no engine.

#include "phrases.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace years {

/// What is simulated.
struct settings {
    std::int64_t persons = 10'000; ///< in service, as far as the community is settled
    std::int64_t years = 5;        ///< that are shown; two more come before
    std::uint64_t seed = 2'026;
};

inline constexpr std::size_t stages = 5;  ///< budding, active, mature, evolving, alumni
inline constexpr std::size_t cohorts = 3; ///< senior, middle, young

/// The community at the end of a quarter.
struct quarter {
    std::string name; ///< such as 2026 Q1
    std::array<std::int64_t, stages> people{};
    std::array<std::int64_t, cohorts> pyramid{};
    std::int64_t needed = 0;   ///< newcomers beyond those who are there
    std::int64_t sourcing = 0; ///< hours a week
    std::int64_t found = 0;    ///< newcomers of the quarter
};

/// People who moved from one stage to another, for one reason.
struct flow {
    std::string from;
    std::string to;
    std::string because;
    std::vector<std::int64_t> by_year;
};

/// What was noticed on a day, and why.
struct notice {
    std::string day;
    std::string what;
    std::string because;
    bool bad = false;
};

/// How many mentors lead how many people at the end of a year.
struct mentor_load {
    std::string year;
    std::array<std::int64_t, 5> leading{}; ///< one person, two, ... five
    std::int64_t pairs = 0;
};

/// Mentors who were led by mentors, and so on.
struct generation {
    std::int64_t number = 0;
    std::int64_t mentors = 0;
    std::int64_t mentees = 0;
    std::int64_t followed = 0; ///< of the mentees, who became mentors
};

struct celebration {
    std::string day;
    std::int64_t mature = 0;
    std::int64_t alumni = 0;
    std::int64_t come = 0;
    std::int64_t decline = 0;
    std::vector<notice> guests; ///< a few of the list, and why they are on it
};

/// Mature members week by week, where the desks follow the plan and where they do not.
struct shock {
    std::string day;
    std::int64_t before = 0;
    std::int64_t left = 0;
    std::size_t week = 0; ///< of the series
    std::vector<std::int64_t> with_loop;
    std::vector<std::int64_t> without;
    std::optional<std::int64_t>
        weeks_with; ///< until 95 % of `before` for good; none within the years
    std::optional<std::int64_t> weeks_without;
};

/// What one desk has to do on the Monday after the last week.
struct monday {
    std::string desk;
    std::vector<notice> first; ///< the day by which, what, and why
    std::int64_t all = 0;
};

struct life {
    std::string name;
    std::string title;
    std::vector<notice> events;
};

struct facts {
    language in{};
    settings of;
    std::string from;
    std::string until;
    std::int64_t members = 0; ///< who were ever enrolled
    std::int64_t events = 0;  ///< of both journals
    std::vector<quarter> quarters;
    std::vector<flow> flows;
    std::vector<std::string> year_names;
    std::vector<mentor_load> loads;
    std::vector<generation> generations;
    std::vector<notice> alarms;
    std::vector<celebration> celebrations;
    years::shock shock;
    std::vector<life> lives;
    std::vector<monday> mondays;
    std::string monday_day;
    std::string digest;         ///< of the state
    std::string digest_without; ///< of the state of the community that did not follow the plan
};

} // namespace years
