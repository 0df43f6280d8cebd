// SPDX-License-Identifier: BSL-1.0
#pragma once

// A disk that fails when told to, as an SQLite file system in front of the real one. While one
// exists, it is the default for files that are opened; each write and sync asks it first. Waiting
// takes no time.

#include <sqlite3.h>

#include <cstddef>
#include <functional>
#include <string_view>

namespace koc_test {

class failing_disk {
public:
    enum class operation { write, sync };
    /// Answers SQLITE_OK to let the operation through, or the error it shall end with. `name` is
    /// the path.
    using judge = std::function<int(operation, std::string_view name)>;

    failing_disk() : real_{sqlite3_vfs_find(nullptr)}, shim_{*real_} {
        shim_.zName = "failing_disk";
        shim_.pAppData = this;
        shim_.szOsFile = static_cast<int>(sizeof(file)) + real_->szOsFile;
        shim_.xOpen = [](sqlite3_vfs* vfs, char const* name, sqlite3_file* at, int flags,
                          int* out) {
            auto& disk = *static_cast<failing_disk*>(vfs->pAppData);
            auto& opened = *reinterpret_cast<file*>(at);
            opened.disk = &disk;
            opened.name = name ? name : "";
            auto const done = disk.real_->xOpen(disk.real_, name, opened.real(), flags, out);
            opened.base.pMethods = done == SQLITE_OK ? &methods : nullptr;
            return done;
        };
        shim_.xSleep = [](sqlite3_vfs*, int microseconds) { return microseconds; };
        sqlite3_vfs_register(&shim_, 1);
    }
    failing_disk(failing_disk const&) = delete;
    failing_disk& operator=(failing_disk const&) = delete;
    ~failing_disk() { sqlite3_vfs_unregister(&shim_); }

    judge decide;

private:
    struct file {
        sqlite3_file base;
        failing_disk* disk;
        char const* name;

        sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
        static file& of(sqlite3_file* it) { return *reinterpret_cast<file*>(it); }
        int judged(operation what) const {
            return disk->decide ? disk->decide(what, name) : SQLITE_OK;
        }
    };

    /// Hands the call to the real file.
    template <auto Method>
    static constexpr auto forward = [](sqlite3_file* it, auto... arguments) {
        auto* const real = file::of(it).real();
        return (real->pMethods->*Method)(real, arguments...);
    };

    static constexpr sqlite3_io_methods methods = {
        .iVersion = 2,
        .xClose = forward<&sqlite3_io_methods::xClose>,
        .xRead = forward<&sqlite3_io_methods::xRead>,
        .xWrite =
            [](sqlite3_file* it, void const* bytes, int size, sqlite3_int64 at) {
                auto const verdict = file::of(it).judged(operation::write);
                auto* const real = file::of(it).real();
                return verdict == SQLITE_OK ? real->pMethods->xWrite(real, bytes, size, at)
                                            : verdict;
            },
        .xTruncate = forward<&sqlite3_io_methods::xTruncate>,
        .xSync =
            [](sqlite3_file* it, int flags) {
                auto const verdict = file::of(it).judged(operation::sync);
                auto* const real = file::of(it).real();
                return verdict == SQLITE_OK ? real->pMethods->xSync(real, flags) : verdict;
            },
        .xFileSize = forward<&sqlite3_io_methods::xFileSize>,
        .xLock = forward<&sqlite3_io_methods::xLock>,
        .xUnlock = forward<&sqlite3_io_methods::xUnlock>,
        .xCheckReservedLock = forward<&sqlite3_io_methods::xCheckReservedLock>,
        .xFileControl = forward<&sqlite3_io_methods::xFileControl>,
        .xSectorSize = forward<&sqlite3_io_methods::xSectorSize>,
        .xDeviceCharacteristics = forward<&sqlite3_io_methods::xDeviceCharacteristics>,
        .xShmMap = forward<&sqlite3_io_methods::xShmMap>,
        .xShmLock = forward<&sqlite3_io_methods::xShmLock>,
        .xShmBarrier = forward<&sqlite3_io_methods::xShmBarrier>,
        .xShmUnmap = forward<&sqlite3_io_methods::xShmUnmap>,
        .xFetch = nullptr,
        .xUnfetch = nullptr,
    };

    sqlite3_vfs* real_;
    sqlite3_vfs shim_;
};

} // namespace koc_test
