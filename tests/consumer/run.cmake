# SPDX-License-Identifier: BSL-1.0
# Installs koc into a fresh folder, looks at what was installed, and builds and runs a host of it.
#   cmake -D KOC_BUILD=... -D KOC_SOURCE=... -D WORK=... -D GENERATOR=... -D COMPILER=... -P run.cmake

function(run)
    execute_process(COMMAND ${ARGN} RESULT_VARIABLE result)
    if(NOT result EQUAL 0)
        list(JOIN ARGN " " command)
        message(FATAL_ERROR "consumer: this failed: ${command}")
    endif()
endfunction()

set(prefix "${WORK}/prefix")
file(REMOVE_RECURSE "${WORK}")
run("${CMAKE_COMMAND}" --install "${KOC_BUILD}" --prefix "${prefix}")

# Every public header arrives, and nothing of this build does.
file(GLOB_RECURSE expected RELATIVE "${KOC_SOURCE}/include" "${KOC_SOURCE}/include/*.hpp")
file(GLOB_RECURSE arrived RELATIVE "${prefix}/include" "${prefix}/include/*")
if(NOT expected STREQUAL arrived)
    list(REMOVE_ITEM expected ${arrived})
    message(FATAL_ERROR "consumer: the installed headers differ; missing: ${expected}")
endif()
file(GLOB package "${prefix}/share/cmake/koc/*.cmake")
if(NOT package)
    message(FATAL_ERROR "consumer: no package files in ${prefix}/share/cmake/koc")
endif()
foreach(file IN LISTS package)
    file(READ "${file}" text)
    foreach(leak "${KOC_SOURCE}" koc_dev Werror)
        string(FIND "${text}" "${leak}" at)
        if(NOT at EQUAL -1)
            message(FATAL_ERROR "consumer: ${file} mentions '${leak}', use it in the build only")
        endif()
    endforeach()
endforeach()

run("${CMAKE_COMMAND}" -S "${KOC_SOURCE}/tests/consumer" -B "${WORK}/build" -G "${GENERATOR}"
    -D "CMAKE_PREFIX_PATH=${prefix}" -D "CMAKE_CXX_COMPILER=${COMPILER}"
    -D "CMAKE_CXX_FLAGS=${FLAGS}" -D CMAKE_BUILD_TYPE=Debug)
run("${CMAKE_COMMAND}" --build "${WORK}/build")
run("${CMAKE_CTEST_COMMAND}" --test-dir "${WORK}/build" --output-on-failure --no-tests=error)
