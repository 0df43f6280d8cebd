// SPDX-License-Identifier: BSL-1.0
#pragma once

// Values in the binary form of PostgreSQL's protocol: parameters of a statement, arrays that carry
// one column of many rows, and the fields of a row that came back.

#include <koc/describe/digest.hpp>

#include <libpq-fe.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace koc::detail {

/// The types that are used, as the server numbers them.
enum class postgres_type : std::uint32_t { bytea = 17, bigint = 20, integer = 23, text = 25 };

/// The lowest `bytes` bytes of a number, highest first.
inline void append_big_endian(std::string& to, std::uint64_t number, unsigned bytes) {
    for (auto i = bytes; i > 0; --i) {
        to += static_cast<char>(number >> 8U * (i - 1) & 255U);
    }
}

inline std::string postgres_bytes(digest const& it) {
    std::string bytes;
    append_big_endian(bytes, it.high, 8);
    append_big_endian(bytes, it.low, 8);
    return bytes;
}

inline std::uint64_t number_in(std::string_view bytes) {
    std::uint64_t number = 0;
    for (auto const byte : bytes) {
        number = number << 8U | static_cast<unsigned char>(byte);
    }
    return number;
}

/// An array of one dimension.
class postgres_array {
public:
    explicit postgres_array(postgres_type type) {
        append_big_endian(bytes_, 1, 4);
        append_big_endian(bytes_, 0, 4);
        append_big_endian(bytes_, static_cast<std::uint32_t>(type), 4);
        append_big_endian(bytes_, 0, 4);
        append_big_endian(bytes_, 1, 4);
    }

    void add(std::string_view bytes) {
        append_big_endian(bytes_, bytes.size(), 4);
        bytes_ += bytes;
        ++count_;
    }
    void add(std::uint64_t number) {
        append_big_endian(bytes_, 8, 4);
        append_big_endian(bytes_, number, 8);
        ++count_;
    }
    void add_nothing() {
        append_big_endian(bytes_, 0xffffffffU, 4);
        ++count_;
        nothing_ = true;
    }

    [[nodiscard]] std::string finish() && {
        std::string counted;
        append_big_endian(counted, nothing_ ? 1 : 0, 4);
        bytes_.replace(4, 4, counted);
        counted.clear();
        append_big_endian(counted, count_, 4);
        bytes_.replace(12, 4, counted);
        return std::move(bytes_);
    }

private:
    std::string bytes_;
    std::uint64_t count_ = 0;
    bool nothing_ = false;
};

/// The parameters of a statement, all in binary.
class postgres_values {
public:
    postgres_values& add(std::string bytes) {
        bytes_.push_back(std::move(bytes));
        return *this;
    }
    /// A `bigint`.
    postgres_values& add(std::uint64_t number) {
        std::string bytes;
        append_big_endian(bytes, number, 8);
        return add(std::move(bytes));
    }
    postgres_values& add(digest const& it) { return add(postgres_bytes(it)); }
    postgres_values& add(postgres_array array) { return add(std::move(array).finish()); }

    [[nodiscard]] std::vector<std::string> const& all() const { return bytes_; }

private:
    std::vector<std::string> bytes_;
};

/// One row of a result in binary. A value of another size than its type has comes out as nothing.
class postgres_row {
public:
    postgres_row(PGresult const* of, int row) : of_{of}, row_{row} {}

    [[nodiscard]] bool is_null(int at) const { return PQgetisnull(of_, row_, at) == 1; }
    [[nodiscard]] std::string_view bytes(int at) const {
        return {PQgetvalue(of_, row_, at), static_cast<std::size_t>(PQgetlength(of_, row_, at))};
    }
    [[nodiscard]] std::optional<std::uint64_t> number(int at) const {
        return is_null(at) || bytes(at).size() != 8 ? std::nullopt
                                                    : std::optional{number_in(bytes(at))};
    }
    [[nodiscard]] std::optional<std::string> text(int at) const {
        return is_null(at) ? std::nullopt : std::optional{std::string{bytes(at)}};
    }
    [[nodiscard]] std::optional<digest> fingerprint(int at) const {
        if (is_null(at) || bytes(at).size() != 16) {
            return std::nullopt;
        }
        return digest{number_in(bytes(at).substr(0, 8)), number_in(bytes(at).substr(8))};
    }

private:
    PGresult const* of_;
    int row_;
};

} // namespace koc::detail
