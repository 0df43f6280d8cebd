// SPDX-License-Identifier: BSL-1.0
#pragma once

// A refusal is a value: a code for programs, the subject it is about, and a sentence for people
// that says what was expected and what to do. Nothing has changed when one is returned.

#include <boost/describe/enum.hpp>

#include <string>
#include <utility>

namespace koc {

enum class errc : unsigned char {
    unknown_id,         ///< nothing has this id
    already_exists,     ///< the id, name or fact is taken
    invalid_argument,   ///< a value is outside its range
    invalid_text,       ///< a string is empty, too long or not UTF-8
    too_large,          ///< a list, tree or sum is over its documented limit
    wrong_state,        ///< the thing's stage does not allow this
    not_qualified,      ///< a requirement, consent or evidence is missing
    no_capacity,        ///< every slot, lease or hour is taken
    over_budget,        ///< money or attention would be overspent
    time_ran_backwards, ///< the instant is before the last recorded one
    request_reused,     ///< the request id was used for another command
    corrupt,            ///< stored bytes do not match their digest
    schema_changed,     ///< undamaged, but written by another release or programme
    conflict,           ///< another writer was first
    unavailable,        ///< the journal could not be read or written
    outcome_unknown, ///< a write may or may not have happened: ask again with the same request id
};
BOOST_DESCRIBE_ENUM(errc, unknown_id, already_exists, invalid_argument, invalid_text, too_large,
    wrong_state, not_qualified, no_capacity, over_budget, time_ran_backwards, request_reused,
    corrupt, schema_changed, conflict, unavailable, outcome_unknown)

/// Why something was refused.
struct error {
    errc code{};
    std::string subject;  ///< what it is about, such as `task 7` or `tag region:harbin`
    std::string expected; ///< one sentence: what was expected and what to do

    friend bool operator==(error const&, error const&) = default;
};

/// `subject("task", id)` is "task 7": how errors name things.
template <typename Id>
std::string subject(char const* kind, Id const& id) {
    std::string text{kind};
    text += ' ';
    text += std::to_string(id.value());
    return text;
}

template <typename Id>
error unknown(char const* kind, Id const& id) {
    std::string expected;
    expected.reserve(96); // the longest sentence of our own, in one allocation
    expected += "expected the id of a known ";
    expected += kind;
    expected += "; create it first or correct the id";
    return {errc::unknown_id, subject(kind, id), std::move(expected)};
}

} // namespace koc
