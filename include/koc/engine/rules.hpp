// SPDX-License-Identifier: BSL-1.0
#pragma once

// Rules are recorded: a described struct of values that decisions read, adopted by a command and
// from then on part of the state. A programme's bag holds the rules that an empty journal begins
// with.

#include <koc/core/result.hpp>
#include <koc/core/try.hpp>
#include <koc/core/type_key.hpp>
#include <koc/describe/canonical_reader.hpp>
#include <koc/describe/digest.hpp>
#include <koc/describe/message.hpp>
#include <koc/describe/shape.hpp>
#include <koc/describe/validate.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/engine/composition.hpp>
#include <koc/engine/guard_kinds.hpp>
#include <koc/engine/message.hpp>
#include <koc/journal/schema.hpp>
#include <koc/state/single.hpp>

#include <boost/describe/class.hpp>

#include <array>
#include <cstddef>
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

template <std::size_t N>
constexpr std::array<char, N> joined(std::string_view first, std::string_view second) {
    std::array<char, N> made{};
    auto to = made.begin();
    for (auto part : {first, second}) {
        for (auto c : part) {
            *to++ = c;
        }
    }
    return made;
}
/// What the command and the event are called: each type of rules has names of its own.
template <typename Rules>
struct adoption_name {
    static constexpr std::string_view prefix = "adopt_";
    static constexpr std::string_view suffix = "_adopted";
    static constexpr auto command =
        joined<prefix.size() + type_name<Rules>().size()>(prefix, type_name<Rules>());
    static constexpr auto event =
        joined<type_name<Rules>().size() + suffix.size()>(type_name<Rules>(), suffix);
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

/// What `adopt` lets through, as all that reads rules relies on it.
template <typename Rules>
result<void> check(adopted<Rules> const& event) {
    return detail::check_rules(event.rules);
}
template <typename Rules>
struct schema<adopted<Rules>> {
    static constexpr std::string_view name{
        detail::adoption_name<Rules>::event.data(), detail::adoption_name<Rules>::event.size()};
};
/// As text the command is called `adopt_attention_rules`, where `Rules` is `attention_rules`.
template <typename Rules>
inline constexpr command_type command_type_of<adopt<Rules>>{
    {{detail::adoption_name<Rules>::command.data(), detail::adoption_name<Rules>::command.size()},
        key_of<adopt<Rules>>, &shape_of<adopt<Rules>>, message_type_of<adopt<Rules>>.make,
        message_type_of<adopt<Rules>>.destroy},
    &detail::copy_message<adopt<Rules>>};

namespace detail {

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
    return {type_name<Rules>(), key_of<Rules>, event::of(adopted<Rules>{rules}), &shape_of<Rules>,
        &check_adoption<Rules>};
}

/// Rules that may not have been adopted yet; then they are found under no id.
class rules_core : public single_core {
public:
    using single_core::single_core;

    [[nodiscard]] bool is_adopted() const { return adoptions_ != 0; }

    void digest_into(hasher& into) const final {
        into.add(is_adopted());
        if (is_adopted()) {
            single_core::digest_into(into);
        }
    }
    void write_into(std::string& out) const final {
        if (is_adopted()) {
            single_core::write_into(out);
        } else {
            out += "null";
        }
    }
    [[nodiscard]] result<void> read_from(canonical_reader& in) final {
        adoptions_ = in.skip("null") ? 0 : 1;
        return is_adopted() ? single_core::read_from(in) : result<void>{};
    }
    void undo() noexcept final {
        --adoptions_;
        single_core::undo();
    }
    [[nodiscard]] void const* find_raw(std::uint64_t id) const final {
        return is_adopted() ? single_core::find_raw(id) : nullptr;
    }

protected:
    void adopt_raw(void* rules) {
        set_raw(rules);
        ++adoptions_;
    }

private:
    std::uint64_t adoptions_ = 0;
};

/// The rules of one type as they were adopted.
template <typename Rules>
class adopted_rules final : public rules_core {
public:
    adopted_rules() : rules_core{value_type_of<Rules>, &rules_} {}

    [[nodiscard]] Rules const& operator*() const { return rules_; }
    void adopt(Rules rules) { adopt_raw(&rules); }

private:
    Rules rules_{};
};

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

    static constexpr auto guards(adopt<Rules> const*) { return require(by_desk<adopt<Rules>>); }
    result<void> decide(adopt<Rules> const& command, context& in) const {
        KOC_TRY(detail::check_rules(command.rules));
        if (!adopted_.is_adopted() || digest_of(*adopted_) != digest_of(command.rules)) {
            in.record(adopted<Rules>{command.rules});
        }
        return {};
    }
    void apply(adopted<Rules> const& event, world const&) { adopted_.adopt(event.rules); }

private:
    detail::adopted_rules<Rules> adopted_;
    BOOST_DESCRIBE_CLASS(rules_of, (), (), (), (adopted_))
};

} // namespace koc
