// SPDX-License-Identifier: BSL-1.0
#pragma once

// The calendar: one version of the working days after another. Deadlines are computed when they
// are given and recorded as instants, so a version that is announced later moves none of them.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/engine/rules.hpp>
#include <koc/programme/messages/calendar.hpp>
#include <koc/state/single.hpp>

#include <boost/describe/class.hpp>

#include <string>

namespace koc {

/// Which versions of the working days were adopted: the present one and the one before.
class calendar : public aspect<calendar> {
public:
    using follows = event_list<adopted<calendar_rules>>;
    using rules = calendar_rules;

    /// One version has one list of days, but for a list without any, and versions only go up.
    [[nodiscard]] result<void> review(adopted<calendar_rules> const&, world const&) const {
        auto const same_version = present_->version == before_->version;
        if (present_->version > before_->version ||
            (same_version && (before_->listed.empty() || *present_ == *before_))) {
            return {};
        }
        return error{errc::wrong_state, "calendar_rules.working.version",
            "expected a version above " + std::to_string(before_->version) +
                ", whose days are adopted already; give the other days a higher version"};
    }

    void apply(adopted<calendar_rules> const& event, world const&) {
        before_.set(*present_);
        present_.set(event.rules.working);
    }

private:
    single<working_calendar> before_;
    single<working_calendar> present_;
    BOOST_DESCRIBE_CLASS(calendar, (), (), (), (before_, present_))
};

} // namespace koc
