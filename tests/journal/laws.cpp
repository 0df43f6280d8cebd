// SPDX-License-Identifier: BSL-1.0
#include <koc/journal/memory_journal.hpp>
#include <koc/testing/journal.hpp>

#include "support/catch.hpp"

#include <algorithm>
#include <span>
#include <string>
#include <vector>

namespace {

using batches = std::span<koc::batch const>;
using envelopes = std::vector<koc::envelope>;

enum class flaw {
    first_batch_only,
    stale_head_accepted,
    chain_not_compared,
    conflict_writes,
    limit_ignored,
    clears_output,
    forgets_request,
    forgets_actor,
    wrong_batch,
    forgets_on_reopen,
};

/// A journal with one flaw.
struct flawed {
    flaw what;
    koc::memory_journal inner{};

    koc::result<koc::journal_head> head() { return inner.head(); }
    koc::result<koc::journal_head> append(koc::journal_head expected, batches groups) {
        auto const now = *inner.head();
        switch (what) {
        case flaw::first_batch_only:
            return inner.append(expected, groups.first(std::min<std::size_t>(1, groups.size())));
        case flaw::stale_head_accepted:
            return inner.append(now, groups);
        case flaw::chain_not_compared:
            expected.chain = now.chain;
            break;
        case flaw::conflict_writes:
            if (now != expected) {
                (void)inner.append(now, groups);
            }
            break;
        default:
            break;
        }
        return inner.append(expected, groups);
    }
    koc::result<void> read(
        std::uint64_t from, std::size_t limit, koc::event_types const& types, envelopes& out) {
        if (what == flaw::clears_output) {
            out.clear();
        }
        auto const before = out.size();
        auto const done =
            inner.read(from, what == flaw::limit_ignored ? 1'000'000 : limit, types, out);
        for (auto i = before; i < out.size(); ++i) {
            if (what == flaw::forgets_request && out[i].position != out[i].first) {
                out[i].asked = {};
            }
            if (what == flaw::forgets_actor) {
                out[i].by = {};
            }
            if (what == flaw::wrong_batch) {
                out[i].first = out[i].position;
            }
        }
        return done;
    }
};

} // namespace

TEST_CASE("the laws find each flaw they are there for", "[journal]") {
    for (auto what : {flaw::first_batch_only, flaw::stale_head_accepted, flaw::chain_not_compared,
             flaw::conflict_writes, flaw::limit_ignored, flaw::clears_output, flaw::forgets_request,
             flaw::forgets_actor, flaw::wrong_batch, flaw::forgets_on_reopen}) {
        INFO("flaw " << static_cast<int>(what));
        auto const broken = koc::testing::check_journal_laws([what] { return flawed{what}; },
            [what](flawed journal) {
                return what == flaw::forgets_on_reopen ? flawed{what} : journal;
            });
        CHECK(!broken.empty());
    }
}

TEST_CASE("sample batches depend on the seed alone", "[journal]") {
    auto const chain = [](std::uint64_t seed) {
        auto const groups = koc::testing::sample_batches{seed}.some(20);
        return koc::head_after({}, batches{groups}).chain;
    };
    CHECK(chain(1) == chain(1));
    CHECK(chain(1) != chain(2));
}
