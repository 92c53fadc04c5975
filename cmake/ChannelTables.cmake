# SPDX-License-Identifier: MIT
# cmake -DDIR=data/channel -DNAMES=everyday,heavy -DOUT=channel_tables.inc -P ChannelTables.cmake
# The channel tables as C: for each a row CHANNEL(name, text), where text is the table's lines
# without comments and empty ones. The figures stay text; the library reads them as it reads a
# user's file.
cmake_minimum_required(VERSION 3.22)
set(result "/* SPDX-License-Identifier: MIT\n * Made from data/channel: edit that. */\n")
string(REPLACE "," ";" names "${NAMES}")
foreach(name IN LISTS names)
  file(READ ${DIR}/${name}.tsv content)
  string(REPLACE "\r\n" "\n" content "${content}")
  string(REGEX REPLACE "(^|\n)#[^\n]*" "\\1" content "${content}")
  foreach(bad ";" "[" "]" "\\" "\"")
    string(FIND "${content}" "${bad}" place)
    if(NOT place EQUAL -1)
      message(FATAL_ERROR "${name}.tsv: the character ${bad} cannot stand in a channel's table")
    endif()
  endforeach()
  string(REPLACE "\n" ";" lines "${content}")
  string(APPEND result "CHANNEL(\"${name}\",\n")
  foreach(line IN LISTS lines)
    if(NOT line STREQUAL "")
      string(REPLACE "\t" "\\t" line "${line}")
      string(APPEND result "        \"${line}\\n\"\n")
    endif()
  endforeach()
  string(APPEND result ")\n")
endforeach()
file(WRITE ${OUT} "${result}")
