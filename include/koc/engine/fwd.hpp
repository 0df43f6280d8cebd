// SPDX-License-Identifier: BSL-1.0
#pragma once

// The names of koc/engine, for headers that only mention them.

namespace koc {

struct asked;
struct command_type;
struct query_type;
struct receipt;
class engine;
class world_view;
class command_context;

namespace detail {
class core;
}

} // namespace koc
