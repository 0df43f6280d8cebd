// SPDX-License-Identifier: BSL-1.0
#pragma once

// Keeps SQL clients of other processes from taking themselves for the only user of a journal, upon
// which they would remove its log or rebuild the log's index. SQLite says that a file is in use
// with POSIX locks, which a process loses when it closes any descriptor of the file; a guard holds
// the same bytes with a lock of its own descriptor, which nobody else's close drops. Where the
// system has no such locks there is no guard, and a removed log is noticed at the next turn.

#include <koc/store/detail/sqlite_lock.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace koc::detail {

/// Holds a range of bytes of a file, shared with everybody else who reads.
class byte_guard {
public:
    /// The bytes of SQLite's shared lock on a database file, which is never written there.
    static constexpr off_t database_first = 0x40000002;
    static constexpr off_t database_length = 510;
    /// The byte that says that the index of a write-ahead log is in use.
    static constexpr off_t index_first = 128;
    static constexpr off_t index_length = 1;

    byte_guard(std::string const& path, off_t first, off_t length)
        : fd_{::open(path.c_str(), O_RDONLY | O_CLOEXEC)} {
#ifdef F_OFD_SETLK
        struct flock bytes {};
        bytes.l_type = F_RDLCK;
        bytes.l_whence = SEEK_SET;
        bytes.l_start = first;
        bytes.l_len = length;
        if (fd_ >= 0) {
            ::fcntl(fd_, F_OFD_SETLK, &bytes);
        }
#else
        static_cast<void>(first);
        static_cast<void>(length);
#endif
    }
    byte_guard(byte_guard const&) = delete;
    byte_guard& operator=(byte_guard const&) = delete;
    ~byte_guard() {
        if (fd_ >= 0) {
            ::close(fd_);
        }
    }

    /// One guard a file in this process, as closing a second one would drop the POSIX locks of
    /// everybody who still uses the first.
    static std::shared_ptr<byte_guard> shared(std::string const& path, off_t first, off_t length) {
        static std::mutex changing;
        static std::map<file_identity, std::weak_ptr<byte_guard>> all;
        auto const file = identity_of(path);
        if (!file) {
            return nullptr;
        }
        std::scoped_lock const alone{changing};
        std::erase_if(all, [](auto const& it) { return it.second.expired(); });
        auto& kept = all[*file];
        auto guard = kept.lock();
        if (!guard) {
            guard = std::make_shared<byte_guard>(path, first, length);
            kept = guard;
        }
        return guard;
    }

private:
    int fd_;
};

/// The guards of a journal and of the index of its log, which must exist.
struct journal_guard {
    std::shared_ptr<byte_guard> database;
    std::shared_ptr<byte_guard> index;

    journal_guard() = default;
    explicit journal_guard(std::string const& journal)
        : database{byte_guard::shared(
              journal, byte_guard::database_first, byte_guard::database_length)},
          index{byte_guard::shared(
              journal + "-shm", byte_guard::index_first, byte_guard::index_length)} {}
};

} // namespace koc::detail
