// SPDX-License-Identifier: BSL-1.0
#pragma once

// An observer of records for tests that only ask what there is after a change.

#include <koc/state/container.hpp>

#include <cstdint>

namespace koc_test {

class change_observer : public koc::record_observer {
public:
    /// After a change, also one that was taken back; null where the record is gone.
    virtual void changed(std::uint64_t id, void const* record) noexcept = 0;

    void inserted(std::uint64_t id, void const* record) noexcept override { changed(id, record); }
    void updating(std::uint64_t, void const*) noexcept override {}
    void updated(std::uint64_t id, void const* record) noexcept override { changed(id, record); }
    void erasing(std::uint64_t id, void const*) noexcept override { changed(id, nullptr); }

protected:
    ~change_observer() = default;
};

} // namespace koc_test
