// SPDX-License-Identifier: BSL-1.0
#pragma once

// Ends what reads a state that does not fit itself: a record is named somewhere and is not there,
// as after events that were lost, forged or put in another order. An exception, because whatever
// would go on from there goes on from nothing; the engine catches it, takes back what had begun,
// and refuses, so that a host never sees one.

#include <koc/core/contract.hpp>
#include <koc/core/error.hpp>

#include <cstdint>
#include <cstdlib>
#include <exception>
#include <string>
#include <string_view>
#include <utility>

namespace koc {

/// What was looked for, and that it is not there.
class misfit : public std::exception {
public:
    explicit misfit(error why) : why_{std::move(why)} {}

    /// `wrong_state`, with what was looked for as its subject.
    [[nodiscard]] error const& why() const noexcept { return why_; }
    [[nodiscard]] char const* what() const noexcept override { return why_.subject.c_str(); }

private:
    error why_;
};

/// Throws a misfit: there is no such thing. Kept out of the way of what finds things. Where a host
/// has no exceptions, and so no engine, it is a mistake of the caller (koc/core/contract.hpp) that
/// ends the process.
[[noreturn, gnu::cold, gnu::noinline]] inline void throw_misfit(
    [[maybe_unused]] std::string subject) {
#ifdef __cpp_exceptions
    throw misfit{{errc::wrong_state, std::move(subject),
        "expected this to be there, as what refers to it is; look whether an event before it is "
        "missing in the journal, or correct the aspect that asks for it"}};
#else
    KOC_EXPECTS(subject.empty()); // never so: reports the broken precondition
    std::abort();
#endif
}
[[noreturn, gnu::cold, gnu::noinline]] inline void throw_misfit(
    std::string_view noun, std::uint64_t id) {
    throw_misfit(std::string{noun} + ' ' + std::to_string(id));
}

} // namespace koc
