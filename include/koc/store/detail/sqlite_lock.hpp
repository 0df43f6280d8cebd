// SPDX-License-Identifier: BSL-1.0
#pragma once

// Lock files beside a journal, locked with flock(2). SQLite itself uses POSIX locks, and the
// operating system drops all of a process's POSIX locks on a file as soon as the process closes
// any descriptor of it, such as that of a backup program or a checksum. A lock of flock(2) belongs
// to one opening of the lock file: nobody else's close drops it, and two openings exclude each
// other within a process too.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/store/detail/sqlite.hpp>

#include <sqlite3.h>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <compare>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <utility>

namespace koc::detail {

/// Which file a name leads to at the moment.
struct file_identity {
    std::uint64_t device = 0;
    std::uint64_t inode = 0;

    friend auto operator<=>(file_identity const&, file_identity const&) = default;
};

/// Of the name, or of the descriptor where the name is empty. Asks Linux for nothing but the
/// identity: a file whose times were asked for is slower to sync after its next change.
inline std::optional<file_identity> identity_of(std::string const& path, int fd = AT_FDCWD) {
#ifdef STATX_INO
    struct statx brief {};
    auto const how = path.empty() ? AT_EMPTY_PATH : 0;
    if (::statx(fd, path.c_str(), how, STATX_INO, &brief) == 0) {
        return file_identity{
            std::uint64_t{brief.stx_dev_major} << 32U | brief.stx_dev_minor, brief.stx_ino};
    }
#endif
    struct stat found {};
    auto const got = path.empty() ? ::fstat(fd, &found) : ::stat(path.c_str(), &found);
    return got == 0 ? std::optional{file_identity{static_cast<std::uint64_t>(found.st_dev),
                          static_cast<std::uint64_t>(found.st_ino)}}
                    : std::nullopt;
}

/// One opening of a lock file. The file is made where there is none and never removed: a removed
/// one would lock nobody out.
class lock_file {
public:
    enum class kind { shared, exclusive };

    lock_file() = default;
    /// `like` is the file whose permissions a new lock file gets.
    lock_file(std::string path, std::string like)
        : path_{std::move(path)}, like_{std::move(like)} {}
    lock_file(lock_file&& other) noexcept
        : path_{std::move(other.path_)}, like_{std::move(other.like_)}, fd_{std::exchange(
                                                                            other.fd_, -1)} {}
    lock_file& operator=(lock_file other) noexcept {
        std::swap(path_, other.path_);
        std::swap(like_, other.like_);
        std::swap(fd_, other.fd_);
        return *this;
    }
    ~lock_file() {
        if (fd_ >= 0) {
            ::close(fd_);
        }
    }

    /// Whether the lock was free, without waiting. What was held before is let go where it is not.
    /// Follows the name when the lock file was removed and made again.
    result<bool> try_lock(kind wanted) {
        for (int attempt = 0; attempt < 100; ++attempt) {
            if (fd_ < 0) {
                fd_ = opened();
            }
            if (fd_ < 0) {
                return trouble();
            }
            auto const how = (wanted == kind::shared ? LOCK_SH : LOCK_EX) | LOCK_NB;
            if (::flock(fd_, how) != 0) {
                if (errno == EINTR) {
                    continue;
                }
                return errno == EWOULDBLOCK ? result<bool>{false} : trouble();
            }
            if (auto const mine = identity_of("", fd_); mine && identity_of(path_) == mine) {
                return true;
            }
            ::close(std::exchange(fd_, -1));
        }
        return false;
    }

    /// As `try_lock`, after waiting up to `sqlite_patience_ms`.
    result<bool> lock(kind wanted) {
        // Short waits: whoever appends in a loop lets go for a few microseconds only.
        constexpr int wait_us = 200;
        auto got = try_lock(wanted);
        for (int waited = 0; got && !*got && waited < sqlite_patience_ms * 1'000;
             waited += wait_us) {
            auto* const vfs = sqlite3_vfs_find(nullptr);
            vfs->xSleep(vfs, wait_us);
            got = try_lock(wanted);
        }
        return got;
    }

    void unlock() {
        if (fd_ >= 0) {
            ::flock(fd_, LOCK_UN);
        }
    }

private:
    [[nodiscard]] int opened() const {
        constexpr auto flags = O_RDONLY | O_CLOEXEC | O_NOFOLLOW;
        auto const there = ::open(path_.c_str(), flags);
        if (there >= 0 || errno != ENOENT) {
            return there;
        }
        auto const made = ::open(path_.c_str(), flags | O_CREAT, 0644);
        struct stat model {};
        if (made >= 0 && ::stat(like_.c_str(), &model) == 0) {
            // Whoever may use the journal may lock it. Without the right to, the umask decides.
            [[maybe_unused]] auto const changed = ::fchmod(made, model.st_mode & 0777U);
        }
        return made;
    }
    [[nodiscard]] error trouble() const {
        return {errc::unavailable, "lock file " + path_,
            std::string{"expected a file that can be made and locked ("} + std::strerror(errno) +
                "); correct the permissions of the file and its folder"};
    }

    std::string path_;
    std::string like_;
    int fd_ = -1;
};

/// Unlocks at the end of its scope.
class lock_scope {
public:
    explicit lock_scope(lock_file& held) : held_{&held} {}
    lock_scope(lock_scope&& other) noexcept : held_{std::exchange(other.held_, nullptr)} {}
    lock_scope& operator=(lock_scope&&) = delete;
    ~lock_scope() {
        if (held_) {
            held_->unlock();
        }
    }

private:
    lock_file* held_;
};

/// The two lock files of a journal. `turn` is held exclusively while one opens or appends and
/// shared while one reads; `users` is held shared by everybody who has the journal open, and
/// exclusively by who replaces the file. Who wants both takes `turn` first.
struct journal_locks {
    lock_file turn;
    lock_file users;

    journal_locks() = default;
    explicit journal_locks(std::string const& journal)
        : turn{journal + "-lock", journal}, users{journal + "-open", journal} {}
};

/// Waits for the turn; `errc::unavailable` when others kept it for too long.
inline result<lock_scope> take_turn(
    journal_locks& locks, lock_file::kind wanted, std::string const& subject) {
    auto const got = locks.turn.lock(wanted);
    if (!got) {
        return got.error();
    }
    if (!*got) {
        return error{errc::unavailable, subject,
            "expected to have the journal for a moment; try again when the other writer is done"};
    }
    return lock_scope{locks.turn};
}

} // namespace koc::detail
