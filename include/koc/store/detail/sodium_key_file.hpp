// SPDX-License-Identifier: BSL-1.0
#pragma once

// The bytes of a file of keys: a header and slots of 128 bytes, written in place and synced. The
// header counts the slots that are whole, and is written after they are synced: what stands behind
// them after a crash was never used. A forgotten key is marked first, with one byte that cannot
// tear, and then overwritten, so that a crash between the two is seen.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/try.hpp>
#include <koc/store/detail/durable_file.hpp>

#include <sodium.h>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <string>
#include <utility>

namespace koc::detail {

enum class slot_state : unsigned char { known = 1, forgotten = 2 };

/// One person.
struct key_slot {
    std::uint64_t owner = 0;
    slot_state state = slot_state::known;
    std::array<unsigned char, 24> nonce{};
    std::array<unsigned char, 48> box{}; ///< the key, and the tag of one that is wrapped

    /// Whether a forgotten key was overwritten.
    [[nodiscard]] bool wiped() const {
        return sodium_is_zero(box.data(), box.size()) == 1 &&
            sodium_is_zero(nonce.data(), nonce.size()) == 1;
    }
    [[nodiscard]] std::array<unsigned char, 8> owner_bytes() const {
        std::array<unsigned char, 8> bytes{};
        for (std::size_t i = 0; i < bytes.size(); ++i) {
            bytes[i] = static_cast<unsigned char>(owner >> (8 * i) & 255U);
        }
        return bytes;
    }
};

/// An open file; moves only. One process at a time.
class key_file {
public:
    static constexpr std::size_t slot_bytes = 128;

    [[nodiscard]] static result<key_file> open(std::filesystem::path const& path) {
        key_file file{"keys " + path.string()};
        if (path.empty() || path.string().find('\0') != std::string::npos) {
            return error{errc::invalid_text, "file of keys", "expected a path; fill it in"};
        }
        file.fd_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
        if (file.fd_ < 0) {
            return file.trouble("a file in an existing folder that may be read and written");
        }
        if (::flock(file.fd_, LOCK_EX | LOCK_NB) != 0) {
            return file.trouble("nobody else to have it open");
        }
        struct stat found {};
        if (::fstat(file.fd_, &found) != 0) {
            return file.trouble("to be readable");
        }
        if (found.st_size < static_cast<off_t>(slot_bytes)) { // maybe a crash came first
            file.fresh_ = true;
            KOC_TRY(sync_folder(folder_of(path))); // so that its name outlives a crash
        }
        return file;
    }
    key_file(key_file&& other) noexcept
        : subject_{std::move(other.subject_)}, fd_{std::exchange(other.fd_, -1)},
          fresh_{other.fresh_} {}
    key_file& operator=(key_file&&) = delete;
    ~key_file() {
        if (fd_ >= 0) {
            ::close(fd_);
        }
    }

    [[nodiscard]] std::string const& subject() const { return subject_; }

    /// How many slots are whole; writes the header of a new file.
    [[nodiscard]] result<std::uint64_t> read_head(bool wrapped) {
        if (fresh_) {
            KOC_TRY(write_head(0, wrapped));
            KOC_TRY(sync());
            return std::uint64_t{0};
        }
        block bytes{};
        KOC_TRY(get(0, bytes));
        if (std::memcmp(bytes.data(), mark, 8) != 0 || bytes[8] != format) {
            return damaged("another beginning");
        }
        if ((bytes[9] != 0) != wrapped) {
            return error{errc::wrong_state, subject_,
                wrapped ? "expected no master key, as its keys are not wrapped; give none"
                        : "expected the master key that its keys are wrapped with; give it"};
        }
        if (!checked(bytes)) {
            return damaged("a header that does not match its check");
        }
        return number(bytes, 16);
    }
    [[nodiscard]] result<void> read(std::uint64_t at, key_slot& into) const {
        block bytes{};
        KOC_TRY(get(at + 1, bytes));
        into.owner = number(bytes, 0);
        auto const mark_of_owner = number(bytes, 96);
        into.state = static_cast<slot_state>(bytes[8]);
        std::memcpy(into.nonce.data(), bytes.data() + 16, into.nonce.size());
        std::memcpy(into.box.data(), bytes.data() + 40, into.box.size());
        auto const known = into.state == slot_state::known;
        auto const whole = mark_of_owner == ~into.owner &&
            (known ? checked(bytes) : into.state == slot_state::forgotten);
        sodium_memzero(bytes.data(), bytes.size());
        return whole ? result<void>{}
                     : damaged("slot " + std::to_string(at) + " that does not match its check");
    }
    [[nodiscard]] result<void> write(std::uint64_t at, key_slot const& slot) const {
        block bytes{};
        put(bytes, 0, slot.owner);
        bytes[8] = static_cast<unsigned char>(slot.state);
        std::memcpy(bytes.data() + 16, slot.nonce.data(), slot.nonce.size());
        std::memcpy(bytes.data() + 40, slot.box.data(), slot.box.size());
        put(bytes, 96, ~slot.owner);
        if (slot.state == slot_state::known) {
            check(bytes);
        }
        auto written = set(at + 1, bytes);
        sodium_memzero(bytes.data(), bytes.size());
        return written;
    }
    /// Makes `count` slots durable, and then says so.
    [[nodiscard]] result<void> keep(std::uint64_t count, bool wrapped) const {
        KOC_TRY(sync());
        KOC_TRY(write_head(count, wrapped));
        return sync();
    }
    /// Overwrites a key. Durable after `sync`; its mark is durable before.
    [[nodiscard]] result<void> wipe(std::uint64_t at, std::uint64_t owner) const {
        auto const forgotten = static_cast<unsigned char>(slot_state::forgotten);
        auto const where = static_cast<off_t>((at + 1) * slot_bytes + 8);
        if (::pwrite(fd_, &forgotten, 1, where) != 1) {
            return trouble("to be writable");
        }
        KOC_TRY(sync());
        key_slot empty;
        empty.owner = owner;
        empty.state = slot_state::forgotten;
        return write(at, empty);
    }
    [[nodiscard]] result<void> sync() const {
        return ::fsync(fd_) == 0 ? result<void>{} : trouble("to be kept by the disk");
    }
    [[nodiscard]] error damaged(std::string const& found) const {
        return {errc::corrupt, subject_,
            "expected a file of keys as it was written, found " + found +
                "; restore it from a backup"};
    }

private:
    using block = std::array<unsigned char, slot_bytes>;
    static constexpr char const* mark = "koc_keys";
    static constexpr unsigned char format = 1;
    static constexpr std::size_t checked_bytes = 112;

    explicit key_file(std::string subject) : subject_{std::move(subject)} {}

    static std::uint64_t number(block const& from, std::size_t at) {
        std::uint64_t value = 0;
        for (std::size_t i = 0; i < 8; ++i) {
            value |= std::uint64_t{from[at + i]} << (8 * i);
        }
        return value;
    }
    static void put(block& into, std::size_t at, std::uint64_t value) {
        for (std::size_t i = 0; i < 8; ++i) {
            into[at + i] = static_cast<unsigned char>(value >> (8 * i) & 255U);
        }
    }
    static void hash(block const& of, unsigned char* into) {
        crypto_generichash(into, slot_bytes - checked_bytes, of.data(), checked_bytes, nullptr, 0);
    }
    static void check(block& of) { hash(of, of.data() + checked_bytes); }
    static bool checked(block const& of) {
        std::array<unsigned char, slot_bytes - checked_bytes> found{};
        hash(of, found.data());
        return std::equal(found.begin(), found.end(), of.begin() + checked_bytes);
    }

    [[nodiscard]] result<void> write_head(std::uint64_t count, bool wrapped) const {
        block bytes{};
        std::memcpy(bytes.data(), mark, 8);
        bytes[8] = format;
        bytes[9] = wrapped ? 1 : 0;
        put(bytes, 16, count);
        check(bytes);
        return set(0, bytes);
    }
    [[nodiscard]] result<void> get(std::uint64_t at, block& into) const {
        auto const got =
            ::pread(fd_, into.data(), into.size(), static_cast<off_t>(at * slot_bytes));
        if (got < 0) {
            return trouble("to be readable");
        }
        return static_cast<std::size_t>(got) == into.size() ? result<void>{}
                                                            : damaged("that it ends too early");
    }
    [[nodiscard]] result<void> set(std::uint64_t at, block const& from) const {
        auto const put =
            ::pwrite(fd_, from.data(), from.size(), static_cast<off_t>(at * slot_bytes));
        return put == static_cast<ssize_t>(from.size()) ? result<void>{}
                                                        : trouble("to be writable");
    }
    [[nodiscard]] error trouble(char const* wanted) const {
        return {errc::unavailable, subject_,
            std::string{"expected "} + wanted + " (" + std::strerror(errno) +
                "); see to it and try again"};
    }

    std::string subject_;
    int fd_ = -1;
    bool fresh_ = false;
};

} // namespace koc::detail
