// SPDX-License-Identifier: BSL-1.0
#pragma once

// Catch2 under one name. Debian 12 has version 2, newer systems have version 3, and the tests keep
// to what both understand.

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
using Catch::Approx;
#else
#include <catch2/catch.hpp>
#endif
