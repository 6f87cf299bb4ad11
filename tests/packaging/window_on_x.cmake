# SPDX-License-Identifier: Apache-2.0
# Opens the workbench on the sample under Xvfb and wants a picture of it that shows something.
file(REMOVE ${PICTURE})
execute_process(
    COMMAND ${CMAKE_COMMAND} -E env QT_QPA_PLATFORM=xcb XDG_CONFIG_HOME=${PICTURE}.config
        xvfb-run --auto-servernum "--server-args=-screen 0 1440x900x24"
        ${PROGRAM} --data-dir ${SAMPLE} --screenshot ${PICTURE}
    COMMAND_ERROR_IS_FATAL ANY)
file(SIZE ${PICTURE} size)
if(size LESS 20000)
    message(FATAL_ERROR "The picture has ${size} bytes: a window with 400 rows does not fit into that.")
endif()
message(STATUS "${PICTURE}: ${size} bytes")
