// SPDX-License-Identifier: BSL-1.0
#pragma once

// The least type that satisfies each concept and nothing beyond it: not copyable where the concept
// does not ask for a copy, not made from nothing where it does not ask for that. A template that
// compiles with these asks its arguments for no more than their concept says. They also show a host
// how little there is to write.

#include <koc/core/error.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/result.hpp>
#include <koc/describe/digest.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/journal/concepts.hpp>
#include <koc/number/score.hpp>
#include <koc/search/concepts.hpp>
#include <koc/search/explanation.hpp>
#include <koc/state/single.hpp>
#include <koc/tag/concepts.hpp>

#include <boost/describe/class.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace koc::archetypes {

/// Cannot be copied, moved, compared or made from nothing.
class unique_thing {
public:
    explicit constexpr unique_thing(int) {}
    unique_thing(unique_thing const&) = delete;
    unique_thing& operator=(unique_thing const&) = delete;
    ~unique_thing() = default;
};

/// Models `koc::vocabulary`: one tag and one column, under any name.
class vocabulary {
public:
    [[nodiscard]] std::optional<tag_id> find_tag(tag_name const&) const { return tag_id{1}; }
    [[nodiscard]] std::optional<column_id> find_column(std::string_view) const {
        return column_id{1};
    }
    [[nodiscard]] bool sensitive(tag_id) const { return false; }
};
static_assert(koc::vocabulary<vocabulary>);

/// Models `tagged_population`: one member, who has every tag and 0 in every column.
class tagged_crowd {
public:
    [[nodiscard]] std::size_t slot_count() const { return 1; }
    [[nodiscard]] bitmap::word live_word(std::size_t w) const { return w == 0 ? 1 : 0; }
    [[nodiscard]] bitmap::word tag_word(tag_id, std::size_t w) const { return live_word(w); }
    [[nodiscard]] std::int64_t value(column_id, slot) const { return 0; }
};
static_assert(tagged_population<tagged_crowd>);

/// What a scorer sees of a person, and of a task.
struct candidate : unique_thing {
    using unique_thing::unique_thing;
};
struct task : unique_thing {
    using unique_thing::unique_thing;
};

/// Models `population`.
class crowd : public tagged_crowd {
public:
    [[nodiscard]] id<candidate> id_at(slot) const { return id<candidate>{1}; }
    [[nodiscard]] candidate const& operator[](slot) const { return somebody_; }

private:
    candidate somebody_{1};
};
static_assert(population<crowd>);

/// Models `scorer_for<task, candidate>`.
class scorer {
public:
    explicit scorer(koc::score fit) : fit_{fit} {}
    [[nodiscard]] koc::score rate(task const&, candidate const&) const { return fit_; }
    [[nodiscard]] explanation explain(task const&, candidate const&) const {
        return explanation{}.add("given", fit_);
    }

private:
    koc::score fit_;
};
static_assert(scorer_for<scorer, task, candidate> && !bounded_scorer_for<scorer, task, crowd>);

/// Models `bounded_scorer_for<task, crowd>`.
class bounded_scorer : public scorer {
public:
    explicit bounded_scorer(koc::score fit) : scorer{fit}, limit_{fit} {}
    [[nodiscard]] koc::score bound(task const&, crowd const&, std::size_t) const { return limit_; }

private:
    koc::score limit_;
};
static_assert(bounded_scorer_for<bounded_scorer, task, crowd>);

/// Models `gate_for<task, candidate>`.
class gate : unique_thing {
public:
    explicit gate(bool open) : unique_thing{0}, open_{open} {}
    [[nodiscard]] bool admits(task const&, candidate const&) const { return open_; }
    [[nodiscard]] std::string refusal(task const&, candidate const&) const { return "is closed"; }

private:
    bool open_;
};
static_assert(gate_for<gate, task, candidate>);

/// Models `koc::journal`: always empty, and never available to write to.
class journal {
public:
    journal(journal&&) = default;
    journal& operator=(journal&&) = default;
    ~journal() = default;
    static journal made() { return {}; }

    result<journal_head> head() { return journal_head{}; }
    result<journal_head> append(journal_head, std::span<batch const>) {
        return error{errc::unavailable, "journal", "expected a journal that can be written to"};
    }
    result<void> read(std::uint64_t, std::size_t, event_types const&, std::vector<envelope>&) {
        return {};
    }

private:
    journal() = default;
};
static_assert(koc::journal<journal>);

/// Models `koc::text_log`.
class text_log {
public:
    text_log(text_log&&) = default;
    text_log& operator=(text_log&&) = default;
    ~text_log() = default;
    static text_log made() { return {}; }

    result<journal_head> head() { return journal_head{}; }
    result<journal_head> append(journal_head, std::span<log_record const>) {
        return error{errc::unavailable, "log", "expected a log that can be written to"};
    }
    result<void> read(std::uint64_t, std::size_t, std::vector<log_record>&) { return {}; }

private:
    text_log() = default;
};
static_assert(koc::text_log<text_log>);

/// Models `koc::decoder`, of events that have nothing to say.
class decoder {
public:
    explicit decoder(int) {}
    result<void> read(shape const&, std::string_view, void*) const { return {}; }
};
static_assert(koc::decoder<decoder>);

/// A command and the event that it becomes: any described structs.
struct happen {};
BOOST_DESCRIBE_STRUCT(happen, (), ())
struct happened {};
BOOST_DESCRIBE_STRUCT(happened, (), ())

/// The least aspect: an event, the command for it, and what it builds.
class aspect : public koc::aspect<aspect> {
public:
    using events = event_list<happened>;
    using commands = command_list<happen>;

    result<void> decide(happen const&, context& in) const {
        in.record(happened{});
        return {};
    }
    void apply(happened const&, world const&) { count_.set(*count_ + 1); }

private:
    single<std::int64_t> count_;
    BOOST_DESCRIBE_CLASS(aspect, (), (), (), (count_))
};

/// A programme of that aspect alone.
struct programme {
    struct rules {};
    using aspects = aspect_list<aspect>;
};

} // namespace koc::archetypes
