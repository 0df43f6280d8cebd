// SPDX-License-Identifier: BSL-1.0
#pragma once

// A disk that fails when told to, as an SQLite file system in front of the real one. While one
// exists, it is the default for files that are opened; each access asks it first. Waiting takes no
// time.

#include <sqlite3.h>

#include <cstddef>
#include <functional>
#include <string_view>

namespace koc_test {

enum class disk_operation { open, remove, read, write, truncate, sync, lock, index };

struct disk_access {
    disk_operation what;
    std::string_view name; ///< the path
    sqlite3_int64 at = 0;  ///< where it begins; of a truncation, the new size
    std::string_view bytes = {};
};

class failing_disk {
public:
    using operation = disk_operation;
    using access = disk_access;
    /// Answers SQLITE_OK to let the access through, or the error it shall end with.
    using judge = std::function<int(access const&)>;

    failing_disk() : real_{sqlite3_vfs_find(nullptr)}, shim_{*real_} {
        shim_.zName = "failing_disk";
        shim_.pAppData = this;
        shim_.szOsFile = static_cast<int>(sizeof(file)) + real_->szOsFile;
        shim_.xOpen = [](sqlite3_vfs* vfs, char const* name, sqlite3_file* at, int flags,
                          int* out) {
            auto& disk = *static_cast<failing_disk*>(vfs->pAppData);
            auto& opened = *reinterpret_cast<file*>(at);
            opened.base.pMethods = nullptr;
            opened.disk = &disk;
            opened.name = name ? name : "";
            return disk.through({operation::open, opened.name}, [&] {
                auto const got = disk.real_->xOpen(disk.real_, name, opened.real(), flags, out);
                opened.base.pMethods = got == SQLITE_OK ? methods() : nullptr;
                return got;
            });
        };
        shim_.xDelete = [](sqlite3_vfs* vfs, char const* name, int sync_folder) {
            auto& disk = *static_cast<failing_disk*>(vfs->pAppData);
            return disk.through({operation::remove, name},
                [&] { return disk.real_->xDelete(disk.real_, name, sync_folder); });
        };
        shim_.xSleep = [](sqlite3_vfs*, int microseconds) { return microseconds; };
        sqlite3_vfs_register(&shim_, 1);
    }
    failing_disk(failing_disk const&) = delete;
    failing_disk& operator=(failing_disk const&) = delete;
    ~failing_disk() { sqlite3_vfs_unregister(&shim_); }

    judge decide;
    /// Told of each access that went well.
    std::function<void(access const&)> done;
    /// Whether a PRAGMA that sets this is passed over, as if it had been run.
    std::function<bool(std::string_view name, std::string_view value)> passes_over;

private:
    struct file {
        sqlite3_file base;
        failing_disk* disk;
        char const* name;

        sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
        static file& of(sqlite3_file* it) { return *reinterpret_cast<file*>(it); }
        /// Hands a call to the real file, once it was judged.
        template <auto Method, typename... Arguments>
        int judged(operation what, Arguments... arguments) {
            return disk->through(
                {what, name}, [&] { return (real()->pMethods->*Method)(real(), arguments...); });
        }
    };

    template <typename Call>
    int through(access const& wanted, Call call) {
        auto const verdict = decide ? decide(wanted) : SQLITE_OK;
        auto const got = verdict == SQLITE_OK ? call() : verdict;
        if (got == SQLITE_OK && done) {
            done(wanted);
        }
        return got;
    }

    /// Hands the call to the real file.
    template <auto Method>
    static constexpr auto forward = [](sqlite3_file* it, auto... arguments) {
        auto* const real = file::of(it).real();
        return (real->pMethods->*Method)(real, arguments...);
    };
    /// The same, once it was judged.
    template <auto Method, operation What>
    static constexpr auto judged = [](sqlite3_file* it, auto... arguments) {
        return file::of(it).template judged<Method>(What, arguments...);
    };

    static sqlite3_io_methods const* methods() {
        static constexpr sqlite3_io_methods all = {
            .iVersion = 2,
            .xClose = forward<&sqlite3_io_methods::xClose>,
            .xRead = judged<&sqlite3_io_methods::xRead, operation::read>,
            .xWrite =
                [](sqlite3_file* it, void const* bytes, int size, sqlite3_int64 at) {
                    auto& asked = file::of(it);
                    std::string_view const text{
                        static_cast<char const*>(bytes), static_cast<std::size_t>(size)};
                    return asked.disk->through({operation::write, asked.name, at, text}, [&] {
                        return asked.real()->pMethods->xWrite(asked.real(), bytes, size, at);
                    });
                },
            .xTruncate =
                [](sqlite3_file* it, sqlite3_int64 size) {
                    auto& asked = file::of(it);
                    return asked.disk->through({operation::truncate, asked.name, size},
                        [&] { return asked.real()->pMethods->xTruncate(asked.real(), size); });
                },
            .xSync = judged<&sqlite3_io_methods::xSync, operation::sync>,
            .xFileSize = forward<&sqlite3_io_methods::xFileSize>,
            .xLock = judged<&sqlite3_io_methods::xLock, operation::lock>,
            .xUnlock = forward<&sqlite3_io_methods::xUnlock>,
            .xCheckReservedLock = forward<&sqlite3_io_methods::xCheckReservedLock>,
            .xFileControl =
                [](sqlite3_file* it, int what, void* with) {
                    auto& asked = file::of(it);
                    if (what == SQLITE_FCNTL_PRAGMA && asked.disk->passes_over) {
                        auto** const pragma = static_cast<char**>(with);
                        if (asked.disk->passes_over(pragma[1], pragma[2] ? pragma[2] : "")) {
                            return SQLITE_OK;
                        }
                    }
                    return asked.real()->pMethods->xFileControl(asked.real(), what, with);
                },
            .xSectorSize = forward<&sqlite3_io_methods::xSectorSize>,
            .xDeviceCharacteristics = forward<&sqlite3_io_methods::xDeviceCharacteristics>,
            .xShmMap = judged<&sqlite3_io_methods::xShmMap, operation::index>,
            .xShmLock = forward<&sqlite3_io_methods::xShmLock>,
            .xShmBarrier = forward<&sqlite3_io_methods::xShmBarrier>,
            .xShmUnmap = forward<&sqlite3_io_methods::xShmUnmap>,
            .xFetch = nullptr,
            .xUnfetch = nullptr,
        };
        return &all;
    }

    sqlite3_vfs* real_;
    sqlite3_vfs shim_;
};

} // namespace koc_test
