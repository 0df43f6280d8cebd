// SPDX-License-Identifier: BSL-1.0
#pragma once

// What a host's units include: the engine, the messages of the standard programme, and a journal in
// memory. One unit of the host includes koc/standard/instantiate.hpp besides.

#include <koc/core/civil.hpp>
#include <koc/engine/clock_rules.hpp>
#include <koc/engine/engine.hpp>
#include <koc/journal/memory_journal.hpp>
#include <koc/standard/messages.hpp>
#include <koc/standard/rules.hpp>
