// SPDX-License-Identifier: BSL-1.0
#pragma once

// The usual world with more mature members, who hold offices.

#include "support/scenario.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace koc_test {

/// A committee of seven, two advisers for a year, and an ambassador.
class circle_world : public winter_world {
public:
    static constexpr koc::office_id adviser{1};
    static constexpr koc::office_id ambassador{2};
    static constexpr koc::office_id committee{3};

    circle_world() {
        using koc::office_right;
        given(koc::define_office{adviser, "Annual adviser", 2, koc::days(365), koc::source::open,
                  {office_right::speak_publicly}},
            koc::define_office{ambassador, "Ambassador of honour", 1, koc::days(365),
                koc::source::open, {office_right::speak_publicly}},
            koc::define_office{committee, "Core user committee", 7, koc::days(365),
                koc::source::owned, {office_right::veto, office_right::priority_proposal}});
    }

    /// Enrols mature members 101, 102, ... who were found at a source.
    std::vector<koc::member_id> mature(std::int64_t count, koc::source from) {
        std::vector<koc::member_id> made;
        for (std::int64_t i = 0; i < count; ++i) {
            koc::member_id const who{++newest_};
            given(koc::enrol{who, {who.value(), "M" + std::to_string(who.value())}, {from}, {}},
                koc::record_contact{who, {}}, koc::confirm_willingness{who});
            for (auto before : {100, 80, 60}) {
                given(koc::record_outcome{who, {}, koc::percent(90), now() - koc::days(before)});
            }
            made.push_back(who);
        }
        return made;
    }
    /// The members follow an invitation to an office.
    void seat(koc::office_id office, std::vector<koc::member_id> const& members) {
        for (auto who : members) {
            given(koc::invite_to_office{office, who, {}}, koc::take_office{office, who});
        }
    }

    /// Two employees take an office from its holder.
    void removed(koc::office_id office, koc::member_id who, char const* reason) {
        koc::approval_id const asked{++requests_};
        as({koc::actor_kind::employee, 3});
        given(koc::request_approval{
            asked, {}, {}, koc::end_office{office, who, {who.value(), reason}}});
        as({koc::actor_kind::employee, 4});
        given(koc::approve_request{asked});
        as_host();
    }

    /// The committee goes by other rules, which two employees adopt.
    void committee_goes_by(koc::committee_rules rules) {
        koc::request_approval request{{}, {}, {}, {}};
        request.committee = rules;
        by_two(request);
    }
    /// The committee carries a decision, about a proposal or not, by all voices, and it is adopted.
    void carried(koc::product_decision_id which, std::vector<koc::member_id> const& voters,
        std::optional<koc::improvement_id> about = {}) {
        as_host();
        given(koc::propose_decision{which, "As proposed", about});
        for (auto who : voters) {
            as_member(who).given(koc::support_decision{which, who});
        }
        as_host().given(koc::adopt_decision{which});
    }

    circle_world& as_member(koc::member_id who) {
        as({koc::actor_kind::member, who.value()});
        return *this;
    }
    circle_world& as_employee() {
        as({koc::actor_kind::employee, 3});
        return *this;
    }
    circle_world& as_host() {
        as({});
        return *this;
    }

private:
    std::uint64_t newest_ = 100;
    std::uint64_t requests_ = 0;
};

} // namespace koc_test
