# SPDX-License-Identifier: BSL-1.0
# Finds <xxhash.h> and offers it as xxHash::headers. koc compiles the hash into its callers
# (XXH_INLINE_ALL), so the include path is all that is needed and no library is linked.

find_path(xxHashHeaders_INCLUDE_DIR xxhash.h)
mark_as_advanced(xxHashHeaders_INCLUDE_DIR)

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(xxHashHeaders
    REQUIRED_VARS xxHashHeaders_INCLUDE_DIR
    REASON_FAILURE_MESSAGE "koc needs <xxhash.h>: install libxxhash-dev, or set \
xxHashHeaders_INCLUDE_DIR to the folder that holds it")

if(xxHashHeaders_FOUND AND NOT TARGET xxHash::headers)
    add_library(xxHash::headers INTERFACE IMPORTED)
    set_target_properties(xxHash::headers PROPERTIES
        INTERFACE_INCLUDE_DIRECTORIES "${xxHashHeaders_INCLUDE_DIR}")
endif()
