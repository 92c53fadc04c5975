/* SPDX-License-Identifier: MIT
 *
 * Runs one suite; for the end of a test program's main. */
#ifndef SUPPORT_TEST_MAIN_H
#define SUPPORT_TEST_MAIN_H

#include <check.h>
#include <stdlib.h>

static inline int test_main(Suite *suite)
{
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

#endif
