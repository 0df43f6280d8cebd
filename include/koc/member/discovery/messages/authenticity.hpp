// SPDX-License-Identifier: BSL-1.0
#pragma once

// Messages of authenticity: doubts whether somebody, or a piece that they published, is what it
// seems to be. The host reports them, employees settle them.

#include <koc/core/error.hpp>
#include <koc/core/id.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/personal_text.hpp>
#include <koc/core/result.hpp>
#include <koc/member/discovery/messages/discovery.hpp>
#include <koc/member/member.hpp>
#include <koc/number/score.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <cstdint>
#include <optional>
#include <vector>

namespace koc {

/// What a confirmed doubt brings, besides that a piece in doubt never counts again.
struct authenticity_rules {
    duration excluded_for = days(180); ///< how long a person is kept out, from when it is settled
};
BOOST_DESCRIBE_STRUCT(authenticity_rules, (), (excluded_for))

inline result<void> check(authenticity_rules const& rules) {
    if (rules.excluded_for <= duration{}) {
        return error{errc::invalid_argument, "authenticity_rules.excluded_for",
            "expected a span of more than 0"};
    }
    return {};
}

struct doubt_noun {
    static constexpr char const* noun = "doubt";
    static constexpr bool runs_out = true; ///< an exclusion ends by itself, and leaves nothing open
    using record = struct doubt_record;
};
/// A doubt, by an id of the host's.
using doubt_id = id<doubt_noun>;

/// What is suspected.
enum class doubt_kind : std::uint8_t {
    bought_audience,      ///< followers, votes or views that were paid for
    copied_content,       ///< what is published is somebody else's
    coordinated_accounts, ///< several accounts act as one
    other,                ///< as the evidence says
};
BOOST_DESCRIBE_ENUM(doubt_kind, bought_audience, copied_content, coordinated_accounts, other)

/// How far a doubt has come.
enum class doubt_state : std::uint8_t {
    open,      ///< waits to be settled
    dismissed, ///< all counts as before
    confirmed, ///< with its consequence
};
BOOST_DESCRIBE_ENUM(doubt_state, open, dismissed, confirmed)

/// Reports a doubt about a person, or about one piece that they published. From then on what is in
/// doubt does not count, until somebody settles it. How sure the detector is decides nothing.
struct report_authenticity {
    doubt_id doubt;
    member_id person; ///< a member, or somebody who may be on a shortlist
    doubt_kind kind{};
    score confidence;       ///< from 0 to 1; recorded and shown
    personal_text evidence; ///< the person's to read; not empty
    signal_id signal{};     ///< of a piece of content of theirs; none where the person is meant
    platform_id platform{}; ///< of the piece, as it was reported
    std::optional<instant> at{}; ///< when it was noticed; now where nothing is said
};
BOOST_DESCRIBE_STRUCT(
    report_authenticity, (), (doubt, person, kind, confidence, evidence, signal, platform, at))

/// The person answers an open doubt; what they say last stands.
struct answer_doubt {
    doubt_id doubt;
    personal_text words;
};
BOOST_DESCRIBE_STRUCT(answer_doubt, (), (doubt, words))

/// Says whether an open doubt was right, or dismisses one after all that was confirmed by mistake:
/// what it kept from counting counts again at once. By an employee or the host.
struct settle_authenticity {
    doubt_id doubt;
    bool confirmed = false; ///< otherwise it is dismissed, and all counts as before
    personal_text reason;   ///< the person's to read; not empty
};
BOOST_DESCRIBE_STRUCT(settle_authenticity, (), (doubt, confirmed, reason))

/// A person, or a piece of theirs, does not count until the doubt is settled.
struct authenticity_doubted {
    doubt_id doubt;
    member_id person;
    doubt_kind kind{};
    score confidence;
    personal_text evidence;
    seen_signal_id content; ///< none where the person is meant
    instant at;             ///< when it was noticed
};
BOOST_DESCRIBE_STRUCT(
    authenticity_doubted, (), (doubt, person, kind, confidence, evidence, content, at))

/// The person in doubt said something about it.
struct doubt_answered {
    doubt_id doubt;
    member_id person;
    personal_text words;
};
BOOST_DESCRIBE_STRUCT(doubt_answered, (), (doubt, person, words))

/// A doubt was dismissed or confirmed, with a reason.
struct doubt_settled {
    doubt_id doubt;
    member_id person;
    seen_signal_id content; ///< none where the person is meant
    bool confirmed = false;
    personal_text reason;
    std::optional<instant> until; ///< of an exclusion of the person; none where it is for ever
};
BOOST_DESCRIBE_STRUCT(doubt_settled, (), (doubt, person, content, confirmed, reason, until))

/// The time of an exclusion is over; the person counts as before.
struct exclusion_ended {
    doubt_id doubt;
    member_id person;
};
BOOST_DESCRIBE_STRUCT(exclusion_ended, (), (doubt, person))

/// A doubt, and what became of it.
struct doubt_record {
    doubt_id id;
    member_id person;
    doubt_kind kind{};
    doubt_state state{};
    score confidence;
    personal_text evidence;
    seen_signal_id content;         ///< none where the person is meant
    instant at;                     ///< when it was noticed
    personal_text words;            ///< of the person, where they answered
    personal_text reason;           ///< where it is settled
    std::optional<instant> until{}; ///< of an exclusion that ends

    friend bool operator==(doubt_record const&, doubt_record const&) = default;
};
BOOST_DESCRIBE_STRUCT(doubt_record, (),
    (id, person, kind, state, confidence, evidence, content, at, words, reason, until))

/// A doubt because of which something does not count.
struct holding_doubt {
    doubt_id doubt;
    doubt_kind kind{};
    seen_signal_id content; ///< the piece that does not count; none where the person does not
    bool confirmed = false; ///< otherwise it is open

    friend bool operator==(holding_doubt const&, holding_doubt const&) = default;
};
BOOST_DESCRIBE_STRUCT(holding_doubt, (), (doubt, kind, content, confirmed))

/// What holds somebody back. There is none of who is not in doubt.
struct held_back_record {
    member_id id;
    std::vector<holding_doubt> doubts; ///< in the order in which they were raised
};
BOOST_DESCRIBE_STRUCT(held_back_record, (), (id, doubts))

/// A piece that does not count, under the number of its signal.
struct held_content_record {
    seen_signal_id id;
    doubt_id doubt;
};
BOOST_DESCRIBE_STRUCT(held_content_record, (), (id, doubt))

/// All doubts about a person, oldest first, with evidence, answer and reason. Asked by that person,
/// an employee or the host.
struct list_doubts {
    using answer = std::vector<doubt_record>;
    member_id person;
};
BOOST_DESCRIBE_STRUCT(list_doubts, (), (person))

/// The doubts that wait to be settled, in the order in which they were raised, but those about who
/// was erased. For employees and the host. O(doubts).
struct list_open_doubts {
    using answer = std::vector<doubt_record>;
};
BOOST_DESCRIBE_STRUCT(list_open_doubts, (), ())

} // namespace koc
