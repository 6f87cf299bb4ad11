# SPDX-License-Identifier: Apache-2.0
# Walks the rooms in their order and refuses an include from a later one. Run: cmake -P tests/check_layers.cmake
# A room is a folder, or single headers of one where the folder is entered from both sides: finding, mask and
# withheld are words that rows and findings are told in, known_safe, text_patterns, secret_shapes and text_problem judge
# a text that stands alone, a schema's as well; the guard itself comes after the rows it makes.
set(root ${CMAKE_CURRENT_LIST_DIR}/..)
set(rooms
    core/base
    core/guard/finding core/guard/mask core/guard/known_limits
    core/guard/known_safe core/guard/text_patterns core/guard/secret_shapes core/guard/text_problem
    core/json core/schema core/guard/withheld
    core/row core/input core/guard
    core/job/scan+core/job/block_turns+core/job/block_work
    core/bundle/split_plan core/job/job_record core/bundle core/config core/hub core/job core/review
    ui/theme ui/bridge ui/widgets ui app)
set(problems "")

# The place of the most particular room a path lies in; "" when it is in none.
function(room_of path result)
    set(best "")
    set(length 0)
    set(place 0)
    foreach(room IN LISTS rooms)
        string(REPLACE "+" ";" names ${room}) # one room with several names
        foreach(name IN LISTS names)
            string(LENGTH ${name} name_length)
            if(path MATCHES "^${name}[/.]" AND name_length GREATER length)
                set(best ${place})
                set(length ${name_length})
            endif()
        endforeach()
        math(EXPR place "${place} + 1")
    endforeach()
    set(${result} "${best}" PARENT_SCOPE)
endfunction()

file(GLOB_RECURSE sources RELATIVE ${root} ${root}/core/*.h ${root}/core/*.cpp ${root}/core/*.in
    ${root}/ui/*.h ${root}/ui/*.cpp ${root}/app/*.h ${root}/app/*.cpp)
list(LENGTH sources count)
if(count LESS 50)
    message(FATAL_ERROR "Only ${count} sources found below ${root}: this check looks at the wrong place.")
endif()
foreach(source IN LISTS sources)
    room_of(${source} here)
    if(here STREQUAL "")
        list(APPEND problems "${source} lies in no room: name its folder in tests/check_layers.cmake")
        continue()
    endif()
    file(STRINGS ${root}/${source} includes REGEX "^#include [<\"]")
    foreach(line IN LISTS includes)
        string(REGEX REPLACE "^#include [<\"]([^>\"]+)[>\"].*" "\\1" include "${line}")
        if(source MATCHES "^core/" AND include MATCHES "^(Q[A-Z]|Qt)")
            list(APPEND problems "${source} includes <${include}>: core knows no Qt")
        elseif(source MATCHES "^app/(export|serve)/" AND include MATCHES "^(ui/|Q[A-Z]|Qt)")
            list(APPEND problems "${source} includes ${include}: signals-export runs where there is no Qt")
        elseif(include MATCHES "^(core|ui|app)/" AND NOT include STREQUAL "core/base/version.h")
            room_of(${include} there)
            if(there STREQUAL "" OR there GREATER here)
                list(APPEND problems "${source} includes ${include}, which is a later room")
            elseif(NOT EXISTS ${root}/${include})
                list(APPEND problems "${source} includes ${include}, which is not there")
            endif()
        endif()
    endforeach()
endforeach()
if(problems)
    list(JOIN problems "\n  " text)
    message(FATAL_ERROR "Layers:\n  ${text}")
endif()
message(STATUS "${count} sources, each in its room")
