// SPDX-License-Identifier: BSL-1.0
#pragma once

// What is fuzzed: functions that take any bytes and throw where the library breaks a promise about
// them. corpus.cpp runs them on the files of corpus/, libfuzzer.cpp on what libFuzzer makes up.

#include <koc/core/error.hpp>

#include <stdexcept>
#include <string>
#include <string_view>

namespace koc_fuzz {

/// The library broke a promise; the text says which.
struct broken_promise : std::logic_error {
    using std::logic_error::logic_error;
};

/// Throws where a promise was not kept; words are only put together then.
template <typename... Words>
void promise(bool kept, Words const&... what) {
    if (!kept) {
        throw broken_promise{(std::string{} + ... + what)};
    }
}
/// Every refusal says of what it is, and what was expected.
inline void promise_told(koc::error const& why) {
    promise(!why.subject.empty(), "a refusal has a subject: ", why.expected);
    promise(!why.expected.empty(), "a refusal says what was expected: ", why.subject);
}

/// Text from outside: UTF-8, names, and how a refusal quotes it.
void utf8(std::string_view bytes);
/// The canonical text of an event.
void canonical(std::string_view bytes);
/// A payload as a journal holds it, read by json_decoder.
void payload(std::string_view bytes);
/// A command as JSON.
void command(std::string_view bytes);
/// What a task asks of people, as JSON and as canonical text.
void requirement(std::string_view bytes);
/// A table of rows, as CSV or JSON lines, in any encoding.
void csv(std::string_view bytes);
/// A snapshot of a small programme, behind its digests.
void snapshot(std::string_view bytes);
/// The events of a journal in any order, with any values.
void replay(std::string_view bytes);

struct target {
    char const* name; ///< as its folder in corpus/
    void (*run)(std::string_view bytes);
};
inline constexpr target targets[] = {{"utf8", utf8}, {"canonical", canonical}, {"payload", payload},
    {"command", command}, {"requirement", requirement}, {"csv", csv}, {"snapshot", snapshot},
    {"replay", replay}};

} // namespace koc_fuzz
