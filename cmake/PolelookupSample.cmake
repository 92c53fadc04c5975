# SPDX-License-Identifier: MIT
# The sample city's index, beside the command where it looks for it: from the tables in
# data/city/city.tar.xz, by the command just built. Needs no generator and no floating point of
# this machine: the tables are text, and the build is integer from there on.
set(sample_tables ${PROJECT_BINARY_DIR}/sample)
set(sample_index ${PROJECT_BINARY_DIR}/share/polelookup/sample.plx)
add_custom_command(
  OUTPUT ${sample_index}
  COMMAND ${CMAKE_COMMAND} -E make_directory ${sample_tables}
          ${PROJECT_BINARY_DIR}/share/polelookup
  COMMAND ${CMAKE_COMMAND} -E chdir ${sample_tables}
          ${CMAKE_COMMAND} -E tar xf ${PROJECT_SOURCE_DIR}/data/city/city.tar.xz
  COMMAND polelookup_command build --quiet --sample
          --poles ${sample_tables}/poles.csv --stations ${sample_tables}/stations.csv
          --areas ${sample_tables}/areas.geojson -o ${sample_index}
  DEPENDS polelookup_command ${PROJECT_SOURCE_DIR}/data/city/city.tar.xz
  COMMENT "Building the sample city's index"
  VERBATIM)
add_custom_target(sample ALL DEPENDS ${sample_index})
