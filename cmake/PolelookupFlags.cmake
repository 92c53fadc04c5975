# SPDX-License-Identifier: MIT
# Flags for a target of the project, private to it: nothing leaks to who links it.
function(polelookup_flags target)
  target_compile_features(${target} PRIVATE c_std_11)
  set_target_properties(${target} PROPERTIES C_EXTENSIONS OFF C_VISIBILITY_PRESET hidden
                        POSITION_INDEPENDENT_CODE ON)
  # -ffp-contract=off: the same table gives the same bytes, whatever the compiler fuses.
  # -fno-trapping-math: nobody looks at floating-point exceptions, and gcc vectorises no choice
  # between two numbers otherwise; results stay the same.
  target_compile_options(${target} PRIVATE -Wall -Wextra -Wshadow -Wstrict-prototypes
                         -Wmissing-prototypes -Wvla -Wconversion -Wno-sign-conversion
                         -ffp-contract=off -fno-math-errno -fno-trapping-math)
  if(POLELOOKUP_WERROR)
    target_compile_options(${target} PRIVATE -Werror)
  endif()
  if(POLELOOKUP_BUILD_FUZZERS)
    target_compile_options(${target} PRIVATE -fsanitize=fuzzer-no-link)
  endif()
  if(POLELOOKUP_SANITIZE)
    target_compile_options(${target} PRIVATE -fsanitize=${POLELOOKUP_SANITIZE}
                           -fno-sanitize-recover=all -fno-omit-frame-pointer -g)
    target_link_options(${target} PRIVATE -fsanitize=${POLELOOKUP_SANITIZE})
  endif()
endfunction()
