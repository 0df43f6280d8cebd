// SPDX-License-Identifier: BSL-1.0

// Nothing but a user of the precompiled header: CMake makes none for a target that has no user.
