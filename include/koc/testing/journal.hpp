// SPDX-License-Identifier: BSL-1.0
#pragma once

// The laws of a journal (koc/journal/concepts.hpp), checked on a journal that is given: ours in
// memory and in SQLite, or a host's own. Tied to no test framework: the answer is the list of
// broken laws, empty when all hold. The batches are random but the same in every run with the
// same seed.

#include <koc/core/error.hpp>
#include <koc/core/personal_text.hpp>
#include <koc/core/result.hpp>
#include <koc/describe/digest.hpp>
#include <koc/journal/chain.hpp>
#include <koc/journal/concepts.hpp>
#include <koc/journal/envelope.hpp>
#include <koc/journal/event.hpp>
#include <koc/number/score.hpp>
#include <koc/testing/draws.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace koc::testing {

enum class sample_kind : unsigned char { first, second, third };
BOOST_DESCRIBE_ENUM(sample_kind, first, second, third)

/// An event with a member of each sort that events are made of.
struct sample_recorded {
    id<struct sample_tag> subject;
    sample_kind kind{};
    bool flag = false;
    std::int64_t delta = 0;
    std::uint64_t large = 0;
    score worth;
    instant due_at;
    duration within;
    std::optional<std::string> remark;
    personal_text note;
    std::vector<std::pair<std::string, std::int32_t>> parts;
};
BOOST_DESCRIBE_STRUCT(sample_recorded, (),
    (subject, kind, flag, delta, large, worth, due_at, within, remark, note, parts))

/// An event with nothing to say.
struct sample_closed {};
BOOST_DESCRIBE_STRUCT(sample_closed, (), ())

/// The types of the sample events.
inline event_types sample_types() {
    event_types types;
    types.add(event_type_of<sample_recorded>);
    types.add(event_type_of<sample_closed>);
    return types;
}

/// Random sample batches; a function of the seed alone.
class sample_batches {
public:
    explicit sample_batches(std::uint64_t seed) : draws_{seed} {}

    std::uint64_t below(std::uint64_t bound) { return draws_.below(bound); }

    batch one() {
        batch made;
        made.at = some_instant();
        if (below(4) == 0) {
            made.told = some_instant();
        }
        made.by = {static_cast<actor_kind>(below(4)), number()};
        made.writer = writer_id{draws_.next()};
        if (below(2) == 0) {
            made.asked = {text(), {draws_.next(), draws_.next()}};
            made.asked.id += std::to_string(draws_.next());
        }
        for (auto left = 1 + below(4); left > 0; --left) {
            made.events.push_back(some_event());
        }
        return made;
    }
    std::vector<batch> some(std::uint64_t count_max) {
        std::vector<batch> made(1 + below(count_max));
        std::generate(made.begin(), made.end(), [&] { return one(); });
        return made;
    }

private:
    /// Small numbers, any numbers, and the ends of the range.
    std::uint64_t number() {
        switch (below(4)) {
        case 0:
            return below(100);
        case 1:
            return (std::numeric_limits<std::uint64_t>::max)() - below(2);
        case 2:
            return std::uint64_t{1} << 63U;
        default:
            return draws_.next();
        }
    }
    std::string text() {
        static constexpr std::string_view words[] = {"winter", "续航", "\"quoted\" \\ {x:1}",
            "line\nnext\ttab", "Ünïcödé 🚗", "", std::string_view{"nul\0inside", 10}, "\x01\x1f\x7f",
            "'; DROP TABLE event; --"};
        std::string made;
        for (auto left = below(3); left > 0; --left) {
            made += words[below(std::size(words))];
        }
        return made;
    }
    instant some_instant() { return {static_cast<std::int64_t>(below(4'000'000'000'000U))}; }
    event some_event() {
        if (below(5) == 0) {
            return event::of(sample_closed{});
        }
        sample_recorded made;
        made.subject = decltype(made.subject){number()};
        made.kind = static_cast<sample_kind>(below(3));
        made.flag = below(2) == 0;
        made.delta = static_cast<std::int64_t>(number());
        made.large = number();
        made.worth = {static_cast<std::int64_t>(number())};
        made.due_at = some_instant();
        made.within = {static_cast<std::int64_t>(number())};
        if (below(2) == 0) {
            made.remark = text();
        }
        made.note = {number(), text()};
        for (auto left = below(4); left > 0; --left) {
            made.parts.push_back({text(), static_cast<std::int32_t>(number())});
        }
        return event::of(std::move(made));
    }

    draws draws_;
};

namespace detail {

/// What a reader should see after `batches` at `head`.
inline void expect(
    journal_head head, std::vector<batch> const& batches, std::vector<envelope>& out) {
    for (auto const& group : batches) {
        auto const first = head.position;
        for (auto const& happened : group.events) {
            head.chain = chained(head.chain, head.position, first, group, happened.type().name,
                happened.type().version, happened.payload());
            out.push_back({group, head.position++, first, head.chain, {happened}});
        }
    }
}

inline bool same(envelope const& a, envelope const& b) {
    return static_cast<batch_context const&>(a) == b && a.position == b.position &&
        a.first == b.first && a.chain == b.chain && a.events == b.events;
}

template <typename Journal>
class journal_trial {
public:
    journal_trial(Journal journal, std::uint64_t seed)
        : journal_{std::move(journal)}, random_{seed} {}

    /// Breaks off at the first round with a broken law, since what follows would only echo it.
    template <typename Reopen>
    std::vector<std::string> run(Reopen&& reopen) {
        law(head_is({}), "a new journal has head 0 and no chain");
        reads("a new journal holds no events");
        for (int round = 0; round < 40 && broken_.empty(); ++round) {
            auto const batches = random_.some(round % 4 == 0 ? 40 : 3);
            appends(batches);
            refuses(batches);
            windows();
            journal_ = reopen(std::move(journal_));
            law(head_is(head_), "a reopened journal has the same head");
            reads("a reopened journal holds the same events");
        }
        return std::move(broken_);
    }

private:
    using batches_type = std::vector<batch>;

    void law(bool holds, char const* says) {
        if (!holds) {
            broken_.emplace_back(says);
        }
    }
    result<journal_head> append(journal_head at, batches_type const& batches) {
        return journal_.append(at, std::span<batch const>{batches});
    }
    bool head_is(journal_head wanted) {
        auto const got = journal_.head();
        return got && *got == wanted;
    }

    /// Whether reading from `from` on gives exactly what was appended.
    bool window(std::uint64_t from, std::size_t limit) {
        std::vector<envelope> out(1); // reading appends to what is there
        if (!journal_.read(from, limit, types_, out)) {
            return false;
        }
        auto const begin = std::min<std::uint64_t>(from, wanted_.size());
        auto const count = std::min<std::uint64_t>(limit, wanted_.size() - begin);
        return out.size() == count + 1 &&
            std::equal(out.begin() + 1, out.end(),
                wanted_.begin() + static_cast<std::ptrdiff_t>(begin), same);
    }
    void reads(char const* says) {
        law(window(0, (std::numeric_limits<std::size_t>::max)()), says);
    }

    void appends(batches_type const& batches) {
        auto const wanted = head_after(head_, std::span<batch const>{batches});
        auto const got = append(head_, batches);
        law(got && *got == wanted, "append answers head_after(expected, batches)");
        expect(head_, batches, wanted_);
        head_ = wanted;
        law(head_is(head_), "head is what the last append answered");
        reads("all events of all batches are read back, dense, in order, with their envelopes");
        auto const nothing = append(head_, {});
        law(nothing && *nothing == head_, "an append of no batches answers the head");
    }

    void refuses(batches_type const& batches) {
        auto const conflicts = [&](journal_head at) {
            auto const got = append(at, batches);
            auto const none = append(at, {});
            return !got && got.error().code == errc::conflict && !got.error().subject.empty() &&
                !none && none.error().code == errc::conflict;
        };
        auto stale = head_;
        stale.position -= 1 + random_.below(head_.position);
        stale.chain = stale.position == 0 ? digest{} : wanted_[stale.position - 1].chain;
        law(conflicts(stale), "an append at an earlier head is a conflict");
        law(conflicts({head_.position + 1, head_.chain}),
            "an append beyond the head is a conflict");
        law(conflicts({head_.position, {head_.chain.high, head_.chain.low + 1}}),
            "an append at the head's position with another chain is a conflict");
        law(head_is(head_), "a conflict leaves the head as it was");
        reads("a conflict leaves the events as they were");
    }

    void windows() {
        bool hold = true;
        for (int i = 0; i < 8; ++i) {
            hold = hold &&
                window(random_.below(head_.position + 3), random_.below(head_.position + 3));
        }
        hold = hold && window(head_.position, 10);
        hold = hold && window((std::numeric_limits<std::uint64_t>::max)(), 10);
        law(hold, "read gives at most limit events from a position on, fewer only at the end");
    }

    Journal journal_;
    sample_batches random_;
    journal_head head_;
    std::vector<envelope> wanted_;
    event_types types_ = sample_types();
    std::vector<std::string> broken_;
};

} // namespace detail

/// The laws that the journal breaks. `make()` gives an empty journal that models
/// `journal`; `reopen(journal)` takes one and gives it back closed and opened
/// again, or as it is where there is nothing to open.
template <typename Make, typename Reopen>
std::vector<std::string> check_journal_laws(Make&& make, Reopen&& reopen, std::uint64_t seed = 1) {
    using journal_type = std::remove_cvref_t<decltype(make())>;
    static_assert(journal<journal_type>,
        "koc: the journal must model koc::journal; see docs/journal.md#journal");
    return detail::journal_trial<journal_type>{make(), seed}.run(reopen);
}
template <typename Make>
std::vector<std::string> check_journal_laws(Make&& make) {
    return check_journal_laws(make, [](auto journal) { return journal; });
}

} // namespace koc::testing
