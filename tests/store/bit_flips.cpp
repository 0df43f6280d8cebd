// SPDX-License-Identifier: BSL-1.0

// A journal of 64 KiB, and one that lies in its log, with one bit the other way round: either the
// damage is said, or every event is read as it was written. Tagged [.torture]: every bit.

#include "store/power_cut.hpp"
#include "support/catch.hpp"
#include "support/rounds.hpp"
#include "support/torture.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <span>
#include <string>

using namespace koc_test;

namespace {

constexpr std::size_t file_size = 65'536;

class flip_trial {
public:
    /// `logged` leaves the events in the log, as a crash does.
    explicit flip_trial(bool logged) : damaged_{logged ? "journal.sqlite-wal" : "journal.sqlite"} {
        memory_folder made;
        auto const path = made / "journal.sqlite";
        {
            auto journal = opened(path);
            fill(journal, path, logged ? 0 : file_size);
            if (logged) {
                copy(made);
            }
        }
        if (!logged) {
            copy(made);
            REQUIRE(good_["journal.sqlite"].size() == file_size);
        }
        here_.become(good_);
        auto journal = opened(here_ / "journal.sqlite");
        wanted_ = read(journal).first;
        head_ = *journal.head();
        REQUIRE(wanted_.size() == head_.position);
    }

    [[nodiscard]] std::uint64_t bits() const { return good_.at(damaged_).size() * 8; }

    enum class found { said, harmless, cut_short, silent };
    found flip(std::uint64_t bit) {
        auto bad = good_;
        auto& byte = bad[damaged_][bit / 8];
        byte = static_cast<char>(static_cast<unsigned char>(byte) ^ (1U << (bit % 8)));
        here_.become(bad);
        auto journal = koc::open_sqlite_journal(here_ / "journal.sqlite");
        if (!journal) {
            return found::said;
        }
        auto const head = journal->head();
        auto const [events, refused] = read(*journal);
        if (events.size() > wanted_.size() ||
            !std::equal(events.begin(), events.end(), wanted_.begin(), same)) {
            return found::silent;
        }
        if (!head || refused) {
            return found::said;
        }
        if (*head == head_ && events.size() == wanted_.size()) {
            return found::harmless;
        }
        // SQLite ends a damaged log where the damage begins, as it ends one that was torn by a
        // power cut: what is left is a good journal, and its head is not the acknowledged one.
        auto const good = head->position == events.size() &&
            (events.empty() ? *head == koc::journal_head{} : events.back().chain == head->chain);
        return damaged_ == "journal.sqlite-wal" && good ? found::cut_short : found::silent;
    }

private:
    /// The chain is computed anew from all that was read.
    static bool same(koc::envelope const& a, koc::envelope const& b) {
        return a.chain == b.chain && a.position == b.position;
    }
    /// Until the file with its log emptied would have this size.
    static void fill(sqlite_journal& journal, fs::path const& path, std::size_t size) {
        koc::journal_head head;
        client plain{path};
        do {
            auto const got = append(journal, head);
            REQUIRE(got.has_value());
            head = *got;
        } while (std::stoull(plain.rows("PRAGMA page_count")) * 4'096 < size);
    }
    void copy(memory_folder const& from) {
        for (auto const* name : {"journal.sqlite", "journal.sqlite-wal"}) {
            if (fs::exists(from / name) && fs::file_size(from / name) > 0) {
                good_[name] = bytes_of(from / name);
            }
        }
    }

    std::string damaged_;
    medium good_;
    memory_folder here_;
    envelopes wanted_;
    koc::journal_head head_;
};

} // namespace

TEST_CASE("no bit of a journal is flipped in silence", "[store][flips]") {
    for (bool const logged : {false, true}) {
        flip_trial trial{logged};
        dice chance{7};
        std::uint64_t said = 0;
        std::uint64_t cut_short = 0;
        auto const try_one = [&](std::uint64_t bit) {
            auto const found = trial.flip(bit);
            INFO("bit " << bit << (logged ? " of the log" : " of the file"));
            REQUIRE(found != flip_trial::found::silent);
            said += found == flip_trial::found::said ? 1 : 0;
            cut_short += found == flip_trial::found::cut_short ? 1 : 0;
        };
        for (std::uint64_t bit = 0; bit < 800; bit += 7) { // the header
            try_one(bit);
        }
        for (std::uint64_t i = 0; i < rounds(300); ++i) {
            try_one(chance.below(trial.bits()));
        }
        CHECK((logged ? cut_short : said) > rounds(60));
    }
}

TEST_CASE("every bit of a journal and of its log is flipped", "[.torture][flips]") {
    std::uint64_t all = 0;
    std::uint64_t said = 0;
    std::uint64_t cut_short = 0;
    std::uint64_t silent = 0;
    auto const first = torture_first();
    auto const count = torture_count("FLIPS", ~std::uint64_t{0} / 2);
    std::uint64_t at = 0; // counted over both files
    for (bool const logged : {false, true}) {
        flip_trial trial{logged};
        for (std::uint64_t bit = 0; bit < trial.bits(); ++bit, ++at) {
            if (at < first || all >= count) {
                continue;
            }
            auto const found = trial.flip(bit);
            ++all;
            said += found == flip_trial::found::said ? 1 : 0;
            cut_short += found == flip_trial::found::cut_short ? 1 : 0;
            if (found == flip_trial::found::silent) {
                ++silent;
                std::printf("silent: bit %llu of the %s\n", static_cast<unsigned long long>(bit),
                    logged ? "log" : "file");
            }
            torture_progress(all - 1, all, at + 1, 10'000);
        }
    }
    std::printf("%llu of them were said, %llu cut the log short\n",
        static_cast<unsigned long long>(said), static_cast<unsigned long long>(cut_short));
    torture_result(all, "flips", silent, (std::min)(at, first + all));
    CHECK(silent == 0);
}
