# SPDX-License-Identifier: MIT
# The committed tables are what the generator makes, byte for byte: a build may trust data/city
# without running the generator, and the generator has not drifted from it.
# Usage: cmake -D GENERATOR=... -D ARCHIVE=... -D WORK=... -P regenerate.cmake
file(REMOVE_RECURSE ${WORK})
file(MAKE_DIRECTORY ${WORK}/made ${WORK}/kept)
execute_process(COMMAND ${GENERATOR} -o ${WORK}/made RESULT_VARIABLE result)
if(NOT result EQUAL 0)
  message(FATAL_ERROR "the generator failed: ${result}")
endif()
execute_process(COMMAND ${CMAKE_COMMAND} -E tar xf ${ARCHIVE} WORKING_DIRECTORY ${WORK}/kept
                RESULT_VARIABLE result)
if(NOT result EQUAL 0)
  message(FATAL_ERROR "cannot unpack ${ARCHIVE}")
endif()
file(GLOB made RELATIVE ${WORK}/made ${WORK}/made/*)
file(GLOB kept RELATIVE ${WORK}/kept ${WORK}/kept/*)
if(NOT "${made}" STREQUAL "areas.geojson;poles.csv;stations.csv" OR NOT "${made}" STREQUAL "${kept}")
  message(FATAL_ERROR "other files than expected: made ${made}, kept ${kept}")
endif()
foreach(file IN LISTS made)
  file(SHA256 ${WORK}/made/${file} made_hash)
  file(SHA256 ${WORK}/kept/${file} kept_hash)
  if(NOT made_hash STREQUAL kept_hash)
    message(FATAL_ERROR "${file} differs from the committed one: if the generator was changed on "
                        "purpose, run tools/city/pack and look at the new city")
  endif()
endforeach()
file(SIZE ${ARCHIVE} size)
if(size GREATER 1048576)
  message(FATAL_ERROR "${ARCHIVE} has ${size} bytes, more than 1 MiB")
endif()
