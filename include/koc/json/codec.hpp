// SPDX-License-Identifier: BSL-1.0
#pragma once

// The default codec: an event's payload is the canonical JSON of its struct, readable by people
// and open to SQL. Its type and version stand beside it, so an event that a former release wrote
// is read as the struct it was then, and brought up to date by its schema.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/journal/any_event.hpp>
#include <koc/journal/chain.hpp>
#include <koc/journal/concepts.hpp>
#include <koc/journal/envelope.hpp>
#include <koc/journal/schema.hpp>
#include <koc/json/described.hpp>
#include <koc/json/requirement.hpp>
#include <koc/json/text.hpp>

#include <boost/json/monotonic_resource.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace koc {

/// Codes any event whose struct is described, of a list whose schema names differ.
class json_codec {
public:
    /// Refused is what `check_json` refuses; the subject is the event's type and the path in it.
    template <typename... Events>
    [[nodiscard]] result<encoded> encode(any_event<Events...> const& event) const {
        static_assert(names_differ<Events...>(),
            "koc: two events of one journal have the same schema name; give one another "
            "name, see docs/journal.md#schema");
        return event.visit([]<typename Event>(Event const& held) -> result<encoded> {
            constexpr auto name = schema_name<Event>();
            if (auto refused = check_json(held)) {
                refused->subject.insert(0, name);
                return *std::move(refused);
            }
            unsigned char scratch[scratch_size];
            boost::json::monotonic_resource memory{scratch};
            return encoded{name, schema_version<Event>(), json_text(to_json(held, &memory))};
        });
    }

    /// Refused with `errc::corrupt` are an unknown type, a newer version and a payload of another
    /// form; the subject is the event's type and the path in it.
    template <typename Event>
    [[nodiscard]] result<decoded<Event>> decode(
        std::string_view type, unsigned version, std::string_view payload) const {
        result<decoded<Event>> answer = error{errc::corrupt, escaped(type),
            "expected a type of event that this programme knows; "
            "open the journal with the programme that wrote it"};
        bool known = false;
        detail::for_each_alternative(std::type_identity<Event>{}, [&](auto alternative) {
            using held_type = typename decltype(alternative)::type;
            if (!known && type == schema_name<held_type>()) {
                known = true;
                auto read = decode_one<held_type>(version, payload);
                if (read) {
                    answer = decoded<Event>{std::move(read->event), read->content};
                } else {
                    answer = std::move(read).error();
                }
            }
        });
        return answer;
    }

private:
    static constexpr std::size_t scratch_size = 2048;

    template <typename... Events>
    static consteval bool names_differ() {
        std::string_view const names[] = {schema_name<Events>()...};
        for (auto const& one : names) {
            for (auto const& other : names) {
                if (&one != &other && one == other) {
                    return false;
                }
            }
        }
        return true;
    }

    template <typename Event>
    static result<decoded<Event>> decode_one(unsigned version, std::string_view payload) {
        unsigned char scratch[scratch_size];
        boost::json::monotonic_resource memory{scratch};
        auto const tree = parse_json(payload, &memory);
        auto read =
            tree ? read_version<Event>(version, *tree) : result<decoded<Event>>{tree.error()};
        if (!read) {
            auto why = std::move(read).error();
            auto const path = why.subject.starts_with('.') || why.subject.starts_with('[');
            why.code = errc::corrupt;
            why.subject.insert(0, std::string{schema_name<Event>()} + (path ? "" : " "));
            return why;
        }
        return read;
    }

    /// Reads the struct of the version that was written, then climbs to `Event` step by step.
    template <typename Event>
    static result<decoded<Event>> read_version(unsigned version, boost::json::value const& tree) {
        if (version == schema_version<Event>()) {
            auto event = from_json<Event>(tree);
            if (!event) {
                return std::move(event).error();
            }
            auto const content = content_of(*event);
            return decoded<Event>{*std::move(event), content};
        }
        if constexpr (requires { typename schema<Event>::previous; }) {
            if (version < schema_version<Event>()) {
                auto old = read_version<typename schema<Event>::previous>(version, tree);
                if (!old) {
                    return std::move(old).error();
                }
                return decoded<Event>{schema<Event>::upcast(std::move(old->event)), old->content};
            }
        }
        return error{errc::corrupt, "version " + std::to_string(version),
            "expected a version from 1 to " + std::to_string(schema_version<Event>()) +
                "; open the journal with the release that wrote it or a later one"};
    }
};
static_assert(codec_for<json_codec, any_event<request>>);

} // namespace koc
