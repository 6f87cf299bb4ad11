# SPDX-License-Identifier: Apache-2.0
# `cpack -G DEB` in a build folder: both programs in one package, with what dpkg-shlibdeps finds that they need.
set(CPACK_PACKAGE_NAME signals-workbench)
set(CPACK_PACKAGE_CONTACT "2ndmynd <https://2ndmynd.com>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_GENERATOR DEB)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "fonts-noto-core, qt6-wayland") # digits of one width; desktops without X
include(CPack)
