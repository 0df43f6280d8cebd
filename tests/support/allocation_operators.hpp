// SPDX-License-Identifier: BSL-1.0
#pragma once

// The operators new and delete behind allocation.hpp. One unit of a test program includes this.

#include "support/allocation.hpp"

#include <cstddef>
#include <cstdlib>
#include <new>
#include <string_view>

namespace {

/// Stands before each block; blocks in use form a ring.
struct alignas(std::max_align_t) block {
    block* next;
    block* previous;
    std::size_t size;
};

block& ring() {
    static block first{&first, &first, 0};
    return first;
}

std::size_t allocations = 0;
std::size_t until_failure = 0;
int unwatched_depth = 0;

void* take(std::size_t size) {
    if (unwatched_depth == 0) {
        ++allocations;
        if (until_failure > 0 && --until_failure == 0) {
            return nullptr;
        }
    }
    auto* const made = static_cast<block*>(std::malloc(sizeof(block) + size));
    if (made == nullptr) {
        return nullptr;
    }
    auto& first = ring();
    ::new (static_cast<void*>(made)) block{first.next, &first, size};
    first.next->previous = made;
    first.next = made;
    return made + 1;
}
void* take_or_throw(std::size_t size) {
    if (auto* const taken = take(size)) {
        return taken;
    }
    throw std::bad_alloc{};
}
void give_back(void* at) {
    if (at == nullptr) {
        return;
    }
    auto* const was = static_cast<block*>(at) - 1;
    was->next->previous = was->previous;
    was->previous->next = was->next;
    std::free(was);
}

} // namespace

// All forms but those for over-aligned types, as sanitizers bring forms of their own.
void* operator new(std::size_t size) { return take_or_throw(size); }
void* operator new[](std::size_t size) { return take_or_throw(size); }
void* operator new(std::size_t size, std::nothrow_t const&) noexcept { return take(size); }
void* operator new[](std::size_t size, std::nothrow_t const&) noexcept { return take(size); }
void operator delete(void* at) noexcept { give_back(at); }
void operator delete[](void* at) noexcept { give_back(at); }
void operator delete(void* at, std::size_t) noexcept { give_back(at); }
void operator delete[](void* at, std::size_t) noexcept { give_back(at); }
void operator delete(void* at, std::nothrow_t const&) noexcept { give_back(at); }
void operator delete[](void* at, std::nothrow_t const&) noexcept { give_back(at); }

namespace koc_test::allocation {

std::size_t count() { return allocations; }

bool found(std::string_view bytes) {
    for (auto const* at = ring().next; at != &ring(); at = at->next) {
        std::string_view const held{reinterpret_cast<char const*>(at + 1), at->size};
        if (held.find(bytes) != std::string_view::npos) {
            return true;
        }
    }
    return false;
}

failure::failure(std::size_t nth) { until_failure = nth; }
failure::~failure() { until_failure = 0; }

unwatched::unwatched() { ++unwatched_depth; }
unwatched::~unwatched() { --unwatched_depth; }

} // namespace koc_test::allocation
