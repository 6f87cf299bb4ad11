# SPDX-License-Identifier: Apache-2.0
# Makes the shipped sample again and compares it, file by file.
# To change the sample: make_examples --sample --out-dir resources/sample
file(REMOVE_RECURSE ${WORK})
execute_process(COMMAND ${PROGRAM} --sample --out-dir ${WORK} COMMAND_ERROR_IS_FATAL ANY)
file(GLOB made RELATIVE ${WORK} ${WORK}/*.jsonl)
file(GLOB shipped RELATIVE ${SAMPLE} ${SAMPLE}/*.jsonl)
if(NOT made STREQUAL shipped OR NOT made)
    message(FATAL_ERROR "made: ${made}\nshipped: ${shipped}")
endif()
foreach(file IN LISTS made)
    execute_process(COMMAND ${CMAKE_COMMAND} -E compare_files ${WORK}/${file} ${SAMPLE}/${file} COMMAND_ERROR_IS_FATAL ANY)
endforeach()
