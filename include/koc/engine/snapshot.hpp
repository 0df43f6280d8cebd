// SPDX-License-Identifier: BSL-1.0
#pragma once

// A snapshot: what an engine knows at a position of its journal, as text, so that an engine that
// begins with it reads only the events behind it. It is a cache and never the truth: one that does
// not fit is refused, and the engine reads its journal from the beginning. Its digests find damage,
// not forgery: keep it where the journal is.
//
//     koc_snapshot 1 <digest of all that follows>
//     {"programme":...}              a snapshot_head
//     roster.people_ [...]           the state, one line a container, as engine::state_text()

#include <koc/core/contract.hpp>
#include <koc/core/error.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/result.hpp>
#include <koc/core/try.hpp>
#include <koc/describe/canonical.hpp>
#include <koc/describe/canonical_reader.hpp>
#include <koc/describe/digest.hpp>
#include <koc/describe/form_digest.hpp>
#include <koc/engine/engine.hpp>
#include <koc/engine/message.hpp>
#include <koc/journal/envelope.hpp>
#include <koc/journal/sealed_text.hpp>
#include <koc/state/container.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace koc {

/// The answer to a request that may still be repeated.
struct remembered_answer {
    std::string request;
    digest command; ///< its content without personal text
    std::uint64_t first = 0;
    std::uint64_t count = 0;
    instant at;
};
BOOST_DESCRIBE_STRUCT(remembered_answer, (), (request, command, first, count, at))

/// All that an engine knows of its journal besides the state in containers. What derives from
/// containers (search indexes, what is due next) is in neither; the writer and the bag of rules
/// come from the host.
struct snapshot_head {
    digest programme;   ///< the containers' names and forms, and what the host called its release
    journal_head at;    ///< up to where the journal was read
    instant last;       ///< of the last event
    instant known_from; ///< requests from before it are forgotten
    digest state;       ///< as engine::state_digest()
    std::vector<remembered_answer> answers; ///< oldest first
};
BOOST_DESCRIBE_STRUCT(snapshot_head, (), (programme, at, last, known_from, state, answers))

/// A snapshot taken apart.
struct snapshot_parts {
    snapshot_head head;
    std::string_view state; ///< in the text that was read; for koc::difference
};

inline constexpr std::string_view snapshot_mark = "koc_snapshot 1 ";

/// The text of a snapshot. Its digest covers personal text too, which that of the state leaves out.
inline std::string snapshot_text(snapshot_head const& head, std::string_view state) {
    std::string content;
    append_canonical(content, shape_of<snapshot_head>, &head);
    content += '\n';
    content += state;
    std::string text{snapshot_mark};
    text += to_hex(digest_of(std::string_view{content}));
    text += '\n';
    return text + content;
}

/// Reads what `snapshot_text` wrote, but for the state. Refused: `schema_changed`, a text that does
/// not begin as one of this format; `corrupt`, one that is damaged. O(size).
inline result<snapshot_parts> read_snapshot(std::string_view text) {
    if (text.substr(0, snapshot_mark.size()) != snapshot_mark) {
        return error{errc::schema_changed, "snapshot",
            "expected a text that begins with '" + std::string{snapshot_mark} +
                "', as snapshots of this format do; write a new one"};
    }
    auto const digest_end = snapshot_mark.size() + 32;
    auto const told = digest_from_hex(text.substr(snapshot_mark.size(), 32));
    auto const begun = told && text.size() > digest_end && text[digest_end] == '\n';
    auto const content = begun ? text.substr(digest_end + 1) : std::string_view{};
    if (!begun || *told != digest_of(content)) {
        return error{errc::corrupt, "snapshot",
            "expected the text as it was written, but its digest does not match; write a new one"};
    }
    auto const line = content.substr(0, content.find('\n'));
    auto head = from_canonical<snapshot_head>(line);
    if (!head) {
        auto why = std::move(head).error();
        return error{errc::corrupt, "snapshot head" + why.subject, why.expected};
    }
    auto const state_from = (std::min)(line.size() + 1, content.size());
    return snapshot_parts{*std::move(head), content.substr(state_from)};
}

/// The parts would outlive their text.
template <std::same_as<std::string> Text>
result<snapshot_parts> read_snapshot(Text&& text) = delete;

namespace detail {

/// What an engine does to write and to read a snapshot.
struct snapshot_access {
    static engine_base& in(engine& of) { return *of.base_; }

    template <typename Visit>
    static void each_container(engine_base& of, Visit&& visit) {
        of.each_container(
            [](void* with, std::string_view aspect, std::string_view name, container& held) {
                (*static_cast<Visit*>(with))(std::string{aspect} + '.' + std::string{name}, held);
            },
            &visit);
    }

    /// Of all that decides how the text of a state is read, and of the release.
    static digest programme_of(engine_base& of, std::string_view release) {
        hasher into;
        into.add(release);
        each_container(of, [&](std::string const& name, container& held) {
            into.add(name);
            if (auto const* form = held.form()) {
                add_form(into, *form);
            }
        });
        return into.finish();
    }
    static std::vector<remembered_answer> answers_of(engine_base const& of) {
        std::vector<remembered_answer> all;
        of.each_answer(
            [](void* with, std::string const& request, digest const& command, receipt const& given,
                instant at) {
                static_cast<std::vector<remembered_answer>*>(with)->push_back(
                    {request, command, given.first, given.count, at});
            },
            &all);
        return all;
    }

    /// Refused where the next event belongs to the same batch as the last: which requests are known
    /// is then not settled.
    static result<void> check_between_batches(engine_base& of) {
        auto const at = of.head().position;
        std::vector<envelope> next;
        KOC_TRY(of.read(at, 1, next));
        if (!next.empty() && next.front().first != at) {
            return error{errc::wrong_state, "event " + std::to_string(at),
                "expected to stand between two batches, but this event and the one before it are "
                "of one; catch up to position " +
                    std::to_string(next.front().first) + " or to the end"};
        }
        return {};
    }
    /// Whether the journal has the events of which a snapshot was taken.
    static result<void> check_journal(engine_base& of, snapshot_head const& head) {
        auto const at = head.at;
        auto const wrong = [&](char const* found) {
            return error{errc::invalid_argument,
                "snapshot at position " + std::to_string(at.position),
                std::string{"expected a snapshot of this journal, "} + found +
                    "; give the one that belongs to it, or write a new one"};
        };
        if (at.position == 0) {
            return at.chain == digest{} ? result<void>{} : wrong("which has no event there");
        }
        std::vector<envelope> last;
        KOC_TRY(of.read(at.position - 1, 1, last));
        if (last.empty()) {
            return wrong("which ends before");
        }
        if (last.front().chain != at.chain || last.front().at != head.last) {
            return wrong("whose events up to there are others");
        }
        return {};
    }

    static result<void> read_container(
        canonical_reader& in, std::string const& name, container& held) {
        KOC_TRY(in.take(name + ' '));
        KOC_TRY(held.read_from(in));
        return in.take("\n");
    }
    static std::string sealing_context(journal_head const& at) {
        return "snapshot " + std::to_string(at.position) + ' ' + to_hex(at.chain);
    }
    /// The state as text, its personal texts sealed where the engine has a sealer.
    static result<std::string> state_text(engine_base& of) {
        std::string text;
        of.write_state(text);
        return of.sealer() ? sealed_canonical(of.sealer(), sealing_context(of.head()), text)
                           : result<std::string>{std::move(text)};
    }
    /// Reads what `write_state` wrote.
    static result<void> read_state(engine_base& into, std::string_view text) {
        canonical_reader in{text};
        result<void> done;
        each_container(into, [&](std::string const& name, container& held) {
            if (!done) {
                return;
            }
            if (done = read_container(in, name, held); !done) {
                auto why = std::move(done).error();
                why.subject.insert(0, name);
                done = std::move(why);
            }
        });
        if (done && !in.ended()) {
            auto why = in.refusal("no further container");
            why.subject.insert(0, "snapshot");
            return why;
        }
        return done;
    }
    static result<void> read_all(engine_base& into, snapshot_parts const& from) {
        auto const& head = from.head;
        auto const sealed = has_sealed_canonical(from.state);
        auto const opened = sealed
            ? opened_canonical(into.sealer(), sealing_context(head.at), from.state)
            : result<std::string>{std::string{}};
        if (!opened) {
            return opened.error();
        }
        each_container(into, [](std::string const&, container& held) { held.expect_many(); });
        KOC_TRY(read_state(into, sealed ? std::string_view{*opened} : from.state));
        for (auto const& a : head.answers) {
            into.put_answer(a.request, a.command, {a.first, a.count, false}, a.at);
        }
        into.stand_at(head.at, head.last, head.known_from, sealed);
        if (into.state_digest() != head.state) {
            return error{errc::corrupt, "snapshot",
                "expected the state to have the digest that was written with it; write a new one"};
        }
        return {};
    }
};

} // namespace detail

/// Writes what an engine knows. `release` says what the programme was built from: a release whose
/// aspects apply events in another way has another one. Personal texts are in it as they are in the
/// state, or sealed where the engine has a sealer. Not while a group is open. Refused:
/// `wrong_state` within the events of one command (see engine::catch_up_to), and as `read` of the
/// journal. O(state).
[[nodiscard]] inline result<std::string> take_snapshot(engine& of, std::string_view release = {}) {
    using access = detail::snapshot_access;
    auto& base = access::in(of);
    KOC_TRY(access::check_between_batches(base));
    auto const state = access::state_text(base);
    if (!state) {
        return state.error();
    }
    return snapshot_text({access::programme_of(base, release), base.head(), base.last(),
                             base.known_from(), base.state_digest(), access::answers_of(base)},
        *state);
}

/// Lets a new engine, which knows nothing yet, begin with a snapshot. Refused, it still knows
/// nothing, and reads its journal from the beginning: a text that is damaged (`corrupt`), of
/// another programme, release or format (`schema_changed`), ahead of the journal or of another one
/// (`invalid_argument`), or malformed, with the container and the path as its subject; and as
/// `read` of the journal. O(state).
[[nodiscard]] inline result<void> resume(
    engine& fresh, std::string_view snapshot, std::string_view release = {}) {
    using access = detail::snapshot_access;
    auto& base = access::in(fresh);
    KOC_EXPECTS(base.head() == journal_head{});
    auto const parts = read_snapshot(snapshot);
    if (!parts) {
        return parts.error();
    }
    if (parts->head.programme != access::programme_of(base, release)) {
        return error{errc::schema_changed, "snapshot",
            "expected one of the state and the release of this programme; write a new one"};
    }
    KOC_TRY(access::check_journal(base, parts->head));
    try {
        auto done = access::read_all(base, *parts);
        if (!done) {
            base.forget();
        }
        return done;
    } catch (...) {
        base.forget();
        throw;
    }
}

} // namespace koc
