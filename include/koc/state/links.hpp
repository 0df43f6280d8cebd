// SPDX-License-Identifier: BSL-1.0
#pragma once

// A relation between ids of an aspect's state: who is tied to whom. What it allows (room at either
// end, no cycles) comes with each question, as rules are recorded and may change.

#include <koc/core/error.hpp>
#include <koc/core/id.hpp>
#include <koc/core/result.hpp>
#include <koc/core/try.hpp>
#include <koc/describe/canonical_reader.hpp>
#include <koc/describe/digest.hpp>
#include <koc/graph/link_set.hpp>
#include <koc/state/container.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace koc {

/// What a relation allows.
struct link_limits {
    static constexpr std::size_t unlimited = (std::numeric_limits<std::size_t>::max)();

    std::size_t targets_max = unlimited; ///< of one source
    std::size_t sources_max = unlimited; ///< of one target
    bool acyclic = false;                ///< whether no chain of links may return to its start
};

namespace detail {

/// Links with undo, without the types of the ids.
class links_core : public container {
public:
    links_core(char const* source, char const* target, bool one_kind)
        : source_{source}, target_{target}, one_kind_{one_kind} {}

    /// The number of links.
    [[nodiscard]] std::size_t size() const { return set_.size(); }
    /// The links as a graph for Boost.Graph's algorithms; its vertices are the values of the ids.
    [[nodiscard]] link_set const& graph() const { return set_; }

    void digest_into(hasher& into) const final {
        into.add(set_.size());
        for (auto const& link : set_) {
            into.add(link.from).add(link.to);
        }
    }
    void write_into(std::string& out) const final {
        auto separator = '[';
        for (auto const& link : set_) {
            out += separator;
            separator = ',';
            out += '[' + std::to_string(link.from) + ',' + std::to_string(link.to) + ']';
        }
        out += separator == '[' ? "[]" : "]";
    }
    [[nodiscard]] result<void> read_from(canonical_reader& in) final {
        KOC_EXPECTS(size() == 0);
        return in.read_list([&]() -> result<void> {
            std::pair<std::uint64_t, std::uint64_t> ends;
            KOC_TRY(in.read(*form(), &ends));
            if (!set_.insert(ends.first, ends.second)) {
                return in.refusal("each link once before");
            }
            return {};
        });
    }
    [[nodiscard]] shape const* form() const final {
        return &shape_of<std::pair<std::uint64_t, std::uint64_t>>;
    }
    void undo() noexcept final {
        auto& last = steps_.back();
        if (last.taken) {
            set_.put_back(std::move(last.taken));
        } else {
            static_cast<void>(set_.extract(last.from, last.to));
        }
        steps_.pop_back();
    }
    void settle() noexcept final { steps_.clear(); }

protected:
    [[nodiscard]] result<void> check_raw(
        std::uint64_t a, std::uint64_t b, link_limits const& limits) const {
        if (a == 0 || b == 0) {
            return error{errc::invalid_argument, name(a == 0 ? source_ : target_, 0),
                "expected an id that names something; 0 names nothing"};
        }
        if (one_kind_ && a == b) {
            return error{errc::invalid_argument, name(source_, a),
                std::string{"expected another "} + target_ +
                    " than itself; choose a different one"};
        }
        if (set_.linked(a, b)) {
            return error{errc::already_exists, name(source_, a),
                "expected a new link, but " + name(target_, b) +
                    " is linked to it already; leave it as it is"};
        }
        if (limits.targets_max != link_limits::unlimited &&
            out_degree(a, set_) >= limits.targets_max) {
            return full(name(source_, a), target_, limits.targets_max, source_);
        }
        if (limits.sources_max != link_limits::unlimited &&
            in_degree(b, set_) >= limits.sources_max) {
            return full(name(target_, b), source_, limits.sources_max, target_);
        }
        if (limits.acyclic && set_.reaches(b, a)) {
            return error{errc::wrong_state, name(source_, a),
                std::string{"expected a "} + target_ +
                    " from which no chain leads back to it, as one does from " + name(target_, b) +
                    "; choose another"};
        }
        return {};
    }
    [[nodiscard]] result<void> check_linked_raw(std::uint64_t a, std::uint64_t b) const {
        if (set_.linked(a, b)) {
            return {};
        }
        return error{errc::unknown_id, name(source_, a),
            "expected a link to " + name(target_, b) + ", but there is none; name one that exists"};
    }
    void link_raw(std::uint64_t a, std::uint64_t b) {
        if (set_.linked(a, b)) {
            return;
        }
        auto const noting = prepare();
        undo_log::make_room(steps_);
        set_.insert(a, b);
        if (noting) {
            steps_.push_back({a, b, {}});
            note();
        }
    }
    void unlink_raw(std::uint64_t a, std::uint64_t b) {
        if (!set_.linked(a, b)) {
            return;
        }
        auto const noting = prepare();
        undo_log::make_room(steps_);
        auto taken = set_.extract(a, b);
        if (noting) {
            steps_.push_back({a, b, std::move(taken)});
            note();
        }
    }

    /// See `container::write_links_of`; which ends are of the id's kind.
    void write_links(std::string& out, std::uint64_t id, bool sources, bool targets) const {
        for (auto const& link : set_) {
            auto const from = sources && link.from == id;
            auto const to = targets && link.to == id;
            if (from || to) {
                out += out.empty() ? "" : ",";
                out += std::string{"{\""} + source_ +
                    "\":" + std::to_string(sources && !from ? 0 : link.from) + ",\"" + target_ +
                    "\":" + std::to_string(targets && !to ? 0 : link.to) + '}';
            }
        }
    }

private:
    struct step {
        std::uint64_t from;
        std::uint64_t to;
        link_set::node taken; ///< empty where the link was made
    };

    static std::string name(char const* noun, std::uint64_t id) {
        return std::string{noun} + ' ' + std::to_string(id);
    }
    static error full(std::string whose, char const* of, std::size_t room, char const* whom) {
        return {errc::no_capacity, std::move(whose),
            "expected room for another " + std::string{of} + ", but all " + std::to_string(room) +
                " are taken; unlink one or choose another " + whom};
    }

    char const* source_;
    char const* target_;
    bool one_kind_;
    link_set set_;
    std::vector<step> steps_;
};

} // namespace detail

/// A directed relation from ids of one kind to ids of another, or of the same kind. What it returns
/// is sorted by id. Below, n is the number of links and k that of the links of the ids a call
/// names.
template <typename From, typename To = From>
class links final : public detail::links_core {
public:
    /// What refusals call the two ends.
    links(char const* source, char const* target)
        : links_core{source, target, std::is_same_v<From, To>} {}

    /// O(log n).
    [[nodiscard]] bool linked(From from, To to) const {
        return graph().linked(from.value(), to.value());
    }
    /// What `from` is linked to. O(log n + k).
    [[nodiscard]] std::vector<To> targets(From from) const {
        std::vector<To> found;
        for (auto [at, end] = graph().from(from.value()); at != end; ++at) {
            found.push_back(To{at->to});
        }
        return found;
    }
    /// What is linked to `to`. O(log n + k).
    [[nodiscard]] std::vector<From> sources(To to) const {
        std::vector<From> found;
        for (auto [at, end] = graph().to(to.value()); at != end; ++at) {
            found.push_back(From{at->from});
        }
        return found;
    }

    /// Refused: `invalid_argument` (an id that names nothing, or a link to itself),
    /// `already_exists`, `no_capacity` (of either end), `wrong_state` (it would close a cycle).
    /// O(log n + k), and the links above `from` where the relation is acyclic.
    [[nodiscard]] result<void> check(From from, To to, link_limits const& limits = {}) const {
        return check_raw(from.value(), to.value(), limits);
    }
    /// Refused: `unknown_id` where there is no such link.
    [[nodiscard]] result<void> check_linked(From from, To to) const {
        return check_linked_raw(from.value(), to.value());
    }

    void write_links_of(std::string& out, type_key kind, std::uint64_t id) const override {
        write_links(out, id, kind == key_of<From>, kind == key_of<To>);
    }

    // Commands, for `apply`; what is so already is left alone.

    void link(From from, To to) { link_raw(from.value(), to.value()); }
    void unlink(From from, To to) { unlink_raw(from.value(), to.value()); }
};

} // namespace koc
