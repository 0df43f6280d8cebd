// SPDX-License-Identifier: BSL-1.0

// A host of koc::postgres: where there is no server, it is told so, as a value.

#include <koc/store/postgres.hpp>

int main() {
    auto const journal = koc::open_postgres_journal("host=/nowhere", "brand_a");
    return !journal && journal.error().code == koc::errc::unavailable ? 0 : 1;
}
