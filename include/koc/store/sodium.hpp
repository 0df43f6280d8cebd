// SPDX-License-Identifier: BSL-1.0
#pragma once

// The sealer of koc::sodium: XChaCha20-Poly1305 of libsodium under a random key for each person,
// and the file that keeps these keys (sodium_keys.hpp).
//
// Sealing is deterministic authenticated encryption with a synthetic nonce (P. Rogaway, T.
// Shrimpton, "Deterministic Authenticated-Encryption", EUROCRYPT 2006): the nonce is a keyed
// BLAKE2b of the context and the text, so the same text in the same place gives the same bytes, and
// no nonce serves two texts. Encryption and nonces have keys of their own, derived from the
// person's by BLAKE2b (crypto_kdf). The owner and the context are authenticated with the text. A
// text is padded to a multiple of 32 bytes, so that its length tells little.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/journal/sealer.hpp>
#include <koc/store/sodium_keys.hpp>

#include <sodium.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace koc {

/// Models `sealer`. Copies share one key file; they may be used by several threads.
class sodium_sealer {
public:
    /// Opens the file of keys, or makes one; refused as `sodium_keys::open`.
    [[nodiscard]] static result<sodium_sealer> open(
        std::filesystem::path const& keys, std::optional<master_key> const& master = {}) {
        auto opened = sodium_keys::open(keys, master);
        if (!opened) {
            return std::move(opened).error();
        }
        return sodium_sealer{std::make_shared<sodium_keys>(*std::move(opened))};
    }

    result<std::string> seal(
        std::uint64_t owner, std::string_view context, std::string_view text) const {
        person_key key;
        if (auto found = keys_->find_or_make(owner, key); !found) {
            return std::move(found).error();
        }
        parts const with{key};
        auto const bound = associated(owner, context);

        buffer padded(text.size() + padding);
        std::copy(text.begin(), text.end(), padded.bytes.begin());
        std::size_t size = 0;
        sodium_pad(&size, padded.bytes.data(), text.size(), padding, padded.bytes.size());

        std::vector<unsigned char> sealed(nonce_bytes + size + tag_bytes);
        nonce_of(with, bound, padded.bytes.data(), size, sealed.data());
        crypto_aead_xchacha20poly1305_ietf_encrypt(sealed.data() + nonce_bytes, nullptr,
            padded.bytes.data(), size, bound.data(), bound.size(), nullptr, sealed.data(),
            with.encryption.data());
        return base64(sealed);
    }
    result<std::optional<std::string>> open(
        std::uint64_t owner, std::string_view context, std::string_view sealed) const {
        person_key key;
        switch (keys_->find(owner, key)) {
        case key_state::forgotten:
            return std::optional<std::string>{};
        case key_state::unknown:
            return damaged(owner, "its key is missing from the file of keys; restore that file");
        case key_state::known:
            break;
        }
        auto const bytes = from_base64(sealed);
        if (!bytes || bytes->size() < nonce_bytes + padding + tag_bytes) {
            return damaged(owner, "it is malformed");
        }
        parts const with{key};
        auto const bound = associated(owner, context);
        buffer padded(bytes->size() - nonce_bytes - tag_bytes);
        std::size_t size = 0;
        if (crypto_aead_xchacha20poly1305_ietf_decrypt(padded.bytes.data(), nullptr, nullptr,
                bytes->data() + nonce_bytes, bytes->size() - nonce_bytes, bound.data(),
                bound.size(), bytes->data(), with.encryption.data()) != 0 ||
            sodium_unpad(&size, padded.bytes.data(), padded.bytes.size(), padding) != 0) {
            return damaged(owner, "it was changed or moved");
        }
        return std::optional{std::string{reinterpret_cast<char const*>(padded.bytes.data()), size}};
    }
    result<void> keep() const { return keys_->keep(); }
    result<void> forget(std::uint64_t owner) const { return keys_->forget(owner); }

private:
    static constexpr std::size_t nonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
    static constexpr std::size_t tag_bytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
    static constexpr std::size_t padding = 32;

    /// Bytes that are wiped.
    struct buffer {
        explicit buffer(std::size_t size) : bytes(size) {}
        buffer(buffer const&) = delete;
        buffer& operator=(buffer const&) = delete;
        ~buffer() { sodium_memzero(bytes.data(), bytes.size()); }
        std::vector<unsigned char> bytes;
    };
    /// What is derived from a person's key.
    struct parts {
        explicit parts(person_key const& key) {
            static constexpr char context[crypto_kdf_CONTEXTBYTES + 1] = "koc_seal";
            crypto_kdf_derive_from_key(
                encryption.data(), encryption.size(), 1, context, key.bytes.data());
            crypto_kdf_derive_from_key(nonces.data(), nonces.size(), 2, context, key.bytes.data());
        }
        parts(parts const&) = delete;
        parts& operator=(parts const&) = delete;
        ~parts() {
            sodium_memzero(encryption.data(), encryption.size());
            sodium_memzero(nonces.data(), nonces.size());
        }
        std::array<unsigned char, crypto_aead_xchacha20poly1305_ietf_KEYBYTES> encryption{};
        std::array<unsigned char, crypto_generichash_KEYBYTES> nonces{};
    };

    explicit sodium_sealer(std::shared_ptr<sodium_keys> keys) : keys_{std::move(keys)} {}

    /// The owner in 8 bytes, least first, and the context.
    static std::vector<unsigned char> associated(std::uint64_t owner, std::string_view context) {
        std::vector<unsigned char> bytes;
        bytes.reserve(8 + context.size());
        for (int shift = 0; shift < 64; shift += 8) {
            bytes.push_back(static_cast<unsigned char>(owner >> shift & 255U));
        }
        bytes.insert(bytes.end(), context.begin(), context.end());
        return bytes;
    }
    static void nonce_of(parts const& with, std::vector<unsigned char> const& bound,
        unsigned char const* text, std::size_t size, unsigned char* into) {
        crypto_generichash_state state;
        crypto_generichash_init(&state, with.nonces.data(), with.nonces.size(), nonce_bytes);
        std::array<unsigned char, 8> length{};
        for (std::size_t i = 0; i < length.size(); ++i) {
            length[i] = static_cast<unsigned char>(bound.size() >> (8 * i) & 255U);
        }
        crypto_generichash_update(&state, length.data(), length.size());
        crypto_generichash_update(&state, bound.data(), bound.size());
        crypto_generichash_update(&state, text, size);
        crypto_generichash_final(&state, into, nonce_bytes);
        sodium_memzero(&state, sizeof state);
    }
    static std::string base64(std::vector<unsigned char> const& bytes) {
        std::string text(
            sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING),
            '\0');
        sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(),
            sodium_base64_VARIANT_URLSAFE_NO_PADDING);
        text.pop_back(); // the terminator
        return text;
    }
    static std::optional<std::vector<unsigned char>> from_base64(std::string_view text) {
        std::vector<unsigned char> bytes(text.size() / 4 * 3 + 3);
        std::size_t size = 0;
        if (sodium_base642bin(bytes.data(), bytes.size(), text.data(), text.size(), nullptr, &size,
                nullptr, sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0) {
            return std::nullopt;
        }
        bytes.resize(size);
        return bytes;
    }
    static error damaged(std::uint64_t owner, std::string const& how) {
        return {errc::corrupt, "sealed text of person " + std::to_string(owner),
            "expected what was sealed for this person and place, but " + how};
    }

    std::shared_ptr<sodium_keys> keys_;
};
static_assert(sealer<sodium_sealer>);

} // namespace koc
