# SPDX-License-Identifier: Apache-2.0
# Every counted text has its English plural, under the name by which the program asks for it: what lupdate would write
# anew is what stands there. Run: cmake -DLUPDATE=PROGRAM -P tests/check_plurals.cmake
get_filename_component(root ${CMAKE_CURRENT_LIST_DIR}/.. ABSOLUTE)
set(kept resources/i18n/signals-workbench_en.ts)
string(RANDOM LENGTH 12 name)
set(fresh /tmp/plurals-${name}.ts)
if(DEFINED ENV{TMPDIR})
    set(fresh $ENV{TMPDIR}/plurals-${name}.ts)
endif()
configure_file(${root}/${kept} ${fresh} COPYONLY)
execute_process(
    COMMAND ${LUPDATE} -I . -pluralonly -locations none -no-obsolete ui app/workbench -ts ${fresh}
    WORKING_DIRECTORY ${root} RESULT_VARIABLE result OUTPUT_VARIABLE said ERROR_VARIABLE said)
if(NOT result EQUAL 0)
    file(REMOVE ${fresh})
    message(FATAL_ERROR "lupdate: ${result}\n${said}")
endif()
file(STRINGS ${root}/${kept} before)
file(STRINGS ${fresh} after)
file(REMOVE ${fresh})
if(NOT before STREQUAL after)
    message(FATAL_ERROR "${kept} is not of today's texts: run the lupdate line in app/workbench/CMakeLists.txt")
endif()
if(after MATCHES "type=\"unfinished\"")
    message(FATAL_ERROR "${kept}: a plural is unfinished")
endif()
