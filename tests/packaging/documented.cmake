# SPDX-License-Identifier: Apache-2.0
# What --help says is in the manual page, and completion offers exactly that.
# cmake -D EXPORT=… -D WORKBENCH=… -D FOLDER=packaging/linux -P documented.cmake
set(faults)

# read_help(VARIABLE PROGRAM [COMMAND…]): VARIABLE_OPTIONS (--…), VARIABLE_COMMANDS
function(read_help variable)
    execute_process(COMMAND ${ARGN} --help OUTPUT_VARIABLE help COMMAND_ERROR_IS_FATAL ANY)
    string(REGEX MATCHALL "\n  [^ \n]*--[a-z-]+" lines "${help}")
    set(options)
    foreach(line IN LISTS lines)
        string(REGEX MATCH "--[a-z-]+$" option "${line}")
        list(APPEND options ${option})
    endforeach()
    set(commands)
    if(help MATCHES "\nCommands:\n(.*)")
        string(REGEX REPLACE "\n\n.*" "" listed "${CMAKE_MATCH_1}")
        string(REGEX MATCHALL "(^|\n)  [a-z]+" commands "${listed}")
        list(TRANSFORM commands STRIP)
    endif()
    list(SORT options)
    set(${variable}_OPTIONS ${options} PARENT_SCOPE)
    set(${variable}_COMMANDS ${commands} PARENT_SCOPE)
endfunction()

# want_in(FILE WORD…): each word stands in the file, not as a part of a longer one.
function(want_in file)
    file(READ ${FOLDER}/${file} text)
    string(REPLACE "\\-" "-" text "${text}")
    string(REGEX REPLACE " -l ([a-z])" " --\\1" text "${text}") # as fish writes it
    foreach(word IN LISTS ARGN)
        if(NOT "\n${text}\n" MATCHES "[^a-z-]${word}[^a-z-]")
            set(faults ${faults} "${file} does not name ${word}")
        endif()
    endforeach()
    set(faults ${faults} PARENT_SCOPE)
endfunction()

# What completion offers behind these words.
function(completed variable)
    list(LENGTH ARGN place)
    string(REPLACE ";" "' '" words "${ARGN}")
    execute_process(COMMAND bash -c
        "source '${FOLDER}/signals-export.bash'; COMP_WORDS=(signals-export '${words}' --); COMP_CWORD=$((${place} + 1)); _signals_export; printf '%s\\n' \"\${COMPREPLY[@]}\""
        OUTPUT_VARIABLE offered OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
    string(REPLACE "\n" ";" offered "${offered}")
    list(SORT offered)
    set(${variable} ${offered} PARENT_SCOPE)
endfunction()

read_help(workbench ${WORKBENCH})
want_in(signals-workbench.1 ${workbench_OPTIONS})
read_help(all ${EXPORT})
list(LENGTH all_OPTIONS options)
list(LENGTH all_COMMANDS commands)
if(options LESS 20 OR commands LESS 8)
    message(FATAL_ERROR "--help was not understood: ${options} options, ${commands} commands")
endif()
foreach(command IN LISTS all_COMMANDS)
    read_help(one ${EXPORT} ${command})
    completed(offered ${command})
    if(NOT offered STREQUAL one_OPTIONS)
        list(APPEND faults "signals-export.bash: ${command} offers ${offered}, --help says ${one_OPTIONS}")
    endif()
    foreach(file signals-export.1 signals-export.fish _signals-export)
        want_in(${file} ${command} ${one_OPTIONS} ${one_COMMANDS})
    endforeach()
endforeach()

foreach(page signals-export.1 signals-workbench.1)
    execute_process(COMMAND ${CMAKE_COMMAND} -E env LC_ALL=C.UTF-8 MANWIDTH=100
        man --warnings --encoding=UTF-8 --local-file -Tutf8 -Z ${FOLDER}/${page}
        OUTPUT_QUIET ERROR_VARIABLE said RESULT_VARIABLE code)
    if(NOT code EQUAL 0 OR NOT said STREQUAL "")
        list(APPEND faults "${page}: ${said}")
    endif()
endforeach()

if(faults)
    list(JOIN faults "\n" faults)
    message(FATAL_ERROR "${faults}")
endif()
message(STATUS "${options} options and ${commands} commands are documented and completed.")
