// SPDX-License-Identifier: BSL-1.0
#pragma once

// Small files that are replaced as a whole: a reader, also one after a power cut, finds what was
// written last or what was there before, and never a part.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#ifdef __linux__
#include <sys/mman.h>
#endif

namespace koc::detail {

/// The folder of a file, for `sync_folder`.
inline std::string folder_of(std::filesystem::path const& path) {
    return path.has_parent_path() ? path.parent_path().string() : std::string{"."};
}

/// Makes names durable that were given, changed or removed in a folder. `errc::unavailable` when
/// the disk fails; a folder that its user may not read, or of a file system that syncs no folders,
/// is left to the system. Allocates nothing where all goes well.
inline result<void> sync_folder(std::string const& folder) {
    auto const fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    auto const done = fd >= 0 && ::fsync(fd) == 0;
    auto const why = errno;
    if (fd >= 0) {
        ::close(fd);
    }
    if (done || why == EACCES || why == EINVAL || why == ENOTSUP) {
        return {};
    }
    return error{errc::unavailable, "folder " + folder,
        std::string{"expected the names of its files to be synced ("} + std::strerror(why) +
            "); see to the disk, then try again"};
}

inline error file_trouble(std::filesystem::path const& path, char const* wanted) {
    return {errc::unavailable, "file " + path.string(),
        std::string{"expected "} + wanted + " (" + std::strerror(errno) +
            "); see to the disk, the folder and its permissions, then try again"};
}

/// Puts the text in the place of what the file holds. `errc::unavailable` where that fails; the
/// file then holds what it held, or, where only the last sync failed, the text. O(size).
inline result<void> write_durably(std::filesystem::path const& path, std::string_view text) {
    std::filesystem::path const fresh{path.string() + "-new"};
    auto const fd = ::open(fresh.c_str(), O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0644);
    if (fd < 0) {
        return file_trouble(fresh, "a file that can be written");
    }
    auto written = true;
    for (std::size_t at = 0; written && at < text.size();) {
        auto const count = ::write(fd, text.data() + at, text.size() - at);
        written = count > 0 || (count < 0 && errno == EINTR);
        at += count > 0 ? static_cast<std::size_t>(count) : 0;
    }
    written = written && ::fsync(fd) == 0;
    auto refused = written ? std::optional<error>{} : file_trouble(fresh, "room for the text");
    ::close(fd);
    if (!refused && ::rename(fresh.c_str(), path.c_str()) != 0) {
        refused = file_trouble(path, "a file that can be replaced");
    }
    if (refused) {
        ::unlink(fresh.c_str());
        return *std::move(refused);
    }
    return sync_folder(folder_of(path));
}

/// Has memory that is about to be filled come in large pages, where the system has them: a hint.
inline void expect_large([[maybe_unused]] void* from, [[maybe_unused]] std::size_t size) noexcept {
#ifdef MADV_HUGEPAGE
    constexpr std::size_t page = 1U << 21U;
    auto* begin = from;
    if (auto rest = size; std::align(page, page, begin, rest) != nullptr) {
        static_cast<void>(::madvise(begin, rest / page * page, MADV_HUGEPAGE));
    }
#endif
}

/// What the file holds; nothing where there is none. `errc::unavailable` where it cannot be read.
inline result<std::optional<std::string>> read_whole(std::filesystem::path const& path) {
    auto const fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        if (errno == ENOENT) {
            return std::optional<std::string>{};
        }
        return file_trouble(path, "a file that can be read");
    }
    std::string text;
    std::error_code unknown;
    if (auto const size = std::filesystem::file_size(path, unknown); !unknown) {
        text.reserve(static_cast<std::size_t>(size));
        expect_large(text.data(), text.capacity());
    }
    char piece[1 << 16];
    for (;;) {
        auto const count = ::read(fd, piece, sizeof piece);
        if (count < 0 && errno != EINTR) {
            auto refused = file_trouble(path, "a file that can be read");
            ::close(fd);
            return refused;
        }
        if (count == 0) {
            break;
        }
        text.append(piece, count > 0 ? static_cast<std::size_t>(count) : 0);
    }
    ::close(fd);
    return std::optional{std::move(text)};
}

} // namespace koc::detail
