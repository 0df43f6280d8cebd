// SPDX-License-Identifier: BSL-1.0
#pragma once

// The names that a host's own headers mention: ids, values, records, the engine. It defines nothing
// and costs a compiler next to nothing, so that a class which keeps an engine or hands records on
// can be declared without what makes them. Each is defined in the folder named above it.

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
class message;

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
enum class actor_kind : std::uint8_t;
struct actor;
using writer_id = id<struct writer_kind, std::uint64_t>;
struct request;
class event;
struct batch;
struct envelope;
struct journal_head;
class any_journal;
class memory_journal;

// engine
struct asked;
struct receipt;
struct group_receipt;
struct differing_rules;
struct audit_filter;
struct audit_entry;
struct decision_record;
class engine;

// programme
struct money;

// member
using member_id = id<struct member_kind, std::uint64_t>;
using signal_id = id<struct signal_kind, std::uint64_t>;
enum class source : std::uint8_t;
enum class stage : std::uint8_t;
struct member_record;
struct relationship_record;
struct attention_record;
struct track_record_entry;
struct candidate;

// task
using objective_id = id<struct objective_kind, std::uint64_t>;
using insight_id = id<struct insight_kind, std::uint64_t>;
using topic_id = id<struct topic_kind, std::uint64_t>;
using task_id = id<struct task_kind, std::uint64_t>;
using offer_id = id<struct offer_kind, std::uint64_t>;
using submission_id = id<struct submission_kind, std::uint64_t>;
enum class task_stage : std::uint8_t;
enum class offer_stage : std::uint8_t;
enum class reward_kind : std::uint8_t;
struct objective_plan;
struct objective_record;
struct insight_record;
struct topic_record;
struct task_brief;
struct task_record;
struct offer_record;
struct seat_record;
struct submission_record;
struct review_record;
struct reward_record;
struct ranked_member;
struct consideration;

// standard
namespace standard {
struct rules;
struct policies;
struct programme;
} // namespace standard

} // namespace koc
