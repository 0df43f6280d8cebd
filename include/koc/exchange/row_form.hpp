// SPDX-License-Identifier: BSL-1.0
#pragma once

// What the columns of a table are: the members of a described struct, under their names. A struct
// of one member that is a struct, such as `open_task`, has the columns of that member.

#include <koc/core/contract.hpp>
#include <koc/core/error.hpp>
#include <koc/describe/canonical.hpp>
#include <koc/describe/detail/raw_value.hpp>
#include <koc/describe/message.hpp>
#include <koc/describe/shape.hpp>
#include <koc/exchange/cell.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace koc {

/// A column that is a member of the rows' struct.
struct row_column {
    std::string_view name;
    shape const* of;
    std::size_t offset; ///< in the struct
    bool may_lack;      ///< where nothing is said, the member is as the struct declares it
    bool personal;      ///< whether it holds personal words

    [[nodiscard]] void const* in(void const* row) const { return detail::at_offset(row, offset); }
    [[nodiscard]] void* in(void* row) const { return detail::at_offset(row, offset); }
};

/// The columns of a type of rows.
class row_form {
public:
    /// `may_lack` names members that a file need not have as columns, and whose cells may be empty;
    /// optional members are among them without being named. `beside` names further columns, whose
    /// cells are only compared. Each name is one of a member, and those beside are not.
    explicit row_form(message_type const& type, std::vector<std::string> const& may_lack = {},
        std::vector<std::string> beside = {})
        : type_{&type}, beside_{std::move(beside)}, declared_{std::make_shared<message>(type)} {
        auto const [of, offset] = detail::inside(*type.form);
        KOC_EXPECTS(of->kind == shape_kind::structure);
        inner_ = of;
        inner_offset_ = offset;
        for (std::size_t i = 0; i < of->count; ++i) {
            auto const& member = of->members()[i];
            std::string_view const name{member.name, member.name_size};
            auto const lacks = member.of->kind == shape_kind::optional ||
                std::find(may_lack.begin(), may_lack.end(), name) != may_lack.end();
            columns_.push_back({name, member.of, offset + member.offset, lacks,
                detail::holds_personal(*member.of)});
        }
    }

    [[nodiscard]] message_type const& type() const { return *type_; }
    [[nodiscard]] std::vector<row_column> const& columns() const { return columns_; }
    [[nodiscard]] std::vector<std::string> const& beside() const { return beside_; }
    /// The struct whose members are the columns, and where it is in a row.
    [[nodiscard]] shape const& inner() const { return *inner_; }
    [[nodiscard]] std::size_t inner_offset() const { return inner_offset_; }

    /// The index of a column, from that of the first member on; those beside come after them.
    [[nodiscard]] std::optional<std::size_t> find(std::string_view name) const {
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            if (columns_[i].name == name) {
                return i;
            }
        }
        auto const at = std::find(beside_.begin(), beside_.end(), name);
        return at == beside_.end()
            ? std::nullopt
            : std::optional{columns_.size() + static_cast<std::size_t>(at - beside_.begin())};
    }
    [[nodiscard]] std::string name(std::size_t column) const {
        return column < columns_.size() ? std::string{columns_[column].name}
                                        : beside_[column - columns_.size()];
    }
    /// All names: `member, name, sources, tags`.
    [[nodiscard]] std::string names() const {
        std::string all;
        for (std::size_t i = 0; i < columns_.size() + beside_.size(); ++i) {
            all.append(i == 0 ? "" : ", ").append(name(i));
        }
        return all;
    }

    /// Whether a member of a row is as the struct declares it.
    [[nodiscard]] bool is_as_declared(row_column const& column, void const* row) const {
        std::string here;
        std::string declared;
        append_canonical(here, *column.of, column.in(row));
        append_canonical(declared, *column.of, column.in(this->declared()));
        return here == declared;
    }
    /// A row as the struct declares it.
    [[nodiscard]] void const* declared() const { return std::as_const(*declared_).raw(); }

    /// The first id among the columns of a row, 0 where there is none.
    [[nodiscard]] std::uint64_t first_id(void const* row) const {
        for (auto const& column : columns_) {
            if (column.of->id_type() != type_key{}) {
                return detail::read_natural(column.in(row), column.of->bytes);
            }
        }
        return 0;
    }
    /// Lets personal words that nobody owns belong to what the first id names.
    void set_owner(void* row) const {
        auto const owner = first_id(row);
        for (auto const& column : columns_) {
            if (column.of->kind == shape_kind::personal) {
                auto& words = *static_cast<personal_text*>(column.in(row));
                words.owner = words.owner == 0 ? owner : words.owner;
            }
        }
    }

private:
    message_type const* type_;
    std::vector<row_column> columns_;
    std::vector<std::string> beside_;
    shape const* inner_ = nullptr;
    std::size_t inner_offset_ = 0;
    std::shared_ptr<message> declared_; ///< never changed
};

} // namespace koc
