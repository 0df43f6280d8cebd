// SPDX-License-Identifier: BSL-1.0

// The standard programme, whose scorer has a ceiling.

#include "ratios/dispatch_programme.hpp"

#include <koc/standard/instantiate.hpp>

koc::engine bench::standard_engine(koc::any_journal journal) {
    return koc::engine{std::move(journal)};
}
