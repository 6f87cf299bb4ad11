// SPDX-License-Identifier: Apache-2.0
/// How core reports failure: a value or an Error. Core neither throws to its callers nor prints.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <variant>

namespace workbench {

/// One code per reaction a caller can have; app/export/exit_code.h turns each into an exit status.
enum class ErrorCode : std::uint8_t {
    Io, ///< a file, folder or disk did not do what was asked; also internal faults
    Usage, ///< an option, key or argument cannot be understood
    RowsRejected, ///< the guard rejected rows and the caller asked to stop then
    NoValidRows, ///< nothing to export
    PushRefused, ///< publishing was refused or failed
    SchemaMismatch, ///< the published schema is another one
    Cancelled, ///< somebody asked to stop
};

struct Error {
    ErrorCode code = ErrorCode::Io;
    std::string message; ///< One sentence for a person. Never holds a rejected value or a token.
    std::string where; ///< The file, option or URL it is about; may be empty.
    int systemError = 0; ///< errno of what the system refused; 0 where it refused nothing.
};

/// What everything that can be stopped ends with when it was.
[[nodiscard]] inline Error cancelledError() { return {ErrorCode::Cancelled, "Cancelled.", {}}; }

/// A T or an Error. Asking the wrong side throws std::bad_variant_access, it is never undefined.
template <class T> class [[nodiscard]] Result {
public:
    Result(T value) : m_state(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : m_state(std::in_place_index<1>, std::move(error)) {}

    explicit operator bool() const { return m_state.index() == 0; }
    T& operator*() { return std::get<0>(m_state); }
    const T& operator*() const { return std::get<0>(m_state); }
    T* operator->() { return &std::get<0>(m_state); }
    const T* operator->() const { return &std::get<0>(m_state); }
    [[nodiscard]] const Error& error() const { return std::get<1>(m_state); }

private:
    std::variant<T, Error> m_state;
};

template <> class [[nodiscard]] Result<void> {
public:
    Result() = default;
    Result(Error error) : m_error(std::move(error)), m_ok(false) {}

    explicit operator bool() const { return m_ok; }
    [[nodiscard]] const Error& error() const
    {
        if (m_ok) {
            throw std::bad_variant_access();
        }
        return m_error;
    }

private:
    Error m_error;
    bool m_ok = true;
};

} // namespace workbench
