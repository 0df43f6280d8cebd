// SPDX-License-Identifier: BSL-1.0
#pragma once

// The keys of people in a file of their own, one slot of 128 bytes each. A slot never moves, and a
// key is overwritten where it stands, so that nothing is left of it: a database would leave copies
// in its log and in pages that it gave up. That holds for what the file system writes in place; a
// file system or disk that writes elsewhere keeps the old bytes until it reuses them, so give a
// master key there. Copies and backups of the file are the host's to delete.
//
//     header   "koc_keys", format, how many slots are whole, whether keys are wrapped, check
//     slot     owner, state, nonce, the key and its tag, check
//
// A key is wrapped by the host's master key, where there is one, by XChaCha20-Poly1305.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/try.hpp>
#include <koc/store/detail/sodium_key_file.hpp>

#include <sodium.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

namespace koc {

/// 32 bytes that only the host has, such as from a key management service.
using master_key = std::array<unsigned char, crypto_aead_xchacha20poly1305_ietf_KEYBYTES>;

/// The key of one person, wiped at its end.
struct person_key {
    person_key() = default;
    person_key(person_key const&) = delete;
    person_key& operator=(person_key const&) = delete;
    ~person_key() { sodium_memzero(bytes.data(), bytes.size()); }
    std::array<unsigned char, crypto_kdf_KEYBYTES> bytes{};
};

/// What is known of a person's key.
enum class key_state : std::uint8_t { unknown, known, forgotten };

/// An open file of keys. All keys are in memory too, wiped when they are forgotten and at the end.
class sodium_keys {
public:
    /// Opens a file, or makes one where there is none. Refused: `unavailable`, a file that cannot
    /// be read and written, that another process has open, or a failing libsodium; `wrong_state`, a
    /// file of keys with another or no master key; `corrupt`, a file that is damaged or no such
    /// file. O(people).
    [[nodiscard]] static result<sodium_keys> open(
        std::filesystem::path const& path, std::optional<master_key> const& master = {}) {
        if (sodium_init() < 0) {
            return error{errc::unavailable, "libsodium", "expected it to start on this machine"};
        }
        auto file = detail::key_file::open(path);
        if (!file) {
            return std::move(file).error();
        }
        sodium_keys made;
        made.state_ = std::make_unique<state>(*std::move(file));
        if (master) {
            made.state_->master = std::make_unique<wiped>();
            std::memcpy(made.state_->master->bytes.data(), master->data(), master->size());
        }
        KOC_TRY(made.state_->load());
        return made;
    }

    /// The key of a person, where it is known.
    [[nodiscard]] key_state find(std::uint64_t owner, person_key& into) const {
        std::lock_guard const turn{state_->turns};
        return state_->find(owner, into);
    }
    /// The key of a person, made where there is none; refused with `wrong_state` where it was
    /// forgotten. A new one is durable after `keep`.
    [[nodiscard]] result<void> find_or_make(std::uint64_t owner, person_key& into) {
        std::lock_guard const turn{state_->turns};
        switch (state_->find(owner, into)) {
        case key_state::known:
            return {};
        case key_state::forgotten:
            return error{errc::wrong_state, "person " + std::to_string(owner),
                "expected somebody whose key was not forgotten; nothing more is recorded of them"};
        case key_state::unknown:
            break;
        }
        randombytes_buf(into.bytes.data(), into.bytes.size());
        return state_->add(owner, key_state::known, into);
    }
    /// Makes new keys durable. O(1) where there are none.
    [[nodiscard]] result<void> keep() {
        std::lock_guard const turn{state_->turns};
        return state_->keep();
    }
    /// Overwrites a key, durably; the owner never gets another.
    [[nodiscard]] result<void> forget(std::uint64_t owner) {
        std::lock_guard const turn{state_->turns};
        return state_->forget(owner);
    }

private:
    using wiped = person_key;
    struct entry {
        std::uint64_t slot = 0;
        key_state known = key_state::unknown;
        bool wiping = false; ///< forgotten in memory, and maybe not in the file
        person_key key;
    };

    struct state {
        explicit state(detail::key_file opened) : file{std::move(opened)} {}

        std::mutex turns;
        detail::key_file file;
        std::unique_ptr<wiped> master;
        std::unordered_map<std::uint64_t, entry> people; ///< its nodes stay where they are
        std::uint64_t slot_count = 0;
        bool unkept = false; ///< there are slots that are not durable
        bool failed = false; ///< what is in the file is not known any more

        result<void> load() {
            auto const head = file.read_head(master != nullptr);
            if (!head) {
                return head.error();
            }
            for (; slot_count < *head; ++slot_count) {
                detail::key_slot held;
                KOC_TRY(file.read(slot_count, held));
                auto const [at, fresh] = people.try_emplace(held.owner);
                if (!fresh) {
                    return file.damaged("two slots of one person");
                }
                at->second.slot = slot_count;
                if (held.state == detail::slot_state::forgotten) {
                    at->second.known = key_state::forgotten;
                    if (!held.wiped()) { // a crash came between
                        KOC_TRY(file.wipe(slot_count, held.owner));
                    }
                    continue;
                }
                at->second.known = key_state::known;
                if (!unwrap(held, at->second.key)) {
                    return error{errc::wrong_state, file.subject(),
                        "expected the master key that its keys are wrapped with; give that one"};
                }
            }
            return file.sync();
        }
        key_state find(std::uint64_t owner, person_key& into) const {
            auto const found = people.find(owner);
            if (found == people.end()) {
                return key_state::unknown;
            }
            into.bytes = found->second.key.bytes;
            return found->second.known;
        }
        result<void> add(std::uint64_t owner, key_state known, person_key const& key) {
            KOC_TRY(check_usable());
            detail::key_slot held;
            held.owner = owner;
            held.state = known == key_state::known ? detail::slot_state::known
                                                   : detail::slot_state::forgotten;
            if (known == key_state::known) {
                wrap(key, held);
            }
            auto& made = people[owner];
            if (auto written = file.write(slot_count, held); !written) {
                people.erase(owner);
                return written;
            }
            made.slot = slot_count++;
            made.known = known;
            made.key.bytes = key.bytes;
            unkept = true;
            return {};
        }
        result<void> keep() {
            KOC_TRY(check_usable());
            if (!unkept) {
                return {};
            }
            auto kept = file.keep(slot_count, master != nullptr);
            failed = !kept;
            unkept = !kept;
            return kept;
        }
        result<void> forget(std::uint64_t owner) {
            KOC_TRY(check_usable());
            auto const found = people.find(owner);
            if (found == people.end()) {
                KOC_TRY(add(owner, key_state::forgotten, person_key{}));
                return keep();
            }
            if (found->second.known == key_state::forgotten && !found->second.wiping) {
                return {};
            }
            KOC_TRY(keep());
            found->second.known = key_state::forgotten;
            found->second.wiping = true;
            sodium_memzero(found->second.key.bytes.data(), found->second.key.bytes.size());
            KOC_TRY(file.wipe(found->second.slot, owner));
            KOC_TRY(file.sync());
            found->second.wiping = false;
            return {};
        }
        [[nodiscard]] result<void> check_usable() const {
            return failed ? error{errc::unavailable, file.subject(),
                                "expected a disk that keeps what is written, but writing failed; "
                                "open the file again"}
                          : result<void>{};
        }

        void wrap(person_key const& key, detail::key_slot& into) const {
            if (master == nullptr) {
                std::memcpy(into.box.data(), key.bytes.data(), key.bytes.size());
                return;
            }
            randombytes_buf(into.nonce.data(), into.nonce.size());
            auto const bound = into.owner_bytes();
            crypto_aead_xchacha20poly1305_ietf_encrypt(into.box.data(), nullptr, key.bytes.data(),
                key.bytes.size(), bound.data(), bound.size(), nullptr, into.nonce.data(),
                master->bytes.data());
        }
        bool unwrap(detail::key_slot const& from, person_key& into) const {
            if (master == nullptr) {
                std::memcpy(into.bytes.data(), from.box.data(), into.bytes.size());
                return true;
            }
            auto const bound = from.owner_bytes();
            return crypto_aead_xchacha20poly1305_ietf_decrypt(into.bytes.data(), nullptr, nullptr,
                       from.box.data(), from.box.size(), bound.data(), bound.size(),
                       from.nonce.data(), master->bytes.data()) == 0;
        }
    };

    sodium_keys() = default;

    std::unique_ptr<state> state_;
};

} // namespace koc
