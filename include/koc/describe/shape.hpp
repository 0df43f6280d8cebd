// SPDX-License-Identifier: BSL-1.0
#pragma once

// The shape of a type as data: its members, where they stand in an object, and what each is.
// Whatever walks described values (digests, form checks, the canonical text, the JSON reader) is
// one function over shapes, compiled once, instead of a template compiled for each type.

#include <koc/core/error.hpp>
#include <koc/core/id.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/personal_text.hpp>
#include <koc/core/type_key.hpp>
#include <koc/describe/described.hpp>
#include <koc/describe/described_enum.hpp>
#include <koc/describe/fwd.hpp>
#include <koc/number/score.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace koc {

/// How the bytes of a value are read.
enum class shape_kind : std::uint8_t {
    boolean,
    natural, ///< an unsigned integer or an id
    whole,   ///< a signed integer
    enumeration,
    text,     ///< std::string
    personal, ///< personal_text
    instant,
    duration,
    score,
    digest,
    structure, ///< a described struct
    optional,
    list, ///< anything with a size and elements in order
    pair,
    custom, ///< a form of its own, see `custom_form`
};

struct shape;

/// A member of a described struct.
struct member_shape {
    char const* name;
    std::size_t name_size;
    std::size_t offset; ///< bytes from the beginning of the object
    shape const* of;
};

/// An enumerator.
struct enumerator_shape {
    std::int64_t value;
    std::string_view name;
};

/// What can be done with a list or an optional whose type is not known.
struct sequence_shape {
    shape const* element;
    std::size_t (*size)(void const* list);
    /// Calls `visit(with, element)` for each element, in order, until it returns false.
    void (*each)(void const* list, bool (*visit)(void* with, void const* element), void* with);
    void (*clear)(void* list);
    void* (*grow)(
        void* list); ///< adds an element made from nothing; null where that is not possible
};

struct pair_shape {
    std::size_t second_offset;
    shape const* first;
    shape const* second;
};

/// The part of a text that a custom form is read from. Whoever reads the text derives its own from
/// it.
struct form_source {
    std::optional<error> (*read)(form_source const& from, shape const& as, void* value);

    /// Reads it as a value of another type, made from nothing; the subject of a refusal is a path.
    template <typename T>
    [[nodiscard]] std::optional<error> read_as(T& value) const;
};

/// The form of a type whose description would read badly, such as `requirement`. Specialise
/// `custom_form_of` where the type is declared, as `inline constexpr custom_form const*`.
struct custom_form {
    std::string_view name; ///< for readers of its text
    void (*digest)(hasher& into, void const* value);
    void (*write)(std::string& out, void const* value);          ///< its canonical text, valid JSON
    std::optional<error> (*check)(void const* value, int depth); ///< see `check_form`
    /// Fills a value: reads a value of a described type and converts it, whatever was there before,
    /// as a reading that failed late is tried again. Null for a form that is never read.
    std::optional<error> (*read)(form_source const& from, void* value) = nullptr;
};
template <typename T>
inline constexpr std::nullptr_t custom_form_of = nullptr;

namespace detail {

/// Asked of the type, since GCC 12 with -fsanitize=undefined does not compare an address with null
/// in a constant.
template <typename T>
inline constexpr bool has_custom_form =
    !std::is_same_v<decltype(custom_form_of<T>), std::nullptr_t const>;

} // namespace detail

/// A type as data. `more` is member_shape[count], enumerator_shape[count], a sequence_shape, a
/// pair_shape or a custom_form, as `kind` says, and of an id the type_key of its type.
struct shape {
    shape_kind kind;
    bool plain;          ///< its form is always right: integers and ids
    std::uint16_t bytes; ///< of a number
    std::uint16_t count; ///< of members or enumerators
    void const* more;
    std::string_view type_name; ///< the unqualified name of a struct or enum

    [[nodiscard]] member_shape const* members() const {
        return static_cast<member_shape const*>(more);
    }
    [[nodiscard]] enumerator_shape const* enumerators() const {
        return static_cast<enumerator_shape const*>(more);
    }
    [[nodiscard]] sequence_shape const& sequence() const {
        return *static_cast<sequence_shape const*>(more);
    }
    [[nodiscard]] pair_shape const& both() const { return *static_cast<pair_shape const*>(more); }
    [[nodiscard]] custom_form const& form() const { return *static_cast<custom_form const*>(more); }
    /// Which type of id a number is; not valid for a number that is none.
    [[nodiscard]] type_key id_type() const {
        return kind != shape_kind::natural || more == nullptr ? type_key{}
                                                              : *static_cast<type_key const*>(more);
    }
};

namespace detail {

template <typename T>
constexpr shape make_shape();

} // namespace detail

template <typename T>
inline constexpr shape shape_of = detail::make_shape<T>();

template <typename T>
std::optional<error> form_source::read_as(T& value) const {
    return read(*this, shape_of<T>, &value);
}

namespace detail {

template <typename T>
inline constexpr bool no_shape = false;

template <typename Member>
inline constexpr std::size_t length_of = std::char_traits<char>::length(Member::name);

template <typename T, typename Members>
struct members_shape;
// The offset of a member pointer is no constant expression, but both compilers fold it: nothing
// runs at start.
template <typename T, template <typename...> typename List, typename... M>
struct members_shape<T, List<M...>> {
    inline static member_shape const rows[] = {{M::name, length_of<M>,
        reinterpret_cast<std::size_t>(&(reinterpret_cast<T const*>(4096)->*M::pointer)) - 4096,
        &shape_of<std::remove_cvref_t<decltype(std::declval<T&>().*M::pointer)>>}...};
};
template <typename T, template <typename...> typename List>
struct members_shape<T, List<>> {
    static constexpr member_shape const* rows = nullptr;
};

template <typename Enumerators>
struct enumerators_shape;
template <template <typename...> typename List, typename... E>
struct enumerators_shape<List<E...>> {
    static constexpr enumerator_shape rows[] = {{static_cast<std::int64_t>(E::value), E::name}...};
    static constexpr std::size_t count = sizeof...(E);
};

template <typename List>
struct sequence_of {
    static constexpr bool is_optional = requires(List const& l) { l.has_value(); };
    using element = std::remove_cvref_t<typename List::value_type>;

    static std::size_t size(void const* list) {
        auto const& l = *static_cast<List const*>(list);
        if constexpr (is_optional) {
            return l.has_value() ? 1 : 0;
        } else {
            return l.size();
        }
    }
    static void each(void const* list, bool (*visit)(void*, void const*), void* with) {
        auto const& l = *static_cast<List const*>(list);
        if constexpr (is_optional) {
            if (l) {
                visit(with, &*l);
            }
        } else if constexpr (requires {
                                 l.data();
                             }) { // fewer functions to compile than an iterator has
            for (auto const *at = l.data(), *end = at + l.size(); at != end; ++at) {
                if (!visit(with, at)) {
                    return;
                }
            }
        } else {
            for (auto at = l.begin(), end = l.end(); at != end; ++at) {
                if (!visit(with, &*at)) {
                    return;
                }
            }
        }
    }
    static void clear(void* list) {
        if constexpr (is_optional) {
            static_cast<List*>(list)->reset();
        } else if constexpr (requires(List & l) { l.clear(); }) {
            static_cast<List*>(list)->clear();
        }
    }
    static void* grow(void* list) {
        if constexpr (is_optional) {
            return &static_cast<List*>(list)->emplace();
        } else if constexpr (requires(List & l) {
                                 l.emplace_back();
                                 l.back();
                             }) {
            return &static_cast<List*>(list)->emplace_back();
        } else {
            return nullptr;
        }
    }
    static constexpr sequence_shape value{&shape_of<element>, &size, &each, &clear, &grow};
};

template <typename Pair>
struct pair_of {
    inline static pair_shape const value = {
        reinterpret_cast<std::size_t>(&reinterpret_cast<Pair const*>(4096)->second) - 4096,
        &shape_of<std::remove_cvref_t<typename Pair::first_type>>,
        &shape_of<std::remove_cvref_t<typename Pair::second_type>>};
};

template <typename T>
constexpr shape make_shape() {
    constexpr auto bytes = static_cast<std::uint16_t>(sizeof(T) > 8 ? 0 : sizeof(T));
    if constexpr (has_custom_form<T>) {
        return {shape_kind::custom, false, bytes, 0, custom_form_of<T>, {}};
    } else if constexpr (std::is_same_v<T, bool>) {
        return {shape_kind::boolean, true, bytes, 0, nullptr, {}};
    } else if constexpr (described_enum<T>) {
        using rows = enumerators_shape<boost::describe::describe_enumerators<T>>;
        return {
            shape_kind::enumeration, false, bytes, rows::count, rows::rows, koc::type_name<T>()};
    } else if constexpr (is_id<T>) {
        return {shape_kind::natural, true, bytes, 0, &key_of<T>, {}};
    } else if constexpr (std::is_integral_v<T> && std::is_unsigned_v<T>) {
        return {shape_kind::natural, true, bytes, 0, nullptr, {}};
    } else if constexpr (std::is_integral_v<T>) {
        return {shape_kind::whole, true, bytes, 0, nullptr, {}};
    } else if constexpr (std::is_same_v<T, std::string>) {
        return {shape_kind::text, false, bytes, 0, nullptr, {}};
    } else if constexpr (std::is_same_v<T, personal_text>) {
        return {shape_kind::personal, false, bytes, 0, nullptr, {}};
    } else if constexpr (std::is_same_v<T, koc::instant>) {
        return {shape_kind::instant, false, bytes, 0, nullptr, {}};
    } else if constexpr (std::is_same_v<T, koc::duration>) {
        return {shape_kind::duration, false, bytes, 0, nullptr, {}};
    } else if constexpr (std::is_same_v<T, koc::score>) {
        return {shape_kind::score, false, bytes, 0, nullptr, {}};
    } else if constexpr (std::is_same_v<T, koc::digest>) {
        return {shape_kind::digest, true, bytes, 0, nullptr, {}};
    } else if constexpr (described_struct<T>) {
        using members = members_of<T>;
        return {shape_kind::structure, false, bytes, boost::mp11::mp_size<members>::value,
            members_shape<T, members>::rows, koc::type_name<T>()};
    } else if constexpr (requires(T const& t) {
                             t.has_value();
                             *t;
                         }) {
        return {shape_kind::optional, false, bytes, 0, &sequence_of<T>::value, {}};
    } else if constexpr (requires(T const& t) {
                             t.first;
                             t.second;
                         }) {
        return {shape_kind::pair, false, bytes, 0, &pair_of<T>::value, {}};
    } else if constexpr (requires(T const& t) {
                             t.begin();
                             t.end();
                             t.size();
                         }) {
        static_assert(!std::is_same_v<T, std::vector<bool>>,
            "koc: the elements of a std::vector<bool> have no address; take a std::vector of a "
            "described "
            "enum, see docs/describe.md#shape");
        return {shape_kind::list, false, bytes, 0, &sequence_of<T>::value, {}};
    } else {
        static_assert(no_shape<T>,
            "koc: this type cannot be walked; describe it with BOOST_DESCRIBE_STRUCT or "
            "BOOST_DESCRIBE_ENUM, see docs/describe.md#shape");
        return {};
    }
}

} // namespace detail

} // namespace koc
