// SPDX-License-Identifier: BSL-1.0

// Compiled with -fno-exceptions -fno-rtti. What Boost would throw ends the program, as Boost asks
// of a host without exceptions.

#include <all_headers.hpp>

#include <boost/assert/source_location.hpp>
#include <boost/throw_exception.hpp>

#include <cstdlib>
#include <exception>

namespace boost {

BOOST_NORETURN void throw_exception(std::exception const&) { std::abort(); }
BOOST_NORETURN void throw_exception(std::exception const&, source_location const&) { std::abort(); }

} // namespace boost

int main() {}
