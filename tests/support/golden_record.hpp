// SPDX-License-Identifier: BSL-1.0
#pragma once

// A line of a journal that a release wrote: tests/journal/golden/.

#include <koc/core/instant.hpp>
#include <koc/describe/digest.hpp>
#include <koc/journal/actor.hpp>
#include <koc/journal/envelope.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace koc_test {

struct golden_record {
    std::uint64_t position = 0;
    std::uint64_t first = 0;
    koc::instant at;
    std::optional<koc::instant> told;
    koc::actor by;
    koc::writer_id writer;
    koc::request asked;
    std::string type;
    unsigned version = 1;
    std::string payload;
    koc::digest chain;
};
BOOST_DESCRIBE_STRUCT(golden_record, (),
    (position, first, at, told, by, writer, asked, type, version, payload, chain))

} // namespace koc_test
