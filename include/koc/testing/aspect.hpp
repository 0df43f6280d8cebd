// SPDX-License-Identifier: BSL-1.0
#pragma once

// The laws of an aspect (koc/engine/aspect.hpp), checked on a programme somebody gives and on
// commands that it accepts. Tied to no test framework: the answer is the list of broken laws, each
// with the first command that broke it; empty when all hold.
//
//     check_aspects<my_programme>([](std::uint64_t step, auto&& send) {
//         step % 2 == 0 ? send(enrol{...}) : send(approve{...});
//     });

#include <koc/core/error.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/result.hpp>
#include <koc/describe/digest.hpp>
#include <koc/engine/engine.hpp>
#include <koc/journal/memory_journal.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace koc::testing {

/// How commands are sent in a trial of aspects.
struct aspect_trial {
    std::uint64_t steps = 500;
    instant start{days(20'000).ms};
    duration step = minutes(20);      ///< between two commands
    duration leap = days(31);         ///< now and then, so that much becomes due
    std::uint64_t leap_every = 50;    ///< commands
    std::uint64_t reopen_every = 100; ///< commands, a second engine forgets all but its journal
};

namespace detail {

/// A journal in memory that its copies share.
class shared_memory {
public:
    [[nodiscard]] memory_journal const& inner() const { return *inner_; }
    [[nodiscard]] result<journal_head> head() const { return inner_->head(); }
    result<journal_head> append(journal_head expected, std::span<batch const> batches) const {
        return inner_->append(expected, batches);
    }
    result<void> read(std::uint64_t from, std::size_t limit, event_types const& types,
        std::vector<envelope>& out) const {
        return inner_->read(from, limit, types, out);
    }

private:
    std::shared_ptr<memory_journal> inner_ = std::make_shared<memory_journal>();
};

template <typename Programme, typename Commands>
class aspects_on_trial {
public:
    aspects_on_trial(Commands& commands, aspect_trial const& how)
        : commands_{commands}, how_{how}, first_{engine::of<Programme>(journal_)},
          twin_{engine::of<Programme>(twin_journal_)} {}

    std::vector<std::string> run() {
        auto now = how_.start;
        for (std::uint64_t i = 0; i < how_.steps && broken_.empty(); ++i) {
            now = now +
                (how_.leap_every != 0 && i % how_.leap_every == how_.leap_every - 1 ? how_.leap
                                                                                    : how_.step);
            bool sent = false;
            commands_(i, [&](auto const& command) {
                if (!sent && broken_.empty()) {
                    sent = true;
                    step(i, command, {now});
                }
            });
        }
        if (broken_.empty()) {
            replay();
        }
        return std::move(broken_);
    }

private:
    void broken(std::string law) { broken_.push_back(std::move(law)); }
    /// The line in which two states differ first: the name of the container.
    static std::string where(std::string_view a, std::string_view b) {
        std::size_t line = 0;
        for (std::size_t i = 0; i < a.size() && i < b.size() && a[i] == b[i]; ++i) {
            if (a[i] == '\n') {
                line = i + 1;
            }
        }
        auto const name = a.substr(line, a.find(' ', line) - line);
        return name.empty() ? "the state" : std::string{name};
    }
    /// Whether both engines say and hold the same.
    template <typename T>
    static bool same_answer(result<T> const& a, result<T> const& b) {
        return a.has_value() == b.has_value() && (a ? *a == *b : a.error() == b.error());
    }

    template <typename Command>
    void step(std::uint64_t number, Command const& command, asked const& with) {
        auto const of =
            " (command " + std::to_string(number) + ", " + std::string{type_name<Command>()} + ")";
        if (how_.reopen_every != 0 && number % how_.reopen_every == how_.reopen_every - 1) {
            twin_ = engine::of<Programme>(twin_journal_);
            if (auto read = twin_.catch_up(); !read) {
                return broken("replay: the journal is refused: " + read.error().expected + of);
            }
            compare("replay: a new engine", of);
        }
        if (!broken_.empty() || !let_pass(with, of)) {
            return;
        }
        auto const before = first_.state_text();
        auto const digest = first_.state_digest();
        auto const unchanged = [&](char const* after) {
            if (auto const now = first_.state_text(); now != before) {
                broken("undo: after " + std::string{after} + ", " + where(before, now) +
                    " is not as it was" + of);
            } else if (first_.state_digest() != digest) {
                broken("described state: after " + std::string{after} +
                    ", the digest is not as it was, though the text is" + of);
            }
        };
        auto const previewed = first_.preview(command, with);
        unchanged("a preview");
        {
            auto group = first_.open_group();
            static_cast<void>(group.handle(command, with));
        }
        if (broken_.empty()) {
            unchanged("a dropped group");
        }
        if (!broken_.empty()) {
            return;
        }
        auto const given = first_.handle(command, with);
        auto const again = twin_.handle(command, with);
        if (!given) {
            refusal(given.error(), of);
            unchanged("a refusal");
        }
        if (!same_answer(given, again)) {
            broken("determinism: a second engine of the same state answers otherwise" + of);
        } else if (given.has_value() != previewed.has_value() ||
            (given && !same_events(*previewed, *given))) {
            broken("determinism: a preview of the same command says otherwise" + of);
        }
        compare("determinism: a second engine", of);
    }
    /// Lets time pass in both.
    bool let_pass(asked const& with, std::string const& of) {
        auto const due = first_.next_due();
        if (due && *due <= with.now) {
            for (auto* e : {&first_, &twin_}) {
                if (auto passed = e->advance(with); !passed) {
                    auto const& why = passed.error();
                    broken("time: " + why.subject + ": " + why.expected + of);
                    return false;
                }
            }
            compare("determinism: a second engine", of + " in what became due");
        }
        return broken_.empty();
    }
    void refusal(error const& why, std::string const& of) {
        if (why.subject.empty()) {
            broken("refusals: one names no subject: " + why.expected + of);
        } else if (why.expected.find("expected") == std::string::npos) {
            broken("refusals: one does not say what was expected: " + why.expected + of);
        }
    }
    bool same_events(std::vector<event> const& told, receipt const& given) const {
        if (told.size() != given.count) {
            return false;
        }
        auto const& events = journal_.inner().envelopes();
        for (std::size_t i = 0; i < told.size(); ++i) {
            if (!(told[i] == events[given.first + i].events.front())) {
                return false;
            }
        }
        return true;
    }
    void compare(std::string const& law, std::string const& of) {
        if (!broken_.empty()) {
            return;
        }
        if (first_.head() != twin_.head()) {
            broken(law + " records other events" + of);
        } else if (auto const [a, b] = std::pair{first_.state_text(), twin_.state_text()}; a != b) {
            broken(law + " holds another " + where(a, b) + of);
        } else if (first_.state_digest() != twin_.state_digest()) {
            broken("described state: two engines have the same text and other digests" + of);
        }
    }
    void replay() {
        auto again = engine::of<Programme>(journal_);
        if (auto read = again.catch_up(); !read) {
            return broken("replay: the journal is refused: " + read.error().expected);
        }
        if (auto const [a, b] = std::pair{first_.state_text(), again.state_text()}; a != b) {
            broken("replay: the journal makes another " + where(a, b));
        } else if (first_.state_digest() != again.state_digest()) {
            broken("replay: the journal makes the same text and another digest");
        }
    }

    Commands& commands_;
    aspect_trial how_;
    shared_memory journal_;
    shared_memory twin_journal_;
    engine first_;
    engine twin_;
    std::vector<std::string> broken_;
};

} // namespace detail

/// The laws that the aspects of a programme break on some commands:
///   1. determinism: two engines that are sent the same commands answer and record the same, and a
///      preview says what then happens;
///   2. replay: a new engine makes the same state of the journal;
///   3. undo: a preview, a dropped group and a refusal leave no trace;
///   4. described state: states with one text have one digest, and engines that hold the same, one
///      of which has just read its journal, answer the same;
///   5. time: what is due can happen, and moves or drops its entry;
///   6. refusals name a subject, and say what was expected.
///
/// `commands(step, send)` calls `send(command)` once, with a command that is a function of the
/// step. Exceptions of aspects pass. The unit needs koc/engine/instantiate.hpp, or a programme that
/// is instantiated elsewhere. O(steps * state).
template <typename Programme, typename Commands>
[[nodiscard]] std::vector<std::string> check_aspects(
    Commands&& commands, aspect_trial const& how = {}) {
    return detail::aspects_on_trial<Programme, std::remove_reference_t<Commands>>{commands, how}
        .run();
}

} // namespace koc::testing
