# SPDX-License-Identifier: Apache-2.0
# The Debian package that `cpack -G DEB` makes: what is in it, where, and what it depends on.
# cmake -D BUILD=build/dev -D CPACK=/usr/bin/cpack -D OUT=folder -P deb.cmake
find_program(dpkg dpkg-deb)
if(NOT dpkg)
    message(FATAL_ERROR "dpkg-deb is missing")
endif()
file(REMOVE_RECURSE ${OUT})
file(MAKE_DIRECTORY ${OUT})
execute_process(COMMAND ${CPACK} -G DEB -B ${OUT} --config ${BUILD}/CPackConfig.cmake
    OUTPUT_VARIABLE said ERROR_VARIABLE said RESULT_VARIABLE failed)
file(GLOB package ${OUT}/*.deb)
if(failed OR NOT package)
    message(FATAL_ERROR "cpack made no package:\n${said}")
endif()
execute_process(COMMAND ${dpkg} -c ${package} OUTPUT_VARIABLE list COMMAND_ERROR_IS_FATAL ANY)
foreach(path
        bin/signals-workbench bin/signals-export
        share/applications/com.secondmynd.signalsworkbench.desktop
        share/metainfo/com.secondmynd.signalsworkbench.metainfo.xml
        share/icons/hicolor/scalable/apps/signals-workbench.svg
        share/icons/hicolor/symbolic/apps/signals-workbench-symbolic.svg
        share/icons/hicolor/16x16/apps/signals-workbench.png
        share/icons/hicolor/512x512/apps/signals-workbench.png
        share/man/man1/signals-workbench.1 share/man/man1/signals-export.1
        share/signals-workbench/sample/captured-01.jsonl
        share/doc/signals-workbench/copyright)
    if(NOT list MATCHES " \\./usr/${path}\n")
        message(SEND_ERROR "/usr/${path} is not in the package")
    endif()
endforeach()
string(REGEX MATCHALL " \\./[^\n]*" paths "${list}")
foreach(path IN LISTS paths)
    if(NOT path MATCHES "^ \\./($|usr/$|usr/(bin|lib|share)/)")
        message(SEND_ERROR "the package holds${path}, which is no place for it")
    endif()
endforeach()
execute_process(COMMAND ${dpkg} -f ${package} Depends OUTPUT_VARIABLE depends COMMAND_ERROR_IS_FATAL ANY)
foreach(library libqt6widgets6 libqt6dbus6 libcurl4 libqt6svg6)
    if(NOT depends MATCHES "${library}")
        message(SEND_ERROR "the package does not depend on ${library}: ${depends}")
    endif()
endforeach()
