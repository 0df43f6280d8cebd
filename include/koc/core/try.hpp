// SPDX-License-Identifier: BSL-1.0
#pragma once

// Ends a function with the refusal of an expression, where it is one. A macro, because C++20 has no
// other way to return from the caller; it is the only one that koc's headers define beside the
// contract checks.

#include <koc/core/result.hpp>

#include <utility>

#define KOC_TRY(...)                                    \
    do {                                                \
        if (auto refused_ = (__VA_ARGS__); !refused_) { \
            return std::move(refused_).error();         \
        }                                               \
    } while (false)
