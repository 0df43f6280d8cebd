// SPDX-License-Identifier: BSL-1.0
#include "store/lossy_disk.hpp"

#include "store/sqlite_fixture.hpp"
#include "support/catch.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace koc_test {
namespace {

lossy_disk* active = nullptr;
using operation = failing_disk::operation;

bool is_index(std::string_view name) { return name.ends_with("-shm"); }

} // namespace

lossy_disk* lossy_disk::current() { return active; }

lossy_disk::lossy_disk(std::filesystem::path folder, dice& chance)
    : folder_{std::move(folder)}, chance_{chance} {
    names_ = names_synced_ = names_now();
    files_.decide = [this](auto const& asked) { return judge(asked); };
    files_.done = [this](auto const& asked) { note(asked); };
    active = this;
}

lossy_disk::~lossy_disk() {
    active = nullptr;
    for (auto const& [inode, kept] : contents_) {
        if (kept.held >= 0) {
            ::close(kept.held);
        }
    }
}

/// The index of a log is rebuilt after every cut, so it is no part of the medium.
lossy_disk::names lossy_disk::names_now() {
    names found;
    for (auto const& entry : std::filesystem::directory_iterator{folder_}) {
        auto const name = entry.path().filename().string();
        struct stat is {};
        if (is_index(name) || ::lstat(entry.path().c_str(), &is) != 0) {
            continue;
        }
        found[name] = is.st_ino;
        if (!contents_.contains(is.st_ino)) {
            auto& seen = contents_[is.st_ino];
            seen.synced = is.st_size == 0 ? "" : bytes_of(entry.path());
            seen.held = ::open(entry.path().c_str(), O_PATH | O_NOFOLLOW | O_CLOEXEC);
        }
    }
    return found;
}

void lossy_disk::look() {
    auto now = names_now();
    auto& changed = renamed_.emplace_back();
    for (auto const& [name, inode] : names_) {
        if (!now.contains(name)) {
            changed.emplace_back(name, std::nullopt);
        }
    }
    for (auto const& [name, inode] : now) {
        if (auto const was = names_.find(name); was == names_.end() || was->second != inode) {
            changed.emplace_back(name, inode);
        }
    }
    if (changed.empty()) {
        renamed_.pop_back();
    }
    names_ = std::move(now);
}

bool lossy_disk::is_folder(int descriptor) const {
    struct stat it {};
    struct stat mine {};
    return ::fstat(descriptor, &it) == 0 && S_ISDIR(it.st_mode) &&
        ::stat(folder_.c_str(), &mine) == 0 && it.st_dev == mine.st_dev && it.st_ino == mine.st_ino;
}

void lossy_disk::folder_synced() {
    look();
    names_synced_ = names_;
    renamed_.clear();
}

bool lossy_disk::step() {
    if (!off_ && ++operations_ == cut_at_) {
        left_ = choose();
        off_ = true;
    }
    return !off_;
}

lossy_disk::content* lossy_disk::content_of(std::string_view path) {
    auto const name = std::filesystem::path{path}.filename().string();
    auto const found = names_.find(name);
    return path.empty() || found == names_.end() ? nullptr : &contents_[found->second];
}

int lossy_disk::judge(failing_disk::access const& asked) {
    auto* const file = content_of(asked.name);
    switch (asked.what) {
    case operation::write:
    case operation::truncate:
        if (file != nullptr && !off_) {
            file->since.push_back(
                {asked.at, std::string{asked.bytes}, asked.what == operation::truncate, false});
        }
        return step() ? SQLITE_OK : SQLITE_IOERR_WRITE;
    case operation::sync:
        if (!step()) {
            return SQLITE_IOERR_FSYNC;
        }
        if (++syncs_ == failing_sync_ && file != nullptr) {
            for (auto& failed : file->since) {
                failed.doomed = true;
            }
            return SQLITE_IOERR_FSYNC;
        }
        return SQLITE_OK;
    case operation::open:
        return off_ ? SQLITE_CANTOPEN : SQLITE_OK;
    case operation::remove: // counted by the function that removes the name
    case operation::read:
    case operation::lock:
    case operation::index:
        return off_ ? SQLITE_IOERR : SQLITE_OK;
    }
    return SQLITE_OK;
}

void lossy_disk::note(failing_disk::access const& done) {
    if (done.what == operation::open) {
        auto const known = names_.size();
        look();
        if (names_.size() != known) {
            step();
        }
    } else if (done.what == operation::sync) {
        if (auto* const file = content_of(done.name)) {
            for (auto const& made : file->since) {
                if (!made.doomed || chance_.one_in(2)) {
                    apply(file->synced, made);
                }
            }
            file->since.clear();
        }
    }
}

void lossy_disk::apply(std::string& text, change const& made) {
    auto const at = static_cast<std::size_t>(made.at);
    if (made.truncates || text.size() < at + made.bytes.size()) {
        text.resize(at + made.bytes.size());
    }
    text.replace(at, made.bytes.size(), made.bytes);
}

std::string lossy_disk::survivor(content const& of) {
    enum class fate : std::uint8_t { lost, kept, first, any };
    auto const how = static_cast<fate>(chance_.below(4));
    std::size_t const sector = chance_.one_in(2) ? 512 : 4096;
    auto const scrambles = chance_.one_in(8);
    auto const firsts = chance_.below(of.since.size() + 1);
    auto const torn = chance_.below(9);
    auto text = of.synced;
    for (std::size_t i = 0; i < of.since.size(); ++i) {
        auto const& made = of.since[i];
        auto const survives = [&](std::size_t piece) {
            switch (how) {
            case fate::lost:
                return false;
            case fate::kept:
                return true;
            case fate::first:
                return i < firsts || (i == firsts && piece < torn);
            case fate::any:
                return chance_.one_in(2);
            }
            return false;
        };
        if (made.truncates) {
            if (survives(0)) {
                text.resize(static_cast<std::size_t>(made.at));
            }
            continue;
        }
        std::size_t piece = 0;
        auto const begin = static_cast<std::size_t>(made.at);
        for (std::size_t from = 0; from < made.bytes.size(); ++piece) {
            auto const size =
                (std::min)(sector - (begin + from) % sector, made.bytes.size() - from);
            auto const here = survives(piece);
            if (here || (scrambles && how != fate::lost && chance_.one_in(4))) {
                if (text.size() < begin + from + size) {
                    text.resize(begin + from + size);
                }
                for (std::size_t k = from; k < from + size; ++k) {
                    text[begin + k] = here ? made.bytes[k] : static_cast<char>(chance_.below(256));
                }
            }
            from += size;
        }
    }
    return text;
}

medium lossy_disk::choose() {
    auto found = names_synced_;
    auto const how = chance_.below(3);
    for (auto const& changed : renamed_) {
        if (how == 0 || (how == 1 && chance_.one_in(2))) {
            continue;
        }
        for (auto const& [name, inode] : changed) {
            if (inode) {
                found[name] = *inode;
            } else {
                found.erase(name);
            }
        }
    }
    std::map<std::uint64_t, std::string> texts; // several names may lead to one file
    medium left;
    for (auto const& [name, inode] : found) {
        auto const [at, fresh] = texts.try_emplace(inode);
        if (fresh) {
            at->second = survivor(contents_[inode]);
        }
        left[name] = at->second;
    }
    // What lies in the memory of the index is of no use to anybody, whatever is found there.
    for (auto const& [name, inode] : found) {
        if (name.ends_with("-wal") && chance_.one_in(3)) {
            auto& index = left[name.substr(0, name.size() - 3) + "shm"];
            index.resize(32'768);
            for (auto& byte : index) {
                byte = static_cast<char>(chance_.next());
            }
        }
    }
    return left;
}

medium lossy_disk::survivors() {
    if (!off_) {
        look();
        left_ = choose();
        off_ = true;
    }
    return left_;
}

namespace {

/// Runs a function that changes names, where there is power for it.
template <typename Call>
int renaming(Call call) {
    auto* const disk = active;
    if (disk == nullptr) {
        return call();
    }
    if (disk->is_off()) {
        errno = EIO;
        return -1;
    }
    disk->look();
    auto const done = call();
    auto const why = errno;
    disk->look();
    disk->step();
    errno = why;
    return done;
}

int syncing(int descriptor, long number) {
    auto* const disk = active;
    if (disk == nullptr || !disk->is_folder(descriptor)) {
        return static_cast<int>(::syscall(number, descriptor));
    }
    disk->look();
    if (!disk->step()) {
        errno = EIO;
        return -1;
    }
    disk->folder_synced();
    return 0;
}

} // namespace
} // namespace koc_test

// These stand before the functions of the C library in this program.
extern "C" {

int fsync(int descriptor) { return koc_test::syncing(descriptor, SYS_fsync); }
int fdatasync(int descriptor) { return koc_test::syncing(descriptor, SYS_fdatasync); }
int rename(char const* from, char const* to) noexcept {
    return koc_test::renaming([&] { return ::renameat(AT_FDCWD, from, AT_FDCWD, to); });
}
int link(char const* from, char const* to) noexcept {
    return koc_test::renaming([&] { return ::linkat(AT_FDCWD, from, AT_FDCWD, to, 0); });
}
int unlink(char const* name) noexcept {
    return koc_test::renaming([&] { return ::unlinkat(AT_FDCWD, name, 0); });
}
int remove(char const* name) noexcept {
    return koc_test::renaming([&] {
        auto const done = ::unlinkat(AT_FDCWD, name, 0);
        return done != 0 && errno == EISDIR ? ::unlinkat(AT_FDCWD, name, AT_REMOVEDIR) : done;
    });
}
}
