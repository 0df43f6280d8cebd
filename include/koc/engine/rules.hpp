// SPDX-License-Identifier: BSL-1.0
#pragma once

// Rules are recorded: a described struct of values that decisions read, adopted by a command and
// from then on part of the state. A programme's bag holds the rules that an empty journal begins
// with.

#include <koc/core/result.hpp>
#include <koc/core/try.hpp>
#include <koc/describe/digest.hpp>
#include <koc/describe/shape.hpp>
#include <koc/describe/validate.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/engine/composition.hpp>
#include <koc/journal/schema.hpp>
#include <koc/state/single.hpp>

#include <boost/describe/class.hpp>

#include <array>
#include <optional>
#include <string_view>
#include <utility>

namespace koc {

/// Adopts rules in place of the present ones. Validated by `check(rules)`, a function beside
/// `Rules` that returns result<void>, where there is one.
template <typename Rules>
struct adopt {
    Rules rules;
    BOOST_DESCRIBE_CLASS(adopt, (), (rules), (), ())
};
template <typename Rules>
struct adopted {
    Rules rules;
    BOOST_DESCRIBE_CLASS(adopted, (), (rules), (), ())
};

namespace detail {

template <typename Rules>
struct adoption_name {
    static constexpr std::string_view suffix = "_adopted";
    static constexpr auto text = [] {
        std::array<char, type_name<Rules>().size() + suffix.size()> made{};
        auto to = made.begin();
        for (auto part : {type_name<Rules>(), suffix}) {
            for (auto c : part) {
                *to++ = c;
            }
        }
        return made;
    }();
};

template <typename Rules>
result<void> check_rules([[maybe_unused]] Rules const& rules) {
    if constexpr (requires { check(rules); }) {
        return check(rules);
    } else {
        return {};
    }
}

} // namespace detail

template <typename Rules>
struct schema<adopted<Rules>> {
    static constexpr std::string_view name{
        detail::adoption_name<Rules>::text.data(), detail::adoption_name<Rules>::text.size()};
};

namespace detail {

template <typename Rules>
void const* present_rules(void const* adopted) {
    auto const* held = static_cast<std::optional<Rules> const*>(adopted);
    return held != nullptr && held->has_value() ? &**held : nullptr;
}
/// Values of a bag are checked as those of a command are.
template <typename Rules>
result<void> check_adoption(void const* adoption) {
    auto const& rules = static_cast<adopted<Rules> const*>(adoption)->rules;
    if (auto refused = check_form(rules)) {
        refused->subject.insert(0, type_name<Rules>());
        return *std::move(refused);
    }
    return check_rules(rules);
}
/// Rules as values of a bag.
template <typename Rules>
rules_value value_of_rules(Rules const& rules) {
    return {type_name<Rules>(), key_of<std::optional<Rules>>, event::of(adopted<Rules>{rules}),
        &shape_of<Rules>, &check_adoption<Rules>, &present_rules<Rules>};
}

} // namespace detail

/// The aspect that keeps rules of one type; the library adds one for each `A::rules` of a
/// programme.
template <typename Rules>
class rules_of : public aspect<rules_of<Rules>> {
    using base = aspect<rules_of<Rules>>;

public:
    using events = event_list<adopted<Rules>>;
    using commands = command_list<adopt<Rules>>;
    using world = typename base::world;
    using context = typename base::context;

    result<void> decide(adopt<Rules> const& command, context& in) const {
        KOC_TRY(detail::check_rules(command.rules));
        if (!*adopted_ || digest_of(**adopted_) != digest_of(command.rules)) {
            in.record(adopted<Rules>{command.rules});
        }
        return {};
    }
    void apply(adopted<Rules> const& event, world const&) { adopted_.set(event.rules); }

private:
    single<std::optional<Rules>> adopted_;
    BOOST_DESCRIBE_CLASS(rules_of, (), (), (), (adopted_))
};

} // namespace koc
