// SPDX-License-Identifier: BSL-1.0
#pragma once

// The names that a host's own headers mention: ids, values, records, the engine. It defines nothing
// and costs a compiler next to nothing, so that a class which keeps an engine or hands records on
// can be declared without what makes them. Each is defined in the header named above it.

#include <cstdint>

namespace koc {

// core
template <typename Kind, typename Rep>
class id;
struct duration;
struct instant;
struct personal_text;
enum class errc : unsigned char;
struct error;
template <typename T>
class result;

// number
struct score;

// describe
struct digest;

// tag
using tag_id = id<struct tag_kind, std::uint32_t>;
using facet_id = id<struct facet_kind, std::uint16_t>;
using column_id = id<struct column_kind, std::uint16_t>;
struct tag_name;
struct weighted_tag;
struct requirement;
class tag_set;
class taxonomy;

// search
struct reason;
struct explanation;

// journal
struct journal_head;
struct request;
template <typename... Events>
class any_event;
template <typename Event>
struct batch;
template <typename Event>
struct envelope;
template <typename Event>
class memory_journal;

// engine; koc::engine<Journal> is basic_engine<standard::programme, Journal>
struct receipt;
template <typename Programme, typename Journal>
class basic_engine;
template <typename Programme>
class world;
template <typename Programme>
class decision;

// member
using member_id = id<struct member_kind, std::uint64_t>;
using signal_id = id<struct signal_kind, std::uint64_t>;
enum class source : std::uint8_t;
enum class stage : std::uint8_t;
struct member_record;

// task
using objective_id = id<struct objective_kind, std::uint64_t>;
using insight_id = id<struct insight_kind, std::uint64_t>;
using topic_id = id<struct topic_kind, std::uint64_t>;
using task_id = id<struct task_kind, std::uint64_t>;
using offer_id = id<struct offer_kind, std::uint64_t>;
using submission_id = id<struct submission_kind, std::uint64_t>;
enum class task_stage : std::uint8_t;
enum class offer_stage : std::uint8_t;
struct objective_record;
struct topic_record;
struct task_record;
struct offer_record;
struct submission_record;

// standard
namespace standard {
struct programme;
}

} // namespace koc
