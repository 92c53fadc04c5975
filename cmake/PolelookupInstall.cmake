# SPDX-License-Identifier: MIT
# What an install consists of: headers, both libraries, the command, the sample, manuals, and the
# files by which CMake and pkg-config find them. Included last, when all targets are known.
include(CMakePackageConfigHelpers)
set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/polelookup)
set(generated_dir ${PROJECT_BINARY_DIR}/package)

install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/polelookup DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
        FILES_MATCHING PATTERN "*.h")
install(TARGETS polelookup EXPORT polelookup-core)
install(TARGETS polelookup_static EXPORT polelookup-static)
install(EXPORT polelookup-core NAMESPACE polelookup:: DESTINATION ${package_dir})
install(EXPORT polelookup-static NAMESPACE polelookup:: DESTINATION ${package_dir})
set(packages polelookup)
if(TARGET polelookup_geo)
  install(TARGETS polelookup_geo EXPORT polelookup-geo)
  install(EXPORT polelookup-geo NAMESPACE polelookup:: DESTINATION ${package_dir})
  list(APPEND packages polelookup_geo)
endif()
if(TARGET polelookup_gdal) # loaded by the one above, never linked
  install(TARGETS polelookup_gdal LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} NAMELINK_SKIP)
endif()

configure_package_config_file(${PROJECT_SOURCE_DIR}/cmake/polelookup-config.cmake.in
                              ${generated_dir}/polelookup-config.cmake
                              INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(${generated_dir}/polelookup-config-version.cmake
                                 COMPATIBILITY SameMinorVersion)
install(FILES ${generated_dir}/polelookup-config.cmake
        ${generated_dir}/polelookup-config-version.cmake
        ${PROJECT_SOURCE_DIR}/cmake/FindLibdeflate.cmake DESTINATION ${package_dir})

# The .pc files are written at install, when the prefix is known for certain (--prefix). A folder
# that is absolute replaces the prefix, one that is not is below it.
set(pc_includedir "\${prefix}")
set(pc_libdir "\${prefix}")
cmake_path(APPEND pc_includedir "${CMAKE_INSTALL_INCLUDEDIR}")
cmake_path(APPEND pc_libdir "${CMAKE_INSTALL_LIBDIR}")
set(pc_requires_private "")
if(POLELOOKUP_WITH_LIBDEFLATE)
  set(pc_requires_private " libdeflate")
endif()
foreach(package IN LISTS packages)
  install(CODE "
    set(prefix \"\${CMAKE_INSTALL_PREFIX}\")
    set(includedir [[${pc_includedir}]])
    set(libdir [[${pc_libdir}]])
    set(requires_private [[${pc_requires_private}]])
    set(PROJECT_VERSION [[${PROJECT_VERSION}]])
    set(PROJECT_DESCRIPTION [[${PROJECT_DESCRIPTION}]])
    configure_file([[${PROJECT_SOURCE_DIR}/cmake/${package}.pc.in]]
                   [[${generated_dir}/${package}.pc]] @ONLY)")
  install(FILES ${generated_dir}/${package}.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
endforeach()

if(TARGET polelookup_command)
  # The command finds its libraries beside it, wherever the tree is moved to; a distribution that
  # wants none sets CMAKE_SKIP_INSTALL_RPATH.
  cmake_path(RELATIVE_PATH CMAKE_INSTALL_FULL_LIBDIR BASE_DIRECTORY ${CMAKE_INSTALL_FULL_BINDIR}
             OUTPUT_VARIABLE lib_from_bin)
  set_target_properties(polelookup_command PROPERTIES INSTALL_RPATH "$ORIGIN/${lib_from_bin}")
  install(TARGETS polelookup_command)
endif()
if(TARGET sample)
  install(FILES ${PROJECT_BINARY_DIR}/share/polelookup/sample.plx
          DESTINATION ${CMAKE_INSTALL_DATADIR}/polelookup)
endif()

foreach(section 1 3)
  file(GLOB pages CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/docs/man/*.${section})
  install(FILES ${pages} DESTINATION ${CMAKE_INSTALL_MANDIR}/man${section})
endforeach()
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE ${PROJECT_SOURCE_DIR}/THIRD-PARTY.md
        DESTINATION ${CMAKE_INSTALL_DOCDIR})

if(PROJECT_IS_TOP_LEVEL)
  configure_file(${PROJECT_SOURCE_DIR}/cmake/uninstall.cmake.in ${generated_dir}/uninstall.cmake
                 @ONLY)
  add_custom_target(uninstall COMMAND ${CMAKE_COMMAND} -P ${generated_dir}/uninstall.cmake)
endif()
