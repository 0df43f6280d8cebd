// SPDX-License-Identifier: BSL-1.0
#pragma once

// A sealer for tests: it keeps its keys in memory, shared by its copies, and counts and fails as a
// test says. What it makes cannot be read by eye, and is no secret.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/describe/digest.hpp>
#include <koc/journal/sealer.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace koc_test {

class paper_sealer {
public:
    struct keys {
        std::map<std::uint64_t, std::uint64_t> of; ///< by owner
        std::set<std::uint64_t> forgotten;
        std::size_t kept = 0;            ///< so often
        std::size_t failing_forgets = 0; ///< so many of the next are refused
    };

    [[nodiscard]] keys& all() const { return *keys_; }

    koc::result<std::string> seal(
        std::uint64_t owner, std::string_view context, std::string_view text) const {
        if (keys_->forgotten.count(owner) != 0) {
            return koc::error{koc::errc::wrong_state, "person " + std::to_string(owner),
                "expected somebody whose key was not forgotten"};
        }
        auto const key = keys_->of.emplace(owner, 1'000 + owner).first->second;
        auto const check = koc::hasher{}.add(key).add(context).add(text).finish();
        return koc::to_hex(check) + scrambled(key, check, text);
    }
    koc::result<std::optional<std::string>> open(
        std::uint64_t owner, std::string_view context, std::string_view sealed) const {
        if (keys_->forgotten.count(owner) != 0) {
            return std::optional<std::string>{};
        }
        auto const key = keys_->of.find(owner);
        auto const check = koc::digest_from_hex(sealed.substr(0, 32));
        if (key != keys_->of.end() && check && sealed.size() % 2 == 0) {
            std::string bytes;
            for (std::size_t i = 32; i < sealed.size(); i += 2) {
                bytes +=
                    static_cast<char>(std::stoi(std::string{sealed.substr(i, 2)}, nullptr, 16));
            }
            auto const text = mixed(key->second, *check, bytes);
            if (koc::hasher{}.add(key->second).add(context).add(text).finish() == *check) {
                return std::optional{text};
            }
        }
        return koc::error{koc::errc::corrupt, "sealed text of person " + std::to_string(owner),
            "expected what was sealed for this person and place"};
    }
    koc::result<void> keep() const {
        ++keys_->kept;
        return {};
    }
    koc::result<void> forget(std::uint64_t owner) const {
        if (keys_->failing_forgets > 0) {
            --keys_->failing_forgets;
            return koc::error{koc::errc::unavailable, "keys", "expected a disk"};
        }
        keys_->of.erase(owner);
        keys_->forgotten.insert(owner);
        return {};
    }

private:
    static std::string mixed(std::uint64_t key, koc::digest const& with, std::string_view text) {
        std::string out;
        auto state = key ^ with.low;
        for (auto const c : text) {
            state = state * 6'364'136'223'846'793'005U + 1'442'695'040'888'963'407U;
            out += static_cast<char>(static_cast<unsigned char>(c) ^ (state >> 56U));
        }
        return out;
    }
    static std::string scrambled(
        std::uint64_t key, koc::digest const& with, std::string_view text) {
        std::string out;
        for (auto const c : mixed(key, with, text)) {
            auto const byte = static_cast<unsigned char>(c);
            out += "0123456789ABCDEF"[byte >> 4U];
            out += "0123456789ABCDEF"[byte & 15U];
        }
        return out;
    }

    std::shared_ptr<keys> keys_ = std::make_shared<keys>();
};
static_assert(koc::sealer<paper_sealer>);

} // namespace koc_test
