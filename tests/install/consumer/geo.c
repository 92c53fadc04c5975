/* SPDX-License-Identifier: MIT
 *
 * Takes an EPSG code through the adapters: that a consumer can link both libraries and join them.
 * Prints the easting and northing of a place in Harbin. */
#include <stdio.h>

#include <polelookup/polelookup.h>

int main(void)
{
    const pole_span name = {"EPSG:4530", 9};
    double x = 126.64, y = 45.77;
    pole_crs *crs = NULL;
    pole_error error;
    if (pole_crs_new(name, pole_geo_adapters(), NULL, &crs, &error) != POLE_OK) {
        fprintf(stderr, "%s\n", error.message);
        return 1;
    }
    const pole_status status = pole_crs_from_wgs84(crs, 1, &x, &y, NULL);
    printf("%.1f %.1f\n", x, y);
    pole_crs_free(crs);
    return status == POLE_OK ? 0 : 1;
}
